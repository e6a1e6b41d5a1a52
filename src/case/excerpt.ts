/** What a case keeps of a paste's text: the lines that something points to, and their neighbours. */
import type { Line, ReadOutput, ReadPaste } from "../domain/output.ts";

/** So many lines on each side of one that is kept: enough to know it again, and to see what stood around it. */
const NEIGHBOURS = 2;

/**
 * A paste as it is stored: its readings whole, its lines thinned out. Lines that the comparison looks for in the text
 * itself (a crypto map on an interface that was not read, the end of the paste) stay as well.
 */
export function excerptOf(paste: ReadPaste): ReadPaste {
  const wanted = new Set<number>();
  for (const output of paste.outputs) collectLines(output, wanted);
  const last = paste.lines.findLast(({ text }) => text.trim() !== "");
  if (last) wanted.add(last.number);
  for (const { number, text } of paste.lines) if (USE_OF_MAP.test(text)) wanted.add(number);
  return { ...paste, lines: paste.lines.filter(({ number }) => isNear(number, wanted)) };
}

const USE_OF_MAP = /^ {0,8}(?:ipv6 )?crypto map /;

function isNear(number: number, wanted: ReadonlySet<number>): boolean {
  for (let near = number - NEIGHBOURS; near <= number + NEIGHBOURS; near += 1) if (wanted.has(near)) return true;
  return false;
}

function collectLines({ firstLine, lastLine, unread, values }: ReadOutput, into: Set<number>): void {
  into.add(firstLine).add(lastLine);
  for (const { number } of unread) into.add(number);
  for (const value of values) collectFrom(value, into);
}

/** Readings name their lines in fields called `line`, `…Line`, and in `at`. */
function collectFrom(value: unknown, into: Set<number>): void {
  if (Array.isArray(value)) {
    for (const item of value) collectFrom(item, into);
    return;
  }
  if (typeof value !== "object" || value === null) return;
  for (const [name, field] of Object.entries(value)) {
    if (typeof field === "number") {
      if (name === "line" || name.endsWith("Line")) into.add(field);
    } else if (name === "at" && typeof field === "object" && field !== null) {
      for (const line of Object.values(field as Readonly<Record<string, number>>)) into.add(line);
    } else collectFrom(field, into);
  }
}

/** The whole redacted text of a paste, each line where it stood. */
export function textOf(lines: readonly Line[]): string {
  const text: string[] = [];
  for (const line of lines) text[line.number - 1] = line.text;
  return Array.from(text, (line) => line ?? "").join("\n");
}
