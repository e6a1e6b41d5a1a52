/** One turn of the conversation: what was said or pasted → the case afterwards and our reply. */

import type { HandOffTemplate } from "../domain/hand-off.ts";
import { PLATFORM_IDS, type Side, SYMPTOM_IDS, type SymptomId } from "../domain/ids.ts";
import type { ReadPaste } from "../domain/output.ts";
import type { Block, Choice, Reply } from "../domain/reply.ts";
import { handOffFile, handOffReply } from "../hand-off/message.ts";
import type { Knowledge } from "../knowledge/assemble.ts";
import * as say from "../speech/asides.ts";
import { greeting, nextStep, stillWaiting } from "../speech/next-step.ts";
import { noted } from "../speech/noted.ts";
import { couldNotRead, progress, whatWasRead } from "../speech/paste-reply.ts";
import { fixAgain, whetherSafe, whoseItIs, worksAgain } from "../speech/safe.ts";
import { type Case, chosen, NEW_CASE, otherEnd, type Situation, situationOf, withEvents } from "./case.ts";
import type { CaseEvent, Stamp } from "./events.ts";
import { explainLineOf, lineAsked } from "./explain-line.ts";
import { writeUp } from "./hand-off-document.ts";
import { type Intent, intentOf } from "./intent.ts";
import { picturesFor } from "./pictures.ts";
import { saidOf } from "./said.ts";

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

/** The first words of a case. */
export function open(tools: ConversationTools): Turn {
  return { case: NEW_CASE, leaves: false, ...standing(NEW_CASE, tools, greeting().blocks) };
}

/** Hears a line or a paste, and answers. */
export function hear(before: Case, text: string, tools: ConversationTools, from: From = {}): Turn {
  const situation = situationOf(before, tools.knowledge);
  const choice = chosen(text, choicesOf(nextStep(situation)));
  const intent = choice ? undefined : meant(intentOf(text), situation);
  if (choice) return choose(before, choice, situation, tools);
  if (intent) return obey(before, intent, situation, tools);
  const events = saidOf(before, text, tools);
  if (events.length > 0) return move(before, events, tools, noted(events));
  return takePaste(before, text, situation, tools, from);
}

/** "Still down" is no word on a fix where none was told; it may tell of a symptom then. */
function meant(intent: Intent | undefined, { waiting, diagnosis }: Situation): Intent | undefined {
  const isTold = waiting.for === "verification" || diagnosis.verdict.verdict === "found";
  return intent?.type === "not-helped" && !isTold ? undefined : intent;
}

/** Whether a single line is something said to us rather than the begin of a paste. */
export function isCommand(one: Case, text: string, tools: ConversationTools): boolean {
  const choices = choicesOf(nextStep(situationOf(one, tools.knowledge)));
  return chosen(text, choices) !== undefined || intentOf(text) !== undefined || saidOf(one, text, tools).length > 0;
}

/**
 * Whether a line after a blank one is no longer the paste. Stricter than {@link isCommand}: an address, a platform or
 * words of a symptom stand in outputs as well.
 */
export function endsPaste(one: Case, text: string, tools: ConversationTools): boolean {
  const intent = intentOf(text)?.type;
  const isSaid = intent !== undefined && intent !== "peer" && intent !== "platform";
  return isSaid || chosen(text, choicesOf(nextStep(situationOf(one, tools.knowledge)))) !== undefined;
}

function takePaste(before: Case, text: string, situation: Situation, tools: ConversationTools, from: From): Turn {
  const paste = tools.read(nextPasteName(before), text);
  if (holdsNothing(paste)) return { ...answer(before, couldNotRead(paste, text, situation)), understood: false };
  const after = withEvents(before, tools.said, { type: "pasted", paste, ...from });
  const now = situationOf(after, tools.knowledge);
  return {
    case: after,
    leaves: false,
    reply: { blocks: [...whatWasRead(paste, now), ...progress(situation, now)] },
  };
}

