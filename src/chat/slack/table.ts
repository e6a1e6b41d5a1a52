/** A small table as Slack can show it: in columns where a phone has room for them, else each row on lines of its own. */
import type { Block } from "../../domain/reply.ts";

type Table = Extract<Block, { type: "table" }>;

/** Columns of monospaced text that a phone shows without a line break. */
const PHONE_COLUMNS = 38;

/** Lines of text; rows that differ are marked "≠". */
export function tableLines({ rows, marked: differing }: Table): string[] {
  const marked = differing ?? [];
  const [head = [], ...body] = rows.map((row) => row.map((cell) => cell.replace(/\s+/g, " ").trim()));
  if (head.length === 0) return [];
  const marks = marked.length > 0;
  const widths = head.map((_, column) => Math.max(...[head, ...body].map((row) => (row[column] ?? "").length)));
  const width = widths.reduce((sum, each) => sum + each + 2, marks ? 0 : -2);
  const sign = (row: number) => (marks ? (marked.includes(row) ? "≠ " : "  ") : "");
  if (width <= PHONE_COLUMNS)
    return [head, ...body].map((row, index) =>
      (sign(index) + row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ")).trimEnd(),
    );
  return body.flatMap((row, index) =>
    recordLines(head, row, { differs: marked.includes(index + 1), agrees: differing !== undefined }),
  );
}

/** Where ends are compared, values that are equal on both stand on one line. */
function recordLines(
  head: readonly string[],
  row: readonly string[],
  { differs, agrees }: { readonly differs: boolean; readonly agrees: boolean },
): string[] {
  const [name = "", ...values] = row;
  const title = `${differs ? "≠ " : ""}${name}`;
  if (agrees && !differs && new Set(values).size <= 1) return [`${title}: ${values[0] ?? ""}`];
  const names = head.slice(1);
  const width = Math.max(0, ...names.map((each) => each.length));
  const isNamed = (column: number) => (names[column] ?? "") !== "";
  // A column without a name is a remark on the row.
  const remarks = values.filter((value, column) => !isNamed(column) && value !== "");
  return [
    [title, ...remarks].join("  "),
    ...values.flatMap((value, column) =>
      isNamed(column) ? [`  ${(names[column] ?? "").padEnd(width)}  ${value}`.trimEnd()] : [],
    ),
  ];
}
