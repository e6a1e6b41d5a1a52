/** Undoes what chats, browsers and terminals did to the text, keeping the line numbers of the paste as given. */
import { Buffer } from "node:buffer";
import type { Line } from "../domain/output.ts";
import {
  isCutMark,
  isUnderline,
  mayBeCutMark,
  mayHaveArrows,
  withoutArrow,
  withoutCutEnd,
} from "./clean/author-marks.ts";
import { breakLines, hasOtherBreaks } from "./clean/breaks.ts";
import {
  headingText,
  isQuoted,
  type MarkdownSigns,
  markdownSigns,
  tableRow,
  withoutBold,
  withoutEscapes,
  withoutFence,
  withoutQuote,
  withoutTicks,
} from "./clean/markdown.ts";
import { withoutMarkup } from "./clean/markup.ts";
import { hasPager, overtype, withoutPager, withoutTerminalCodes } from "./clean/terminal.ts";
import { withTypedCharacters } from "./clean/typography.ts";
import { joinWrapped, type StartsLine } from "./clean/wrapped.ts";

export type Mark = "heading" | "bold";
export interface Cleaned {
  /** Lines with something on them. Marks and blank lines are left out; a joined line has its first part's number. */
  readonly lines: readonly Line[];
  /** Lines that had a mark of their own: `### HUB` a heading, `**HUB**` all bold. */
  readonly marks: ReadonlyMap<number, Mark>;
  /** Numbers of the lines that said that something was left out here (`[...]`), rising. */
  readonly cuts: readonly number[];
  /** The text is no text: a program, a picture, a disk. */
  readonly binary: boolean;
}

/**
 * Cleans a paste. Each step runs only where the text as a whole shows that it has something to do, so clean output
 * passes at the speed of cutting it into lines. `startsLine` vetoes joining a wrapped line that is one of its own.
 */
export function clean(text: string, startsLine: StartsLine = () => false): Cleaned {
  const readable = withoutNulls(text);
  if (readable === undefined) return { lines: [], marks: new Map(), cuts: [], binary: true };
  const marked = withoutMarkupIfAny(readable);
  const steps = stepsFor(marked);
  const { lines, marks, cuts } = steps || hasOtherBreaks(marked) ? throughSteps(marked, steps) : plainLines(marked);
  return { lines: joinWrapped(withoutCommonIndent(lines), startsLine), marks, cuts, binary: false };
}

type Lines = Pick<Cleaned, "marks" | "cuts"> & { readonly lines: Line[] };

/** The lines of a text with nothing to undo: no array of strings, nothing but looking for the ends. */
function plainLines(text: string): Lines {
  const lines: Line[] = [];
  const cuts: number[] = [];
  let number = 0;
  for (let start = 0; start <= text.length; ) {
    number += 1;
    const found = text.indexOf("\n", start);
    const next = found < 0 ? text.length + 1 : found + 1;
    let end = next - 1;
    while (end > start && isBlank(text.charCodeAt(end - 1))) end -= 1;
    if (end > start) {
      const line = text.slice(start, end);
      if (mayBeCutMark(line) && isCutMark(line)) cuts.push(number);
      else lines.push({ number, text: line });
    }
    start = next;
  }
  return { lines, cuts, marks: new Map() };
}

function throughSteps(text: string, steps: Steps | undefined): Lines {
  const out: { lines: Line[]; cuts: number[]; marks: Map<number, Mark> } = { lines: [], cuts: [], marks: new Map() };
  let number = 0;
  for (const raw of breakLines(text)) {
    number += 1;
    const line = (steps ? steps(raw, number, out.marks) : raw)?.trimEnd();
    if (line === undefined || line === "") continue;
    if (mayBeCutMark(line) && isCutMark(line)) out.cuts.push(number);
    else out.lines.push({ number, text: line });
  }
  return out;
}

function isBlank(code: number): boolean {
  return code === 32 || code === 9;
}

