/**
 * A walk over all the lines before the gate: which of them hold three characters in a row without which none of the
 * gate's patterns can match. The gate asks seven patterns of each line; this is one look at each character.
 */
import type { Line } from "../../domain/output.ts";

/** Of each alternative of the gate's patterns that ignore case, three characters that every match has. */
const IN_ANY_CASE: readonly string[] = [
  ...["psk", "key", "pas", "uth", "ecr", "omm", "hra", "cre"],
  ...["://", "nmp", "ssh", "aaa", "rap", "---", "url", "(co", "e-s", "s k", "a k", "k k", "m k", "p k"],
  ...["tif", "hap", "pha", "oke", "pwd", "egi", "cii", "xad"],
  ...["pr ", "prs", "pr-", "\nen", "ena", "ser", "d5 ", "ius", "acs"],
  ...["chl", "nnw", "lav", "ntr", "cl\u00e9", "cle", "iav", "hav", "enh", "aro", "ehe"],
];
/** The same of the patterns that do not. */
const AS_WRITTEN: readonly string[] = [
  ...["SK_", "nc:", "RSA", "EAP", "NTL", "ECD", ": P"],
  ...["xox", "xap", "eyJ", "KIA", "SIA", "AIz", "GE-"],
  ...["hp_", "ho_", "hu_", "hs_", "hr_", "b_p", "glp", "oks", "AQ="],
  "\nde",
];
/** Three whose triads stand on many lines: what is around is looked at as well. "0" is any digit. */
const BEGUN: readonly string[] = ["0] ", ...[..."0abcdef"].map((digit) => `0x${digit}`), ...spellings("pre")];
const [BLANK, CLOSING, X] = [0x20, 0x5d, 0x78];
const COMPRESSED = Buffer.from("compressed", "latin1");
const R: ReadonlySet<number> = new Set(Buffer.from("rR", "latin1"));
const HEX: ReadonlySet<number> = new Set([..."0123456789abcdef"].map((digit) => digit.charCodeAt(0)));
const HEX_DIGITS = 16;

/** The gate's shortest pattern without a fixed text: so many characters of a word in a row. */
const LONG_WORD = 24;

/** So many characters are copied at once; longer lines are left to the gate. */
const BATCH = 65_536;
/** A character's number has six bits; two numbers make a pair, three a triad. */
const BITS = 6;
const SURE: readonly string[] = [...AS_WRITTEN, ...IN_ANY_CASE.flatMap(spellings)];
const SPELLINGS: readonly string[] = [...SURE, ...BEGUN];
/** A number for each character that the triads use, 0 for all others. */
const NUMBERS = numbers();
/** A 1 for each pair that a triad begins or ends with. */
const PAIRS = pairs();
/** A 1 for each triad, and this for those that begin what the gate wants. */
const COMMON = 2;
const TRIADS = triads();
const WORD_SIGNS = wordSigns();

/** A 1 for each line at which the gate must look, in their order; it says no to every other one. */
export function suspects(lines: readonly Line[]): Uint8Array {
  const found = new Uint8Array(lines.length);
  let length = BEFORE.length;
  for (const { text } of lines) length += text.length + 1;
  // Most pastes are small, and so is what they need.
  const bytes = Buffer.allocUnsafe(Math.min(length, BATCH));
  for (let from = 0; from < lines.length; ) {
    const texts: string[] = [];
    let room = BATCH - BEFORE.length;
    for (let at = from; at < lines.length; at += 1) {
      const { text } = lines[at] as Line;
      room -= text.length + 1;
      if (room < 0) break;
      texts.push(text);
    }
    if (texts.length === 0) {
      found[from] = 1;
      from += 1;
      continue;
    }
    // Of characters beyond Latin-1 the lower byte is left: never a triad less, at most one more.
    bytes.write(`${BEFORE}${texts.join("\n")}\n`, "latin1");
    let start = BEFORE.length;
    for (let index = 0; index < texts.length; index += 1) {
      const end = start + (texts[index] as string).length;
      if (hasTriad(bytes, start, end) || hasLongWord(bytes, start, end)) found[from + index] = 1;
      start = end + 1;
    }
    from += texts.length;
  }
  return found;
}

/** So that two characters stand before the first line as well. */
const BEFORE = "\n\n";

/**
 * Looks at every other pair: a triad holds one of them, either as its first or as its last two characters. A triad may
 * begin with the line's end before `start`.
 */
function hasTriad(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at += 2) {
    const pair = ((NUMBERS[bytes[at - 1] as number] as number) << BITS) | (NUMBERS[bytes[at] as number] as number);
    if (PAIRS[pair] === 0) continue;
    const as =
      (TRIADS[(pair << BITS) | (NUMBERS[bytes[at + 1] as number] as number)] as number) |
      (TRIADS[((NUMBERS[bytes[at - 2] as number] as number) << (2 * BITS)) | pair] as number);
    if (as !== 0 && (as !== COMMON || goesOn(bytes, at) || goesOn(bytes, at - 1))) return true;
  }
  return false;
}

/** Whether around a common triad, whose second character stands at `middle`, there is what the gate wants. */
function goesOn(bytes: Uint8Array, middle: number): boolean {
  if (bytes[middle] === CLOSING) return bytes[middle + 2] === BLANK;
  if (R.has(bytes[middle] ?? 0)) return !isCompressed(bytes, middle);
  return bytes[middle] === X && isLongHex(bytes, middle + 1);
}

/** "pre" in "compressed", of which a hub prints six for each tunnel. */
function isCompressed(bytes: Uint8Array, middle: number): boolean {
  for (let at = 0; at < COMPRESSED.length; at += 1) if (bytes[middle - 4 + at] !== COMPRESSED[at]) return false;
  return true;
}

function isLongHex(bytes: Uint8Array, start: number): boolean {
  for (let at = start; at < start + HEX_DIGITS; at += 1) if (!HEX.has(bytes[at] ?? 0)) return false;
  return true;
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
  const signs = [...new Set(SPELLINGS.join("").replace(/[0-9]/g, "0"))];
  for (const [index, sign] of signs.entries()) table[sign.charCodeAt(0)] = index + 1;
  // Which digit stands after "0x" does not matter; characters that share a number only make the walk stop more often.
  for (let code = 0x31; code <= 0x39; code += 1) table[code] = table[0x30] ?? 0;
  if (signs.length >= 1 << BITS) throw new Error(`${signs.length} characters do not fit into ${BITS} bits`);
  return table;
}

function triads(): Uint8Array {
  const table = new Uint8Array(1 << (3 * BITS));
  for (const text of BEGUN) table[numberOf(text)] = COMMON;
  for (const text of SURE) table[numberOf(text)] = 1;
  return table;
}

function pairs(): Uint8Array {
  const table = new Uint8Array(1 << (2 * BITS));
  for (const text of SPELLINGS) for (const pair of [text.slice(0, 2), text.slice(1)]) table[numberOf(pair)] = 1;
  return table;
}

/** The number of a pair, or of a triad. */
function numberOf(text: string): number {
  let value = 0;
  for (let at = 0; at < text.length; at += 1) value = (value << BITS) | (NUMBERS[text.charCodeAt(at)] ?? 0);
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
