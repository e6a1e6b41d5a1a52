/** Answers one interaction: at once, after a deferral, or, where its time has run out, by an ordinary message. */
import {
  type APIApplicationCommandOptionChoice,
  type APIInteraction,
  type APIModalInteractionResponseCallbackData,
  InteractionResponseType,
  MessageFlags,
  type REST,
  type RESTPostAPIInteractionCallbackWithResponseResult,
  Routes,
} from "discord.js";
import { bodyOf, meaningOf, postMessage, rawFiles, type Sendable } from "./api.ts";
import { TOKEN_MS } from "./limits.ts";
import { TOO_LATE } from "./words.ts";

export class Responder {
  readonly interaction: APIInteraction;
  /** When the interaction's token has run out, by our clock. */
  readonly until: number;
  private readonly rest: REST;
  /** "over": too late for Discord, the person has seen a failure. */
  private state: "open" | "deferred" | "updating" | "answered" | "over" = "open";

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
    return done?.resource?.message?.id ?? done?.interaction.response_message_id;
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

  /** Tells the person something, in whatever way is left. Only they see it, unless the answer was begun for all. */
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

  /** The message whose button was pressed, with other buttons. Best effort. */
  async edit(message: Sendable): Promise<void> {
    if (this.state === "updating") await this.viaWebhook("edit", message);
  }

  private async callback(
    type: InteractionResponseType,
    data: object | undefined,
    then: Responder["state"],
    message?: Sendable,
  ): Promise<RESTPostAPIInteractionCallbackWithResponseResult | undefined> {
    const { id, token } = this.interaction;
    try {
      const done = await this.rest.post(Routes.interactionCallback(id, token), {
        auth: false,
        body: { type, ...(data && { data }) },
        query: new URLSearchParams({ with_response: "true" }),
        files: await rawFiles(message?.files),
      });
      this.state = then;
      return done as RESTPostAPIInteractionCallbackWithResponseResult;
    } catch (error) {
      const meaning = meaningOf(error);
      if (meaning !== "interaction is over" && meaning !== "answered already") throw error;
      this.state = meaning === "answered already" ? then : "over";
      return undefined;
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
        await this.rest.patch(Routes.webhookMessage(app, token), { ...request, body });
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
