/** What Discord refuses of a bot: wrong bodies, too much text, what it has no permission for. */
import { type APIMessage, PermissionFlagsBits } from "discord.js";
import { z } from "zod";
import type { SchemaName } from "./honesty.ts";
import type { NewFile, NewMessage } from "./messages.ts";
import { Refusal } from "./rest.ts";
import type { World } from "./world.ts";

/** Characters of a bot's message; the schema, which people's messages share, allows 4000. */
const MOST_CONTENT = 2000;
/** Characters of all embeds of a message together. */
const MOST_EMBEDS = 6000;
const MOST_ROWS = 5;

const Body = z.object({
  content: z.string().nullish(),
  embeds: z.array(z.record(z.string(), z.unknown())).nullish(),
  components: z.array(z.record(z.string(), z.unknown())).nullish(),
  flags: z.int().nullish(),
  nonce: z.union([z.string(), z.number()]).nullish(),
  enforce_nonce: z.boolean().nullish(),
  allowed_mentions: z
    .object({ parse: z.array(z.string()).optional(), users: z.array(z.string()).optional() })
    .nullish(),
  message_reference: z.object({ message_id: z.string() }).nullish(),
  attachments: z
    .array(z.object({ id: z.union([z.string(), z.number()]), description: z.string().max(1024).nullish() }))
    .nullish(),
});
export type MessageBody = z.infer<typeof Body>;

/** @throws Refusal, and notes a problem: a bot that keeps to its limits is never refused for its body */
export function accept(world: World, schema: SchemaName, body: unknown): void {
  const wrong = world.honesty.refuses(schema, body);
  if (wrong !== undefined) refuse(world, `${schema}: ${wrong}`);
}

export function acceptMessage(world: World, schema: SchemaName, body: unknown, files: readonly NewFile[]): MessageBody {
  accept(world, schema, body ?? {});
  return acceptContent(world, body ?? {}, files, false);
}

/** @param mayBeEmpty an edit need not say everything again */
export function acceptContent(
  world: World,
  body: unknown,
  files: readonly NewFile[],
  mayBeEmpty: boolean,
): MessageBody {
  const read = Body.parse(body);
  const { content, embeds, components, flags, allowed_mentions: mentions } = read;
  if ([...(content ?? "")].length > MOST_CONTENT) refuse(world, `content is longer than ${MOST_CONTENT}`);
  const words = (embeds ?? []).map((embed) => textIn(embed)).reduce((sum, one) => sum + one, 0);
  if (words > MOST_EMBEDS) refuse(world, `embeds hold ${words} characters; ${MOST_EMBEDS} are the most`);
  if ((components ?? []).length > MOST_ROWS) refuse(world, `more than ${MOST_ROWS} rows of components`);
  const ids = customIds(components ?? []);
  if (new Set(ids).size !== ids.length) refuse(world, "two components have one custom_id");
  if (((flags ?? 0) & (1 << 15)) !== 0) refuse(world, "components v2 are not spoken here");
  if (mentions == null && /<@|@everyone|@here/.test(content ?? ""))
    world.honesty.note("the bot says what pings without saying whom it may ping");
  const isEmpty = !content?.trim() && !embeds?.length && !components?.length && files.length === 0;
  if (isEmpty && !mayBeEmpty) throw new Refusal(400, 50006, "Cannot send an empty message");
  return read;
}

function refuse(world: World, why: string): never {
  world.honesty.note(`the bot sends what Discord refuses: ${why}`);
  throw new Refusal(400, 50035, `Invalid Form Body: ${why}`.slice(0, 500));
}

export function newMessageFrom(body: MessageBody, files: readonly NewFile[]): NewMessage {
  return {
    content: body.content ?? undefined,
    embeds: body.embeds ?? undefined,
    components: body.components ?? undefined,
    flags: body.flags ?? undefined,
    nonce: body.nonce == null ? undefined : String(body.nonce),
    mentions: { parse: body.allowed_mentions?.parse ?? [], users: body.allowed_mentions?.users ?? [] },
    replyTo: body.message_reference?.message_id,
    files: files.length > 0 || body.attachments?.length === 0 ? described(files, body) : undefined,
  };
}

/** Files are numbered as they come; by that number the body says more of them. */
function described(files: readonly NewFile[], { attachments }: MessageBody): readonly NewFile[] {
  return files.map((file, index) => {
    const description = attachments?.find(({ id }) => String(id) === String(index))?.description;
    return description == null ? file : { ...file, description };
  });
}

function textIn(value: unknown, key = ""): number {
  if (typeof value === "string")
    return ["title", "description", "name", "value", "text"].includes(key) ? value.length : 0;
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + textIn(item), 0);
  if (typeof value !== "object" || value === null) return 0;
  return Object.entries(value).reduce((sum, [name, item]) => sum + textIn(item, name), 0);
}

function customIds(components: readonly object[]): string[] {
  return components.flatMap((one) => [
    ...("custom_id" in one ? [String(one.custom_id)] : []),
    ...("components" in one ? customIds(one.components as readonly object[]) : []),
  ]);
}

export type Right = Exclude<keyof typeof PermissionFlagsBits, "ManageEmojisAndStickers">;

/** @throws Refusal where the bot may not do that in a channel of a server */
export function need(world: World, channelId: string, ...rights: readonly Right[]): void {
  if (!world.channels.has(channelId)) throw new Refusal(404, 10003, "Unknown Channel");
  const guild = world.guildOf(channelId);
  if (!guild) return;
  if ((guild.botPermissions & PermissionFlagsBits.ViewChannel) === 0n) throw new Refusal(403, 50001, "Missing Access");
  const thread = world.thread(channelId);
  if (thread && !world.threadMembers.get(channelId)?.has(world.bot.id) && "type" in thread && thread.type === 12)
    throw new Refusal(404, 10003, "Unknown Channel");
  for (const right of rights)
    if ((guild.botPermissions & PermissionFlagsBits[right]) === 0n)
      throw new Refusal(403, 50013, "Missing Permissions");
}

/** The message, or Discord's refusal. */
export function known(message: APIMessage | undefined): APIMessage {
  if (!message) throw new Refusal(404, 10008, "Unknown Message");
  return message;
}
