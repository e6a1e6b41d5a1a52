/** Hears what comes from every chat: one message, one transaction, acknowledged when it is committed. */
import { type Case, NEW_CASE, type Situation, situationOf } from "../case/case.ts";
import type { ConversationTools } from "../case/conversation.ts";
import type { CaseLook } from "../case/look.ts";
import type { Bot, Heard } from "../domain/chat.ts";
import type { Inbound } from "../domain/inbound.ts";
import * as say from "../speech/asides.ts";
import { caseIds } from "../store/case-id.ts";
import type { Claimed, Lease, Store } from "../store/store.ts";
import { type AsideReader, largeTextsOf, type Prepared, prepare } from "./aside.ts";
import { createCaseMemory } from "./case-memory.ts";
import { type Decided, decide } from "./decide.ts";
import { earlierToTell } from "./earlier.ts";
import type { ResumeCodes } from "./resume-code.ts";
import { summaryOf } from "./summary.ts";
import { chatInWords, toStore } from "./to-store.ts";
import { type CommittedTurn, figuresOf } from "./turn-figures.ts";

export interface BotTools {
  readonly store: Store;
  /** What a conversation needs; keys are compared within a case. */
  readonly toolsFor: (caseId: string) => ConversationTools;
  /** Chats whose replies go through the outbox; the others read them from the case. */
  readonly sends: (chat: string) => boolean;
  /** Lets people take cases along to other chats. */
  readonly codes?: ResumeCodes | undefined;
  /** Told after the commit, with the rows of the outbox that `lease` got. */
  readonly committed?: ((turn: CommittedTurn, claimed: readonly Claimed[]) => void) | undefined;
  /** For whom a message's replies are claimed as it is committed; undefined where nobody here has room for them. */
  readonly lease?: (() => Lease | undefined) | undefined;
  /** Reads large pastes before the transaction; absent: they are read in it. */
  readonly aside?: AsideReader | undefined;
  /** Told when a message broke us; it is answered all the same, or it would come again for ever. */
  readonly broken?: ((caseId: string, error: unknown) => void) | undefined;
}

export interface TheBot extends Bot {
  /** A case as it stands; undefined where there is none of that id. */
  look(caseId: string): Promise<CaseLook | undefined>;
}

export function createBot({ store, toolsFor, sends, codes, committed, lease, aside, broken }: BotTools): TheBot {
  const memory = createCaseMemory();

  /** For each place where a large paste is being read, its message: what comes after it waits. */
  const reading = new Map<string, Promise<unknown>>();

  async function hear(inbound: Inbound): Promise<Heard> {
    const { chat, workspace, thread } = inbound.place;
    const place = JSON.stringify([chat, workspace, thread]);
    const before = reading.get(place);
    const isLarge = aside !== undefined && largeTextsOf(inbound.content).length > 0;
    if (before === undefined && !isLarge) return hearNow(inbound);
    const heard = (before ?? Promise.resolve()).then(() => hearNow(inbound));
    const over = heard.catch(() => undefined);
    reading.set(place, over);
    void over.then(() => reading.get(place) === over && reading.delete(place));
    return heard;
  }

  async function readAside({ content, place }: Inbound): Promise<Prepared | undefined> {
    const texts = aside === undefined ? [] : largeTextsOf(content);
    if (aside === undefined || texts.length === 0) return undefined;
    const here = await store.caseAt(place);
    const [newId] = content.type === "opened" ? caseIds() : [];
    const caseId = here?.id ?? newId;
    return caseId === undefined ? undefined : prepare(aside, caseId, texts);
  }

  async function hearNow(inbound: Inbound): Promise<Heard> {
    const { content, place, person, at, deliveries } = inbound;
    const prepared = await readAside(inbound);
    let decided: Decided | "closed" | undefined;
    let situation: Situation | undefined;
    let earlier: string | undefined;
    let changedAt = 0;
    const opens = content.type === "opened";
    const resumes = content.type === "resumed" ? content.caseId : undefined;
    const code = content.type === "resumed" ? content.code : undefined;
    const resumesFromAnywhere = code !== undefined;
    const wantedId = prepared?.caseId;
    const taking = { deliveries, place, person, at, opens, resumes, resumesFromAnywhere, wantedId };
    const taken = await store.take(taking, async (locked) => {
      const { head, isNew, tail } = locked;
      const isElsewhere = resumes === head.id && head.place.thread !== place.thread;
      // A code counts where the case is now, and nowhere else.
      if (isElsewhere && code !== undefined && codes?.isRight(code, head.id, head.place) !== true) return {};
      const resumeCode = () => codes?.codeFor(head.id, isElsewhere ? place : head.place);
      const tools = { ...toolsFor(head.id), resumeCode };
      const before = isNew
        ? { case: NEW_CASE, version: 0, changedAt: 0 }
        : await memory.rebuild(head.id, head.version, locked.turns);
      changedAt = before.changedAt;
      const isClosed = head.status === "closed";
      const movedOnSince = (turn: number) => before.changedAt > turn;
      const from = isElsewhere && head.place.chat !== place.chat ? chatInWords(head.place.chat) : undefined;
      const found = { case: before.case, caseId: head.id, isNew, isClosed, movedOnSince, tail, from };
      try {
        const ready = prepared?.caseId === head.id ? prepared.pastes : undefined;
        decided = decide(content, { person, at }, found, tools, ready);
      } catch (error) {
        broken?.(head.id, error);
        decided = brokenOn(before.case);
      }
      if (decided === undefined || decided === "closed") return {};
      situation = situationOf(decided.case, tools.knowledge);
      const summary = summaryOf(situation, decided.events, head.summary, at);
      earlier = await earlierToTell(locked, summary);
      const turn = { inbound, locked, before: before.case, decided, situation, earlier };
      const stored = await toStore(turn, { conversation: tools, sends });
      return { ...stored, summary, lease: stored.outbox?.length ? lease?.() : undefined };
    });
    if (taken.outcome !== "taken") return taken;
    const { id: caseId, version } = taken.head;
    if (decided === "closed") return { outcome: "closed", caseId };
    if (decided === undefined || situation === undefined)
      return { outcome: "taken", caseId, turn: version, reply: undefined };
    const { events, reply } = decided;
    memory.remember(caseId, { case: decided.case, version, changedAt: events.length > 0 ? version : changedAt });
    const turn = {
      ...figuresOf(events, situation),
      chat: place.chat,
      caseId,
      turn: version,
      content: content.type,
      inOutbox: sends(place.chat),
    };
    committed?.(turn, taken.claimed);
    return { outcome: "taken", caseId, turn: version, reply, earlier, isTooLate: decided.isTooLate };
  }

  async function look(caseId: string): Promise<CaseLook | undefined> {
    const head = await store.caseById(caseId);
    if (head === undefined) return undefined;
    const rebuilt = await memory.rebuild(caseId, head.version, (after) => store.turns(caseId, after));
    const situation = situationOf(rebuilt.case, toolsFor(caseId).knowledge);
    return { caseId, version: rebuilt.version, events: rebuilt.case.events, situation };
  }

  return { hear, look };
}

/** What is said where we broke on a message: the case stands as it stood. */
function brokenOn(before: Case): Decided {
  return { case: before, echo: "…", events: [], reply: { blocks: say.ourFault() }, status: undefined, tail: undefined };
}
