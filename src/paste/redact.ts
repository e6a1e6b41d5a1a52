/**
 * Takes keys and passwords out before anything else sees the text.
 *
 * What goes: every value behind a word that announces a secret, unless the form is one of those that hold none
 * (`redact/harmless.ts`); passwords in URLs, access tokens, PEM blocks, certificates, key strings, session keys. The rest
 * of the line stays, because diagnosis reads it.
 *
 * What can be compared: keys given in the clear; equal ones of a case get the same `<secret #N>`, in whatever syntax. Type
 * 5 and other hashes, types 4, 6, 8, 9, ENC and Junos $9$ are salted or encrypted, and type 7 starts at a random place of
 * its table: two different texts may be one key. They and what was masked already become `<secret ?>`: unknown.
 */
import type { Line } from "../domain/output.ts";
import { type Block, isMessage, openedBlock, readInBlock } from "./redact/blocks.ts";
import { ALONE, type Surroundings } from "./redact/context.ts";
import { findSecrets, rememberingFinder } from "./redact/find-secrets.ts";
import { mayHoldSecret } from "./redact/gate.ts";
import { suspects } from "./redact/screen.ts";
import { mergeSpans, removeSpans, type Span } from "./redact/span.ts";
import { surroundings } from "./redact/surroundings.ts";
import { endOfWord, readValue } from "./redact/value.ts";
import { vyosKeyNames, withoutNames } from "./redact/vyos-names.ts";
import {
  endsKey,
  hasLoneTail,
  isOwnLine,
  isUnfinishedKey,
  joinWrapped,
  type Logical,
  limitToFirstWord,
  mayBeWrapped,
  splitAgain,
} from "./redact/wrapped.ts";
import type { SecretTagger } from "./secret-tagger.ts";

export { createSecretTagger, type SecretTagger } from "./secret-tagger.ts";

export interface Redacted {
  /** Line numbers as given; lines inside PEM blocks and the like are missing after the first. */
  readonly lines: Line[];
  /** How many secrets were taken out; masked ones do not count, and a block counts once. */
  readonly removed: number;
}

interface Progress {
  readonly out: Line[];
  readonly find: typeof findSecrets;
  /** Names that stand where a key could, and are none. */
  readonly names: ReadonlySet<string>;
  removed: number;
  block: Block | undefined;
  /** The block's first secret line was replaced; the others are dropped. */
  blockShown: boolean;
  /** "tail": the screen's edge cut a value in two, and a log message was printed at the cut. */
  awaits: "value" | "word" | "tail" | undefined;
}

/** Replaces every secret by `<secret #N>` or `<secret ?>`; see src/domain/secret.ts for reading them. Never throws. */
export function redact(lines: readonly Line[], givesTags: SecretTagger): Redacted {
  const tagger = rememberingTagger(givesTags);
  const suspected = suspects(lines);
  const progress: Progress = {
    out: [],
    find: rememberingFinder(),
    names: vyosKeyNames(lines, suspected),
    removed: 0,
    block: undefined,
    blockShown: false,
    awaits: undefined,
  };
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index];
    if (line === undefined) break;
    if (progress.block !== undefined && continueBlock(progress, line, tagger)) continue;
    const logical = joinWrapped(lines, index, suspected[index] !== 0);
    const close = logical ? mayHoldSecret(logical.text) : suspected[index] !== 0 && mayHoldSecret(line.text);
    if (!close && progress.awaits === undefined) progress.out.push(line);
    else if (logical && close) {
      const after = index + logical.starts.length;
      const { around } = placeOf(lines, index);
      takeWrapped(progress, lines.slice(index, after), logical, {
        around,
        hasTail: hasLoneTail(lines, after - 1),
        tagger,
      });
      index = after - 1;
    } else takeLine(progress, line, placeOf(lines, index), tagger);
  }
  return { lines: progress.out, removed: progress.removed };
}

/** A configuration may hold the same key a thousand times; each is digested once, and forgotten with the paste. */
function rememberingTagger(tagger: SecretTagger): SecretTagger {
  const tags = new Map<string, string>();
  return {
    tag(secret) {
      const tag = tags.get(secret) ?? tagger.tag(secret);
      tags.set(secret, tag);
      return tag;
    },
  };
}

interface Place {
  readonly around: Surroundings;
  /** The line below. */
  readonly next: string | undefined;
  /** The line below may be the tail of a value that ends this one. */
  readonly hasTail: boolean;
}

function placeOf(lines: readonly Line[], index: number): Place {
  return {
    around: surroundings(lines, index),
    next: lines[index + 1]?.text,
    hasTail: hasLoneTail(lines, index),
  };
}

function takeLine(progress: Progress, line: Line, { around, next, hasTail }: Place, tagger: SecretTagger): void {
  const { text } = line;
  const found = mayHoldSecret(text) ? progress.find(text, around) : { spans: [], awaits: undefined };
  // What is awaited may come after a log message that the console printed in between.
  const isAside = text.trim() === "" || (progress.awaits !== undefined && (isMessage(text) || BARE_WORD.test(text)));
  const awaited = isAside ? undefined : awaitedSpan(progress, text, found.spans.length > 0);
  const spans = withoutNames(awaited ? mergeSpans([awaited, ...found.spans]) : found.spans, text, progress.names);
  const isInterrupted = next !== undefined && isMessage(next) && (mayBeWrapped(text) || isUnfinishedKey(text));
  const isCut = (isInterrupted || hasTail) && endsInValue(text, spans);
  if (!isAside) progress.awaits = isCut ? "tail" : found.awaits;
  openBlock(progress, text);
  put(progress, line, isCut ? withoutLastSecret(spans) : carriedOn(progress, text, spans), tagger);
}

