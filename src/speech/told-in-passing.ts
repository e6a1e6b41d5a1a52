/** Answers to what people tell or ask beside the pastes: nothing of it decides, what is printed does. */
import type { Side } from "../domain/ids.ts";
import { platformName } from "../domain/platform-names.ts";
import type { Block, Reply } from "../domain/reply.ts";
import type { Ask } from "../domain/verdict.ts";
import { text } from "./blocks.ts";
import { speakAgain } from "./diagnosis.ts";
import { nameOf } from "./names.ts";
import { nextStep } from "./next-step.ts";
import { fixAgain, foundIn, needsMoreRights } from "./safe.ts";
import type { Standing } from "./standing.ts";

/** Words, and then what is waited for. */
function and(words: string, standing: Standing): Reply {
  return { blocks: [text(words), ...nextStep(standing).blocks] };
}

/** What is told or asked by the way, and answered by words alone. */
const ANSWERS = {
  "worked-before":
    "Then something is different since, at your end, theirs, or between. What is printed now tells what:",
  "nothing-changed":
    "Not at your end, then. The far end, an address, a certificate's date or the line between may have; what is printed tells:",
  "something-changed":
    "That is where to look first: can it be taken back, or compared with before? Whether it is the cause, what is printed tells:",
  "run-it": "I can't log in anywhere or run commands myself: you run it, and paste what it prints.",
  "shall-restart":
    "Rather not: a restart, or a clear without the peer's address, takes other people's tunnels down, and wipes out what would tell the cause.",
  "they-deny":
    "What is printed decides whose it is, and theirs counts too: “hand over far” writes up what to ask them for.",
  "too-long": "Paste it in parts, one right after the other, or as a file. Of a picture I can't read anything.",
  privacy:
    "Keys and passwords are removed before anything is kept or shown; of a paste I keep what tells something. “undo” forgets the last one.",
  "wrong-peer": "Then type the right peer's address, such as “peer 203.0.113.9”, and I look at that tunnel.",
  restarted: "Then what I read before is older than that; only what is printed now counts:",
  "fed-up": "Sorry. “hand over” writes up what is known for somebody else; or we go on with this:",
  "whole-output":
    "Only the prompt after it shows me that: pasted with the prompt lines before and after, what is not in it counts, too.",
  "printed-nothing":
    "An empty answer counts, too, but only with its prompts: paste the line with the command, and the prompt after it.",
} as const;

/** The words, and then what is waited for. */
export function inPassing(told: keyof typeof ANSWERS, standing: Standing): Reply {
  return and(ANSWERS[told], standing);
}

export function urgent(standing: Standing): Reply {
  if (foundIn(standing) !== undefined && !standing.fixTried) return fixAgain(standing);
  const shortest =
    "Then the shortest way: paste the configurations of both ends at once, if you can; side by side they settle most cases. Otherwise this:";
  return and(standing.fixTried ? "Then only this is left:" : shortest, standing);
}

/** "Still down", and nothing was advised. */
export function noFixYet(standing: Standing): Reply {
  return and("There is no fix to check yet; I look for the cause still:", standing);
}

/** What the verdict rests on, to be looked at again. */
export function perhapsWrong(standing: Standing): Reply {
  const finding = foundIn(standing);
  if (standing.diagnosis.verdict.verdict === "healthy") return looksHealthy();
  if (finding === undefined)
    return and(
      "I have not settled on a cause yet. If I took a paste wrongly: “undo” forgets it, “the other end” moves it.",
      standing,
    );
  const words =
    "It may be. It rests on these lines; if one is of another tunnel or the wrong end, say “undo” or “the other end”. If the fix is in and did not help, say so.";
  return { blocks: [text(words), ...speakAgain(finding), ...nextStep(standing).blocks] };
}

/** Somebody says that it does not work, and all that was read is in order. */
export function looksHealthy(): Reply {
  const words =
    "By what I read, the tunnel works. If it does not, say what you see (“no traffic”, “one way”, “it flaps”), or paste it anew while it fails.";
  return { blocks: [text(words)] };
}

/** Something else was put in its place already. */
export function unknownCommand({ platform, side }: Pick<Ask, "platform" | "side">): Block[] {
  const name = platformName(platform);
  const whose = side === "local" ? "your end" : "the far end";
  const box = name === undefined ? "" : ` I ask as if ${whose} were ${name}; if it is not, say what it is.`;
  return [text(`Then something else.${box}`)];
}

/** Whoever may only look can give most of what is asked for. */
export function onlyLooking(standing: Standing): Reply {
  const isFound = foundIn(standing) !== undefined && !standing.fixTried;
  const fix = isFound
    ? "What of the fix changes the configuration takes somebody who may: “hand over” writes it up with the commands. "
    : "";
  const [ask] = standing.waiting.for === "output" ? standing.diagnosis.verdict.asks : [];
  if (ask !== undefined && needsMoreRights(ask)) return and(`${fix}Then without that; something else:`, standing);
  const enough =
    "That is enough for now: I only ask to be shown things. What the box refuses, answer with “can't run that”.";
  return and(isFound ? fix.trim() : enough, standing);
}

/** @param side the end that nothing can be had from; undefined: the one that was asked for */
export function withoutEnd(side: Side | undefined, standing: Standing): Block[] {
  const finding = foundIn(standing);
  const { ends } = standing.diagnosis;
  if (side !== "remote") return [text("All right.")];
  const isTheirs = finding?.fix.some((step) => step.side === "remote") === true;
  const fix = isTheirs
    ? ` The fix on ${nameOf("remote", ends)} waits for them, then: “hand over far” writes it up.`
    : "";
  return [text(`All right, without the far end.${fix}`)];
}
