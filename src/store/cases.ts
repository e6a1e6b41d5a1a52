import { setImmediate } from "node:timers/promises";
import { z } from "zod";
import type { Place } from "../domain/inbound.ts";
import { type Database, places, type Reader, type Row, type Value } from "./database.ts";
import { EARLIER_COLUMNS, HEAD_COLUMNS, readEarlier, readHead } from "./rows.ts";
import type { CaseFilter, CaseHead, EarlierCase, TunnelEnds } from "./store.ts";

export async function caseById(database: Database, id: string): Promise<CaseHead | undefined> {
  const [row] = await database.all(`select ${HEAD_COLUMNS} from cases where id = ?`, [id]);
  return row && readHead(row);
}

const AT = `select ${HEAD_COLUMNS} from cases where chat = ? and workspace = ? and thread = ?`;

export async function caseAt(database: Database, place: Place): Promise<CaseHead | undefined> {
  const [row] = await database.all(AT, [place.chat, place.workspace, place.thread]);
  return row && readHead(row);
}

const MOST = 1_000;

/** Newest first, by when they were opened. */
export async function cases(database: Database, filter: CaseFilter): Promise<readonly CaseHead[]> {
  const { where, values } = conditionsOf(filter);
  const sql = `select ${HEAD_COLUMNS} from cases ${where} order by opened_at desc, id limit ?`;
  return (await database.all(sql, [...values, limitOf(filter)])).map(readHead);
}

/** @returns 50 where not said, 1,000 at most */
export function limitOf({ limit = 50 }: CaseFilter): number {
  return Math.min(Math.max(Math.trunc(limit), 0), MOST);
}

function conditionsOf(filter: CaseFilter): { readonly where: string; readonly values: Value[] } {
  const wanted: readonly (readonly [string, ...(Value | undefined)[]])[] = [
    ["chat = ?", filter.chat],
    ["workspace = ?", filter.workspace],
    // A literal, so that the index of open cases is used.
    [filter.status === "open" ? "status = 'open' and status = ?" : "status = ?", filter.status],
    ["opened_by = ?", filter.openedBy],
    ["cause = ?", filter.cause],
    ["(peer = ? or own = ?)", filter.peer, filter.peer],
    ["opened_at >= ?", filter.openedSince],
    ["changed_at < ?", filter.changedBefore],
  ];
  const given = wanted.filter(([, value]) => value !== undefined);
  const where = given.length === 0 ? "" : `where ${given.map(([condition]) => condition).join(" and ")}`;
  const values = given.flatMap(([, ...each]) => each.filter((value) => value !== undefined));
  return { where, values };
}

/** Rows read at once: others get their turn in between. */
const PAGE = 500;

/** What to read of each case, beside its id and time; `values` are those of its question marks. */
export interface Wanted {
  readonly columns: string;
  readonly values?: readonly Value[];
}

const Bookmark = z.object({ id: z.string(), opened_at: z.number() });

/** All cases that fit, newest first, page by page. */
export async function* pagesOfCases(
  database: Database,
  filter: CaseFilter,
  { columns, values: first = [] }: Wanted,
): AsyncGenerator<readonly Row[]> {
  const { where, values } = conditionsOf(filter);
  // The walk goes along the index of times: by chat and workspace, each page would sort them all.
  const conditions = where.replace(/\b(chat|workspace) = /g, `${database.unindexed}$1 = `);
  const from = "opened_at <= ? and (opened_at < ? or id > ?)";
  const sql = `select id, opened_at, ${columns} from cases ${conditions === "" ? "where" : `${conditions} and`} ${from}
    order by opened_at desc, id limit ${PAGE}`;
  for (let after = { opened_at: Number.MAX_SAFE_INTEGER, id: "" }; ; ) {
    const rows = await database.all(sql, [...first, ...values, after.opened_at, after.opened_at, after.id]);
    if (rows.length > 0) yield rows;
    const last = rows.at(-1);
    if (last === undefined || rows.length < PAGE) return;
    after = Bookmark.parse(last);
    await setImmediate();
  }
}

/** The heads of these cases, in any order. */
export async function headsOf(database: Database, ids: readonly string[]): Promise<ReadonlyMap<string, CaseHead>> {
  const heads = new Map<string, CaseHead>();
  for (let from = 0; from < ids.length; from += PAGE) {
    const some = ids.slice(from, from + PAGE);
    const rows = await database.all(`select ${HEAD_COLUMNS} from cases where id in (${places(some.length)})`, some);
    for (const row of rows) {
      const head = readHead(row);
      heads.set(head.id, head);
    }
  }
  return heads;
}

const EARLIER = `select ${EARLIER_COLUMNS} from cases where chat = ? and workspace = ? and id <> ? and cause is not null`;
const MOST_EARLIER = 10;

/** See `LockedCase.earlier`. */
export async function earlierCases(
  reader: Reader,
  { id, place }: CaseHead,
  { peer, own }: TunnelEnds,
): Promise<readonly EarlierCase[]> {
  const here: Value[] = [place.chat, place.workspace, id];
  // By the index's own order, so that of thousands only these are read.
  const newest = `order by opened_at desc limit ${MOST_EARLIER}`;
  const rows = [...(await reader.all(`${EARLIER} and peer = ? ${newest}`, [...here, peer]))];
  if (own !== undefined)
    rows.push(...(await reader.all(`${EARLIER} and peer = ? and own = ? ${newest}`, [...here, own, peer])));
  return rows.map(readEarlier).sort((one, other) => other.openedAt - one.openedAt);
}
