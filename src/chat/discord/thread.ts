/** A case's thread: begun from a message, once; opened again when Discord has archived it. */
import { ChannelType, type REST, Routes, ThreadAutoArchiveDuration } from "discord.js";
import { CannotSend } from "../../domain/chat.ts";
import type { CaseHead } from "../../store/store.ts";
import { type Answer, webhookOf } from "./answer.ts";
import { bodyOf, editMessage, meaningOf, postMessage, type Sendable } from "./api.ts";
import { channelOf } from "./place.ts";
import { threadName } from "./status.ts";

/** A tunnel is looked at for days; Discord hides the thread after this long without a word, and a word brings it back. */
const ARCHIVE_AFTER = ThreadAutoArchiveDuration.ThreeDays;

export interface Beginning {
  readonly head: CaseHead;
  readonly answer: Answer;
  readonly status: Sendable;
  readonly now: number;
  readonly signal: AbortSignal;
}

/**
 * Begins the thread of a new case, unless it is there already; repeating it is harmless. Our answer to the command
 * becomes the case's status message first: Discord begins no thread from one that still says "thinking…".
 * @throws CannotSend where there can't be a thread; the person has been told.
 */
export async function beginThread(rest: REST, { head, answer, status, now, signal }: Beginning): Promise<void> {
  const { begin } = answer;
  if (begin === undefined) return;
  try {
    if (begin.isOurs) await fillIn(rest, answer, status, now, signal);
    await rest.post(Routes.threads(begin.channel, begin.message), {
      body: { name: threadName(head), auto_archive_duration: ARCHIVE_AFTER },
      signal,
    });
  } catch (error) {
    const meaning = meaningOf(error);
    if (meaning === "has a thread already") return;
    if (meaning === undefined) throw error;
    const why =
      meaning === "may not"
        ? "I may not create a thread here: I need the permissions *Create Public Threads* and *Send Messages in Threads*."
        : "I could not begin a thread in time.";
    const content = `Case ${head.id} is open, but ${why} \`/ipsec resume case:${head.id}\` goes on with it wherever you type it.`;
    await postMessage(rest, begin.channel, { content }, { once: `${head.id}:no-thread`, signal });
    throw new CannotSend("no thread could be begun");
  }
}

async function fillIn(rest: REST, answer: Answer, status: Sendable, now: number, signal: AbortSignal): Promise<void> {
  const webhook = webhookOf(answer, now);
  if (webhook) {
    try {
      // What was said there while the case was not yet stored goes.
      const { flags: _, ...body } = bodyOf({ ...status, content: "" });
      await rest.patch(Routes.webhookMessage(webhook.app, webhook.token), { auth: false, body, signal });
      return;
    } catch (error) {
      if (meaningOf(error) !== "interaction is over") throw error;
    }
  }
  const { channel, message } = answer.begin ?? { channel: "", message: "" };
  await editMessage(rest, channel, message, status, signal);
}

/** Opens an archived thread again. @throws CannotSend where it is locked */
export async function reopenThread(rest: REST, threadId: string, signal?: AbortSignal): Promise<void> {
  try {
    await rest.patch(Routes.channel(threadId), { body: { archived: false }, ...(signal && { signal }) });
  } catch (error) {
    if (meaningOf(error) === "may not" || meaningOf(error) === "archived")
      throw new CannotSend("the thread is locked, and to open it again I would need Manage Threads");
    throw error;
  }
}

/** A closed case's thread leaves the list; writing into it brings it back. Best effort. */
export async function archiveThread(rest: REST, head: CaseHead): Promise<void> {
  await rest.patch(Routes.channel(channelOf(head.place)), { body: { archived: true } }).catch(() => undefined);
}

/** A thread that only those see who are in it. @returns its id */
export async function beginPrivateThread(rest: REST, channelId: string, name: string, userId: string): Promise<string> {
  const body = { name, type: ChannelType.PrivateThread, invitable: false, auto_archive_duration: ARCHIVE_AFTER };
  const { id } = (await rest.post(Routes.threads(channelId), { body })) as { id: string };
  await rest.put(Routes.threadMembers(id, userId));
  return id;
}
