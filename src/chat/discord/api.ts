/** Discord's REST API: messages as we send them, and what its refusals mean. */
import { createHash } from "node:crypto";
import {
  type APIChannel,
  type APIEmbed,
  type APIMessage,
  DiscordAPIError,
  MessageFlags,
  RateLimitError,
  type RawFile,
  REST,
  Routes,
} from "discord.js";
import { SendLater } from "../../domain/chat.ts";
import { picturePng } from "../../pictures/png.ts";
import type { Row } from "./choices.ts";
import { MOST_NONCE } from "./limits.ts";
import type { TextFile } from "./pieces.ts";
import { DISCORD_API, type DiscordSettings } from "./settings.ts";

/** Codes of Discord's refusals (topics/opcodes-and-status-codes), by what they mean to us. */
const CODES = {
  "no such channel": [10_003],
  "no such message": [10_008],
  "no such member": [10_007],
  /** Not answered within three seconds; also comes at random, though the person saw the answer. */
  "interaction is over": [10_062, 10_015, 50_027],
  "answered already": [40_060],
  "may not": [50_001, 50_013, 50_005, 50_003, 160_005],
  archived: [50_083],
  "has a thread already": [160_004],
} as const;
export type Meaning = keyof typeof CODES;

/** What a refusal of Discord's means; undefined for any other error, and for codes that we don't know. */
export function meaningOf(error: unknown): Meaning | undefined {
  if (!(error instanceof DiscordAPIError)) return undefined;
  const known = (Object.keys(CODES) as Meaning[]).find((meaning) =>
    (CODES[meaning] as readonly (number | string)[]).includes(error.code),
  );
  return known ?? (error.status === 403 ? "may not" : undefined);
}

/** Waits that are longer than this go back to the outbox, so that other cases are not kept waiting. */
const LONGEST_WAIT_MS = 3_000;
const REQUEST_MS = 8_000;

export function createRest({ token, apiUrl = DISCORD_API }: DiscordSettings): REST {
  return new REST({
    api: apiUrl,
    version: "10",
    timeout: REQUEST_MS,
    // A request that failed halfway may have been carried out: the outbox repeats it, with its nonce.
    retries: 0,
    rejectOnRateLimit: ({ timeToReset }) => timeToReset > LONGEST_WAIT_MS,
  }).setToken(token);
}

/** An error as the outbox understands it: a rate limit says when to come again. */
export function forOutbox(error: unknown): unknown {
  return error instanceof RateLimitError
    ? new SendLater(Math.max(error.timeToReset, error.retryAfter), "Discord's rate limit")
    : error;
}

export interface Sendable {
  readonly content?: string;
  readonly embeds?: readonly APIEmbed[];
  readonly components?: readonly Row[];
  readonly files?: readonly TextFile[];
  /** People who are to be told; nobody else is, whatever the text says. */
  readonly pings?: readonly string[];
  readonly isEphemeral?: boolean;
  /** The message that is answered. */
  readonly replyTo?: string;
}

/** A message as the API takes it. Nothing in it pings, and links are not unfolded. */
export function bodyOf({ content, embeds, components, pings = [], isEphemeral = false, replyTo }: Sendable) {
  const flags = (embeds === undefined ? MessageFlags.SuppressEmbeds : 0) | (isEphemeral ? MessageFlags.Ephemeral : 0);
  return {
    ...(content !== undefined && { content }),
    ...(embeds !== undefined && { embeds }),
    ...(components !== undefined && { components }),
    allowed_mentions: pings.length > 0 ? { users: pings } : { parse: [] },
    ...(flags !== 0 && { flags }),
    ...(replyTo !== undefined && { message_reference: { message_id: replyTo, fail_if_not_exists: false } }),
  };
}

/** Pictures are drawn here, when they are sent. */
export async function rawFiles(files: readonly TextFile[] | undefined): Promise<RawFile[]> {
  return Promise.all(
    (files ?? []).map(async ({ name, text, picture }) =>
      picture === undefined
        ? { name, data: Buffer.from(text), contentType: "text/plain; charset=utf-8" }
        : { name, data: Buffer.from(await picturePng(picture)), contentType: "image/png" },
    ),
  );
}

/** Alternative text of pictures, by their places among the files. */
const MOST_DESCRIPTION = 1_024;

export function descriptionsOf(files: readonly TextFile[] | undefined) {
  const described = (files ?? []).flatMap(({ name, text, picture }, id) =>
    picture === undefined ? [] : [{ id: `${id}`, filename: name, description: text.slice(0, MOST_DESCRIPTION) }],
  );
  return described.length === 0 ? {} : { attachments: described };
}

/** An ordinary message. Said once, however often it is sent within some minutes under the same name. */
export async function postMessage(
  rest: REST,
  channelId: string,
  message: Sendable,
  { once, signal }: { readonly once: string; readonly signal?: AbortSignal | undefined },
): Promise<APIMessage> {
  const body = { ...bodyOf(message), ...descriptionsOf(message.files), nonce: nonceOf(once), enforce_nonce: true };
  const request = { body, files: await rawFiles(message.files), ...(signal && { signal }) };
  return (await rest.post(Routes.channelMessages(channelId), request)) as APIMessage;
}

export async function editMessage(
  rest: REST,
  channelId: string,
  messageId: string,
  message: Sendable,
  signal?: AbortSignal,
): Promise<void> {
  const { flags: _, ...body } = bodyOf(message);
  await rest.patch(Routes.channelMessage(channelId, messageId), { body, ...(signal && { signal }) });
}

export async function channelById(rest: REST, channelId: string): Promise<APIChannel> {
  return (await rest.get(Routes.channel(channelId))) as APIChannel;
}

/** Ids of ours are counted from 1 in every database; what is sent under one must not meet another database's. */
export function nonceOf(name: string): string {
  return createHash("sha256").update(name).digest("base64url").slice(0, Math.min(22, MOST_NONCE));
}
