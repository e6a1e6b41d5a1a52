/** What people write into an output: arrows with a remark, and marks where they left lines out. */

const ARROW = /(?:^|[ \t])<(?:-{2,}|={2,}|<{2,})(?!-*\s?[Mm]ore)/;
const CARETS = /^[\s^~]{3,}$/;
const EDGE = new Set("-=*<>[](){}.!#~_+|:/\u2702 \t");
const CUT_WORDS = new Set(
  "snip snipped snippet cropped truncated omitted removed cut skipped deleted trimmed elided abbreviated suppressed".split(
    " ",
  ),
);
const FILLERS = new Set(
  "output outputs line lines text rest config configuration log logs more some many other irrelevant the of here was were is been i have for brevity and to unrelated".split(
    " ",
  ),
);

/** Whether a text has anything of an arrow, or of a line that underlines. */
export function mayHaveArrows(text: string): boolean {
  return text.includes("<-") || text.includes("<=") || text.includes("<<") || text.includes("^^^");
}

/** The line without an arrow and the remark after it: `… replay failed (rcv): 1000 <-- this is the error`. */
export function withoutArrow(line: string): string {
  if (!line.includes("<-") && !line.includes("<=") && !line.includes("<<")) return line;
  const match = ARROW.exec(line);
  return match ? line.slice(0, match.index).trimEnd() : line;
}

/** A line that only underlines the one above it (`^^^^^`); IOS's own single caret is not. */
export function isUnderline(line: string): boolean {
  return CARETS.test(line) && line.includes("^^^");
}

const OPENS = "[<({-.=*!~#_+\u2702";
const CLOSES = "]>)}-.=*!~#_+";

/** Cheap: a cut mark begins and ends with a sign, and is short. */
export function mayBeCutMark(line: string): boolean {
  if (line.length > 80 || !CLOSES.includes(line[line.length - 1] ?? " ")) return false;
  let at = 0;
  while (line[at] === " " || line[at] === "\t") at += 1;
  return OPENS.includes(line[at] ?? " ");
}

/** Whether the line only says that lines were left out: `[...]`, `<...truncated...>`, `--- cropped ---`. */
export function isCutMark(line: string): boolean {
  if (line.length > 80) return false;
  const text = line.trim();
  let from = 0;
  let to = text.length;
  while (from < to && EDGE.has(text[from] ?? "")) from += 1;
  while (to > from && EDGE.has(text[to - 1] ?? "")) to -= 1;
  if (from === to) return /^[[<({]\s?\.{2,6}\s?[\])}>]$/.test(text) || text === "...";
  const words = text
    .slice(from, to)
    .toLowerCase()
    .split(/[\s.]+/);
  if (words.length > 6 || !words.some((word) => CUT_WORDS.has(word))) return false;
  const decorated = from > 0 && to < text.length;
  return decorated && words.every((word) => CUT_WORDS.has(word) || FILLERS.has(word) || /^\d{1,7}$/.test(word));
}

/**
 * The line without the word that a terminal cut at its right edge and marked by `$`: half a number is worse than none.
 */
export function withoutCutEnd(line: string): string {
  if (!line.endsWith("$") || line.length < 70 || line.length > 160 || line.endsWith("~$")) return line;
  return line.slice(0, line.lastIndexOf(" ") + 1).trimEnd();
}
