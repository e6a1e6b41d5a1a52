/** Of many patterns the few that a line can match by what it begins with, all of them looked at together. */
import { beginningOf, PLACES } from "./beginning.ts";
import { LINE_END, NOT_ASCII, SYMBOL_WORDS, SYMBOLS } from "./symbols.ts";

/** A bit for each pattern, in words of 32. */
export type PatternSet = Int32Array;

export interface BeginningFinder {
  /**
   * The patterns that `text` may match, `indent` being where its first character stands that is no blank. The set is
   * valid until the next call.
   * @returns undefined if there are none
   */
  readonly find: (text: string, indent: number) => PatternSet | undefined;
}

/** What all the patterns can begin with. */
export interface BeginningTable {
  /** Those that match no line indented by ASCII blanks. */
  readonly flush: PatternSet;
  /** For each place and symbol the patterns that allow it. */
  readonly table: Int32Array;
}

/** @param patterns without the flags `g` and `y`; one that is not known well enough may match any line */
export function beginningsOf(patterns: readonly RegExp[]): BeginningTable {
  const words = Math.ceil(patterns.length / 32);
  const flush = new Int32Array(words);
  const table = new Int32Array(PLACES * SYMBOLS * words);
  for (const [index, pattern] of patterns.entries()) {
    const beginning = beginningOf(pattern);
    const bit = 1 << (index & 31);
    const word = index >> 5;
    if (beginning && !beginning.indented) flush[word] = (flush[word] as number) | bit;
    for (let place = 0; place < PLACES; place += 1) {
      const isOpen = beginning === undefined || place >= beginning.open;
      for (let at = 0; at < SYMBOL_WORDS; at += 1) {
        let symbols = isOpen ? -1 : (beginning.places[place * SYMBOL_WORDS + at] as number);
        // The last word has but two symbols.
        if (at === SYMBOL_WORDS - 1) symbols = (symbols & 3) | 2;
        for (; symbols !== 0; symbols &= symbols - 1) {
          const cell = (place * SYMBOLS + (at << 5) + 31 - Math.clz32(symbols & -symbols)) * words + word;
          table[cell] = (table[cell] as number) | bit;
        }
      }
    }
  }
  return { flush, table };
}

export function beginningFinder({ flush, table }: BeginningTable): BeginningFinder {
  const words = flush.length;
  const found = new Int32Array(words);
  const rows = new Int32Array(PLACES);
  return {
    find(text, indent) {
      for (let place = 0; place < PLACES; place += 1)
        rows[place] = (place * SYMBOLS + symbolAt(text, indent + place)) * words;
      const isIndented = text.charCodeAt(0) <= 32;
      let isAny = 0;
      for (let word = 0; word < words; word += 1) {
        let bits = isIndented ? ~(flush[word] as number) : -1;
        for (let place = 0; place < PLACES && bits !== 0; place += 1)
          bits &= table[(rows[place] as number) + word] as number;
        found[word] = bits;
        isAny |= bits;
      }
      return isAny === 0 ? undefined : found;
    },
  };
}

function symbolAt(text: string, at: number): number {
  if (at >= text.length) return LINE_END;
  const code = text.charCodeAt(at);
  return code < LINE_END ? code : NOT_ASCII;
}

/** Where the first character stands that is no blank. */
export function indentOf(text: string): number {
  let at = 0;
  for (let code = text.charCodeAt(0); isBlank(code); code = text.charCodeAt(at)) at += 1;
  return at;
}

const OTHER_BLANK = /\s/;

/** What `\s` matches. */
function isBlank(code: number): boolean {
  if (code === 32) return true;
  if (code > 32 && code < 128) return false;
  return OTHER_BLANK.test(String.fromCharCode(code));
}
