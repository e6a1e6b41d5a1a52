/** The accuracy table: per label how many cases, how many top-1 right, wrongly confirmed, and answered with need-more. */
import type { Judged } from "./judge.ts";

export function tableOf(judged: readonly Judged[]): string {
  const rows = [["id", "cases", "as labelled", "top-1", "wrong-confirmed", "need-more"]];
  const labels = [...new Set(judged.map(({ item }) => labelOf({ item })))].sort();
  for (const label of labels)
    rows.push(
      rowOf(
        label,
        judged.filter((one) => labelOf(one) === label),
      ),
    );
  rows.push(rowOf("all", judged));
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

/** The id that a case is labelled with, else its verdict. */
export function labelOf({ item }: Pick<Judged, "item">): string {
  return item.expect.id ?? item.expect.verdict;
}

function rowOf(label: string, judged: readonly Judged[]): string[] {
  const labelled = judged.filter(({ item }) => item.expect.id !== undefined);
  const right = labelled.filter(({ item, diagnosis }) => diagnosis.verdict.findings[0]?.id === item.expect.id);
  return [
    label,
    `${judged.length}`,
    `${judged.filter(({ faults }) => faults.length === 0).length}`,
    labelled.length === 0 ? "-" : `${right.length}/${labelled.length}`,
    `${judged.filter(({ wrongConfirmed }) => wrongConfirmed).length}`,
    `${judged.filter(({ diagnosis }) => diagnosis.verdict.verdict === "need-more").length}`,
  ];
}