function takeWrapped(
  progress: Progress,
  lines: readonly Line[],
  logical: Logical,
  { around, hasTail, tagger }: Pick<Place, "around" | "hasTail"> & { readonly tagger: SecretTagger },
): void {
  const whole = findSecrets(logical.text, around);
  const spans = whole.spans.map((span) => limitToFirstWord(span, logical));
  for (const [index, line] of lines.entries()) {
    const start = logical.starts[index] ?? 0;
    if (!mayHoldSecret(line.text)) continue;
    for (const span of findSecrets(line.text, ALONE).spans)
      spans.push({ ...span, start: span.start + start, end: span.end + start });
  }
  const all = withoutNames(mergeSpans(spans), logical.text, progress.names);
  const isCut = hasTail && all.at(-1)?.end === logical.text.length;
  const merged = isCut ? withoutLastSecret(all) : all;
  for (const [index, text] of splitAgain(logical, merged, tagger).entries()) {
    const line = lines[index];
    if (line) progress.out.push(text === line.text ? line : { number: line.number, text });
  }
  progress.removed += countRemoved(merged);
  progress.awaits = isCut ? "tail" : whole.awaits;
  openBlock(progress, lines.at(-1)?.text ?? "");
}

/** An element, or the word for it, within what announced a value. */
const NESTED = /^[ \t]*(?:<\/?[a-z][\w-]{0,40}>|key[ \t]*$)/;
const BARE_WORD = /^[ \t]*(?:key|\{)[ \t]*$/;
const NAMED = /^[ \t]*key[ \t]+/;

/** The value that the line before announced, unless this line is a line of its own. */
function awaitedSpan(progress: Progress, text: string, hasOwn: boolean): Span | undefined {
  const { awaits } = progress;
  const start = text.length - text.trimStart().length;
  if (awaits === "tail")
    return isOwnLine(text) && !endsKey(text) ? undefined : { start, end: endOfWord(text, start), masked: true };
  if (awaits === undefined || hasOwn || isOwnLine(text) || NESTED.test(text)) return undefined;
  if (awaits === "word" && /\s/.test(text.trim()) && !/^["'“]/.test(text.trim())) return undefined;
  const named = NAMED.exec(text)?.[0].length;
  if (awaits === "value" && named !== undefined) return readValue(text, named, { rest: true, structured: true });
  const address = / (?:address|hostname) /.exec(text);
  return readValue(address ? text.slice(0, address.index) : text, start);
}

function openBlock(progress: Progress, text: string): void {
  progress.block = openedBlock(text) ?? progress.block;
  progress.blockShown = false;
}

/** A value cut by a backslash at the line end can't be compared, and goes on in the next line. */
function carriedOn(progress: Progress, text: string, spans: readonly Span[]): readonly Span[] {
  const last = spans.at(-1);
  if (!last || last.end !== text.length || !text.endsWith("\\") || text[last.start] !== '"') return spans;
  progress.block = "quote";
  return withoutLastSecret(spans);
}

/** What stands before the cut may be a single sign, which nothing takes for a key. */
function endsInValue(text: string, spans: readonly Span[]): boolean {
  return spans.at(-1)?.end === text.length || /isakmp key [^ ]*$/i.test(text);
}

/** Half a value can't be compared. */
function withoutLastSecret(spans: readonly Span[]): readonly Span[] {
  const last = spans.at(-1);
  return last ? [...spans.slice(0, -1), { start: last.start, end: last.end, masked: last.masked }] : spans;
}

/** The last line that no log message was. */
function lineAbove({ out }: Progress): string {
  return out.slice(-4).findLast(({ text }) => !isMessage(text))?.text ?? "";
}

/** Whether the line was dealt with as part of a block. */
function continueBlock(progress: Progress, line: Line, tagger: SecretTagger): boolean {
  const block = progress.block ?? "dump";
  const inside = readInBlock(block, line.text, lineAbove(progress));
  if (inside === "aside") return false;
  if (inside === "outside") {
    progress.block = undefined;
    return false;
  }
  if (inside === "secret") {
    if (!progress.blockShown) put(progress, line, [{ start: 0, end: line.text.length, masked: false }], tagger);
    progress.blockShown = true;
    return true;
  }
  if (inside === "last") progress.out.push(line);
  else put(progress, line, inside, tagger);
  if (inside === "last" || (block === "quote" && !line.text.endsWith("\\"))) progress.block = undefined;
  return true;
}

function put(progress: Progress, line: Line, spans: readonly Span[], tagger: SecretTagger): void {
  progress.removed += countRemoved(spans);
  progress.out.push(
    spans.length === 0 ? line : { number: line.number, text: removeSpans(line.text, spans, tagger).trimEnd() },
  );
}

function countRemoved(spans: readonly Span[]): number {
  return spans.filter((span) => !span.masked).length;
}
