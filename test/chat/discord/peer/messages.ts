/** Messages are posted, edited and deleted: by people and by the bot, with the limits that the schemas don't hold. */
import {
  type APIMessage,
  type APIMessageReference,
  type APIUser,
  MessageFlags,
  MessageReferenceType,
  MessageType,
} from "discord.js";
import { messageShape } from "./shapes.ts";
import type { World } from "./world.ts";

export interface NewFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly type?: string | undefined;
  /** For those who can't see it. */
  readonly description?: string | undefined;
}

export interface NewMessage {
  readonly content?: string | undefined;
  readonly files?: readonly NewFile[] | undefined;
  readonly embeds?: readonly object[] | undefined;
  readonly components?: readonly object[] | undefined;
  readonly flags?: number | undefined;
  readonly replyTo?: string | undefined;
  readonly nonce?: string | undefined;
  readonly type?: MessageType | undefined;
  /** What the sender lets be a mention; undefined: everything, as for people. */
  readonly mentions?: { readonly parse?: readonly string[]; readonly users?: readonly string[] } | undefined;
  readonly interaction?: { readonly id: string; readonly user: APIUser; readonly name: string } | undefined;
}

export function postMessage(world: World, channelId: string, author: APIUser, given: NewMessage): APIMessage {
  const message = messageShape(world.clock.id(), channelId, author, world.clock.iso());
  fill(world, message, given);
  message.type = given.type ?? (given.replyTo === undefined ? MessageType.Default : MessageType.Reply);
  message.flags = (given.flags ?? 0) as MessageFlags;
  if (given.nonce !== undefined) message.nonce = given.nonce;
  if (author.id === world.bot.id) message.application_id = world.bot.id;
  if (given.replyTo !== undefined) {
    const reference: APIMessageReference = {
      type: MessageReferenceType.Default,
      channel_id: channelId,
      message_id: given.replyTo,
    };
    message.message_reference = reference;
    message.referenced_message = world.find(channelId, given.replyTo) ?? null;
  }
  if (given.interaction)
    Object.assign(message, {
      interaction_metadata: {
        id: given.interaction.id,
        type: 2,
        user: given.interaction.user,
        authorizing_integration_owners: { 0: world.guildOf(channelId)?.id ?? "0" },
      },
    });
  world.honesty.sends("MessageResponseSchema", message);
  world.messagesIn(channelId).push(message);
  const channel = world.channels.get(channelId);
  if (channel !== undefined && "last_message_id" in channel) channel.last_message_id = message.id;
  const thread = world.thread(channelId);
  if (thread?.thread_metadata?.archived === true && !thread.thread_metadata.locked)
    world.changeThread(thread, { archived: false });
  if (!isEphemeral(message)) tell(world, "MESSAGE_CREATE", message);
  return message;
}

export function editMessage(world: World, message: APIMessage, given: NewMessage, edited = true): APIMessage {
  fill(world, message, given);
  message.flags = ((message.flags ?? 0) & ~MessageFlags.Loading) as MessageFlags;
  if (edited) message.edited_timestamp = world.clock.iso();
  world.honesty.sends("MessageResponseSchema", message);
  if (!isEphemeral(message)) tell(world, "MESSAGE_UPDATE", message);
  return message;
}

export function deleteMessage(world: World, message: APIMessage): void {
  const list = world.messagesIn(message.channel_id);
  list.splice(list.indexOf(message), 1);
  const guild = world.guildOf(message.channel_id);
  world.dispatch(
    "MESSAGE_DELETE",
    { id: message.id, channel_id: message.channel_id, ...(guild && { guild_id: guild.id }) },
    guild?.id,
  );
}

export function isEphemeral(message: APIMessage): boolean {
  return ((message.flags ?? 0) & MessageFlags.Ephemeral) !== 0;
}

/** A message as the bot sees it: without the intent, only its own, direct ones and those that mention it have content. */
export function asSeen(world: World, message: APIMessage, mayReadAll: boolean): APIMessage {
  const isDirect = world.guildOf(message.channel_id) === undefined;
  const concernsBot = message.author.id === world.bot.id || message.mentions.some(({ id }) => id === world.bot.id);
  if (mayReadAll || isDirect || concernsBot) return message;
  return { ...message, content: "", embeds: [], attachments: [], components: [] };
}

function tell(world: World, type: string, message: APIMessage): void {
  const guild = world.guildOf(message.channel_id);
  const member = guild?.members.get(message.author.id);
  const { user: _, ...partial } = member ?? {};
  world.dispatch(type, { ...message, ...(guild && { guild_id: guild.id, member: partial }) }, guild?.id);
}

function fill(world: World, message: APIMessage, given: NewMessage): void {
  if (given.content !== undefined) {
    message.content = given.content;
    message.mentions = mentioned(world, given);
    message.mention_everyone =
      /@(?:everyone|here)/.test(given.content) && (given.mentions?.parse?.includes("everyone") ?? true);
  }
  if (given.embeds !== undefined) message.embeds = given.embeds.map((embed) => ({ type: "rich", ...embed }) as never);
  if (given.components !== undefined) message.components = numbered(given.components) as never;
  if (given.files !== undefined)
    message.attachments = given.files.map((file) => attach(world, message.channel_id, file));
}

function mentioned(world: World, { content = "", mentions }: NewMessage): APIUser[] {
  const ids = [...content.matchAll(/<@!?(\d{1,20})>/g)].map(([, id = ""]) => id);
  const may = (id: string) =>
    mentions === undefined || mentions.parse?.includes("users") === true || mentions.users?.includes(id) === true;
  return [...new Set(ids)].filter(may).flatMap((id) => world.users.get(id) ?? []);
}

export function attach(
  world: World,
  channelId: string,
  { name, bytes, type, description }: NewFile,
): APIMessage["attachments"][0] {
  const id = world.clock.id();
  const until = world.clock.now() + world.fileLife;
  world.files.set(id, { name, bytes, type, until });
  const seconds = (ms: number) => Math.floor(ms / 1000).toString(16);
  const path = `attachments/${channelId}/${id}/${encodeURIComponent(name)}`;
  const url = `${world.origin}/${path}?ex=${seconds(until)}&is=${seconds(world.clock.now())}&hm=${id.padStart(32, "a")}&`;
  const more = { ...(type && { content_type: type }), ...(description && { description }) };
  return { id, filename: name, size: bytes.length, url, proxy_url: url, ...more };
}

const SELECTS: readonly number[] = [3, 5, 6, 7, 8];

/** Discord numbers the components of a message. */
function numbered(components: readonly object[]): object[] {
  let next = 0;
  const number = (component: object): object => {
    next += 1;
    const id = next;
    const inner = "components" in component ? (component.components as readonly object[]) : undefined;
    const select =
      "type" in component && SELECTS.includes(Number(component.type)) ? { min_values: 1, max_values: 1 } : {};
    return { ...select, ...component, id, ...(inner && { components: inner.map(number) }) };
  };
  return components.map(number);
}
