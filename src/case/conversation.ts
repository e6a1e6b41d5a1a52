/** What a conversation is made of: what it needs, where a message comes from, and the turn that comes of it. */
import type { Side, SymptomId } from "../domain/ids.ts";
import type { ReadPaste } from "../domain/output.ts";
import type { Block, Reply } from "../domain/reply.ts";
import type { Knowledge } from "../knowledge/assemble.ts";
import { nextStep } from "../speech/next-step.ts";
import { type Case, situationOf, withEvents } from "./case.ts";
import type { CaseEvent, Stamp } from "./events.ts";

/** What a conversation needs from outside. */
export interface ConversationTools {
  readonly knowledge: Knowledge;
  /** Reads a paste under the name it is given. */
  readonly read: (name: string, text: string) => ReadPaste;
  readonly symptomFromWords: (text: string) => SymptomId | undefined;
  readonly explain: (words: string) => readonly Block[];
  /** The case's id, where it has one: its hand-offs are then files to take along. */
  readonly caseId?: string | undefined;
  /** What lets somebody take the case along to another chat. */
  readonly resumeCode?: (() => string | undefined) | undefined;
  /** Hand-offs can be sent to a webhook. */
  readonly sendsOn?: boolean | undefined;
  /** Who is speaking, and when; kept with what it adds to the case. */
  readonly said?: Stamp | undefined;
}

export interface Turn {
  readonly case: Case;
  readonly reply: Reply;
  /** The person is leaving. */
  readonly leaves: boolean;
  /** false: it was neither something said to us nor any output. */
  readonly understood?: boolean;
  /** A button whose question is over: nothing was done. */
  readonly isTooLate?: boolean;
}

/** Where a message comes from: the end it was said to be from, and the chat's id of it. */
export interface From {
  readonly side?: Side | undefined;
  readonly message?: string | undefined;
}

/** Adds events and goes on with whatever comes next. */
export function move(
  before: Case,
  events: readonly CaseEvent[],
  tools: ConversationTools,
  first: readonly Block[] = [],
): Turn {
  return goOn(withEvents(before, tools.said, ...events), tools, first);
}

/** Says something, and then what is waited for next. */
export function goOn(now: Case, tools: ConversationTools, first: readonly Block[]): Turn {
  return answer(now, { blocks: [...first, ...nextStep(situationOf(now, tools.knowledge)).blocks] });
}

/** A reply that leaves the case as it is. */
export function answer(now: Case, reply: Reply): Turn {
  return { case: now, reply, leaves: false };
}

/** An answer to what people also say to each other: where nobody spoke to us, we stay silent. */
export function answerIfAsked(now: Case, reply: Reply): Turn {
  return { ...answer(now, reply), understood: false };
}
