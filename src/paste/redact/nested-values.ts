/** Values that stand in an element of XML or in a block of braces below the word that announces them. */
import { isHarmless } from "./harmless.ts";
import type { Keyword } from "./keywords.ts";
import type { Span } from "./span.ts";
import { readValue, skipBlanks } from "./value.ts";

const INNER_TAG = /<\/?[a-z][\w-]{0,40}(?: [^<>]{0,200})?\/?>/iy;
const INNER_KEY = /[{;][ \t]*key[ \t]+/gi;
const END_OF_SETTING = /;[ \t]*(?:$|\})/;

/** `<key>`, or `key>` before a closing tag: a paste may have lost the first sign. */
export function isTag(text: string, at: number, end: number): boolean {
  return text[end] === ">" && (text[at - 1] === "<" || text.indexOf("</", end) > 0);
}

/** What the element holds: nothing for a nested one, whose own tags tell; all that is there where it does not end here. */
export function inElement(text: string, end: number, keyword: Keyword): Span | "awaits-value" | undefined {
  const from = end + 1;
  if (skipBlanks(text, from) >= text.length) return keyword.family === "auth" ? undefined : "awaits-value";
  INNER_TAG.lastIndex = skipBlanks(text, from);
  if (INNER_TAG.test(text)) return undefined;
  const close = text.indexOf("</", from);
  if (close < 0) return { start: from, end: text.length, masked: false };
  if (keyword.family === "auth" && isHarmless(text.slice(from, close).trim(), "auth")) return undefined;
  return readValue(text.slice(0, close), from, { rest: true });
}

/** Whether a block with the key begins here, and no value that is a brace: `pre-shared-key {`. */
export function opensKeyBlock(plain: string, rest: string): boolean {
  return /^\{[ \t]*$/.test(rest) || (/^pre-?shared?-?key$/.test(plain) && /^\{[ \t]*key[ \t]/i.test(rest));
}

/** `pre-shared-key { key K; } … }` on one line: the key, and all of it where none is named. */
export function inBraces(text: string, at: number): Span {
  INNER_KEY.lastIndex = at;
  const key = INNER_KEY.exec(text);
  const from = key ? key.index + key[0].length : at + 1;
  const stop = END_OF_SETTING.exec(text.slice(from));
  const value = readValue(text.slice(0, stop ? from + stop.index : text.length), from, { rest: true });
  return key && stop && value ? value : { start: from, end: text.length, masked: false };
}

/** Whether element or block go on in the next line, where the value may as well. */
export function isLeftOpen(text: string, at: number, end: number): boolean {
  if (isTag(text, at, end)) return text.indexOf("</", end) < 0;
  return text[skipBlanks(text, end)] === "{" && !END_OF_SETTING.test(text.slice(end));
}

/** Where a setting among others in braces ends (`{ phash K; uid 7; }` on one line); the line's end elsewhere. */
export function endOfSetting(text: string, at: number, valueAt: number): number {
  if (!/[{;][ \t]*$/.test(text.slice(Math.max(0, at - 12), at)) || text[valueAt] === '"') return text.length;
  const end = text.slice(valueAt).search(/;[ \t]+[\w}]/);
  return end < 0 ? text.length : valueAt + end;
}
