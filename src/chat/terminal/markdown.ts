/** A Markdown file as a terminal shows it: text and tables for its width, everything else as it is. */
import { renderTable } from "./table.ts";
import { wrap } from "./wrap.ts";

/** Columns that columns side by side need, where they have to be wrapped. */
const ROOM_FOR_COLUMNS = 80;
const INDENT = "  ";

/** Running text and lists mean the same on several lines; fences stay as they are. */
export function renderMarkdown(text: string, width: number): string {
  const shown: string[] = [];
  let isFenced = false;
  let table: string[] = [];
  const endTable = () => {
    if (table.length > 0) shown.push(...tableLines(table, width));
    table = [];
  };
  for (const line of text.split("\n")) {
    if (/^ {0,3}```/.test(line)) isFenced = !isFenced;
    if (!isFenced && line.startsWith("|")) {
      table.push(line);
      continue;
    }
    endTable();
    shown.push(...(isFenced ? [line] : textLines(line, width)));
  }
  endTable();
  return shown.join("\n");
}

function textLines(line: string, width: number): string[] {
  if (line.length <= width || /^(?: {0,3}```|#| {4})/.test(line)) return [line];
  const mark = /^ {0,3}(?:- |\d{1,2}\. )/.exec(line)?.[0] ?? "";
  const [first = "", ...more] = wrap(line.slice(mark.length), width - mark.length, "");
  return [`${mark}${first}`, ...more.map((each) => `${" ".repeat(mark.length)}${each}`)];
}

/** In columns where there is room for them; else row under row, each value behind its column's name. */
function tableLines(lines: readonly string[], width: number): string[] {
  const rows = lines.map(cellsOf).filter((cells) => !cells.every((cell) => /^:?-+:?$/.test(cell)));
  const inColumns = renderTable({ type: "table", rows }, Math.max(width, ROOM_FOR_COLUMNS)).map(([, line]) => line);
  if (inColumns.every((line) => line.length <= width)) return inColumns;
  const [head = [], ...body] = rows;
  return body.flatMap(([first = "", ...rest]) => [
    ...wrap(first, width, INDENT),
    ...rest.flatMap((cell, column) => named(head[column + 1] ?? "", cell, width)),
  ]);
}

function named(name: string, cell: string, width: number): string[] {
  if (cell === "") return [];
  const indent = INDENT.repeat(2);
  return wrap(name === "" ? cell : `${name}: ${cell}`, width - INDENT.length, indent).map((line, index) =>
    index === 0 ? line : `${INDENT}${line}`,
  );
}

/** "| a | b \\| c |" has two cells. */
function cellsOf(line: string): string[] {
  return line
    .replace(/^\|/, "")
    .replace(/\|$/, "")
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim().replaceAll("\\|", "|"));
}
