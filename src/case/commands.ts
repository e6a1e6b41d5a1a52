/** The words after `/ipsec`: what they ask for, the same in every chat. */
import type { RestrictedAction } from "../domain/access.ts";
import type { HandOffTemplate } from "../domain/hand-off.ts";
import type { PlatformId, SymptomId } from "../domain/ids.ts";
import { canonicalAddress } from "../domain/network.ts";
import { type CasesAsked, casesAsked } from "./cases-asked.ts";
import { type Intent, intentOf, platformFromWord } from "./intent.ts";
import { toldIn } from "./told.ts";

export type ChatCommand =
  /** A new case; `words` are what was typed, to show them again. */
  | {
      readonly type: "start";
      readonly symptom?: SymptomId | undefined;
      readonly platform?: PlatformId | undefined;
      readonly peer?: string | undefined;
      readonly words: string;
    }
  | { readonly type: "help" }
  | { readonly type: "cases"; readonly filter: CasesAsked }
  /** What became of the cases of this workspace. */
  | { readonly type: "stats"; readonly since?: string | undefined }
  /** In what is known and in the cases of this workspace. */
  | { readonly type: "search"; readonly words: string }
  | { readonly type: "explain"; readonly words: string }
  | {
      readonly type: "handoff";
      readonly template?: HandOffTemplate | undefined;
      readonly caseId?: string | undefined;
    }
  | { readonly type: "close"; readonly caseId?: string | undefined }
  /** `code`: what lets somebody take it along from another chat or workspace. */
  | { readonly type: "resume"; readonly caseId: string; readonly code?: string | undefined }
  /** Read what comes along, no questions. */
  | { readonly type: "diagnose" }
  /** The command is known, but something is missing or wrong: what to type. */
  | { readonly type: "incomplete"; readonly remedy: string };

/** As a case's id is written: Crockford's base 32, four to seven characters, upper case. */
const CASE_ID = /^[0-9A-HJKMNP-TV-Z]{4,7}$/;

