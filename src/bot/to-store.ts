/** One decided message → what its transaction writes: the turn, what goes out and where to, what is found by it later. */
import type { Case, Situation } from "../case/case.ts";
import type { ConversationTools } from "../case/conversation.ts";
import { writeUp } from "../case/hand-off-document.ts";
import type { Inbound, Place } from "../domain/inbound.ts";
import type { Reply } from "../domain/reply.ts";
import * as say from "../speech/asides.ts";
import type { Decision, LockedCase, NewOutgoing } from "../store/store.ts";
import type { Decided } from "./decide.ts";
import { withoutPastes } from "./forgetting.ts";
import { recallOf } from "./recall.ts";
import { secretsRemovedBy } from "./turn-figures.ts";

export interface DecidedTurn {
  readonly inbound: Inbound;
  readonly locked: LockedCase;
  /** The case before it. */
  readonly before: Case;
  readonly decided: Decided;
  /** Where the case stands after it. */
  readonly situation: Situation;
  /** The id of an earlier case to tell of. */
  readonly earlier: string | undefined;
}

export interface WritingTools {
  readonly conversation: ConversationTools;
  /** Chats whose replies go through the outbox. */
  readonly sends: (chat: string) => boolean;
}

/** @returns all but the summary and the lease of what it puts into the outbox */
export async function toStore(turn: DecidedTurn, tools: WritingTools): Promise<Decision> {
  const { inbound, locked, before, decided, situation } = turn;
  const { content, place, person } = inbound;
  const { events, echo, status, tail } = decided;
  const forgotten = events.flatMap((event) => (event.type === "forgotten" ? [event.paste] : []));
  const turns = forgotten.length === 0 ? undefined : await locked.turns(0);
  const rewrite = turns === undefined ? [] : withoutPastes(forgotten, before, turns);
  const rewritten = turns?.map((each) => rewrite.find(({ number }) => number === each.number) ?? each);
  // Ids of people mean nothing in another chat.
  const isTakenOver = comesFromElsewhere(turn) && locked.head.place.chat !== place.chat;
  return {
    turn: {
      echo,
      events,
      reply: shownBy(turn, tools),
      message: "message" in content ? content.message : undefined,
    },
    outbox: outboxOf(turn, tools),
    status,
    tail,
    rewrite,
    owner: content.type === "handed-to" ? content.person : isTakenOver ? person : undefined,
    recall: recallOf(situation, locked.recall, echo, events.length > 0, rewritten),
  };
}

/** What is said at the place of the message. The write-up goes to its channel; in the thread it would stand twice. */
function shownBy({ inbound, decided }: DecidedTurn, { sends }: WritingTools): Reply | undefined {
  return isEscalated(inbound) && decided.reply && sends(inbound.place.chat) ? { blocks: say.posted() } : decided.reply;
}

function outboxOf(turn: DecidedTurn, tools: WritingTools): NewOutgoing[] {
  const { inbound, locked, decided, earlier } = turn;
  const { content, place, person, answerBy, at } = inbound;
  const { id: caseId, place: itsPlace } = locked.head;
  const out: NewOutgoing[] = [];
  const isSent = tools.sends(place.chat);
  const changesStanding =
    locked.isNew || decided.events.length > 0 || decided.status !== undefined || CHANGES_HEAD.includes(content.type);
  const status = () => {
    if (isSent && changesStanding) out.push({ body: { type: "status" }, answerBy });
  };
  const reply = shownBy(turn, tools);
  // The status message of a new case stands above its first reply.
  if (locked.isNew) status();
  if (reply && isSent) {
    const secretsRemoved = secretsRemovedBy(decided.events);
    out.push({ body: { type: "reply", reply, earlier, secretsRemoved }, answerBy });
  }
  if (isEscalated(inbound) && decided.reply && isSent)
    out.push({ body: { type: "hand-off", reply: withoutChoices(decided.reply) } });
  if (isSentOn(inbound) && tools.conversation.sendsOn === true) {
    const document = writeUp(decided.case, "next-shift", {
      ...tools.conversation,
      caseId,
      said: { at, by: person },
    });
    out.push({ body: { type: "hand-off", reply: { blocks: [] }, document }, place: THE_WEBHOOK });
  }
  if (!locked.isNew) status();
  if (comesFromElsewhere(turn) && tools.sends(itsPlace.chat)) {
    const moved = { blocks: say.goesOnElsewhere(caseId, person, elsewhere(itsPlace, place)) };
    out.push({ body: { type: "reply", reply: moved, isFarewell: true }, place: itsPlace });
  }
  return out;
}

/** The case goes on at the message's place, and was at another one. */
function comesFromElsewhere({ inbound: { content, place }, locked: { head } }: DecidedTurn): boolean {
  return content.type === "resumed" && content.caseId === head.id && head.place.thread !== place.thread;
}

function isEscalated({ content }: Inbound): boolean {
  return content.type === "chose" && content.choice === "escalate";
}

function isSentOn({ content }: Inbound): boolean {
  return content.type === "chose" && (content.choice === "send-on" || content.choice === "escalate");
}

/** Where hand-offs are posted nobody can choose for the case. */
function withoutChoices(reply: Reply): Reply {
  return { blocks: reply.blocks.filter(({ type }) => type !== "choices") };
}

/** Where its sender looks for rows of the outbox. */
const THE_WEBHOOK: Place = { chat: "webhook", workspace: "", thread: "" };

function elsewhere(was: Place, is: Place): string {
  return was.chat === is.chat ? "another thread" : chatInWords(is.chat);
}

export function chatInWords(chat: string): string {
  return { slack: "Slack", discord: "Discord", web: "the web page", terminal: "a terminal" }[chat] ?? chat;
}

/** They add no event, but what the status message says is not the same after them. */
const CHANGES_HEAD: readonly Inbound["content"]["type"][] = ["resumed", "handed-to"];
