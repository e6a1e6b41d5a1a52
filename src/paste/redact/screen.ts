/**
 * A walk over all the lines before the gate: which of them hold three characters in a row without which none of the
 * gate's patterns can match. The gate asks seven patterns of each line; this is one look at each character.
 */
import type { Line } from "../../domain/output.ts";

/** Of each alternative of the gate's patterns that ignore case, three characters that every match has. */
const IN_ANY_CASE: readonly string[] = [
  ...["psk", "key", "ass", "uth", "ecr", "omm", "hra", "red"],
  ...["://", "nmp", "ssh", "aaa", "ap-", "---", "url", "(co", "e-s", "]  ", "s k", "a k", "k k", "m k", "p k"],
  ...["tif", "hap", "pha", "oke", "pwd", "egi"],
];
/** The same of the patterns that do not. */
const AS_WRITTEN: readonly string[] = [
  ...["SK_", ": R", ": E", ": X", ": N", ": P", ...[..."0123456789abcdef"].map((digit) => `0x${digit}`)],
  ...["xox", "xap", "eyJ", "KIA", "SIA", "AIz", "GE-"],
  ...["hp_", "ho_", "hu_", "hs_", "hr_", "b_p", "glp", "oks"],
  "\nde",
];
/** The gate's shortest pattern without a fixed text: so many characters of a word in a row. */
const LONG_WORD = 24;

/** So many characters are copied at once; longer lines are left to the gate. */
const BATCH = 65_536;
/** A hash of the last three characters: the one before them is shifted out of it. */
const SHIFT = 5;
const MASK = 0x7fff;
const LINE_START = hashOf("\n\n\n");
const TRIADS = triads();
const WORD_SIGNS = wordSigns();

/** A 1 for each line at which the gate must look, in their order; it says no to every other one. */
export function suspects(lines: readonly Line[]): Uint8Array {
  const found = new Uint8Array(lines.length);
  const bytes = Buffer.allocUnsafe(BATCH);
  for (let from = 0; from < lines.length; ) {
    const texts: string[] = [];
    let room = BATCH;
    let to = from;
    for (let text = lines[to]?.text; text !== undefined && text.length <= room; text = lines[to]?.text) {
      texts.push(text);
      room -= text.length;
      to += 1;
    }
    // Of characters beyond Latin-1 the lower byte is left: never a triad less, at most one more.
    bytes.latin1Write(texts.join(""), 0);
    let start = 0;
    for (const [index, text] of texts.entries()) {
      const end = start + text.length;
      if (hasTriad(bytes, start, end) || hasLongWord(bytes, start, end)) found[from + index] = 1;
      start = end;
    }
    if (to === from) {
      found[to] = 1;
      to += 1;
    }
    from = to;
  }
  return found;
}

function hasTriad(bytes: Uint8Array, start: number, end: number): boolean {
  let hash = LINE_START;
  for (let at = start; at < end; at += 1) {
    hash = ((hash << SHIFT) ^ (bytes[at] as number)) & MASK;
    if (TRIADS[hash] !== 0) return true;
  }
  return false;
}

/** Every run of that length has one of its signs at one of these places. */
function hasLongWord(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start + LONG_WORD - 1; at < end; at += LONG_WORD) {
    if (!isWordSign(bytes, at)) continue;
    let first = at;
    while (first > start && isWordSign(bytes, first - 1)) first -= 1;
    let last = at;
    while (last + 1 < end && last - first + 1 < LONG_WORD && isWordSign(bytes, last + 1)) last += 1;
    if (last - first + 1 >= LONG_WORD) return true;
  }
  return false;
}

function isWordSign(bytes: Uint8Array, at: number): boolean {
  return WORD_SIGNS[bytes[at] as number] !== 0;
}

function triads(): Uint8Array {
  const table = new Uint8Array(MASK + 1);
  for (const text of AS_WRITTEN) table[hashOf(text)] = 1;
  for (const text of IN_ANY_CASE) for (const spelling of spellings(text)) table[hashOf(spelling)] = 1;
  return table;
}

function hashOf(text: string): number {
  let hash = 0;
  for (let at = 0; at < text.length; at += 1) hash = ((hash << SHIFT) ^ text.charCodeAt(at)) & MASK;
  return hash;
}

/** A text in all ways to write it in upper and lower case. */
function spellings(text: string): string[] {
  const [first = "", ...rest] = text;
  const tails = text.length > 1 ? spellings(rest.join("")) : [""];
  return [first, first.toUpperCase()].flatMap((sign) => tails.map((tail) => sign + tail));
}

function wordSigns(): Uint8Array {
  const table = new Uint8Array(256);
  for (let code = 0; code < 128; code += 1) table[code] = /[\w-]/.test(String.fromCharCode(code)) ? 1 : 0;
  return table;
}
