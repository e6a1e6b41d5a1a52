/** A table in a code block: side by side where a phone shows it in one line, else row under row. */

/** Characters of a code block that a phone shows without breaking the line. */
const NARROW = 38;
const GAP = "  ";

export function tableLines(rows: readonly (readonly string[])[], marked: readonly number[]): string[] {
  const cells = rows.map((row) => row.map((cell) => cell.replace(/\s+/g, " ").trim()));
  const columns = Math.max(...cells.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...cells.map((row) => (row[column] ?? "").length)),
  );
  const width = widths.reduce((sum, one) => sum + one + GAP.length, 0);
  const [head = [], ...body] = cells;
  if (width <= NARROW || columns < 2) {
    const sideBySide = (row: readonly string[], mark: string) =>
      `${mark} ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(GAP)}`.trimEnd();
    return [sideBySide(head, " "), ...body.map((row, index) => sideBySide(row, markOf(index + 1, marked)))];
  }
  const name = Math.max(...head.slice(1).map((cell) => cell.length));
  const isNamed = (column: number) => (head[column + 1] ?? "") !== "";
  return body.flatMap(([first = "", ...rest], index) => [
    // A column without a name is a remark on the row.
    [`${markOf(index + 1, marked)} ${first}`, ...rest.filter((cell, column) => !isNamed(column) && cell !== "")].join(
      GAP,
    ),
    ...rest.flatMap((cell, column) =>
      isNamed(column) ? [`    ${(head[column + 1] ?? "").padEnd(name)}${GAP}${cell}`.trimEnd()] : [],
    ),
  ]);
}

function markOf(row: number, marked: readonly number[]): string {
  return marked.includes(row) ? "≠" : " ";
}
