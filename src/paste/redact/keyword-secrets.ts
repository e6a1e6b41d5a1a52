/** Finds the values that stand behind a keyword, in any syntax, and fails closed: what is not excused goes. */
import {
  type Before,
  isConfigForm,
  isName,
  type LineContext,
  namesMethods,
  ownsItsKey,
  writtenOut,
} from "./context.ts";
import { isHarmless, isKeyHeading } from "./harmless.ts";
import { foldSpelling, type Keyword, readKeyword } from "./keywords.ts";
import { endOfSetting, inBraces, inElement, isLeftOpen, isTag, opensKeyBlock } from "./nested-values.ts";
import { skipQualifiers } from "./qualifiers.ts";
import type { Span } from "./span.ts";
import { endOfWord, readValue, skipBlanks } from "./value.ts";

export interface Found {
  readonly spans: Span[];
  /** The line ends where a value should stand: it is on the next one. "word" if only a lone word can be it. */
  readonly awaits?: "value" | "word" | undefined;
}

const IDENTIFIER = /[A-Za-z](?:\\?[\w\u00ad\u200b-\u200d\u2060\ufeff-])*/g;
const CLOSERS = /(?:\\?["'`*_)\]”’]|&quot;){0,6}/y;
const SIGN = /[ \t\u00a0]*(?:=>|->|→|:?=|:)[ \t\u00a0]*(?:[*_`]{1,3}[ \t\u00a0]+)?|[ \t]+\|[ \t]+/y;
const STATE_NAME = /^[A-Z]{1,12}(?:_[A-Z0-9]{1,16}){1,5}$/;
const BLANKS = /[ \t\u00a0]+/y;
const ADDRESS_PART = /[ \t](?:address|hostname|addr)[ \t]/;

/** charon's "constraint requires public key authentication, but pre-shared key was used". */
const SPEAKS_OF_METHODS = /\bconstraint requires [a-z -]{3,40} authentication, but [a-z -]{3,40} was used/;

export function findKeywordSecrets(whole: string, context: LineContext): Found {
  const spans: Span[] = [];
  const text = whole.includes("constraint requires")
    ? whole.replace(SPEAKS_OF_METHODS, (said) => ".".repeat(said.length))
    : whole;
  let awaits: Found["awaits"];
  let before: Before = { word: "", wordBefore: "", sawUsername: false };
  let lastEnd = 0;
  IDENTIFIER.lastIndex = 0;
  for (let match = IDENTIFIER.exec(text); match; match = IDENTIFIER.exec(text)) {
    const at = match.index;
    const end = at + match[0].length;
    if (!isBlankBetween(text, Math.max(lastEnd, at - 8), at)) before = { ...before, word: "", wordBefore: before.word };
    lastEnd = end;
    const folded = foldSpelling(match[0]);
    const plain = context.isTyped ? writtenOut(folded, before.word) : folded;
    const keyword = readKeyword(plain);
    if (keyword && !isName(before) && text[at - 1] !== "%" && text.slice(at - 2, at) !== "</") {
      const found = findValue(text, at, end, keyword, plain, context, before);
      if (found === "awaits-value") awaits = "value";
      else if (found === "awaits-word") awaits = "word";
      else if (found !== undefined) {
        spans.push(found, ...furtherCells(text, end, found));
        if (isLeftOpen(text, at, end)) awaits = "value";
        IDENTIFIER.lastIndex = Math.max(spans.at(-1)?.end ?? 0, end);
        lastEnd = IDENTIFIER.lastIndex;
      }
    }
    const sawUsername =
      (before.sawUsername || before.word === "username" || before.word === "sent-username") &&
      plain !== "and" &&
      plain !== "or";
    before = { word: plain, wordBefore: before.word, sawUsername };
  }
  return { spans, awaits };
}

function isBlankBetween(text: string, from: number, to: number): boolean {
  let at = from;
  while (at < to && (text.charCodeAt(at) === 32 || text.charCodeAt(at) === 9)) at += 1;
  return at >= to;
}

const CELL = / *[|\t][ \t]*/y;

/** In a table that compares both ends, the other end's key stands in the next cell. */
function furtherCells(text: string, from: number, first: Span): Span[] {
  const cells: Span[] = [];
  if (!/[|\t]/.test(text.slice(from, first.start))) return cells;
  for (let at = first.end; at < text.length; ) {
    CELL.lastIndex = at;
    if (!CELL.test(text) || CELL.lastIndex >= text.length || text[CELL.lastIndex] === "|") break;
    const cell = readValue(text, CELL.lastIndex);
    if (!cell || isHarmless(text.slice(cell.start, cell.end), "key")) break;
    cells.push(cell);
    at = cell.end;
  }
  return cells;
}

function findValue(
  text: string,
  at: number,
  end: number,
  keyword: Keyword,
  plain: string,
  context: LineContext,
  before: Before,
): Span | "awaits-value" | "awaits-word" | undefined {
  if (isTag(text, at, end)) return inElement(text, end, keyword);
  const sign = readSign(text, end);
  if (sign === undefined) return undefined;
  const assigned = sign.text === "=" || sign.text === ":=";
  if (keyword.needsSign && sign.text === "") return undefined;
  if (text[at - 1] === "=" && !assigned) return undefined;
  if (/[?&]/.test(text[at - 1] ?? "") && sign.text === "=") return readValue(text, sign.after, { until: "&" });
  if (keyword.family === "auth" && namesMethods(context)) return undefined;
  if (keyword.family === "auth" && sign.text !== "=" && STATE_NAME.test(text.slice(at, end))) return undefined;
  if (plain === "key" && before.word === "public") return undefined;

  const qualified = skipQualifiers(text, sign.after, plain);
  if (qualified.namesChain) return undefined;
  const wordsAfter = countWords(text, qualified.at, 3);
  if (keyword.family !== "auth" && opensKeyBlock(plain, text.slice(qualified.at)))
    return wordsAfter === 1 ? "awaits-value" : inBraces(text, qualified.at);
  const config =
    isConfigForm(keyword, plain, at, context, before, {
      words: wordsAfter,
      typed: qualified.typed,
      quoted: /["']/.test(text[qualified.at] ?? ""),
      addressed: ADDRESS_PART.test(text.slice(qualified.at, qualified.at + 600)),
    }) ||
    (assigned && keyword.family !== "auth" && plain !== "key");
  if (wordsAfter === 0) return awaited(config, sign.text, context, plain);
  if (context.asks && sign.text === "") return undefined;

  const word = text.slice(qualified.at, endOfWord(text, qualified.at));
  // VyOS, with the key wrapped to the next line.
  if (plain === "authentication" && wordsAfter === 1 && word === "pre-shared-secret") return undefined;
  if (plain === "community" && !/^snmp/.test(before.word) && BGP_COMMUNITY.test(word)) return undefined;
  if (/^\\$/.test(word) && wordsAfter === 1) return "awaits-value";
  if (text.startsWith("-----BEGIN", qualified.at)) return undefined;
  if (plain === "key" && /^[0-9]{1,3}$/.test(word)) {
    const hex = /[ \t]+[0-9a-f]{16,}/iy;
    hex.lastIndex = qualified.at + word.length;
    if (hex.test(text)) return readValue(text, qualified.at + word.length, { encrypted: true });
  }
  if (/^[0-9]{1,10}$/.test(word) && isNumber(word, text, qualified.at, plain, context, config)) return undefined;
  if (plain === "key" && wordsAfter === 1 && !qualified.typed && !ownsItsKey(context) && isKeyHeading(word))
    return undefined;
  if (!config && (isHarmless(word, keyword.family) || isKeywordItself(word, wordsAfter))) return undefined;
  if (!config && keyword.family === "auth" && /^\([^()]*\)$/.test(word)) return undefined;
  if (!config && context.asks && plain === "key") return undefined;
  const kind = { ...qualified.kind, structured: qualified.kind.structured || (sign.text !== "" && !config) };
  if (isGlued(text, end, sign)) return incomparable(readValue(text, sign.after - 1, kind));
  if (!config)
    return withPassphrase(
      text,
      readValue(text, qualified.at, kind),
      keyword,
      sign.text !== "" || at === context.firstAt,
    );
  if (plain === "community") return readValue(text, qualified.at, kind);
  if (assigned && at !== context.firstAt) return readValue(text, qualified.at, { ...kind, structured: true });
  const value = readValue(text.slice(0, endOfSetting(text, at, qualified.at)), qualified.at, {
    ...kind,
    rest: true,
    swan: assigned,
    structured: kind.structured || context.around.inBraces,
  });
  // `key abc;` by itself: whether the sign is of the key, nobody can know.
  if (plain === "key" && value?.secret?.endsWith(";")) return incomparable(value);
  return cutAtAddress(text, value, kind);
}

/** `key :abc`: the key may begin with the sign or not, so all goes and nothing is compared. */
function isGlued(text: string, end: number, sign: { text: string; after: number }): boolean {
  return (
    /^[:=]$/.test(sign.text) && /^[ \t]/.test(text.slice(end, end + 1)) && /[^ \t]/.test(text[sign.after - 1] ?? " ")
  );
}

function incomparable(span: Span | undefined): Span | undefined {
  return span && { start: span.start, end: span.end, masked: span.masked };
}

/**
 * An unquoted passphrase in a form that nobody knows: what follows the first word goes as well, where it looks like a
 * part of a passphrase (`Kq7 words9`), and up to the end of the line where nothing in it is talk (`psk: correct horse`).
 */
function withPassphrase(text: string, first: Span | undefined, keyword: Keyword, announced: boolean): Span | undefined {
  if (first?.secret === undefined || /[.,;:"'`)\]}>|]$/.test(text.slice(first.start, first.end))) return first;
  let end = first.end;
  for (let words = 0; words < MOST_WORDS; words += 1) {
    const start = skipBlanks(text, end);
    const stop = endOfWord(text, start);
    if (start >= text.length || start - end > 1 || stop - start > MOST_LETTERS) break;
    const word = text.slice(start, stop);
    if (
      !/^[a-z]/i.test(word) ||
      isHarmless(word, keyword.family) ||
      readKeyword(foldSpelling(word)) ||
      STRUCTURE.test(word)
    )
      break;
    if (!/[0-9]/.test(word) && !announced) break;
    end = stop;
  }
  return end === first.end ? first : { ...first, end, secret: text.slice(first.start, end) };
}