/** "paste 3" for the third paste of a case. */
export function nextPasteName(one: Case): string {
  return `paste ${one.events.filter(({ type }) => type === "pasted").length + 1}`;
}

/** Whether a paste is not worth keeping: no reading, and no key that should be spoken about. */
export function holdsNothing(paste: ReadPaste): boolean {
  return paste.outputs.every(({ values }) => values.length === 0) && paste.secretsRemoved === 0;
}

/** Takes a choice of a reply by its id. */
export function choose(before: Case, { id }: Choice, situation: Situation, tools: ConversationTools): Turn {
  const [kind = "", ...rest] = id.split(":");
  const value = rest.join(":");
  const symptom = kind === "symptom" ? SYMPTOM_IDS.find((item) => item === value) : undefined;
  if (symptom) {
    const event = { type: "symptom-said", symptom } as const;
    return move(before, [event], tools, noted([event]));
  }
  if (kind === "platform") {
    const platform = PLATFORM_IDS.find((item) => item === value) ?? "unknown";
    return move(before, [{ type: "platform-said", side: "local", platform }], tools);
  }
  if (kind === "peer") return move(before, [{ type: "peer-said", address: value }], tools, say.peerIs(value));
  if (kind === "side") {
    const paste = situation.waiting.for === "side" ? situation.waiting.paste : situation.lastPaste?.name;
    if (paste !== undefined) return move(before, [{ type: "side-said", paste, side: value as Side }], tools);
  }
  return obey(before, { type: id } as Intent, situation, tools);
}

