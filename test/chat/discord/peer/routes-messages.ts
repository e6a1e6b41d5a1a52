/** Messages of channels and threads. */
import type { APIMessage } from "discord.js";
import { accept, acceptContent, acceptMessage, known, need, newMessageFrom } from "./accept.ts";
import { asSeen, deleteMessage, editMessage, isEphemeral, postMessage } from "./messages.ts";
import { Refusal, type Route } from "./rest.ts";
import type { World } from "./world.ts";

/** So long a nonce is remembered: "the past few minutes". */
const NONCE_MS = 3 * 60_000;
const PAGE = 50;

export function messageRoutes(world: World, mayReadAll: boolean): Route[] {
  return [
    {
      method: "POST",
      path: /^\/channels\/(\d+)\/messages$/,
      needsToken: true,
      answer({ params: [channelId = ""], body, files }) {
        const isThread = world.thread(channelId) !== undefined;
        need(world, channelId, isThread ? "SendMessagesInThreads" : "SendMessages");
        if (files.length > 0) need(world, channelId, "AttachFiles");
        const checked = acceptMessage(world, "MessageCreateRequestSchema", body, files);
        const given = newMessageFrom(checked, files);
        if (given.replyTo !== undefined) need(world, channelId, "ReadMessageHistory");
        const before = checked.enforce_nonce === true ? saidBefore(world, channelId, given.nonce) : undefined;
        if (before) return before;
        refuseIfLocked(world, channelId);
        return postMessage(world, channelId, world.bot, given);
      },
    },
    {
      method: "PATCH",
      path: /^\/channels\/(\d+)\/messages\/(\d+)$/,
      needsToken: true,
      answer({ params: [channelId = "", id = ""], body, files }) {
        need(world, channelId);
        const message = visible(world, channelId, id);
        if (message.author.id !== world.bot.id)
          throw new Refusal(403, 50005, "Cannot edit a message authored by another user");
        refuseIfLocked(world, channelId, 50083);
        accept(world, "MessageEditRequestPartialSchema", body);
        const checked = acceptContent(world, body, files, true);
        return editMessage(world, message, newMessageFrom(checked, files));
      },
    },
    {
      method: "DELETE",
      path: /^\/channels\/(\d+)\/messages\/(\d+)$/,
      needsToken: true,
      answer({ params: [channelId = "", id = ""] }) {
        need(world, channelId);
        const message = visible(world, channelId, id);
        if (message.author.id !== world.bot.id) {
          if (!world.guildOf(channelId)) throw new Refusal(403, 50003, "Cannot execute action on a DM channel");
          need(world, channelId, "ManageMessages");
        }
        deleteMessage(world, message);
        return undefined;
      },
    },
    {
      method: "GET",
      path: /^\/channels\/(\d+)\/messages\/(\d+)$/,
      needsToken: true,
      answer({ params: [channelId = "", id = ""] }) {
        need(world, channelId, "ReadMessageHistory");
        return seen(world, visible(world, channelId, id), mayReadAll);
      },
    },
    {
      method: "GET",
      path: /^\/channels\/(\d+)\/messages$/,
      needsToken: true,
      answer({ params: [channelId = ""], query }) {
        need(world, channelId, "ReadMessageHistory");
        const limit = Number(query.get("limit") ?? PAGE);
        if (!(limit >= 1 && limit <= 100)) throw new Refusal(400, 50035, "Invalid Form Body: limit");
        const after = query.get("after");
        const before = query.get("before");
        const isWanted = ({ id }: APIMessage) =>
          (after === null || BigInt(id) > BigInt(after)) && (before === null || BigInt(id) < BigInt(before));
        const around = query.get("around");
        if ([after, before, around].filter((each) => each !== null).length > 1)
          throw new Refusal(400, 50035, "Invalid Form Body: after, before and around exclude each other");
        const all = world.messagesIn(channelId).filter((message) => !isEphemeral(message));
        const found = all.filter(isWanted);
        const wanted =
          around !== null
            ? nearest(found, BigInt(around), limit)
            : after === null
              ? found.slice(-limit)
              : found.slice(0, limit);
        // Newest first, whatever was asked for.
        return wanted.map((message) => seen(world, message, mayReadAll)).reverse();
      },
    },
  ];
}

/** The message itself and half of the limit on either side, in order. */
function nearest(all: readonly APIMessage[], id: bigint, limit: number): APIMessage[] {
  const half = Math.floor(limit / 2);
  const older = all.filter((one) => BigInt(one.id) < id);
  const others = all.filter((one) => BigInt(one.id) >= id);
  return [...older.slice(-half), ...others.slice(0, limit - half)];
}

function seen(world: World, message: APIMessage, mayReadAll: boolean): APIMessage {
  return refreshed(world, asSeen(world, message, mayReadAll));
}

/** A message that is fetched has attachments whose URLs live again. */
function refreshed(world: World, message: APIMessage): APIMessage {
  for (const { id } of message.attachments) {
    const file = world.files.get(id);
    if (file) file.until = Math.max(file.until, world.clock.now() + world.fileLife);
  }
  return world.honesty.sends("MessageResponseSchema", message);
}

/** Ephemeral messages can't be reached but through their interaction. */
function visible(world: World, channelId: string, id: string): APIMessage {
  const message = known(world.find(channelId, id));
  if (isEphemeral(message)) throw new Refusal(404, 10008, "Unknown Message");
  return message;
}

function saidBefore(world: World, channelId: string, nonce: string | undefined): APIMessage | undefined {
  if (nonce === undefined) throw new Refusal(400, 50035, "Invalid Form Body: enforce_nonce without nonce");
  const since = world.clock.now() - NONCE_MS;
  return world
    .messagesIn(channelId)
    .find((one) => one.nonce === nonce && one.author.id === world.bot.id && Date.parse(one.timestamp) >= since);
}

/** Writing into an archived thread reopens it, unless it is locked. */
function refuseIfLocked(world: World, channelId: string, code = 50083): void {
  const thread = world.thread(channelId);
  if (thread?.thread_metadata?.locked !== true || !thread.thread_metadata.archived) return;
  throw new Refusal(400, code, "Thread is archived");
}