const MOST_WORDS = 8;
const MOST_LETTERS = 40;
const STRUCTURE =
  /[=:;,|(){}<>"/\\]|^(?:udp-port|timeout|port|realm|privilege|store-local|level-[12]|ro|rw|ago|on|yesterday|encrypted)$/i;

/** "authentication encrypted-password …": the second keyword has the value. */
function isKeywordItself(word: string, wordsAfter: number): boolean {
  return wordsAfter > 1 && word.length < 40 && readKeyword(foldSpelling(word)) !== undefined;
}

/** `crypto isakmp key K address …`: the address stays. */
function cutAtAddress(text: string, span: Span | undefined, kind: object): Span | undefined {
  if (span === undefined) return undefined;
  const part = ADDRESS_PART.exec(text.slice(span.start + 1, span.end));
  return part ? readValue(text.slice(0, span.start + 1 + part.index), span.start, { ...kind, rest: true }) : span;
}

function awaited(config: boolean, sign: string, context: LineContext, plain: string) {
  if (context.asks || plain === "key-string") return undefined;
  if (config) return "awaits-value";
  return sign.trim() === "" ? undefined : "awaits-word";
}

/** BGP's communities: `set community 65000:100 additive`. */
const BGP_COMMUNITY =
  /^(?:[0-9]{1,10}(?::[0-9]{1,10})?|no-export|no-advertise|internet|local-as|additive|permit|deny)$/;

/** Numbers that only count or name: `key 1` in a key chain, an NTP key number, a row of counters. */
function isNumber(
  word: string,
  text: string,
  at: number,
  plain: string,
  context: LineContext,
  config: boolean,
): boolean {
  if (plain === "key" && context.around.keyChain) return true;
  if (context.first === "ntp" && plain === "key") return true;
  if (config) return false;
  const next = skipBlanks(text, at + word.length);
  return /^(?:[0-9]+\b|bits?\b|bytes?\b|sec)/.test(text.slice(next, next + 12));
}

function readSign(text: string, end: number): { text: string; after: number } | undefined {
  CLOSERS.lastIndex = end;
  const closed = end + (CLOSERS.exec(text)?.[0].length ?? 0);
  SIGN.lastIndex = closed;
  const sign = SIGN.exec(text);
  if (sign) return { text: sign[0].trim(), after: SIGN.lastIndex };
  BLANKS.lastIndex = closed;
  if (BLANKS.test(text)) return { text: "", after: BLANKS.lastIndex };
  return closed >= text.length ? { text: "", after: closed } : undefined;
}

function countWords(text: string, from: number, most: number): number {
  let count = 0;
  for (let at = skipBlanks(text, from); at < text.length && count < most; at = skipBlanks(text, endOfWord(text, at)))
    count += 1;
  return count;
}
