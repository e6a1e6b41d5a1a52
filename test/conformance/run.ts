/** `npm run conformance -- FOLDER`: compares what we read with other parsers' expected values; exits 1 on a difference. */
import { resolve } from "node:path";
import { type Checked, checkFixtures, type Difference } from "./check.ts";

const [folder = "../shared/fixtures", ...flags] = process.argv.slice(2);
const result = checkFixtures(resolve(folder));
if (result === undefined) console.log(`skipped: there are no fixtures in ${folder}`);
else {
  printTable(result.fixtures);
  const differences = result.fixtures.flatMap((one) => one.differences);
  const open = differences.filter(({ explanation }) => explanation === undefined);
  if (flags.includes("--explained"))
    for (const one of differences) if (one.explanation) print(one, `  why       ${one.explanation.why}`);
  if (flags.includes("--unread")) printUnread(result.fixtures);
  for (const one of open) print(one, "");
  for (const { fixture, field } of result.idle) console.log(`\nan explanation that nothing needs: ${fixture} ${field}`);
  console.log(`\n${differences.length} differences, ${open.length} of them not explained`);
  process.exitCode = open.length > 0 || result.idle.length > 0 ? 1 : 0;
}

function print({ fixture, field, expected, ours, ways }: Difference, why: string): void {
  console.log(`\n${fixture}\n  field     ${field} (${ways.join(", ")})`);
  console.log(`  expected  ${JSON.stringify(expected)}\n  ours      ${JSON.stringify(ours)}`);
  if (why !== "") console.log(why);
}

function printUnread(fixtures: readonly Checked[]): void {
  for (const { fixture, unread } of fixtures)
    if (unread.length > 0) console.log(`\n${fixture}: not read\n${unread.map((line) => `  ${line}`).join("\n")}`);
}

function printTable(fixtures: readonly Checked[]): void {
  const groups = new Map<string, Checked[]>();
  for (const one of fixtures) {
    const key = `${one.source}\n${one.command}`;
    const group = groups.get(key);
    if (group) group.push(one);
    else groups.set(key, [one]);
  }
  const numbers = (members: readonly Checked[]) => [
    members.length,
    sum(members, (one) => one.agreed),
    sum(members, (one) => one.differences.filter(({ explanation }) => explanation !== undefined).length),
    sum(members, (one) => one.differences.filter(({ explanation }) => explanation === undefined).length),
    sum(members, (one) => one.notKept),
    sum(members, (one) => one.unread.length),
  ];
  const rows = [
    ["source", "command", "fixtures", "agreed", "explained", "differing", "not kept", "unread lines"],
    ...[...groups].map(([key, members]) => [...key.split("\n"), ...numbers(members).map(String)]),
    ["all", "", ...numbers(fixtures).map(String)],
  ];
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  for (const row of rows)
    console.log(
      row.map((cell, at) => (at < 2 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join("  "),
    );
}

function sum(items: readonly Checked[], count: (item: Checked) => number): number {
  return items.reduce((total, item) => total + count(item), 0);
}
