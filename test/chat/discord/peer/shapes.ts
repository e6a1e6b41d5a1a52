/** Objects as Discord's API has them, complete. */
import {
  type APIGuildMember,
  type APIMessage,
  type APIRole,
  type APITextChannel,
  type APIThreadChannel,
  type APIUser,
  ChannelType,
  type GuildMemberFlags,
  type MessageFlags,
  MessageType,
  type RoleFlags,
} from "discord.js";

export function userShape(id: string, name: string, bot = false): APIUser {
  return {
    id,
    username: name.toLowerCase(),
    global_name: bot ? null : name,
    discriminator: bot ? "0042" : "0",
    avatar: null,
    avatar_decoration_data: null,
    public_flags: 0,
    flags: 0,
    primary_guild: null,
    ...(bot && { bot }),
  } as unknown as APIUser;
}

export function memberShape(user: APIUser, roles: readonly string[], joinedAt: string): APIGuildMember {
  return {
    user,
    nick: null,
    avatar: null,
    banner: null,
    roles: [...roles],
    joined_at: joinedAt,
    premium_since: null,
    communication_disabled_until: null,
    deaf: false,
    mute: false,
    pending: false,
    flags: 0 as GuildMemberFlags,
  } as APIGuildMember;
}

export function roleShape(id: string, name: string, permissions: bigint, position: number): APIRole {
  return {
    id,
    name,
    permissions: String(permissions),
    position,
    color: 0,
    colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
    hoist: false,
    managed: false,
    mentionable: false,
    icon: null,
    unicode_emoji: null,
    flags: 0 as RoleFlags,
  };
}

export function channelShape(id: string, guildId: string, name: string, position: number): APITextChannel {
  return {
    id,
    guild_id: guildId,
    type: ChannelType.GuildText,
    name,
    position,
    topic: null,
    nsfw: false,
    parent_id: null,
    last_message_id: null,
    rate_limit_per_user: 0,
    permission_overwrites: [],
    flags: 0,
  } as unknown as APITextChannel;
}

export interface ThreadSeed {
  readonly id: string;
  readonly guildId: string;
  readonly parentId: string;
  readonly name: string;
  readonly ownerId: string;
  readonly isPrivate: boolean;
  /** Minutes. */
  readonly archiveAfter: number;
  readonly at: string;
}

export function threadShape(seed: ThreadSeed): APIThreadChannel {
  return {
    id: seed.id,
    guild_id: seed.guildId,
    parent_id: seed.parentId,
    owner_id: seed.ownerId,
    type: seed.isPrivate ? ChannelType.PrivateThread : ChannelType.PublicThread,
    name: seed.name,
    last_message_id: null,
    message_count: 0,
    member_count: 1,
    total_message_sent: 0,
    rate_limit_per_user: 0,
    flags: 0,
    thread_metadata: {
      archived: false,
      locked: false,
      auto_archive_duration: seed.archiveAfter,
      archive_timestamp: seed.at,
      create_timestamp: seed.at,
      ...(seed.isPrivate && { invitable: false }),
    },
  } as unknown as APIThreadChannel;
}

export function messageShape(id: string, channelId: string, author: APIUser, at: string): APIMessage {
  return {
    id,
    channel_id: channelId,
    author,
    type: MessageType.Default,
    content: "",
    timestamp: at,
    edited_timestamp: null,
    tts: false,
    mention_everyone: false,
    mentions: [],
    mention_roles: [],
    attachments: [],
    embeds: [],
    components: [],
    pinned: false,
    flags: 0 as MessageFlags,
  };
}
