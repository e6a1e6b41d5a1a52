/**
 * Rows of `show crypto isakmp key`: keyring, address or host name, mask in brackets, key.
 *     default      203.0.113.2                                 THE-KEY
 *     VPN          0.0.0.0        [0.0.0.0]                    THE-KEY
 */
import type { Span } from "./span.ts";
import { endOfWord, readValue, skipBlanks } from "./value.ts";
import { isOwnLine } from "./wrapped.ts";

const HEADING = /\bhostname\/address\b|^[ \t]*-{3}[- \t]*$/i;
const ADDRESS =
  /^(?:[0-9]{1,3}(?:\.[0-9]{1,3}){3}(?:\/[0-9]{1,2})?|[0-9A-Fa-f]{0,4}:[0-9A-Fa-f:.]{1,44}(?:\/[0-9]{1,3})?)$/;
const MASK = /^[[(][0-9A-Fa-f.:/]{1,64}[\])]$/;

export interface KeyTable {
  /** Without a column for the keyring a row may be two words. */
  readonly hasKeyring: boolean;
  /** The line above. */
  readonly above: string;
}

/** The key of a row; nothing for headings; "outside" where the table is over. */
export function readKeyRow(text: string, { hasKeyring, above }: KeyTable): readonly Span[] | "outside" {
  if (HEADING.test(text)) return [];
  const words = readWords(text, 7);
  const [first, second, third] = words;
  if (first === undefined || /[#>]$/.test(first.text) || /^[%!*]/.test(first.text)) return "outside";
  // A long address fills the line, and its key stands alone on the next.
  if (second === undefined && /^[ \t]/.test(text)) return keyAfter(text, first.at);
  if (lacksKey(above) && !isOwnLine(text) && !words.some((word) => isPeer(word.text))) return keyAfter(text, first.at);
  if (second === undefined) return "outside";
  if (third === undefined && isPeer(second.text)) return [];
  const peer = words.findLastIndex((word, index) => index < words.length - 1 && isPeer(word.text));
  if (peer >= 0) return keyAfter(text, words[peer + 1]?.at ?? text.length);
  const columns = readColumns(text);
  const last = columns.at(-1);
  // A host name, with a keyring in front of it or not; a passphrase holds single blanks.
  if (
    last &&
    columns.length >= 2 &&
    columns.length <= 3 &&
    columns.slice(0, -1).every(({ text: cell }) => !cell.includes(" "))
  )
    return keyAfter(text, last.at);
  if (third === undefined && !hasKeyring) return keyAfter(text, second.at);
  if (third === undefined) return /^ {5}|^[^ ]*\./.test(text) ? keyAfter(text, second.at) : "outside";
  if (third && first.text === "default") return keyAfter(text, third.at);
  if (first.text.includes(".")) return keyAfter(text, second.at);
  return second.text.includes(".") || words.length === 3 ? keyAfter(text, third.at) : "outside";
}

/** Whether a row ends with its address, so that its key stands below it. */
function lacksKey(row: string): boolean {
  const words = readWords(row, 4);
  const last = words.at(-1);
  return words.length <= 3 && last !== undefined && isPeer(last.text);
}

/** Cells between gaps of two blanks or more. */
function readColumns(text: string): { at: number; text: string }[] {
  const columns: { at: number; text: string }[] = [];
  for (let at = skipBlanks(text, 0); at < text.length && columns.length < 4; ) {
    const gap = text.indexOf("  ", at);
    const end = gap < 0 ? text.length : gap;
    columns.push({ at, text: text.slice(at, end) });
    at = skipBlanks(text, end);
  }
  return columns;
}

/** An address, a mask in brackets, or `VRF:address`. */
function isPeer(word: string): boolean {
  return ADDRESS.test(word) || MASK.test(word) || ADDRESS.test(word.slice(word.indexOf(":") + 1));
}

function keyAfter(text: string, at: number): readonly Span[] {
  const span = readValue(text, at, { rest: true });
  return span ? [span] : [];
}

function readWords(text: string, most: number): { at: number; text: string }[] {
  const words: { at: number; text: string }[] = [];
  for (let at = skipBlanks(text, 0); at < text.length && words.length < most; ) {
    const end = endOfWord(text, at);
    words.push({ at, text: text.slice(at, end) });
    at = skipBlanks(text, end);
  }
  return words;
}