function obey(before: Case, intent: Intent, situation: Situation, tools: ConversationTools): Turn {
  switch (intent.type) {
    case "leave":
      return { case: before, reply: say.farewell(writtenUpIn(before, tools), tools.caseId), leaves: true };
    case "hand-over":
    case "escalate":
      return answer(before, handOver(before, situation, "next-shift", tools));
    case "take-along":
      return answer(before, say.howToTakeAlong(tools.caseId, tools.resumeCode?.()));
    case "send-on":
      return answer(before, say.sentOn(tools.sendsOn === true));
    case "hand-over-far":
      return answer(before, handOver(before, situation, "far-side", tools));
    case "hand-over-vendor":
      return answer(before, handOver(before, situation, "vendor", tools));
    case "help":
      return answer(before, say.help());
    case "what-now":
      // People greet and ask each other, too: where nobody spoke to us, we stay silent.
      return { ...answer(before, nextStep(situation)), understood: false };
    case "ack":
      return { ...answer(before, say.heardYou(situation)), understood: false };
    case "thanks":
      return { ...answer(before, say.welcome()), understood: false };
    case "wait":
      return { ...answer(before, say.noHurry()), understood: false };
    case "show-fix":
      return answer(before, fixAgain(situation));
    case "whose":
      return answer(before, whoseItIs(situation));
    case "is-it-safe":
      return answer(before, whetherSafe(situation));
    case "so-far":
      return answer(before, say.soFar(situation));
    case "more":
      return answer(before, say.everything(situation));
    case "compare":
      return answer(before, say.compared(situation));
    case "why":
      return answer(before, say.why(situation));
    case "explain": {
      const line = lineAsked(intent.words);
      if (line !== undefined)
        return answer(before, { blocks: [...explainLineOf(situation, line), ...stillWaiting(situation)] });
      return answer(before, { blocks: [...tools.explain(intent.words), ...stillWaiting(situation)] });
    }
    case "undo": {
      const standingBefore = situation.lastPaste;
      const after = withEvents(before, tools.said, { type: "undone" });
      return {
        case: after,
        leaves: false,
        ...standing(after, tools, say.undone(standingBefore, situationOf(after, tools.knowledge))),
      };
    }
    case "start-over":
      return move(before, [{ type: "started-over" }], tools, say.startedOver());
    case "other-end":
    case "side": {
      const paste = situation.lastPaste;
      if (!paste) return answer(before, say.nothingPastedYet());
      const was = situation.diagnosis.verdict.pastes.at(-1)?.side ?? "local";
      const side = intent.type === "side" ? intent.side : otherEnd(was);
      return move(before, [{ type: "side-said", paste: paste.name, side }], tools, say.movedTo(side, situation));
    }
    case "cannot":
    case "cannot-reach": {
      const isAskedFor = ["output", "verification", "nothing"].includes(situation.waiting.for);
      if (intent.type === "cannot" && !isAskedFor) return answer(before, say.noCommandYet(situation));
      // What is asked for is what would show that the fix helped, or else the next ask.
      const [check] = situation.waiting.for === "verification" ? (situation.check?.missing ?? []) : [];
      const ask = check ?? situation.diagnosis.verdict.asks[0];
      if (!ask) return answer(before, say.nothingAsked());
      const event: CaseEvent =
        intent.type === "cannot"
          ? { type: "cannot-run", side: ask.side, command: ask.command }
          : { type: "cannot-run", side: intent.side ?? ask.side, command: "*" };
      return move(before, [event], tools, say.allRight());
    }
    case "done":
    case "works":
    case "not-helped": {
      const [finding] = situation.diagnosis.verdict.findings;
      const helped = intent.type !== "not-helped";
      if (situation.waiting.for === "verification")
        return answer(before, helped ? say.stillToSee(situation) : say.didNotHelp(situation));
      if (situation.diagnosis.verdict.verdict !== "found" || !finding)
        return answer(before, intent.type === "works" ? worksAgain(situation) : say.nothingToCheck(situation));
      const stands = situation.diagnosis.path.find(({ answer: is }) => is !== true);
      const stage = stands?.answer === false ? stands.stage : undefined;
      const event = { type: "fix-tried", finding: finding.id, stage, checks: finding.verify } as const;
      const after = withEvents(before, tools.said, event);
      if (!helped) return answer(after, say.didNotHelp(situationOf(after, tools.knowledge)));
      return answer(after, say.verify(finding, situation.diagnosis.ends));
    }
    case "peer":
      return move(before, [{ type: "peer-said", address: intent.address }], tools, say.peerIs(intent.address));
    case "platform":
      return move(before, [{ type: "platform-said", side: "local", platform: intent.platform }], tools);
  }
}

/** Adds events and goes on with whatever comes next. */
function move(
  before: Case,
  events: readonly CaseEvent[],
  tools: ConversationTools,
  first: readonly Block[] = [],
): Turn {
  const after = withEvents(before, tools.said, ...events);
  return { case: after, leaves: false, ...standing(after, tools, first) };
}

function standing(after: Case, tools: ConversationTools, first: readonly Block[]): { reply: Reply } {
  return { reply: { blocks: [...first, ...nextStep(situationOf(after, tools.knowledge)).blocks] } };
}

function answer(after: Case, reply: Reply): Turn {
  return { case: after, reply, leaves: false };
}

function choicesOf({ blocks }: Reply): readonly Choice[] {
  return blocks.flatMap((block) => (block.type === "choices" ? block.choices : []));
}

/** The case written up; a form of it is a file. */
function handOver(one: Case, { diagnosis }: Situation, template: HandOffTemplate, tools: ConversationTools): Reply {
  return handOffReply(writeUp(one, template, tools), picturesFor(diagnosis, template), {
    withFiles: tools.caseId !== undefined,
    sendsOn: tools.caseId !== undefined && tools.sendsOn === true,
  });
}

/** The write-up for the next shift as a text to take along. */
export function writtenUpIn(one: Case, tools: ConversationTools) {
  const { diagnosis } = situationOf(one, tools.knowledge);
  return handOffFile(writeUp(one, "next-shift", tools), picturesFor(diagnosis, "next-shift"), "md");
}
