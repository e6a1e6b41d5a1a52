/** The status message of a case, wherever it is: brought up to date in place, and left without buttons where the case goes. */
import { type APIMessage, ChannelType, type REST, Routes } from "discord.js";
import { CannotSend, type Outgoing } from "../../domain/chat.ts";
import type { Place } from "../../domain/inbound.ts";
import type { CaseHead } from "../../store/store.ts";
import { channelById, editMessage, meaningOf, type Sendable } from "./api.ts";
import { CHAT, channelOf, isDirect } from "./place.ts";
import type { Questions } from "./questions.ts";
import type { DiscordTools } from "./settings.ts";
import { leftMessage, statusMessage } from "./status.ts";
import { archiveThread, reopenThread } from "./thread.ts";

export interface StatusSender {
  render(head: CaseHead): Promise<Sendable>;
  /** @returns "channel/message" */
  send(outgoing: Outgoing, head: CaseHead, signal: AbortSignal): Promise<string | undefined>;
  /** The thread was begun from a message of ours: that one is the status. */
  begunFrom(head: CaseHead, at: string, signal: AbortSignal): Promise<void>;
  /** Its buttons go where the case went on in another chat; best effort. */
  leave(outgoing: Pick<Outgoing, "place">, head: CaseHead, signal: AbortSignal): Promise<void>;
}

export interface StatusTools extends Pick<DiscordTools, "cases" | "look" | "log"> {
  readonly rest: REST;
  readonly questions: Pick<Questions, "over">;
  readonly post: (outgoing: Outgoing, part: number, message: Sendable, signal: AbortSignal) => Promise<APIMessage>;
}

/** Cases whose status message is remembered; the others' is looked up. */
const MOST_REMEMBERED = 10_000;

export function createStatusSender({ rest, cases, look, log, post, questions }: StatusTools): StatusSender {
  /** Where a case's status message was last seen: saves a look at Discord for each. */
  const statusAt = new Map<string, string>();

  const lastOf = async (head: CaseHead) => statusAt.get(head.id) ?? (await cases.lastReference(head.id, "status"));

  function remember(head: CaseHead, at: string): void {
    if (statusAt.size >= MOST_REMEMBERED) statusAt.clear();
    statusAt.set(head.id, at);
  }

  async function render(head: CaseHead): Promise<Sendable> {
    const seen = await look(head.id);
    if (!seen) throw new CannotSend("the case is not kept any more");
    return statusMessage(head, seen);
  }

  async function send(outgoing: Outgoing, head: CaseHead, signal: AbortSignal): Promise<string | undefined> {
    const last = await lastOf(head);
    // It has left meanwhile: what is new of it is shown where it is.
    if (!isSame(outgoing.place, head.place)) return last;
    const isHere = last !== undefined && isAt(last, head.place);
    if (last !== undefined && !isHere) await retire(head, last, signal);
    const status = await render(head);
    const known = isHere ? last : await starterOf(head.place);
    let at = known !== undefined && (await updated(known, status, signal)) ? known : undefined;
    if (at === undefined) {
      const { id } = await post(outgoing, 0, status, signal);
      at = `${channelOf(outgoing.place)}/${id}`;
    }
    remember(head, at);
    if (head.status === "closed") await questions.over(head.id, channelOf(head.place));
    if (head.status === "closed" && !isDirect(head.place)) await archiveThread(rest, head);
    return at;
  }

  async function begunFrom(head: CaseHead, at: string, signal: AbortSignal): Promise<void> {
    const last = await lastOf(head);
    if (last !== undefined && last !== at) await retire(head, last, signal);
    remember(head, at);
  }

  async function leave({ place }: Pick<Outgoing, "place">, head: CaseHead, signal: AbortSignal): Promise<void> {
    // Within Discord, the new place's first status message sees to the old one.
    if (head.place.chat === CHAT) return;
    const last = await lastOf(head);
    const at = last !== undefined && isAt(last, place) ? last : await starterOf(place).catch(() => undefined);
    if (at !== undefined) await retire(head, at, signal);
    statusAt.delete(head.id);
  }

  async function retire(head: CaseHead, at: string, signal: AbortSignal): Promise<void> {
    // Another chat's.
    if (!/^\d{1,20}\/\d{1,20}$/.test(at)) return;
    // Its buttons otherwise say that the case is elsewhere when they are pressed.
    await updated(at, leftMessage(head), signal).catch((error: unknown) => {
      const meaning = meaningOf(error);
      log.info({ chat: CHAT, case: head.id, meaning }, "an old status message could not be changed");
    });
  }

  async function updated(at: string, status: Sendable, signal: AbortSignal): Promise<boolean> {
    const [channelId = "", messageId = ""] = at.split("/");
    try {
      await editMessage(rest, channelId, messageId, status, signal);
      return true;
    } catch (error) {
      const meaning = meaningOf(error);
      if (meaning === undefined) throw error;
      if (meaning !== "archived") return false;
      await reopenThread(rest, channelId, signal);
      await editMessage(rest, channelId, messageId, status, signal);
      return true;
    }
  }

  /** The message that the thread was begun from, where it is ours: our answer to the command. */
  async function starterOf(place: Place): Promise<string | undefined> {
    if (isDirect(place)) return undefined;
    try {
      const thread = await channelById(rest, channelOf(place));
      if (thread.type !== ChannelType.PublicThread || !("parent_id" in thread) || !thread.parent_id) return undefined;
      const message = (await rest.get(Routes.channelMessage(thread.parent_id, thread.id))) as APIMessage;
      return message.author.id === message.application_id ? `${thread.parent_id}/${thread.id}` : undefined;
    } catch (error) {
      if (meaningOf(error) === undefined) throw error;
      return undefined;
    }
  }

  return { render, send, begunFrom, leave };
}

function isSame(one: Place, other: Place): boolean {
  return one.chat === other.chat && one.workspace === other.workspace && one.thread === other.thread;
}

/** Whether a message is in that thread, or the one that the thread was begun from, which has its id. */
function isAt(reference: string, place: Place): boolean {
  const [channelId, messageId] = reference.split("/");
  return channelId === channelOf(place) || messageId === channelOf(place);
}