/** "#7f3k" → "7F3K"; undefined where it can be none. O and I are read as the digits they look like. */
export function caseIdFrom(word: string): string | undefined {
  const id = word
    .replace(/^(?:case\s*)?#?/i, "")
    .trim()
    .toUpperCase()
    .replaceAll("O", "0")
    .replace(/[IL]/g, "1");
  return CASE_ID.test(id) ? id : undefined;
}

/** "7F3K" or, with the code that takes it along from elsewhere, "7F3K-AB12CD34EF". */
export function resumeFrom(words: string): { readonly caseId: string; readonly code?: string } | undefined {
  const [first = "", code] = words.trim().split("-");
  const caseId = caseIdFrom(first);
  if (caseId === undefined) return undefined;
  if (code === undefined) return { caseId };
  const written = code.trim().toUpperCase().replaceAll("O", "0").replace(/[IL]/g, "1");
  return /^[0-9A-HJKMNP-TV-Z]{10}$/.test(written) ? { caseId, code: written } : undefined;
}

/** @param symptomIn the symptom that words tell of, from what is known */
export function parseCommand(words: string, symptomIn: (words: string) => SymptomId | undefined): ChatCommand {
  const text = words.trim().replace(/[“”]/g, '"').replace(/[‘’]/g, "'");
  const [first = "", ...others] = text.split(/\s+/);
  const rest = others.join(" ");
  switch (first.toLowerCase()) {
    case "help":
    case "?":
      return { type: "help" };
    case "cases":
    case "list":
      return cases(others);
    case "stats":
    case "statistics":
    case "figures":
      return stats(others);
    case "search":
      return rest === ""
        ? { type: "incomplete", remedy: "Say what to look for: `search aggressive mode`." }
        : { type: "search", words: rest };
    case "explain":
      return rest === ""
        ? { type: "incomplete", remedy: "Say what to explain: `explain MM_NO_STATE`." }
        : { type: "explain", words: rest };
    case "handoff":
    case "handover":
    case "hand-off":
    case "hand-over":
      return handoff(others);
    case "close":
      return withCase("close", rest);
    case "resume": {
      const asked = resumeFrom(rest);
      return asked === undefined
        ? { type: "incomplete", remedy: "Say which case: `resume 7F3K`; `cases` lists them." }
        : { type: "resume", ...asked };
    }
    case "diagnose":
    case "read":
      return { type: "diagnose" };
    case "start":
    case "new":
      return start(rest, symptomIn);
    default:
      return start(text, symptomIn);
  }
}

/** The words for whom it is written, in front of the case's id or behind it. */
const FOR_WHOM: Readonly<Record<string, HandOffTemplate>> = {
  far: "far-side",
  "far-side": "far-side",
  remote: "far-side",
  peer: "far-side",
  vendor: "vendor",
  support: "vendor",
  tac: "vendor",
};

function handoff(words: readonly string[]): ChatCommand {
  const whom = words.find((word) => Object.hasOwn(FOR_WHOM, word.toLowerCase()));
  const rest = words.filter((word) => word !== whom && !/^(?:to|for|the|side)$/i.test(word)).join(" ");
  const asked = withCase("handoff", rest);
  return asked.type === "handoff" && whom !== undefined ? { ...asked, template: FOR_WHOM[whom.toLowerCase()] } : asked;
}

/** The choice that writes a case up for somebody. */
export function handOffChoice(template: HandOffTemplate | undefined): string {
  return template === "far-side" ? "hand-over-far" : template === "vendor" ? "hand-over-vendor" : "hand-over";
}

/** Whether a choice hands the case on, which may be for some people only. */
export function handsOver(choice: string): boolean {
  return /^(?:hand-over(?:-far|-vendor)?|escalate|send-on)$/.test(choice);
}

/** Typing what a button does needs the same right; undefined where everybody may. */
export function rightFor(intent: Intent["type"] | undefined): RestrictedAction | undefined {
  if (intent === "leave") return "close";
  return intent !== undefined && handsOver(intent) ? "hand-over" : undefined;
}

/** What can be said without a case: what a new one begins with, and what asks about nothing of a case. */
const WITHOUT_CASE: readonly Intent["type"][] = [
  "explain",
  "help",
  "peer",
  "platform",
  "start-over",
  "what-now",
  "urgent",
  "worked-before",
  "nothing-changed",
  "something-changed",
];

/** Whether a line is one of those that are said to a case: "undo", "so far", "done". */
export function isForCase(words: string): boolean {
  const intent = intentOf(words)?.type;
  return intent !== undefined && !WITHOUT_CASE.includes(intent);
}

/** Whether a message, picked by somebody to be read, is talk: one line without a sign that output is full of, and no word for us. */
export function isTalk(text: string, symptomIn: (words: string) => SymptomId | undefined): boolean {
  const line = text.trim();
  if (line.length > MOST_OF_TALK || /[\n\d%=:/<>[\]{}_#]/.test(line)) return false;
  const told = parseCommand(`start ${line}`, symptomIn);
  return told.type === "start" && told.symptom === undefined && told.platform === undefined;
}
const MOST_OF_TALK = 200;

/** "Close it, please": the case at hand. */
const THIS_ONE = /^(?:it|this|that|the case|this case|case)?(?:,? ?(?:please|pls|now)){0,2}[.!]?$/i;

function withCase(type: "handoff" | "close", rest: string): ChatCommand {
  if (THIS_ONE.test(rest)) return { type };
  const caseId = caseIdFrom(rest);
  return caseId === undefined
    ? { type: "incomplete", remedy: `That is no case's id: \`${type} 7F3K\`; \`cases\` lists them.` }
    : { type, caseId };
}

function cases(words: readonly string[]): ChatCommand {
  const [first = "", ...rest] = words;
  if (/^(?:stats|statistics|figures)$/i.test(first)) return stats(rest);
  const filter = casesAsked(words);
  return "remedy" in filter ? { type: "incomplete", ...filter } : { type: "cases", filter };
}

function stats(words: readonly string[]): ChatCommand {
  const asked = casesAsked(words);
  return "remedy" in asked ? { type: "incomplete", ...asked } : { type: "stats", since: asked.since };
}

function start(words: string, symptomIn: (words: string) => SymptomId | undefined): ChatCommand {
  const tokens = words.split(/\s+/).map((token) => token.replace(/[,.;:!?)]{1,4}$/, "").replace(/^\(/, ""));
  const told = toldIn(words, true);
  const address = tokens.map((token) => canonicalAddress(token)).find((each) => each !== undefined);
  const named = tokens.map((token) => platformFromWord(token)).find((id) => id !== undefined);
  const peer = told?.peer ?? address;
  const platform = told?.platforms.local ?? (told?.platforms.remote === undefined ? named : undefined);
  // The dots of an address are no ends of sentences.
  const said = tokens.filter((token) => canonicalAddress(token) === undefined).join(" ");
  return { type: "start", symptom: said === "" ? undefined : symptomIn(said), platform, peer, words };
}
