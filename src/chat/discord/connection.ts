/** One connection to the gateway: its intents, its shards, and what it hears. */
import {
  type APIInteraction,
  Client,
  GatewayDispatchEvents as Dispatch,
  Events,
  GatewayIntentBits as Intent,
  Options,
} from "discord.js";
import type { SeenMessage } from "./hear.ts";
import { DISCORD_API, type DiscordSettings } from "./settings.ts";

export interface Hears {
  interaction(interaction: APIInteraction): void;
  created(message: SeenMessage): void;
  edited(message: SeenMessage): void;
  deleted(messageId: string, channelId: string, guildId: string | undefined): void;
  /** A session began anew: what happened before it was missed. */
  began(shard: readonly [number, number]): void;
  /** It broke off for good: somebody has to connect again. */
  ended(reason: string): void;
}

export interface Connection {
  /** The role that Discord made for the bot in a server. */
  roleIn(guildId: string): string | undefined;
  /** Whether a server's channel is a thread; undefined where it is not known. */
  isThread(channelId: string): boolean | undefined;
  close(): Promise<void>;
}

/** Discord has the message-content intent switched off for this bot. */
export class ContentNotAllowed extends Error {
  override readonly name = "ContentNotAllowed";
}

/** Nothing of what passes is kept in memory but servers, channels and roles. */
const CACHES = Options.cacheWithLimits({
  ...Options.DefaultMakeCacheSettings,
  MessageManager: 0,
  ReactionManager: 0,
  PresenceManager: 0,
  VoiceStateManager: 0,
  ThreadMemberManager: 0,
  GuildEmojiManager: 0,
  GuildStickerManager: 0,
  GuildScheduledEventManager: 0,
  StageInstanceManager: 0,
  GuildInviteManager: 0,
  GuildBanManager: 0,
  AutoModerationRuleManager: 0,
});

/**
 * Connects with as many shards as Discord asks for. Dispatches are taken as they come: discord.js would hold interactions
 * back until every server is there, and drop messages of threads that it has not seen.
 * @throws ContentNotAllowed where `readsAll` is refused; Error where Discord refuses us otherwise
 */
export async function connect(
  { token, apiUrl = DISCORD_API }: DiscordSettings,
  readsAll: boolean,
  hears: Hears,
): Promise<Connection> {
  const client = new Client({
    intents: [Intent.Guilds, Intent.GuildMessages, Intent.DirectMessages, ...(readsAll ? [Intent.MessageContent] : [])],
    shards: "auto",
    makeCache: CACHES,
    rest: { api: apiUrl, version: "10" },
  });
  let isClosed = false;
  client.on(Events.Error, () => {});
  client.on(Events.ShardError, () => {});
  client.on(Events.ShardDisconnect, ({ code }) => {
    if (!isClosed) hears.ended(`close code ${code}`);
  });
  client.on(Events.Invalidated, () => {
    if (!isClosed) hears.ended("the session was invalidated");
  });
  const on = (type: Dispatch, take: (data: unknown) => void) =>
    client.ws.on(type, (data: unknown) => {
      if (!isClosed) take(data);
    });
  on(Dispatch.Ready, (data) => hears.began((data as { shard?: [number, number] }).shard ?? [0, 1]));
  on(Dispatch.InteractionCreate, (data) => hears.interaction(data as APIInteraction));
  on(Dispatch.MessageCreate, (data) => hears.created(data as SeenMessage));
  on(Dispatch.MessageUpdate, (data) => hears.edited(data as SeenMessage));
  on(Dispatch.MessageDelete, (data) => {
    const { id, channel_id: channelId, guild_id: guildId } = data as Deleted;
    hears.deleted(id, channelId, guildId);
  });
  on(Dispatch.MessageDeleteBulk, (data) => {
    const { ids, channel_id: channelId, guild_id: guildId } = data as DeletedInBulk;
    for (const id of ids) hears.deleted(id, channelId, guildId);
  });
  const close = async () => {
    isClosed = true;
    await client.destroy();
  };
  try {
    await client.login(token);
  } catch (error) {
    await close().catch(() => undefined);
    if (readsAll && error instanceof Error && /disallowed intents/i.test(error.message)) throw new ContentNotAllowed();
    throw error;
  }
  return {
    roleIn: (guildId) => client.guilds.cache.get(guildId)?.roles.botRoleFor(client.user?.id ?? "")?.id,
    isThread(channelId) {
      const channel = client.channels.cache.get(channelId);
      return channel === undefined || channel.isDMBased() ? undefined : channel.isThread();
    },
    close,
  };
}

interface Deleted {
  readonly id: string;
  readonly channel_id: string;
  readonly guild_id?: string;
}
interface DeletedInBulk {
  readonly ids: readonly string[];
  readonly channel_id: string;
  readonly guild_id?: string;
}
