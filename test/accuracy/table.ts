/** The accuracy tables: by platform and by label, how many cases, top-1 right, wrongly confirmed, and answered with need-more. */
import { PLATFORM_IDS, type PlatformId, ROOT_CAUSE_IDS, type RootCauseId } from "../../src/domain/ids.ts";
import type { Judged } from "./judge.ts";
import { notShownBy } from "./not-shown.ts";

export function tableOf(judged: readonly Judged[]): string {
  return [tableBy("platforms", judged, platformsOf), "", tableBy("id", judged, labelOf, [rowOf("all", judged)])].join(
    "\n",
  );
}

/** How many cases are labelled with each id, first or beside it, on each platform that shows it: the one whose lines are the evidence, else all that the case has outputs of. */
export function countsOf(judged: readonly Judged[]): ReadonlyMap<string, ReadonlyMap<string, number>> {
  const counts = new Map<string, Map<string, number>>();
  for (const one of judged) {
    for (const id of new Set([labelOf(one), ...one.item.expect.also])) {
      const row = counts.get(id) ?? new Map<string, number>();
      counts.set(id, row);
      for (const platform of showingPlatforms(id, one)) row.set(platform, (row.get(platform) ?? 0) + 1);
    }
  }
  return counts;
}

/** The counts as a table. "-": this platform cannot show it (not-shown/ says why); "0": it could, and has no case. */
export function coverageOf(judged: readonly Judged[]): string {
  const cell = (id: string, platform: PlatformId, count = 0) =>
    count === 0 && isRootCause(id) && notShownBy(platform)[id] ? "-" : `${count}`;
  const rows = [...countsOf(judged)].sort(([one], [other]) => one.localeCompare(other));
  return aligned([
    ["id by platform", ...PLATFORM_IDS],
    ...rows.map(([id, row]) => [id, ...PLATFORM_IDS.map((platform) => cell(id, platform, row.get(platform)))]),
  ]);
}

function isRootCause(id: string): id is RootCauseId {
  return (ROOT_CAUSE_IDS as readonly string[]).includes(id);
}

function showingPlatforms(id: string, { diagnosis }: Judged): ReadonlySet<string> {
  const { pastes, findings } = diagnosis.verdict;
  const evidence = findings.find((finding) => finding.id === id)?.evidence ?? [];
  const all = pastes.flatMap(({ name, outputs }) => outputs.map((output) => ({ ...output, paste: name })));
  const showing = all.filter(({ paste, firstLine, lastLine }) =>
    evidence.some((line) => line.paste === paste && firstLine <= line.line && line.line <= lastLine),
  );
  return new Set((showing.length > 0 ? showing : all).map(({ platform }) => platform));
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
  return aligned(rows);
}

function aligned(rows: readonly (readonly string[])[]): string {
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
