/** Hears what comes from every chat: one message, one transaction, acknowledged when it is committed. */
import { type Case, NEW_CASE, type Situation, situationOf } from "../case/case.ts";
import type { ConversationTools } from "../case/conversation.ts";
import type { CaseEvent, Stamp } from "../case/events.ts";
import { writeUp } from "../case/hand-off-document.ts";
import type { CaseLook } from "../case/look.ts";
import type { Bot, Heard } from "../domain/chat.ts";
import type { Inbound, Place } from "../domain/inbound.ts";
import type { Reply } from "../domain/reply.ts";
import * as say from "../speech/asides.ts";
import { caseIds } from "../store/case-id.ts";
import type { Claimed, Decision, Lease, LockedCase, NewOutgoing, Store } from "../store/store.ts";
import { type AsideReader, largeTextsOf, type Prepared, prepare } from "./aside.ts";
import { createCaseMemory } from "./case-memory.ts";
import { type Decided, decide } from "./decide.ts";
import { earlierToTell } from "./earlier.ts";
import { withoutPastes } from "./forgetting.ts";
import { recallOf } from "./recall.ts";
import type { ResumeCodes } from "./resume-code.ts";
import { summaryOf } from "./summary.ts";

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

/** For figures and logs: numbers and ids, nothing that was said. */
export interface CommittedTurn {
  readonly chat: string;
  readonly caseId: string;
  readonly turn: number;
  readonly content: Inbound["content"]["type"];
  readonly verdict: string;
  readonly cause: string | undefined;
  readonly secretsRemoved: number;
  readonly unreadLines: number;
  readonly inOutbox: boolean;
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
      const from = isElsewhere && head.place.chat !== place.chat ? chatWords(head.place.chat) : undefined;
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
      const stored = await toStore(decided, situation, before.case, locked, inbound, earlier);
      return { ...stored, summary };
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

  async function toStore(
    decided: Decided,
    situation: Situation,
    before: Case,
    locked: LockedCase,
    { place, person, answerBy, content, at }: Inbound,
    earlier: string | undefined,
  ): Promise<Decision> {
    const { events, reply, echo, status, tail } = decided;
    const message = "message" in content ? content.message : undefined;
    const isSent = sends(place.chat);
    const isElsewhere = content.type === "resumed" && locked.head.place.thread !== place.thread;
    const moved =
      isElsewhere && content.caseId === locked.head.id
        ? { blocks: say.goesOnElsewhere(locked.head.id, person, elsewhere(locked.head.place, place)) }
        : undefined;
    const escalated =
      content.type === "chose" && content.choice === "escalate" ? withoutChoices(decided.reply) : undefined;
    const isSentOn =
      content.type === "chose" &&
      (content.choice === "send-on" || content.choice === "escalate") &&
      toolsFor(locked.head.id).sendsOn === true;
    const isStanding = locked.isNew || events.length > 0 || status !== undefined || CHANGES_HEAD.includes(content.type);
    // The write-up goes to its channel; in the thread it would stand twice.
    const shown = escalated && isSent ? { blocks: say.posted() } : reply;
    const { secretsRemoved } = figuresOf(events, situationOf(decided.case, toolsFor(locked.head.id).knowledge));
    const replies =
      shown && isSent ? [{ body: { type: "reply", reply: shown, earlier, secretsRemoved } as const, answerBy }] : [];
    const statuses = isStanding && isSent ? [{ body: { type: "status" } as const, answerBy }] : [];
    const outbox = [
      // The status message of a new case stands above its first reply.
      ...(locked.isNew ? [...statuses, ...replies] : replies),
      ...(escalated && isSent ? [{ body: { type: "hand-off", reply: escalated } as const }] : []),
      ...(isSentOn ? [sentOn(decided.case, locked.head.id, { at, by: person })] : []),
      ...(locked.isNew ? [] : statuses),
      ...(sends(locked.head.place.chat) && moved
        ? [{ body: { type: "reply", reply: moved, isFarewell: true } as const, place: locked.head.place }]
        : []),
    ];
    const forgotten = events.flatMap((event) => (event.type === "forgotten" ? [event.paste] : []));
    const turns = forgotten.length === 0 ? undefined : await locked.turns(0);
    const rewrite = turns === undefined ? [] : withoutPastes(forgotten, before, turns);
    const rewritten = turns?.map((turn) => rewrite.find(({ number }) => number === turn.number) ?? turn);
    // Ids of people mean nothing in another chat.
    const isTakenOver = isElsewhere && locked.head.place.chat !== place.chat;
    const owner = content.type === "handed-to" ? content.person : isTakenOver ? person : undefined;
    return {
      turn: { echo, events, reply: shown, message },
      outbox,
      status,
      tail,
      rewrite,
      owner,
      recall: recallOf(situation, locked.recall, echo, events.length > 0, rewritten),
      lease: outbox.length > 0 ? lease?.() : undefined,
    };
  }

  /** The case as a document, for the webhook. */
  function sentOn(one: Case, caseId: string, said: Stamp): NewOutgoing {
    const document = writeUp(one, "next-shift", { ...toolsFor(caseId), caseId, said });
    return { body: { type: "hand-off", reply: { blocks: [] }, document }, place: THE_WEBHOOK };
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

/** Where hand-offs are posted nobody can choose for the case. */
function withoutChoices(reply: Reply | undefined): Reply | undefined {
  return reply && { blocks: reply.blocks.filter(({ type }) => type !== "choices") };
}

/** Where its sender looks for rows of the outbox. */
const THE_WEBHOOK: Place = { chat: "webhook", workspace: "", thread: "" };

function chatWords(chat: string): string {
  return { slack: "Slack", discord: "Discord", web: "the web page", terminal: "a terminal" }[chat] ?? chat;
}

function elsewhere(was: Place, is: Place): string {
  return was.chat === is.chat ? "another thread" : chatWords(is.chat);
}

/** They add no event, but what the status message says is not the same after them. */
const CHANGES_HEAD: readonly Inbound["content"]["type"][] = ["resumed", "handed-to"];

/** What is said where we broke on a message: the case stands as it stood. */
function brokenOn(before: Case): Decided {
  return { case: before, echo: "…", events: [], reply: { blocks: say.ourFault() }, status: undefined, tail: undefined };
}

function figuresOf(events: readonly CaseEvent[], { diagnosis }: Situation) {
  const pastes = events.flatMap((event) =>
    event.type === "pasted" || event.type === "pasted-anew" ? [event.paste] : [],
  );
  const { verdict } = diagnosis;
  return {
    verdict: verdict.verdict,
    cause: verdict.verdict === "found" ? verdict.findings[0]?.id : undefined,
    secretsRemoved: pastes.reduce((sum, { secretsRemoved }) => sum + secretsRemoved, 0),
    unreadLines: pastes.flatMap(({ outputs }) => outputs).reduce((sum, { unread }) => sum + unread.length, 0),
  };
}
