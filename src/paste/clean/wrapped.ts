/** Puts lines together again that a terminal broke at its right edge, even in the middle of a word. */
import type { Line } from "../../domain/output.ts";

const WIDTHS: readonly number[] = [79, 80, 132];

/** Beginnings that no continuation has, whatever the vendor: time stamps, syslog, debug, counters, a new paragraph. */
const NEW_LINE =
  /^\s*(?:[*.]?[A-Z][a-z]{2} {1,2}\d{1,2} |\d{1,9}: |%[A-Z]|#{1,2}pkts|ISAKMP|IPSEC|IKEv2|CRYPTO|!|[-=+*#]{3}|interface |crypto |access-list |ip |ipv6 |no |permit |deny |[A-Za-z][\w./-]{0,40}[#>] ?\w)/;

const ADDRESS = /^\s{0,2}\d{1,3}\.\d{1,3}\.\d{1,3}\.\d/;

/** Whether a line can only be the beginning of something, as the vendors' patterns tell. */
export type StartsLine = (text: string) => boolean;

/**
 * Joins what was broken at `width` columns; a joined line has the number of its first part. A text counts as broken
 * only if no line is longer than the width, so that long lines show that nothing broke it; and each joint must look
 * like one: a full first part, and a second part that is no line of its own.
 */
export function joinWrapped(lines: readonly Line[], startsLine: StartsLine): readonly Line[] {
  const width = brokenAt(lines);
  if (width === undefined) return lines;
  const out: Line[] = [];
  let changed = false;
  for (let index = 0; index < lines.length; index += 1) {
    const first = lines[index];
    if (first === undefined) break;
    let text = first.text;
    let last = first;
    for (let next = lines[index + 1]; next && joins(last, next, width, startsLine); next = lines[index + 1]) {
      text += next.text;
      last = next;
      index += 1;
      changed = true;
    }
    out.push(last === first ? first : { number: first.number, text });
  }
  return changed ? out : lines;
}

function brokenAt(lines: readonly Line[]): number | undefined {
  let longest = 0;
  for (const { text } of lines) if (text.length > longest) longest = text.length;
  return WIDTHS.includes(longest) ? longest : undefined;
}

function joins(one: Line, other: Line, width: number, startsLine: StartsLine): boolean {
  if (one.text.length !== width || other.number - one.number > 2) return false;
  const text = other.text;
  if (!fitsAfter(one.text, text) || NEW_LINE.test(text) || startsLine(text)) return false;
  // Rows of a table are as long as their neighbours, begin alike and have their blanks in the same columns.
  return !sameBeginning(one.text, text) && !sameShape(one.text, text);
}

/** Whether the two ends fit: no device writes "pathGateway", and what is indented by itself is a line of its own. */
function fitsAfter(one: string, other: string): boolean {
  if (other.startsWith("\t")) return false;
  if (other.startsWith(" ")) return /^ [a-z(]/.test(other) && !/^ \S/.test(one);
  if (!/^[A-Z]/.test(other)) return true;
  return /[A-Z_.,:=({/-]$/.test(one) || /(?:0x|[ (])[0-9A-F]{1,8}$/.test(one);
}

function sameBeginning(one: string, other: string): boolean {
  if (ADDRESS.test(one) && ADDRESS.test(other)) return true;
  const word = firstWord(one);
  return word.length > 1 && word === firstWord(other) && one.startsWith(" ") === other.startsWith(" ");
}

function firstWord(text: string): string {
  return /^\s?[A-Za-z_-]{1,40}/.exec(text)?.[0].trim() ?? "";
}

/** Blanks in the same columns over the first half: two rows of one table. */
function sameShape(one: string, other: string): boolean {
  let same = 0;
  let blanks = 0;
  for (let column = 0; column < 40; column += 1) {
    if (one[column] !== " ") continue;
    blanks += 1;
    if (other[column] === " ") same += 1;
  }
  return blanks > 3 && same * 4 >= blanks * 3;
}
