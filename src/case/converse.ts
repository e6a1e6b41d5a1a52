/** One turn of the conversation: what was said or pasted → the case afterwards and our reply. */
import { PLATFORM_IDS, type Side, SYMPTOM_IDS } from "../domain/ids.ts";
import type { ReadPaste } from "../domain/output.ts";
import type { Choice, Reply } from "../domain/reply.ts";
import { readPrompt } from "../paste/prompt.ts";
import * as say from "../speech/asides.ts";
import { greeting, nextStep } from "../speech/next-step.ts";
import { noted } from "../speech/noted.ts";
import { couldNotRead, progress, whatWasRead } from "../speech/paste-reply.ts";
import { VENDORS } from "../vendors/index.ts";
import { type Case, chosen, NEW_CASE, type Situation, situationOf, withEvents } from "./case.ts";
import { answerIfAsked, type ConversationTools, type From, goOn, move, type Turn } from "./conversation.ts";
import { meaningOfLine } from "./explain-line.ts";
import { type Intent, intentOf } from "./intent.ts";
import { obey } from "./obey.ts";
import { isOnlyWords, saidOf } from "./said.ts";

/** The first words of a case. */
export function open(tools: ConversationTools): Turn {
  return goOn(NEW_CASE, tools, greeting().blocks);
}

/** Hears a line or a paste, and answers. */
export function hear(before: Case, text: string, tools: ConversationTools, from: From = {}): Turn {
  const situation = situationOf(before, tools.knowledge);
  const choices = choicesOf(nextStep(situation));
  const choice = chosen(text, choices) ?? unsure(text, choices);
  if (choice) return choose(before, choice, situation, tools);
  const intent = intentOf(text);
  if (intent && !isPerhapsSymptom(intent, situation)) return obey(before, intent, situation, tools);
  const events = saidOf(before, text, tools);
  if (events.length > 0) return move(before, events, tools, noted(events));
  if (intent) return obey(before, intent, situation, tools);
  return takePaste(before, text, situation, tools, from);
}

/** "I don't know" to a question that has such an answer. */
function unsure(text: string, choices: readonly Choice[]): Choice | undefined {
  const isUnsure =
    /^(?:i'?m |i am |i )?(?:do(?: ?not|n'?t) know|have no idea|no idea|no clue|not sure)[ .!,a-z]{0,20}$/i;
  return isUnsure.test(text.trim()) ? choices.find(({ label }) => label === "Not sure") : undefined;
}

/** "Still down" is no word on a fix where none was told. */
function isPerhapsSymptom({ type }: Intent, { waiting, diagnosis }: Situation): boolean {
  if (type === "cannot-reach") return waiting.for === "symptom";
  if (BESIDES_A_SYMPTOM.includes(type)) return diagnosis.tunnel.known.symptom === undefined;
  return type === "not-helped" && waiting.for !== "verification" && diagnosis.verdict.verdict !== "found";
}

/** What people tell with what is wrong, in one sentence: "it stopped working last night". */
const BESIDES_A_SYMPTOM: readonly Intent["type"][] = [
  "urgent",
  "worked-before",
  "nothing-changed",
  "something-changed",
];

/** Whether a single line is something said to us rather than the begin of a paste. */
export function isCommand(one: Case, text: string, tools: ConversationTools): boolean {
  const choices = choicesOf(nextStep(situationOf(one, tools.knowledge)));
  return chosen(text, choices) !== undefined || intentOf(text) !== undefined || saidOf(one, text, tools).length > 0;
}

/**
 * Whether a line behind {@link mayEndPaste} is no longer the paste. Stricter than {@link isCommand}: an address, a platform,
 * words of a symptom or "OK" stand in outputs as well.
 */
export function endsPaste(one: Case, text: string, tools: ConversationTools): boolean {
  const intent = intentOf(text)?.type;
  const isSaid = intent !== undefined && !IN_OUTPUTS.includes(intent);
  return isSaid || chosen(text, choicesOf(nextStep(situationOf(one, tools.knowledge)))) !== undefined;
}

/** Whether a paste may be over after this line: a blank one, or a prompt that waits for the next command. */
export function mayEndPaste(line: string): boolean {
  if (line.trim() === "") return true;
  if (line.length > LONGEST_PROMPT || !/[#>$%]$/.test(line.trimEnd())) return false;
  const prompt = readPrompt(line, VENDORS);
  return prompt !== undefined && prompt.typed === "" && prompt.log === undefined;
}
const LONGEST_PROMPT = 120;

/** "[OK]" is an output, too. */
const IN_OUTPUTS: readonly Intent["type"][] = ["peer", "platform", "ack", "wait", "works", "not-helped", "again"];

function takePaste(before: Case, text: string, situation: Situation, tools: ConversationTools, from: From): Turn {
  const paste = tools.read(nextPasteName(before), text);
  if (holdsNothing(paste)) {
    const meant = meaningOfLine(paste);
    return answerIfAsked(
      before,
      meant ? { blocks: [...meant, ...nextStep(situation).blocks] } : couldNotRead(paste, text, situation),
    );
  }
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
  if (paste.secretsRemoved > 0) return false;
  return paste.outputs.every(({ values }) => values.length === 0) || isOnlyWords(paste);
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

function choicesOf({ blocks }: Reply): readonly Choice[] {
  return blocks.flatMap((block) => (block.type === "choices" ? block.choices : []));
}
