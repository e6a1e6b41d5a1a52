import type { Place } from "../domain/inbound.ts";
import type { Database, Value } from "./database.ts";
import { HEAD_COLUMNS, readHead } from "./rows.ts";
import type { CaseFilter, CaseHead } from "./store.ts";

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
  const wanted: readonly (readonly [string, string | undefined])[] = [
    ["chat", filter.chat],
    ["workspace", filter.workspace],
    // A literal, so that the index of open cases is used.
    [filter.status === "open" ? "status = 'open' and status" : "status", filter.status],
    ["opened_by", filter.openedBy],
    ["cause", filter.cause],
    ["peer", filter.peer],
  ];
  const given = wanted.flatMap(([column, value]) => (value === undefined ? [] : [{ column, value }]));
  const conditions = given.map(({ column }) => `${column} = ?`);
  if (filter.changedBefore !== undefined) conditions.push("changed_at < ?");
  const where = conditions.length === 0 ? "" : `where ${conditions.join(" and ")}`;
  const limit = Math.min(Math.max(Math.trunc(filter.limit ?? 50), 0), MOST);
  const before = filter.changedBefore === undefined ? [] : [filter.changedBefore];
  const values: Value[] = [...given.map(({ value }) => value), ...before, limit];
  const sql = `select ${HEAD_COLUMNS} from cases ${where} order by opened_at desc, id limit ?`;
  return (await database.all(sql, values)).map(readHead);
}
