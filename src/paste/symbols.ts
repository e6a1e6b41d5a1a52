/** Sets of the characters that can stand at one place of a line. */

/** An ASCII character by its code, the end of the line, or any other character. */
export const LINE_END = 128;
export const NOT_ASCII = 129;
export const SYMBOLS = 130;
/** Words of 32 bits that a set takes: a bit for each symbol. */
export const SYMBOL_WORDS = 5;

export type Symbols = readonly number[];

export const END: Symbols = [0, 0, 0, 0, 1];
export const OTHERS = 2;
export const ANYTHING: Symbols = [-1, -1, -1, -1, OTHERS];
/** HT, LF, VT, FF, CR and the space; others are no different from any character beyond ASCII. */
export const BLANKS: Symbols = [0x3e00, 1, 0, 0, 0];
const DIGITS: Symbols = [0, 0x3ff0000, 0, 0, 0];
const WORD: Symbols = [0, 0x3ff0000, -0x78000002, 0x7fffffe, 0];
const ESCAPES: Readonly<Record<string, Symbols>> = {
  d: DIGITS,
  w: WORD,
  s: BLANKS,
  D: inverse(DIGITS),
  W: inverse(WORD),
  S: inverse(BLANKS),
  t: one(9),
};
/** What `\d`, `\s`, `\.` and their like stand for; undefined for what is not needed at the start of a line. */
export function escapeOf(sign: string): Symbols | undefined {
  const known = ESCAPES[sign];
  if (known) return known;
  // Back references, codes of characters and properties.
  return sign === "" || /[A-Za-z0-9]/.test(sign) ? undefined : one(sign.charCodeAt(0));
}

export function one(code: number): Symbols {
  const symbols = [0, 0, 0, 0, 0];
  addRange(symbols, code, code);
  return symbols;
}

export function addRange(symbols: number[], low: number, high: number): void {
  for (let code = low; code <= high && code < LINE_END; code += 1)
    symbols[code >> 5] = (symbols[code >> 5] ?? 0) | (1 << (code & 31));
  if (high >= LINE_END) symbols[SYMBOL_WORDS - 1] = OTHERS;
}

export function inverse(symbols: Symbols): Symbols {
  return symbols.map((bits, word) => (word === SYMBOL_WORDS - 1 ? OTHERS : ~bits));
}

/** Upper-case letters have a word of their own, and lower-case ones the next. */
export function inAnyCase(symbols: Symbols): Symbols {
  const letters = ((symbols[2] ?? 0) | (symbols[3] ?? 0)) & 0x7fffffe;
  return symbols.map((bits, word) => (word === 2 || word === 3 ? bits | letters : bits));
}