function withoutMarkupIfAny(text: string): string {
  let out = withoutTerminalCodes(text);
  // Columns that a chat turned into tabs are blanks again, wide enough to be a gap; indentation stays as it is.
  if (out.includes("\t"))
    out = out.replace(/(\S)(\t+)/g, (_, before: string, tabs: string) => before + "  ".repeat(tabs.length));
  // A one-byte length is the cheapest way to know that there is nothing but ASCII.
  if (Buffer.byteLength(out, "utf8") !== out.length) out = withTypedCharacters(out);
  if (!out.includes("&") && !out.includes("<")) return out;
  const plain = withoutMarkup(out);
  return plain !== out && plain.includes("\u00a0") ? withTypedCharacters(plain) : plain;
}

type Steps = (line: string, number: number, marks: Map<number, Mark>) => string | undefined;

/** The steps that this text needs line by line, or undefined if it needs none; a step gives undefined for a mark. */
function stepsFor(text: string): Steps | undefined {
  const signs = markdownSigns(text);
  const pager = hasPager(text);
  const backspaces = text.includes("\b");
  const arrows = mayHaveArrows(text);
  const cutEnds = text.includes("$");
  const load = text.includes("Load for five secs");
  const markdown = Object.values(signs).some(Boolean);
  if (!markdown && !pager && !backspaces && !arrows && !cutEnds && !load) return undefined;
  const readMarkdown = markdown ? markdownReader(signs) : undefined;
  return (raw, number, marks) => {
    let line: string | undefined = backspaces ? overtype(raw) : raw;
    if (pager) line = withoutPager(line);
    if (readMarkdown) line = readMarkdown(line, number, marks);
    if (line === undefined) return undefined;
    if (load && /^\s*Load for five secs: /.test(line)) return undefined;
    if (arrows) {
      if (isUnderline(line)) return undefined;
      if (!isCutMark(line)) line = withoutArrow(line);
    }
    return cutEnds ? withoutCutEnd(line.trimEnd()) : line;
  };
}

function markdownReader(signs: MarkdownSigns) {
  return (raw: string, number: number, marks: Map<number, Mark>): string | undefined => {
    let line = raw;
    if (signs.quotes && isQuoted(line)) line = withoutQuote(line);
    if (signs.fences) {
      const inside = withoutFence(line);
      if (inside === undefined) return undefined;
      line = inside;
    }
    if (signs.escapes) line = withoutEscapes(line.trimEnd());
    if (signs.headings) {
      const heading = headingText(line);
      if (heading !== undefined) marks.set(number, "heading");
      line = heading ?? line;
    }
    if (signs.bold || line.startsWith("*")) {
      const plain = withoutBold(line.trimEnd());
      if (line.startsWith("**") && plain.length === line.trimEnd().length - 4 && !marks.has(number))
        marks.set(number, "bold");
      line = plain;
    }
    if (signs.ticks) line = withoutTicks(line);
    return signs.tables ? (tableRow(line) ?? line) : line;
  };
}

/** Without the blanks that all lines begin with. */
function withoutCommonIndent(lines: readonly Line[]): readonly Line[] {
  let indent = Number.POSITIVE_INFINITY;
  for (const { text } of lines) {
    let at = 0;
    while (at < indent && (text[at] === " " || text[at] === "\t")) at += 1;
    indent = at;
    if (indent === 0) return lines;
  }
  return lines.map(({ number, text }) => ({ number, text: text.slice(indent) }));
}

/**
 * UTF-16 read as bytes has a NUL at every other place: without them it is the text again. Other text full of NULs or
 * of characters that could not be decoded is no text.
 */
function withoutNulls(text: string): string | undefined {
  if (!text.includes("\u0000") && !text.includes("\ufffd")) return text;
  const sample = text.slice(0, 65_536);
  let nulls = 0;
  let broken = 0;
  for (let index = 0; index < sample.length; index += 1) {
    const code = sample.charCodeAt(index);
    if (code === 0) nulls += 1;
    else if (code === 0xfffd || (code < 32 && code !== 9 && code !== 10 && code !== 13 && code !== 8 && code !== 27))
      broken += 1;
  }
  if (broken * 20 > sample.length - nulls) return undefined;
  if (nulls * 20 > sample.length && nulls * 5 < sample.length * 2) return undefined;
  return nulls === 0 ? text : text.replaceAll("\u0000", "");
}
