/**
 * A walk over all the lines before the gate: which of them hold three characters in a row without which none of the
 * gate's patterns can match. The gate asks seven patterns of each line; this is one look at each character.
 */
import type { Line } from "../../domain/output.ts";

/** Of each alternative of the gate's patterns that ignore case, three characters that every match has. */
const IN_ANY_CASE: readonly string[] = [
  ...["psk", "key", "ass", "uth", "ecr", "omm", "hra", "red"],
  ...["://", "nmp", "ssh", "aaa", "ap-", "---", "url", "(co", "e-s", "]  ", "s k", "a k", "k k", "m k", "p k"],
  ...["tif", "hap", "ash", "oke", "pwd", "egi", "cii", "xad"],
  ...["chl", "nnw", "lav", "ntr", "cl\u00e9", "cle", "iav", "hav", "enh", "aro", "ehe"],
];
/** The same of the patterns that do not. */
const AS_WRITTEN: readonly string[] = [
  ...["SK_", "nc:", "RSA", "EAP", "NTL", "ECD", ": P", ...[..."0123456789abcdef"].map((digit) => `0x${digit}`)],
  ...["xox", "xap", "eyJ", "KIA", "SIA", "AIz", "GE-"],
  ...["hp_", "ho_", "hu_", "hs_", "hr_", "b_p", "glp", "oks"],
  "\nde",
];
/** The gate's shortest pattern without a fixed text: so many characters of a word in a row. */
const LONG_WORD = 24;

/** So many characters are copied at once; longer lines are left to the gate. */
const BATCH = 65_536;
/** The numbers of the last three characters, of six bits each; what came before is shifted out. */
const BITS = 6;
const LAST_THREE = (1 << (3 * BITS)) - 1;
const SPELLINGS: readonly string[] = [...AS_WRITTEN, ...IN_ANY_CASE.flatMap(spellings)];
/** A number for each character that the triads use, 0 for all others. */
const NUMBERS = numbers();
const TRIADS = triads();
const LINE_START = triadOf("\n");
const WORD_SIGNS = wordSigns();

/** A 1 for each line at which the gate must look, in their order; it says no to every other one. */
export function suspects(lines: readonly Line[]): Uint8Array {
  const found = new Uint8Array(lines.length);
  let length = 0;
  for (const { text } of lines) length += text.length;
  // Most pastes are small, and so is what they need.
  const bytes = Buffer.allocUnsafe(Math.min(length, BATCH));
  for (let from = 0; from < lines.length; ) {
    const texts: string[] = [];
    let room = BATCH;
    for (let at = from; at < lines.length; at += 1) {
      const { text } = lines[at] as Line;
      if (text.length > room) break;
      room -= text.length;
      texts.push(text);
    }
    if (texts.length === 0) {
      found[from] = 1;
      from += 1;
      continue;
    }
    // Of characters beyond Latin-1 the lower byte is left: never a triad less, at most one more.
    bytes.write(texts.join(""), "latin1");
    let start = 0;
    for (let index = 0; index < texts.length; index += 1) {
      const end = start + (texts[index] as string).length;
      if (hasTriad(bytes, start, end) || hasLongWord(bytes, start, end)) found[from + index] = 1;
      start = end;
    }
    from += texts.length;
  }
  return found;
}

function hasTriad(bytes: Uint8Array, start: number, end: number): boolean {
  let value = LINE_START;
  for (let at = start; at < end; at += 1) {
    value = ((value << BITS) | (NUMBERS[bytes[at] as number] as number)) & LAST_THREE;
    if (TRIADS[value] === 1) return true;
  }
  return false;
}

/** Every run of that length has one of its signs at one of these places. */
function hasLongWord(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start + LONG_WORD - 1; at < end; at += LONG_WORD) {
    let first = at + 1;
    while (first > start && WORD_SIGNS[bytes[first - 1] as number] === 1) first -= 1;
    if (first > at) continue;
    const last = first + LONG_WORD;
    let stop = at + 1;
    while (stop < last && stop < end && WORD_SIGNS[bytes[stop] as number] === 1) stop += 1;
    if (stop >= last) return true;
  }
  return false;
}

function numbers(): Uint8Array {
  const table = new Uint8Array(256);
  const signs = [...new Set(SPELLINGS.join(""))];
  // Two characters with the same number would only make the walk stop too often.
  for (const [index, sign] of signs.entries()) table[sign.charCodeAt(0)] = 1 + (index % (2 ** BITS - 1));
  return table;
}

function triads(): Uint8Array {
  const table = new Uint8Array(LAST_THREE + 1);
  for (const text of SPELLINGS) table[triadOf(text)] = 1;
  return table;
}

function triadOf(text: string): number {
  let value = 0;
  for (let at = 0; at < text.length; at += 1)
    value = ((value << BITS) | (NUMBERS[text.charCodeAt(at)] ?? 0)) & LAST_THREE;
  return value;
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
