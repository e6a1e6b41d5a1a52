/** Answers one interaction: at once, after a deferral, or, where its time has run out, by an ordinary message. */
import { setTimeout as sleep } from "node:timers/promises";
import {
  type APIApplicationCommandOptionChoice,
  type APIInteraction,
  type APIMessage,
  type APIModalInteractionResponseCallbackData,
  DiscordAPIError,
  InteractionResponseType,
  MessageFlags,
  RateLimitError,
  type REST,
  type RESTPostAPIInteractionCallbackWithResponseResult,
  Routes,
} from "discord.js";
import { bodyOf, meaningOf, postMessage, rawFiles, type Sendable } from "./api.ts";
import { TOKEN_MS } from "./limits.ts";
import { TOO_LATE } from "./words.ts";

/** So often an answer is given that Discord did not confirm, with a pause between, in milliseconds. */
const MOST_TRIES = 3;
const PAUSE_MS = 150;

export class Responder {
  readonly interaction: APIInteraction;
  /** When the interaction's token has run out, by our clock. */
  readonly until: number;
  private readonly rest: REST;
  /** "over": too late for Discord, the person has seen a failure. */
  private state: "open" | "deferred" | "updating" | "answered" | "over" = "open";
  /** "Thinking…" stands there for all to see. */
  private isThinkingOpenly = false;

  constructor(interaction: APIInteraction, rest: REST, now: number) {
    this.interaction = interaction;
    this.rest = rest;
    this.until = now + TOKEN_MS;
  }

  /** Whether the token can still be used. */
  get isOver(): boolean {
    return this.state === "over";
  }

  /** "Thinking…". @returns the id of the message that will be the answer; undefined where it was too late */
  async defer(isEphemeral: boolean): Promise<string | undefined> {
    const flags = isEphemeral ? MessageFlags.Ephemeral : undefined;
    const type = InteractionResponseType.DeferredChannelMessageWithSource;
    const done = await this.callback(type, flags === undefined ? undefined : { flags }, "deferred");
    if (this.isOver) return undefined;
    this.isThinkingOpenly = !isEphemeral;
    return done?.resource?.message?.id ?? done?.interaction.response_message_id ?? (await this.answerId());
  }

  /** A button was pressed: nothing changes yet. */
  async acknowledge(): Promise<void> {
    await this.callback(InteractionResponseType.DeferredMessageUpdate, undefined, "updating");
  }

  async showForm(form: APIModalInteractionResponseCallbackData): Promise<void> {
    await this.callback(InteractionResponseType.Modal, form, "answered");
  }

  async complete(choices: readonly APIApplicationCommandOptionChoice[]): Promise<void> {
    await this.callback(
      InteractionResponseType.ApplicationCommandAutocompleteResult,
      { choices: [...choices] },
      "answered",
    );
  }

  /** Tells the person something, in whatever way is left. Only they see it: what was begun for all goes. */
  async tell(message: Sendable): Promise<void> {
    switch (this.state) {
      case "open":
        await this.callback(
          InteractionResponseType.ChannelMessageWithSource,
          bodyOf({ ...message, isEphemeral: true }),
          "answered",
          message,
        );
        break;
      case "deferred":
        if (this.isThinkingOpenly && (await this.takeBack())) {
          this.state = "answered";
          await this.viaWebhook("follow", { ...message, isEphemeral: true });
          break;
        }
        // What is told after this follows it, and does not take its place.
        if (await this.viaWebhook("edit", message)) this.state = "answered";
        break;
      case "updating":
      case "answered":
        await this.viaWebhook("follow", { ...message, isEphemeral: true });
        break;
      case "over":
        break;
    }
    if (this.state === "over") await this.tellOpenly();
  }

  /** The same where the answer may still come in the place of "thinking…". */
  async tellInPlace(message: Sendable): Promise<void> {
    this.isThinkingOpenly = false;
    await this.tell(message);
  }

  /** The message whose button was pressed, with other buttons. Best effort. */
  async edit(message: Sendable): Promise<void> {
    if (this.state === "updating") await this.viaWebhook("edit", message);
  }

  /** @returns undefined where it was too late, or answered already: by a try whose confirmation got lost, most likely */
  private async callback(
    type: InteractionResponseType,
    data: object | undefined,
    then: Responder["state"],
    message?: Sendable,
  ): Promise<RESTPostAPIInteractionCallbackWithResponseResult | undefined> {
    const { id, token } = this.interaction;
    const files = await rawFiles(message?.files);
    try {
      const done = await untilAnswered(() =>
        this.rest.post(Routes.interactionCallback(id, token), {
          auth: false,
          body: { type, ...(data && { data }) },
          query: new URLSearchParams({ with_response: "true" }),
          files,
        }),
      );
      this.state = then;
      return done as RESTPostAPIInteractionCallbackWithResponseResult;
    } catch (error) {
      const meaning = meaningOf(error);
      if (meaning !== "interaction is over" && meaning !== "answered already") throw error;
      this.state = meaning === "answered already" ? then : "over";
      return undefined;
    }
  }

  /** The message that is the answer, as Discord has it. */
  private async answerId(): Promise<string | undefined> {
    const { application_id: app, token } = this.interaction;
    try {
      const message = await untilAnswered(() => this.rest.get(Routes.webhookMessage(app, token), { auth: false }));
      return (message as APIMessage).id;
    } catch (error) {
      if (meaningOf(error) === undefined) throw error;
      return undefined;
    }
  }

  /** "Thinking…" goes. @returns whether it is gone */
  private async takeBack(): Promise<boolean> {
    const { application_id: app, token } = this.interaction;
    try {
      await this.rest.delete(Routes.webhookMessage(app, token), { auth: false });
      return true;
    } catch (error) {
      return meaningOf(error) === "no such message";
    }
  }

  /** @returns whether it was taken */
  private async viaWebhook(how: "edit" | "follow", message: Sendable): Promise<boolean> {
    const { application_id: app, token } = this.interaction;
    const request = { auth: false, files: await rawFiles(message.files) };
    try {
      if (how === "follow") await this.rest.post(Routes.webhook(app, token), { ...request, body: bodyOf(message) });
      else {
        const { flags: _, ...body } = bodyOf(message);
        // An edit can be repeated; what follows would be said twice.
        await untilAnswered(() => this.rest.patch(Routes.webhookMessage(app, token), { ...request, body }));
      }
      return true;
    } catch (error) {
      if (meaningOf(error) !== "interaction is over") throw error;
      this.state = "over";
      return false;
    }
  }

  /** Others see it too, so what was meant for this person alone is not repeated. */
  private async tellOpenly(): Promise<void> {
    const { channel, id } = this.interaction;
    const userId = this.interaction.member?.user.id ?? this.interaction.user?.id;
    if (channel === undefined || userId === undefined) return;
    await postMessage(
      this.rest,
      channel.id,
      { content: `<@${userId}> ${TOO_LATE}`, pings: [userId] },
      { once: `late:${id}` },
    );
  }
}

/** Again where Discord did not say what became of it: broken off, or an error of its own. */
async function untilAnswered<T>(ask: () => Promise<T>): Promise<T> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await ask();
    } catch (error) {
      if (tried >= MOST_TRIES || error instanceof DiscordAPIError || error instanceof RateLimitError) throw error;
      await sleep(PAUSE_MS * tried);
    }
  }
}
