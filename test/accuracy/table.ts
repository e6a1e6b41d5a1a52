/** The accuracy tables: by platform and by label, how many cases, top-1 right, wrongly confirmed, and answered with need-more. */
import type { Judged } from "./judge.ts";

export function tableOf(judged: readonly Judged[]): string {
  return [tableBy("platforms", judged, platformsOf), "", tableBy("id", judged, labelOf, [rowOf("all", judged)])].join(
    "\n",
  );
}

function tableBy(
  name: string,
  judged: readonly Judged[],
  groupOf: (one: Judged) => string,
  totals: readonly string[][] = [],
): string {
  const rows = [[name, "cases", "as labelled", "top-1", "wrong-confirmed", "need-more"]];
  for (const group of [...new Set(judged.map(groupOf))].sort())
    rows.push(
      rowOf(
        group,
        judged.filter((one) => groupOf(one) === group),
      ),
    );
  rows.push(...totals);
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

/** "cisco-asa", or both of a mixed pair: the platforms whose outputs the case has. */
function platformsOf({ diagnosis }: Judged): string {
  const outputs = diagnosis.verdict.pastes.flatMap((paste) => paste.outputs);
  const platforms = new Set(outputs.flatMap(({ platform }) => (platform === "unknown" ? [] : [platform])));
  return [...platforms].sort().join(" + ") || "none";
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
