/** Interactions: sent through the gateway, answered within three seconds, their tokens good for fifteen minutes. */
import { randomBytes } from "node:crypto";
import type { APIMessage, APIModalInteractionResponseCallbackData, APIUser, InteractionType } from "discord.js";
import type { World } from "./world.ts";

export interface Choice {
  readonly name: string;
  readonly value: string | number;
}

/** One interaction, from the moment the client sent it; what the person sees of it. */
export class Interaction {
  readonly id: string;
  readonly token = randomBytes(30).toString("base64url");
  readonly type: InteractionType;
  readonly channelId: string;
  readonly user: APIUser;
  /** The message whose component was used. */
  readonly source: APIMessage | undefined;
  readonly sentAt: number;
  /** How the bot answered first: a callback type, or "failed" after three seconds without. */
  answer: number | "failed" | undefined;
  /** The message that is the answer. */
  message: APIMessage | undefined;
  readonly followUps: APIMessage[] = [];
  modal: APIModalInteractionResponseCallbackData | undefined;
  choices: readonly Choice[] | undefined;
  private settle: () => void = () => {};
  readonly answered: Promise<void>;

  constructor(world: World, type: InteractionType, channelId: string, user: APIUser, source: APIMessage | undefined) {
    this.id = world.clock.id();
    this.type = type;
    this.channelId = channelId;
    this.user = user;
    this.source = source;
    this.sentAt = world.clock.now();
    this.answered = new Promise((resolve) => {
      this.settle = resolve;
    });
  }

  settled(answer: number | "failed"): void {
    this.answer ??= answer;
    this.settle();
  }

  /** What the person reads: the answer and what followed, as text. */
  text(): string {
    if (this.answer === "failed") return "The application did not respond";
    const shown = [...(this.message ? [this.message] : []), ...this.followUps];
    return shown
      .map(({ content, embeds }) => [content, ...embeds.map((embed) => JSON.stringify(embed))].join("\n"))
      .join("\n");
  }
}

export class Interactions {
  readonly all: Interaction[] = [];
  /** Milliseconds for the first answer, and of a token's life. */
  readonly clockMs = 3_000;
  tokenMs = 15 * 60_000;
  readonly world: World;

  constructor(world: World) {
    this.world = world;
  }

  byToken(token: string): Interaction | undefined {
    return this.all.find((one) => one.token === token);
  }

  isAlive({ sentAt }: Interaction): boolean {
    return this.world.clock.now() - sentAt < this.tokenMs;
  }

  send(
    type: InteractionType,
    channelId: string,
    user: APIUser,
    data: object,
    source?: APIMessage | undefined,
  ): Interaction {
    const { world } = this;
    const one = new Interaction(world, type, channelId, user, source);
    this.all.push(one);
    const guild = world.guildOf(channelId);
    const member = guild?.members.get(user.id);
    if (guild && !member) throw new Error(`${user.username} is not in ${guild.name}`);
    const payload = {
      id: one.id,
      application_id: world.bot.id,
      type,
      token: one.token,
      version: 1,
      channel_id: channelId,
      channel: world.channels.get(channelId),
      ...(guild && member
        ? {
            guild_id: guild.id,
            guild: { id: guild.id, locale: "en-US", features: [] },
            member: { ...member, permissions: guild.roles[0]?.permissions },
            guild_locale: "en-US",
          }
        : { user }),
      app_permissions: String(guild?.botPermissions ?? 0n),
      locale: "en-GB",
      entitlements: [],
      authorizing_integration_owners: { 0: guild?.id ?? "0" },
      context: guild ? 0 : 1,
      attachment_size_limit: 10_485_760,
      data,
      ...(source && { message: world.honesty.sends("MessageResponseSchema", source) }),
    };
    setTimeout(() => one.settled("failed"), this.clockMs).unref();
    world.dispatch("INTERACTION_CREATE", payload, guild?.id);
    return one;
  }
}
