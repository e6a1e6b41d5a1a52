/** How much like a word other words are: the same, its beginning, or misspelt. */
import { editDistance } from "../domain/edit-distance.ts";

const WORDS = /[\p{L}\p{N}][\p{L}\p{N}.:_/-]{0,60}/gu;
const ASCII_WORDS = /[a-z0-9][a-z0-9.:_/-]{0,60}/g;
const NOT_ASCII = /[^\t -~]/;
const MARKS = /[.:_/-]/;

/** Words as they are looked for: lower case; addresses and names with dashes also by their parts. */
export function wordsIn(text: string): string[] {
  // What devices print is ASCII nearly always, which is matched several times as fast without the tables of Unicode.
  const whole = NOT_ASCII.test(text)
    ? text.normalize("NFKC").toLowerCase().match(WORDS)
    : text.toLowerCase().match(ASCII_WORDS);
  if (whole === null) return [];
  const words: string[] = [];
  for (const word of whole) {
    if (!MARKS.test(word)) {
      words.push(word);
      continue;
    }
    const bare = withoutMarks(word);
    words.push(bare);
    if (/^[\d.:/]{1,60}$/.test(bare)) continue;
    const parts = bare.split(MARKS).filter(({ length }) => length > 1);
    if (parts.length > 1) words.push(...parts);
  }
  return words;
}

/** Without the marks that end a sentence rather than a name. */
function withoutMarks(word: string): string {
  let end = word.length;
  while (end > 0 && ".:_/-".includes(word.charAt(end - 1))) end -= 1;
  return word.slice(0, end);
}

/** Of words, the likest: 1 is the word itself, 0 is none of them. */
export type Likeness = (words: readonly string[]) => number;

const BEGUN = 0.8;
/** The most that a word can be like one that it is not and that does not begin with it. */
export const MISSPELT = 0.5;

/** So many slips may be in a word; 0 where it is what it is, as a word with digits. */
export function slipsIn(asked: string): number {
  return /\d/.test(asked) || asked.length < 4 ? 0 : asked.length < 8 ? 1 : 2;
}

/** A word of one that was asked for, ready to be held against many. */
export function likenessTo(asked: string): Likeness {
  const known = new Map<string, number>();
  const slips = slipsIn(asked);
  const weigh = (word: string): number => {
    if (asked.length > 2 && word.startsWith(asked)) return BEGUN;
    if (slips === 0 || Math.abs(word.length - asked.length) > slips || /\d/.test(word)) return 0;
    return editDistance(asked, word) <= slips ? MISSPELT : 0;
  };
  return (words) => {
    let likest = 0;
    for (const word of words) {
      if (word === asked) return 1;
      let weight = known.get(word);
      if (weight === undefined) {
        weight = weigh(word);
        // Names and plain words come again in many cases; addresses hardly do.
        if (!/\d/.test(word)) known.set(word, weight);
      }
      if (weight > likest) likest = weight;
    }
    return likest;
  };
}
