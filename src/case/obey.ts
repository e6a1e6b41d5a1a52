/** Does what a person means by a typed line or a button: so far, undo, hand over, done … */
import type { HandOffTemplate } from "../domain/hand-off.ts";
import type { Side } from "../domain/ids.ts";
import type { Reply } from "../domain/reply.ts";
import { handOffFile, handOffReply } from "../hand-off/message.ts";
import * as say from "../speech/asides.ts";
import { howLong } from "../speech/how-long.ts";
import { nextStep, stillWaiting } from "../speech/next-step.ts";
import { rollBack } from "../speech/roll-back.ts";
import { fixAgain, needsMoreRights, whetherSafe, whoseItIs, worksAgain } from "../speech/safe.ts";
import { howToStopDebug } from "../speech/stop-debug.ts";
import * as passing from "../speech/told-in-passing.ts";
import { type Case, otherEnd, type Situation, situationOf, withEvents } from "./case.ts";
import { answer, answerIfAsked, type ConversationTools, goOn, move, type Turn } from "./conversation.ts";
import { standingEvents, withoutLastPaste } from "./events.ts";
import { explainLineOf, lineAsked } from "./explain-line.ts";
import { writeUp } from "./hand-off-document.ts";
import type { Intent } from "./intent.ts";
import { picturesFor } from "./pictures.ts";

export function obey(before: Case, intent: Intent, situation: Situation, tools: ConversationTools): Turn {
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
      return answerIfAsked(before, nextStep(situation));
    case "ack":
      return answerIfAsked(before, say.heardYou(situation));
    case "thanks":
      return answerIfAsked(before, say.welcome());
    case "wait":
      return answerIfAsked(before, say.noHurry());
    case "show-fix":
      return answer(before, fixAgain(situation));
    case "whose":
      return answer(before, whoseItIs(situation));
    case "is-it-safe":
      return answer(before, whetherSafe(situation));
    case "run-it":
    case "shall-restart":
    case "too-long":
    case "privacy":
    case "wrong-peer":
    case "whole-output":
    case "printed-nothing":
      return answer(before, passing.inPassing(intent.type, situation));
    case "they-deny":
    case "restarted":
    case "fed-up":
    case "worked-before":
    case "nothing-changed":
    case "something-changed":
      return answerIfAsked(before, passing.inPassing(intent.type, situation));
    case "stop-debug":
      return answer(before, howToStopDebug(situation));
    case "roll-back":
      return answer(before, rollBack(situation));
    case "how-long":
      return answer(before, howLong(situation));
    case "again":
      return answer(before, say.onceMore(situation));
    case "urgent":
      return answerIfAsked(before, passing.urgent(situation));
    case "you-were-wrong":
      return answer(before, passing.perhapsWrong(situation));
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
    case "wrong-paste": {
      const takenBack = withoutLastPaste(before.events);
      if (takenBack.length === 0) return answer(before, say.nothingPastedYet(situation));
      const after = withEvents(before, tools.said, ...takenBack);
      return goOn(after, tools, say.undone(situation.lastPaste, situationOf(after, tools.knowledge)));
    }
    case "undo": {
      const standingBefore = situation.lastPaste;
      const after = withEvents(before, tools.said, { type: "undone" });
      return goOn(after, tools, say.undone(standingBefore, situationOf(after, tools.knowledge)));
    }
    case "start-over":
      return move(before, [{ type: "started-over" }], tools, say.startedOver());
    case "other-end":
    case "side": {
      const paste = situation.lastPaste;
      if (!paste) return answer(before, say.nothingPastedYet(situation));
      const was = situation.diagnosis.verdict.pastes.at(-1)?.side ?? "local";
      const side = intent.type === "side" ? intent.side : otherEnd(was);
      return move(before, [{ type: "side-said", paste: paste.name, side }], tools, say.movedTo(side, situation));
    }
    case "read-only":
    case "no-such-command":
    case "cannot":
    case "cannot-reach":
      return doWithout(before, intent.type, intent.type === "cannot-reach" ? intent.side : undefined, situation, tools);
    case "done":
    case "works":
    case "not-helped": {
      const [finding] = situation.diagnosis.verdict.findings;
      const helped = intent.type !== "not-helped";
      if (situation.waiting.for === "verification")
        return answer(before, helped ? say.stillToSee(situation) : say.didNotHelp(situation));
      if (!helped && situation.diagnosis.verdict.verdict === "healthy") return answer(before, passing.looksHealthy());
      if (intent.type === "not-helped" && situation.diagnosis.verdict.verdict !== "found")
        return answer(before, passing.noFixYet(situation));
      if (situation.diagnosis.verdict.verdict !== "found" || !finding)
        return answer(before, intent.type === "works" ? worksAgain(situation) : say.nothingToCheck(situation));
      const stands = situation.diagnosis.path.find(({ answer: is }) => is !== true);
      const stage = stands?.answer === false ? stands.stage : undefined;
      const event = { type: "fix-tried", finding: finding.id, stage, checks: finding.verify } as const;
      // Said twice of one fix, with nothing pasted in between, it was tried once.
      const isNoted = situation.check?.finding === finding.id && !pastedSinceTried(before);
      const after = isNoted ? before : withEvents(before, tools.said, event);
      if (!helped) return answer(after, say.didNotHelp(situationOf(after, tools.knowledge)));
      return answer(after, say.verify(finding, situation.diagnosis.ends));
    }
    case "peer":
      return move(before, [{ type: "peer-said", address: intent.address }], tools, say.peerIs(intent.address));
    case "platform":
      return move(before, [{ type: "platform-said", side: "local", platform: intent.platform }], tools);
  }
}

function pastedSinceTried({ events }: Case): boolean {
  const standing = standingEvents(events);
  const tried = standing.findLastIndex(({ type }) => type === "fix-tried");
  return standing.slice(tried).some(({ type }) => type === "pasted");
}

/** The output that is asked for can't be had: something else is asked for. */
function doWithout(
  before: Case,
  why: "read-only" | "no-such-command" | "cannot" | "cannot-reach",
  named: Side | undefined,
  situation: Situation,
  tools: ConversationTools,
): Turn {
  const isAskedFor = ["output", "verification", "nothing"].includes(situation.waiting.for);
  if (why === "read-only" && !asksForMoreRights(situation)) return answer(before, passing.onlyLooking(situation));
  if (named === undefined && !isAskedFor) return answer(before, say.noCommandYet(situation));
  // What is asked for is what would show that the fix helped, or else the next ask.
  const [check] = situation.waiting.for === "verification" ? (situation.check?.missing ?? []) : [];
  const ask = check ?? situation.diagnosis.verdict.asks[0];
  const side = named ?? ask?.side;
  if (side === undefined) return answer(before, say.nothingAsked());
  const command = why === "cannot-reach" ? "*" : (ask?.command ?? "*");
  const first =
    why === "read-only"
      ? passing.onlyLooking(situation).blocks.slice(0, 1)
      : why === "no-such-command" && ask !== undefined
        ? passing.unknownCommand(ask)
        : passing.withoutEnd(why === "cannot-reach" ? side : undefined, situation);
  return move(before, [{ type: "cannot-run", side, command }], tools, first);
}

function asksForMoreRights({ waiting, diagnosis }: Situation): boolean {
  const [ask] = waiting.for === "output" ? diagnosis.verdict.asks : [];
  return ask !== undefined && needsMoreRights(ask);
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
