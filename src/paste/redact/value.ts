/** Reads one secret value at a place of a line: bare or quoted, masked, hashed, in hex or base64. */
import type { Span } from "./span.ts";

/** How the value was introduced; decides what it can be compared by. */
export interface ValueKind {
  /** Written in a form that can't be compared: type 4 to 9, `encrypted`, `ENC`. */
  readonly encrypted?: boolean;
  /** `hex`, `hexadecimal`: the digits stand for bytes. */
  readonly hex?: boolean;
  /** strongSwan's and Libreswan's files, where 0x and 0s introduce hex and base64. */
  readonly swan?: boolean;
  /** What follows is structure, not value: `;` in Junos, `,` in JSON. */
  readonly structured?: boolean;
  /** The value may hold blanks and runs to the end of the line. */
  readonly rest?: boolean;
  /** Ends a bare value before the next blank: `<` in XML, `&` in a URL. */
  readonly until?: string;
}

const OPENING = /(?:\\?["'`]|[“”„«‘’]|&quot;|&#39;)/y;
/** What may be glued to a closing quote without being of the value: `;` in Junos, `}]` at the end of JSON. */
const CLOSING_MARKS = /^[;,)}\]>|.:*`_\\"'”]{0,12}$/;
/** The next member in JSON, the end of a tag, the next field of a query. */
const NEXT_MEMBER = /^(?:[)}\]\\]{0,8},[\\"'{[]|\/?>|;?&|\\")/;
const ANNOTATION = /\s(?:<-|<=|←|#\s|\/\/\s|!\s)/;
const MASKED =
  /^(?:[*•●xX#?_.…-]{2,}|[xX*](?:\.[xX*])+|[xX*]|<[^<>]*>|\[[^[\]]*\]|\([^()]*\)|\{[^{}]*\}|\$\{?[A-Z_]+\}?|%prompt|.{0,64}\*{3}.{0,64}|.{0,16}(?:\.{3}|…).{0,16}|(?:removed|redacted|hidden|masked|omitted|sanitized|sanitised|encrypted|snip)(?:ed|-key)?)$/i;
const HASHED = /^(?:\$[0-9a-z]{1,7}\$|-AQ==|ENC$|0x?[0-9a-f]{40,}$)/i;
const BYTES = /^(?:0x)?(?:[0-9a-f]{2}){4,512}$/i;

/** The value at `from` as a span, or undefined where nothing but blanks follows. */
export function readValue(text: string, from: number, kind: ValueKind = {}): Span | undefined {
  const start = skipBlanks(text, from);
  if (start >= text.length) return undefined;
  OPENING.lastIndex = start;
  const opening = OPENING.exec(text)?.[0];
  if (opening !== undefined) return readQuoted(text, start, opening, kind);
  const end = endOfBare(text, start, kind);
  return spanOf(text, start, end, text.slice(start, end), kind);
}

export function skipBlanks(text: string, from: number): number {
  let at = from;
  while (at < text.length && isBlank(text.charCodeAt(at))) at += 1;
  return at;
}

export function endOfWord(text: string, from: number): number {
  let at = from;
  while (at < text.length && !isBlank(text.charCodeAt(at))) at += 1;
  return at;
}

function isBlank(code: number): boolean {
  return code === 32 || code === 9 || code === 0xa0 || code === 11 || code === 12;
}

function readQuoted(text: string, start: number, opening: string, kind: ValueKind): Span {
  const from = start + opening.length;
  const close = closingQuote(text, from, opening);
  if (close === undefined) {
    const rest = kind.rest || opening !== "'" ? text.length : endOfWord(text, from);
    return spanOf(text, start, rest, text.slice(from, rest), kind);
  }
  const content = text.slice(from, close.at);
  // A bare key may hold quotes itself: what is glued to the closing one belongs to it.
  const glued = endOfWord(text, close.end);
  const tail = text.slice(close.end, Math.min(glued, close.end + 40));
  const structure = CLOSING_MARKS.test(tail) || (!kind.rest && NEXT_MEMBER.test(tail));
  if (structure) return spanOf(text, start, close.end, content, kind);
  return spanOf(text, start, glued, text.slice(start, glued), kind);
}

function closingQuote(text: string, from: number, opening: string): { at: number; end: number } | undefined {
  if (opening === '"' || opening === "'" || opening === "`") {
    for (let at = from; at < text.length; at += 1) {
      if (text[at] === "\\") at += 1;
      else if (text[at] === opening || (opening === '"' && text[at] === "”")) return { at, end: at + 1 };
    }
    return undefined;
  }
  const closings = /^[“”„«]/.test(opening) ? ["”", "“", "»", '"'] : /^[‘’]/.test(opening) ? ["’", "'"] : [opening];
  let best: { at: number; end: number } | undefined;
  for (const closing of closings) {
    const at = text.indexOf(closing, from);
    if (at >= 0 && (best === undefined || at < best.at)) best = { at, end: at + closing.length };
  }
  return best;
}

function endOfBare(text: string, start: number, kind: ValueKind): number {
  if (kind.until !== undefined) {
    const end = text.indexOf(kind.until, start);
    return end < 0 ? endOfWord(text, start) : end;
  }
  const word = endOfWord(text, start);
  let end = kind.rest ? text.length : word;
  while (end > start && isBlank(text.charCodeAt(end - 1))) end -= 1;
  if (kind.structured) while (end > start + 1 && /[;,]/.test(text[end - 1] ?? "")) end -= 1;
  return end;
}

function spanOf(text: string, start: number, end: number, content: string, kind: ValueKind): Span {
  const known = content.split(ANNOTATION, 1)[0]?.trim() ?? "";
  const masked = MASKED.test(known);
  const suffix = /^\s+(?:encrypted|pbkdf2|nt-encrypted|mschap|localizedkey)\b/.test(text.slice(end, end + 20));
  if (masked || known === "") return { start, end, masked: masked || known === "" };
  if (kind.encrypted || suffix || HASHED.test(known)) return { start, end, masked: false };
  return { start, end, secret: comparable(known, kind), masked: false };
}

/** The text that equal keys share however they were written; undefined if that can't be said. */
function comparable(content: string, kind: ValueKind): string | undefined {
  const plain = content.replace(/^[`]|[`]$/g, "");
  if (kind.hex || (kind.swan && /^0x/i.test(plain))) {
    return BYTES.test(plain) ? Buffer.from(plain.replace(/^0x/i, ""), "hex").toString("latin1") : undefined;
  }
  if (kind.swan && plain.startsWith("0s")) return Buffer.from(plain.slice(2), "base64").toString("latin1");
  // Some platforms read 0x as hex and some as two characters of the key.
  if (/^0x[0-9a-f]{8,}$/i.test(plain)) return undefined;
  return plain;
}
