/** What became of the cases of a workspace, added up from their rows. */
import { z } from "zod";
import type { CaseFigures, Spread } from "../domain/case-figures.ts";
import { pagesOfCases } from "./cases.ts";
import type { Database } from "./database.ts";
import { readRecall } from "./rows.ts";
import type { CaseFilter } from "./store.ts";

const MOST_LISTED = 50;

export async function caseFigures(database: Database, filter: CaseFilter): Promise<CaseFigures> {
  const sums = emptySums();
  for await (const rows of pagesOfCases(database, filter, { columns: COUNTED }))
    for (const row of rows) add(sums, Counted.parse(row));
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

/** Most cases have nothing that could not be run or read: then what they are found by is not fetched. */
const COUNTED = `status, cause, title, asked, found_at, fixed_at,
  case when recall like '%"unread":[],"refused":[]}' then null else recall end as recall`;
const Counted = z.object({
  opened_at: z.number(),
  status: z.string(),
  cause: z.string().nullable(),
  title: z.string().nullable(),
  asked: z.string().nullable(),
  found_at: z.number().nullable(),
  fixed_at: z.number().nullable(),
  recall: z.string().nullable(),
});

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

function add(sums: ReturnType<typeof emptySums>, counted: z.infer<typeof Counted>): void {
  const { status, cause, title, asked, opened_at: openedAt, found_at: foundAt, fixed_at: fixedAt } = counted;
  const recall = readRecall(counted);
  sums.cases += 1;
  if (status === "open") sums.open += 1;
  if (cause !== null) {
    const known = sums.causes.get(cause) ?? { cause, title: title ?? cause, cases: 0, fixed: 0 };
    known.cases += 1;
    if (fixedAt !== null) known.fixed += 1;
    sums.causes.set(cause, known);
  }
  if (foundAt !== null) sums.toVerdict.push(Math.max(0, foundAt - openedAt));
  if (fixedAt !== null) sums.toFix.push(Math.max(0, fixedAt - openedAt));
  if (asked !== null) count(sums.unanswered, asked);
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
