/** Sentences that say whose the next output is: "This is our side:", "and here is the branch:", "what they have on their end:". */
import type { Side } from "../domain/ids.ts";
import { announcedAbroad } from "./announced-abroad.ts";

/** Whose the lines below are. */
export interface Heading {
  readonly host?: string | undefined;
  readonly side?: Side | undefined;
}

const LONGEST = 400;
const MOST_WORDS = 14;
const FEWEST_WORDS = 3;

/** Words that name an end wherever they stand. */
export const SIDE_WORDS: ReadonlyMap<string, Side> = new Map([
  ...said("local", "our ours my mine local near"),
  ...said("remote", "their theirs remote far other partner customer opposite"),
]);
/** In a sentence there are more. */
const SIDES: ReadonlyMap<string, Side> = new Map([
  ...SIDE_WORDS,
  ...said("local", "we i us"),
  ...said("remote", "they them partners customers"),
]);
/** How such a sentence begins; before it there may be a greeting or a story. */
const BEGINS =
  /^(?:(?:and|now|then|ok|okay|so|next|first|second|also|finally) ){0,2}(?:here|this|that|these|those|below|following|what|from|on|at|the|our|my|their|config|configs|configuration|output|outputs)(?:'s)?\b/;
/** What it speaks of: an end, or what is printed there. */
const IS_ABOUT =
  /\b(?:side|end|site|router|device|box|firewall|gateway|peer|configs?|configuration|running-config|outputs?|logs?|debugs?|has|have|ours|mine|theirs)$|\b(?:side|end|site|router|device|box|firewall|gateway|peer|configs?|configuration|running-config|outputs?|logs?|debugs?) /;
/** "Our peer" is the other end, and so is "our customer". */
const THEIRS = /\b(?:our|my) (?:peers?|partners?|customers?|vendors?|providers?|clients?)\b(?:'s?)?/g;
/** Names of ends that make sense in a sentence; "main" and "office" may be said of anything. */
const ROLES =
  /^(?:(?:hub|spoke|branch|hq|headquarters|headend|datacenter|dc)[-_]?(?:[a-z]|\d{1,4})?|site[-_](?:[a-z]|\d{1,4}))$/;
/** A sentence about what happens says nothing of whose the lines below it are. */
const TELLS_OF_MORE =
  /\b(?:not|no|never|but|if|when|because|between|both|either|each|fail\w*|reject\w*|refus\w*|mismatch\w*|differ\w*|propos\w*|offer\w*|sen[dt]\w*|receiv\w*|gets?|got|see[sn]?|error\w*|drop\w*|delet\w*|need\w*|should|change\w*|add\w*|remove\w*|ping\w*|question\w*|problem\w*|to|towards?|with|for|via|through|against|about|tunnel)\b|n't\b/;

/** The end that the last sentence of a line announces, where it surely announces one. */
export function readAnnouncement(text: string): Heading | undefined {
  const line = text.trimEnd();
  if (!line.endsWith(":") || line.length > LONGEST || /^\s/.test(text)) return undefined;
  const told = line.slice(0, -1).toLowerCase().replaceAll("\u2019", "'");
  const last = told.split(/[.!?;]\s/).at(-1) ?? "";
  const abroad = announcedAbroad(last);
  if (abroad !== undefined) return { side: abroad };
  const sentence = last.replace(/[,()"]/g, " ").trim();
  const words = sentence.split(/\s+/);
  if (words.length < FEWEST_WORDS || words.length > MOST_WORDS) return undefined;
  if (!BEGINS.test(sentence) || TELLS_OF_MORE.test(sentence)) return undefined;
  const [side, ...others] = sidesIn(sentence);
  if (others.length > 0 || (side !== undefined && !IS_ABOUT.test(sentence))) return undefined;
  const [host, ...more] = rolesIn(sentence);
  if (more.length > 0) return undefined;
  return side === undefined && host === undefined ? undefined : { ...(side && { side }), ...(host && { host }) };
}

function sidesIn(sentence: string): ReadonlySet<Side> {
  const words = sentence.replace(THEIRS, "their side").split(/\s+/);
  return new Set(words.flatMap((word, index) => sideOf(word, words[index + 1]) ?? []));
}

function rolesIn(sentence: string): ReadonlySet<string> {
  const words = sentence.replace(/\bsite ([a-z]|\d{1,4})\b/g, "site-$1").split(/\s+/);
  return new Set(words.map((word) => word.replace(/'s$/, "")).filter((word) => ROLES.test(word)));
}

/** "This side" is ours; "this is" says nothing. */
function sideOf(word: string, next: string | undefined): Side | undefined {
  if (word === "this")
    return /^(?:side|end|site|router|device|box|firewall|gateway)$/.test(next ?? "") ? "local" : undefined;
  return SIDES.get(word) ?? SIDES.get(word.replace(/'(?:s|re|ve|m)?$/, ""));
}

function said(side: Side, words: string): [string, Side][] {
  return words.split(" ").map((word) => [word, side]);
}
