/** The status message of a case, brought up to date in place; it may lag behind, and never holds up a reply. */
import type { webApi } from "@slack/bolt";
import { z } from "zod";
import type { Outgoing } from "../../domain/chat.ts";
import { forOutbox, refusalIn, retryAfterIn } from "./failures.ts";
import { createLateStatuses } from "./late-statuses.ts";
import type { Pace } from "./pace.ts";
import { type Thread, threadOf } from "./place.ts";
import { EVENT_TYPE, sentBefore } from "./sent-before.ts";
import type { SlackTools } from "./settings.ts";
import { leftMessage, renderStatus, type StatusMessage } from "./status.ts";

export interface StatusSender {
  /** @returns "channel/timestamp/thread" of the message */
  send(outgoing: Outgoing): Promise<string | undefined>;
  /** Its buttons go where the case went on in another chat; best effort. */
  leave(outgoing: Pick<Outgoing, "caseId" | "place">): Promise<void>;
  /** Spends an update that no status message will miss, for something else. */
  spare(): boolean;
  /** Those that lag behind are brought up to date as far as Slack allows. */
  stop(): Promise<void>;
}

/** Where the chat opened the case's thread with a message of its own: that one is the status. */
const OpenedAtSchema = z.object({ root: z.string() });

export function openedAt(root: string): string {
  return JSON.stringify({ root });
}

function rootIn(answerBy: string | undefined): string | undefined {
  if (answerBy === undefined) return undefined;
  try {
    return OpenedAtSchema.parse(JSON.parse(answerBy)).root;
  } catch {
    return undefined;
  }
}

const MOST_REMEMBERED = 5_000;

type StatusTools = Pick<SlackTools, "cases" | "look" | "now" | "log"> & {
  readonly client: webApi.WebClient;
  readonly pace: Pace;
  /** Whether somebody waits for an answer: a status can wait until they have it. */
  readonly isBusy: () => boolean;
  /** Told of cases that are closed. */
  readonly closed?: ((caseId: string) => void) | undefined;
};

/** "channel/timestamp/thread": ours has the thread's root as well, as the case may go on in another thread of the channel. */
function referenceOf(channel: string, ts: string, root: string): string {
  return `${channel}/${ts}/${root}`;
}

/** Whether it is in that thread; those of older versions name their channel only. */
function isAt(reference: string | undefined, { channel, root }: Thread): boolean {
  const [there, ts, itsRoot] = reference?.split("/") ?? [];
  return there === channel && (itsRoot === undefined || itsRoot === root || ts === root);
}

