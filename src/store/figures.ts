/** What became of the cases of a workspace, added up from their rows. */
import type { CaseFigures, Spread } from "../domain/case-figures.ts";
import { pagesOfCases } from "./cases.ts";
import type { Database } from "./database.ts";
import { readHead, readRecall } from "./rows.ts";
import type { CaseFilter, CaseHead, CaseRecall } from "./store.ts";

const MOST_LISTED = 50;

export async function caseFigures(database: Database, filter: CaseFilter): Promise<CaseFigures> {
  const sums = emptySums();
  for await (const rows of pagesOfCases(database, filter))
    for (const row of rows) add(sums, readHead(row), readRecall(row));
  return {
    cases: sums.cases,
    open: sums.open,
    causes: [...sums.causes.values()].sort((one, other) => other.cases - one.cases).slice(0, MOST_LISTED),
    toVerdict: spreadOf(sums.toVerdict),
    toFix: spreadOf(sums.toFix),
    unanswered: commandsOf(sums.unanswered),
    refused: commandsOf(sums.refused),
    unread: [...sums.unread.values()].sort((one, other) => other.lines - one.lines).slice(0, MOST_LISTED),
  };
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

function emptySums() {
  return {
    cases: 0,
    open: 0,
    causes: new Map<string, Writable<CaseFigures["causes"][number]>>(),
    toVerdict: [] as number[],
    toFix: [] as number[],
    unanswered: new Map<string, number>(),
    refused: new Map<string, number>(),
    unread: new Map<string, Writable<CaseFigures["unread"][number]>>(),
  };
}

function add(sums: ReturnType<typeof emptySums>, head: CaseHead, recall: CaseRecall | undefined): void {
  const { cause, title, asked, foundAt, fixedAt } = head.summary;
  sums.cases += 1;
  if (head.status === "open") sums.open += 1;
  if (cause !== undefined) {
    const known = sums.causes.get(cause) ?? { cause, title: title ?? cause, cases: 0, fixed: 0 };
    known.cases += 1;
    if (fixedAt !== undefined) known.fixed += 1;
    sums.causes.set(cause, known);
  }
  if (foundAt !== undefined) sums.toVerdict.push(Math.max(0, foundAt - head.openedAt));
  if (fixedAt !== undefined) sums.toFix.push(Math.max(0, fixedAt - head.openedAt));
  if (asked !== undefined) count(sums.unanswered, asked);
  for (const command of recall?.refused ?? []) count(sums.refused, command);
  for (const { platform, shape, lines } of recall?.unread ?? []) {
    const key = `${platform} ${shape}`;
    const known = sums.unread.get(key) ?? { platform, shape, lines: 0, cases: 0 };
    known.lines += lines;
    known.cases += 1;
    sums.unread.set(key, known);
  }
}

function count(into: Map<string, number>, command: string): void {
  into.set(command, (into.get(command) ?? 0) + 1);
}

function commandsOf(counted: ReadonlyMap<string, number>) {
  return [...counted]
    .map(([command, cases]) => ({ command, cases }))
    .sort((one, other) => other.cases - one.cases)
    .slice(0, MOST_LISTED);
}

function spreadOf(times: number[]): Spread {
  times.sort((one, other) => one - other);
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))];
  return { cases: times.length, median: at(0.5), most: at(0.9) };
}
