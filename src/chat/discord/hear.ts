/** Discord's messages → what the bot hears. Nothing here asks Discord or the store. */
import { type APIMessage, type APIUser, MessageType } from "discord.js";
import type { Inbound, NamedText, Person, Place } from "../../domain/inbound.ts";

/** A message as the gateway and the REST API give it; the gateway adds the server and the member. */
export type SeenMessage = APIMessage & {
  readonly guild_id?: string | undefined;
  readonly member?: { readonly nick?: string | null | undefined; readonly roles?: readonly string[] } | undefined;
};

export interface Me {
  /** The bot's user. */
  readonly id: string;
  /** The role that Discord made for the bot: people mention it by mistake. */
  roleIn(guildId: string): string | undefined;
}

/** Whether somebody said it: no bot (ourselves first of all), no webhook, no notice of Discord's own. */
export function isSaid({ author, webhook_id, type }: SeenMessage, me: Me): boolean {
  if (author.id === me.id || author.bot === true || webhook_id !== undefined) return false;
  return type === MessageType.Default || type === MessageType.Reply;
}

/** Whether it is said to us: by a mention, as a reply to something of ours, or in direct messages. */
export function isAddressed(message: SeenMessage, me: Me): boolean {
  if (message.guild_id === undefined) return true;
  if (message.mentions.some(({ id }) => id === me.id)) return true;
  const role = me.roleIn(message.guild_id);
  if (role !== undefined && message.mention_roles.includes(role)) return true;
  return message.type === MessageType.Reply && message.referenced_message?.author.id === me.id;
}

/** Whether it mentions others beside us, or replies to somebody else. */
export function namesOthers(message: SeenMessage, me: Me): boolean {
  const { author, mentions, mention_roles, mention_everyone, guild_id, type, referenced_message } = message;
  const isOther = (id: string) => id !== me.id && id !== author.id;
  if (mention_everyone || mentions.some(({ id }) => isOther(id))) return true;
  const ours = guild_id === undefined ? undefined : me.roleIn(guild_id);
  if (mention_roles.some((role) => role !== ours)) return true;
  return type === MessageType.Reply && referenced_message != null && isOther(referenced_message.author.id);
}

/** Output rather than chatter: in a case's thread it is meant for us, also where we can't make anything of it. */
export function looksPasted({ content, attachments }: SeenMessage): boolean {
  return attachments.length > 0 || content.includes("```") || content.trim().split("\n").length >= PASTE_LINES;
}
const PASTE_LINES = 3;

/** What was typed, without the mention that made us listen. */
export function wordsOf({ content, guild_id }: SeenMessage, me: Me): string {
  const role = guild_id === undefined ? undefined : me.roleIn(guild_id);
  const mentions = [`<@${me.id}>`, `<@!${me.id}>`, ...(role === undefined ? [] : [`<@&${role}>`])];
  return mentions.reduce((text, mention) => text.replaceAll(mention, ""), content).replace(/^[ \t]{1,9}/, "");
}

/** Discord keeps everything of a message back that we may not read; an empty one is never sent by people. */
export function isWithheld({ content, attachments, embeds, components, sticker_items, poll }: SeenMessage): boolean {
  const rest = [attachments, embeds, components ?? [], sticker_items ?? []];
  return content === "" && poll === undefined && rest.every((list) => list.length === 0);
}

export function personOf(user: APIUser, nick?: string | null | undefined): Person {
  return { id: user.id, name: nick ?? user.global_name ?? user.username };
}

export interface HeardAs {
  readonly place: Place;
  readonly files: readonly NamedText[];
  readonly addressed: boolean;
}

/** A message of a case. */
export function saidIn(message: SeenMessage, { place, files, addressed }: HeardAs, me: Me): Inbound {
  return {
    ...heardFrom(message, place),
    content: {
      type: "said",
      text: besideFiles(wordsOf(message, me), files),
      message: message.id,
      ...(files.length > 0 && { files }),
      ...(!addressed && { overheard: true }),
    },
  };
}

/** Clients that make a file of a long text leave its beginning in the message: that is not said twice. */
export function besideFiles(words: string, files: readonly NamedText[]): string {
  const beginning = words.replace(/[….\s]{1,9}$/u, "").trim();
  const isBeginning = beginning !== "" && files.some(({ text }) => text.trimStart().startsWith(beginning));
  return isBeginning ? "" : words;
}

export function heardFrom(message: SeenMessage, place: Place): Omit<Inbound, "content"> {
  return {
    // One that was edited before we saw it: that edit is no news.
    deliveries: [`discord:message:${message.id}`, ...(message.edited_timestamp == null ? [] : [editId(message)])],
    place,
    person: personOf(message.author, message.member?.nick),
    at: Date.parse(message.timestamp),
  };
}

/**
 * @returns undefined where the words did not change: Discord also tells of links that were unfolded, of pins, and of our
 * own edits. Of a message with files only the words can change, and the files are what was read.
 */
export function editOf(message: SeenMessage, place: Place, me: Me): Inbound | undefined {
  if (message.edited_timestamp == null || !isSaid(message, me) || message.attachments.length > 0) return undefined;
  // What we may not read is not empty.
  if (isWithheld(message)) return undefined;
  return {
    ...heardFrom(message, place),
    deliveries: [editId(message)],
    content: { type: "edited", message: message.id, text: wordsOf(message, me) },
  };
}

function editId({ id, edited_timestamp }: Pick<SeenMessage, "id" | "edited_timestamp">): string {
  return `discord:edit:${id}:${edited_timestamp}`;
}

/** Who deleted it, Discord does not say. */
export function deletionOf(messageId: string, place: Place, now: number): Inbound {
  return {
    deliveries: [`discord:delete:${messageId}`],
    place,
    person: { id: "0", name: "somebody" },
    at: now,
    content: { type: "deleted", message: messageId },
  };
}
