/** Servers, channels, people, messages and files, and who is told when they change. */
import {
  type APIChannel,
  type APIDMChannel,
  type APIGuildMember,
  type APIMessage,
  type APIRole,
  type APITextChannel,
  type APIThreadChannel,
  type APIUser,
  ChannelType,
  PermissionFlagsBits,
} from "discord.js";
import { Clock } from "./clock.ts";
import type { Honesty } from "./honesty.ts";
import { channelShape, memberShape, roleShape, type ThreadSeed, threadShape, userShape } from "./shapes.ts";

export interface Guild {
  readonly id: string;
  readonly name: string;
  readonly roles: APIRole[];
  readonly members: Map<string, APIGuildMember>;
  /** What the bot may do here. */
  botPermissions: bigint;
}

export interface StoredFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly type: string | undefined;
  /** When its URL stops working, by the peer's clock. */
  until: number;
}

/** What the invitation in docs/discord.md asks for. */
export const INVITED_WITH =
  PermissionFlagsBits.ViewChannel |
  PermissionFlagsBits.SendMessages |
  PermissionFlagsBits.SendMessagesInThreads |
  PermissionFlagsBits.CreatePublicThreads |
  PermissionFlagsBits.CreatePrivateThreads |
  PermissionFlagsBits.ManageMessages |
  PermissionFlagsBits.AttachFiles |
  PermissionFlagsBits.EmbedLinks |
  PermissionFlagsBits.ReadMessageHistory;

export const PEOPLE_MAY = INVITED_WITH & ~PermissionFlagsBits.ManageMessages;

/** Told to the gateway: an event, and the server it is about (undefined for direct messages). */
export type Dispatch = (type: string, data: object, guildId: string | undefined) => void;

export class World {
  readonly clock = new Clock();
  readonly guilds = new Map<string, Guild>();
  readonly channels = new Map<string, APIChannel>();
  readonly messages = new Map<string, APIMessage[]>();
  readonly files = new Map<string, StoredFile>();
  readonly threadMembers = new Map<string, Set<string>>();
  readonly users = new Map<string, APIUser>();
  readonly bot: APIUser;
  dispatch: Dispatch = () => {};
  /** Where files are fetched: "http://127.0.0.1:1234". */
  origin = "";
  /** Milliseconds that an attachment's URL lives. */
  fileLife = 24 * 3_600_000;
  readonly honesty: Honesty;

  constructor(honesty: Honesty) {
    this.honesty = honesty;
    this.bot = userShape(this.clock.id(), "TunnelMedic", true);
    this.users.set(this.bot.id, this.bot);
  }

  addGuild(name: string): Guild {
    const id = this.clock.id();
    const everyone = roleShape(id, "@everyone", PEOPLE_MAY, 0);
    const guild: Guild = { id, name, roles: [everyone], members: new Map(), botPermissions: INVITED_WITH };
    this.guilds.set(id, guild);
    guild.members.set(this.bot.id, this.memberOf(this.bot, []));
    return guild;
  }

  addChannel(guild: Guild, name: string): APITextChannel {
    const channel = channelShape(this.clock.id(), guild.id, name, this.channels.size);
    this.honesty.sends("GuildChannelResponseSchema", channel);
    this.channels.set(channel.id, channel);
    return channel;
  }

  addRole(guild: Guild, name: string): APIRole {
    const role = roleShape(this.clock.id(), name, 0n, guild.roles.length);
    guild.roles.push(role);
    return role;
  }

  addUser(name: string): APIUser {
    const user = this.honesty.sends("UserResponseSchema", userShape(this.clock.id(), name));
    this.users.set(user.id, user);
    return user;
  }

  join(guild: Guild, user: APIUser, roles: readonly string[] = []): void {
    guild.members.set(user.id, this.memberOf(user, roles));
  }

  addThread(seed: Omit<ThreadSeed, "at">): APIThreadChannel {
    const thread = threadShape({ ...seed, at: this.clock.iso() });
    this.honesty.sends("ThreadResponseSchema", thread);
    this.channels.set(thread.id, thread);
    this.threadMembers.set(thread.id, new Set([seed.ownerId]));
    this.dispatch("THREAD_CREATE", { ...thread, newly_created: true }, seed.guildId);
    return thread;
  }

  directChannel(user: APIUser): APIDMChannel {
    for (const channel of this.channels.values())
      if (channel.type === ChannelType.DM && channel.recipients?.some(({ id }) => id === user.id)) return channel;
    const made = { id: this.clock.id(), type: ChannelType.DM, flags: 0, last_message_id: null, recipients: [user] };
    this.honesty.sends("PrivateChannelResponseSchema", made);
    const channel = made as unknown as APIDMChannel;
    this.channels.set(channel.id, channel);
    return channel;
  }

  messagesIn(channelId: string): APIMessage[] {
    const list = this.messages.get(channelId) ?? [];
    this.messages.set(channelId, list);
    return list;
  }

  find(channelId: string, messageId: string): APIMessage | undefined {
    return this.messagesIn(channelId).find(({ id }) => id === messageId);
  }

  guildOf(channelId: string): Guild | undefined {
    const channel = this.channels.get(channelId);
    const id = channel !== undefined && "guild_id" in channel ? channel.guild_id : undefined;
    return id === undefined ? undefined : this.guilds.get(id);
  }

  thread(channelId: string): APIThreadChannel | undefined {
    const channel = this.channels.get(channelId);
    return channel !== undefined && isThread(channel) ? channel : undefined;
  }

  /** Threads that nobody wrote in for long enough are archived, as Discord does now and then. */
  archiveQuietThreads(): void {
    for (const channel of this.channels.values()) {
      if (!isThread(channel) || !channel.thread_metadata || channel.thread_metadata.archived) continue;
      const last = this.messagesIn(channel.id).at(-1)?.timestamp ?? channel.thread_metadata.archive_timestamp;
      const quietFor = this.clock.now() - Date.parse(last);
      if (quietFor >= (channel.thread_metadata.auto_archive_duration ?? 1440) * 60_000)
        this.changeThread(channel, { archived: true });
    }
  }

  changeThread(thread: APIThreadChannel, to: { readonly archived?: boolean; readonly locked?: boolean }): void {
    const data = thread.thread_metadata;
    if (!data) throw new Error("a thread without thread_metadata");
    if (to.archived !== undefined && to.archived !== data.archived) {
      data.archived = to.archived;
      data.archive_timestamp = this.clock.iso();
    }
    if (to.locked !== undefined) data.locked = to.locked;
    this.honesty.sends("ThreadResponseSchema", thread);
    this.dispatch("THREAD_UPDATE", thread, "guild_id" in thread ? thread.guild_id : undefined);
  }

  private memberOf(user: APIUser, roles: readonly string[]): APIGuildMember {
    return this.honesty.sends("GuildMemberResponseSchema", memberShape(user, roles, this.clock.iso()));
  }
}

export function isThread(channel: APIChannel): channel is APIThreadChannel {
  return channel.type === ChannelType.PublicThread || channel.type === ChannelType.PrivateThread;
}