export function createStatusSender({ client, cases, look, now, log, pace, isBusy, closed }: StatusTools): StatusSender {
  /** What a message shows, so that it is not sent again as it is. */
  const shown = new Map<string, string>();
  /** Where a case's status message is. */
  const sentAt = new Map<string, string>();
  const late = createLateStatuses({ now, isBusy, update: updateLate });

  async function send(outgoing: Outgoing): Promise<string | undefined> {
    const { caseId, place, answerBy } = outgoing;
    const root = rootIn(answerBy);
    const thread = threadOf(place);
    const last = sentAt.get(caseId) ?? (await cases.lastReference(caseId, "status"));
    const opened = root === undefined ? undefined : referenceOf(thread.channel, root, root);
    const isHere = opened === undefined ? isAt(last, thread) : last === opened;
    if (last !== undefined && !isHere) await retire(caseId, last);
    const reference = opened ?? (isHere ? last : undefined);
    if (reference !== undefined && !late.spent()) {
      late.later(reference, caseId);
      keepPlace(caseId, reference);
      return reference;
    }
    const status = await render(caseId);
    if (status === undefined) return reference;
    if (reference === undefined) return post(outgoing, status);
    return (await update(caseId, reference, status)) ? reference : post(outgoing, status);
  }

  async function leave({ caseId, place }: Pick<Outgoing, "caseId" | "place">): Promise<void> {
    const head = await cases.caseById(caseId);
    // Within Slack, the new place's first status message sees to the old one.
    if (head === undefined || head.place.chat === place.chat) return;
    const thread = threadOf(place);
    const last = sentAt.get(caseId) ?? (await cases.lastReference(caseId, "status"));
    await retire(caseId, last !== undefined && isAt(last, thread) ? last : `${thread.channel}/${thread.root}`);
    sentAt.delete(caseId);
  }

  async function retire(caseId: string, reference: string): Promise<void> {
    const [channel = "", ts = ""] = reference.split("/");
    // Another chat's.
    if (!/^[A-Z]/.test(channel)) return;
    try {
      await client.chat.update({ channel, ts, ...leftMessage(caseId) });
      shown.delete(reference);
    } catch (error) {
      // Its buttons then say that the case is elsewhere when they are pressed.
      log.info({ chat: "slack", caseId, refusal: refusalIn(error) }, "an old status message could not be changed");
    }
  }

  async function render(caseId: string): Promise<StatusMessage | undefined> {
    const [head, situation] = await Promise.all([cases.caseById(caseId), look(caseId)]);
    if (head?.status === "closed") closed?.(caseId);
    return head === undefined || situation === undefined ? undefined : renderStatus(head, situation);
  }

  /** @returns false where the message is gone */
  async function update(caseId: string, reference: string, status: StatusMessage): Promise<boolean> {
    const looks = JSON.stringify(status.blocks);
    if (shown.get(reference) === looks) {
      late.giveBack();
      return true;
    }
    const [channel = "", ts = ""] = reference.split("/");
    try {
      await client.chat.update({ channel, ts, text: status.text, blocks: status.blocks });
      remember(caseId, reference, looks);
      return true;
    } catch (error) {
      const wait = retryAfterIn(error);
      if (wait !== undefined) {
        late.wait(wait);
        late.later(reference, caseId);
        return true;
      }
      const refusal = refusalIn(error);
      if (refusal === "message_not_found" || refusal === "cant_update_message") return false;
      throw forOutbox(error);
    }
  }

  /** A reply must not wait for the status before it: what lags behind is made up for by itself. */
  async function updateLate(caseId: string, reference: string): Promise<void> {
    try {
      // The case has gone on elsewhere meanwhile, or the message is another.
      if ((sentAt.get(caseId) ?? reference) !== reference) return;
      const status = await render(caseId);
      if (status !== undefined) await update(caseId, reference, status);
    } catch (error) {
      log.warn({ chat: "slack", caseId, refusal: refusalIn(error) }, "a status message lags behind");
    }
  }

  async function post({ id, attempt, place, caseId }: Outgoing, status: StatusMessage): Promise<string | undefined> {
    const thread = threadOf(place);
    try {
      const before = attempt === 1 ? undefined : (await sentBefore(client, thread, id, undefined)).ts;
      if (before !== undefined) return referenceOf(thread.channel, before, thread.root);
      await pace.turn(thread.channel);
      const { ts } = await client.chat.postMessage({
        channel: thread.channel,
        thread_ts: thread.root,
        ...status,
        metadata: { event_type: EVENT_TYPE, event_payload: { outbox_id: id } },
      });
      const reference = referenceOf(thread.channel, ts ?? "", thread.root);
      remember(caseId, reference, JSON.stringify(status.blocks));
      return reference;
    } catch (error) {
      const later = retryAfterIn(error);
      if (later !== undefined) pace.wait(thread.channel, later);
      throw forOutbox(error);
    }
  }

  function keepPlace(caseId: string, reference: string): void {
    if (sentAt.size >= MOST_REMEMBERED) sentAt.clear();
    sentAt.set(caseId, reference);
  }

  function remember(caseId: string, reference: string, looks: string): void {
    keepPlace(caseId, reference);
    shown.delete(reference);
    shown.set(reference, looks);
    const [oldest] = shown.keys();
    if (shown.size > MOST_REMEMBERED && oldest !== undefined) shown.delete(oldest);
  }

  return { send, leave, spare: () => late.spare(), stop: () => late.stop() };
}
