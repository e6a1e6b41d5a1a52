/** A table for a terminal: columns side by side, cells wrapped where the lines would get too long. */
import type { Block } from "../../domain/reply.ts";

type Mark = "dim" | "yellow" | "reset";

const INDENT = "  ";
const GAP = "   ";
/** No column is wrapped to less: an address or an algorithm should stay in one piece. */
const NARROWEST = 8;

/** The lines, each with how to paint it: the heading, rows that differ, others. No line is wider than `width` needs. */
export function renderTable(
  { rows, marked = [] }: Extract<Block, { type: "table" }>,
  width: number,
): readonly (readonly [Mark, string])[] {
  const widths = fitted(
    (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? "").length))),
    width - INDENT.length,
  );
  return rows.flatMap((row, index) => {
    const cells = row.map((cell, column) => wrapCell(cell, widths[column] ?? NARROWEST));
    const height = Math.max(...cells.map((lines) => lines.length));
    const mark: Mark = index === 0 ? "dim" : marked?.includes(index) ? "yellow" : "reset";
    return Array.from({ length: height }, (_, line): readonly [Mark, string] => {
      const parts = cells.map((lines, column) => (lines[line] ?? "").padEnd(widths[column] ?? 0));
      return [mark, `${INDENT}${parts.join(GAP).trimEnd()}`];
    });
  });
}

/** Takes from the widest column until all fit, or none can give more. */
function fitted(widths: readonly number[], room: number): number[] {
  const fits = [...widths];
  const total = () => fits.reduce((sum, one) => sum + one, 0) + GAP.length * (fits.length - 1);
  while (total() > room) {
    const widest = Math.max(...fits);
    if (widest <= NARROWEST) break;
    fits[fits.indexOf(widest)] = widest - 1;
  }
  return fits;
}

/** Broken at blanks; a word longer than the column is cut. */
function wrapCell(cell: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of cell.split(" ")) {
    let rest = word;
    if (line !== "" && line.length + 1 + rest.length > width) {
      lines.push(line);
      line = "";
    }
    while (rest.length > width) {
      lines.push(rest.slice(0, width));
      rest = rest.slice(width);
    }
    line = line === "" ? rest : `${line} ${rest}`;
  }
  return [...lines, line];
}
