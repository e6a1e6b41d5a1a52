/** The words of a sentence as they were meant: contractions written out, short forms, slips of the finger. */
import { editDistance } from "../domain/edit-distance.ts";

const CONTRACTIONS: readonly (readonly [RegExp, string])[] = [
  [/\bcan'?t\b|\bcannot\b/g, "can not"],
  [/\bwon'?t\b/g, "will not"],
  [/\bain'?t\b/g, "is not"],
  [/n't\b/g, " not"],
  [/\b(do|does|did|is|was|are|were|has|have|could|would|should)nt\b/g, "$1 not"],
  [/\blet'?s\b/g, ""],
  [/'s\b/g, " is"],
  [/'re\b/g, " are"],
  [/'ve\b/g, " have"],
  [/'ll\b/g, " will"],
  [/'m\b/g, " am"],
  [/\b(what|that|it|there|who)s\b/g, "$1 is"],
  [/\bim\b/g, "i am"],
  [/\bive\b/g, "i have"],
  [/\b(they|you|we)re\b(?! )/g, "$1 are"],
  [/\bno one\b|\bno-one\b/g, "nobody"],
];

/** As people type them in a hurry. */
const SHORT: Readonly<Record<string, string>> = {
  u: "you",
  r: "are",
  ur: "your",
  wat: "what",
  wut: "what",
  cmd: "command",
  cmds: "commands",
  rtr: "router",
  fw: "firewall",
  gw: "gateway",
  prod: "production",
  conf: "config",
  b4: "before",
  noone: "nobody",
  pwd: "password",
  cust: "customer",
  yday: "yesterday",
  wich: "which",
  hwo: "how",
  waht: "what",
};

/** Said for politeness or flow. */
const WEIGHTLESS = new Set(
  "please pls plz teh just so then and hey well the a an really actually um uh oh hmm but man dude mate guys bro sir honestly oops ups sorry".split(
    " ",
  ),
);

/** In lower case, without what carries no meaning. A question mark at a word's end is dropped. */
export function weightyWords(sentence: string): string[] {
  const plain = CONTRACTIONS.reduce((text, [short, long]) => text.replace(short, long), sentence);
  return plain
    .split(/[^\p{L}\p{N}'?]+/u)
    .map((word) => word.replace(/\?$/, ""))
    .filter((word) => word !== "" && !WEIGHTLESS.has(word))
    .map((word) => SHORT[word] ?? word);
}

/** Shorter words are a slip away from too many others. */
const LEAST_LETTERS = 4;

/**
 * The same with each word that nobody knows replaced by the only known one that is one slip of the finger away, if
 * there is exactly one.
 */
export function withoutSlips(words: readonly string[], known: ReadonlySet<string>): string[] {
  return words.map((word) => withoutSlip(word, known)).filter((word) => !WEIGHTLESS.has(word));
}

function withoutSlip(word: string, known: ReadonlySet<string>): string {
  if (known.has(word) || word.length < LEAST_LETTERS || !/^[a-z]+$/.test(word)) return word;
  const near = [...new Set([...known, ...WEIGHTLESS])].filter(
    (other) =>
      other.length >= LEAST_LETTERS && Math.abs(other.length - word.length) <= 1 && editDistance(word, other) === 1,
  );
  return near.length === 1 ? (near[0] ?? word) : word;
}
