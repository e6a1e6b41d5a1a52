/** The case that a message is about, locked: the one at its place, the one that it resumes, or a new one. */
import type { Place } from "../domain/inbound.ts";
import type { caseIds } from "./case-id.ts";
import type { Session, Value } from "./database.ts";
import { HEAD_COLUMNS, readHead, readNumber, readRecall, readText } from "./rows.ts";
import type { CaseHead, CaseRecall, Taking } from "./store.ts";

const FIND_BY_ID = `select ${HEAD_COLUMNS}, tail, outgoing, recall from cases where id = ? and chat = ? and workspace = ?`;
const FIND_ANYWHERE = `select ${HEAD_COLUMNS}, tail, outgoing, recall from cases where id = ?`;
const FIND_CASE = `select ${HEAD_COLUMNS}, tail, outgoing, recall from cases where chat = ? and workspace = ? and thread = ?`;
const OPEN_CASE = `insert into cases (id, chat, workspace, thread, status, opened_by, opened_by_name, opened_at, changed_at, version, outgoing)
  values (?, ?, ?, ?, 'open', ?, ?, ?, ?, 0, 0) on conflict do nothing`;

export interface Found {
  readonly head: CaseHead;
  readonly isNew: boolean;
  readonly tail: string | undefined;
  readonly recall: CaseRecall | undefined;
  /** How many rows of the outbox it had so far. */
  readonly outgoing: number;
  /** It was found by its id, and goes on at the message's place. */
  readonly moves?: boolean | undefined;
}

/** The case at the place, locked; made there, where the message opens one. */
export async function lock(
  session: Session,
  forUpdate: string,
  taking: Taking,
  newCaseIds: typeof caseIds,
): Promise<Found | undefined> {
  const here = () => findLocked(session, `${FIND_CASE}${forUpdate}`, placeValues(taking.place));
  const found = await here();
  if (found) return found;
  if (taking.resumes !== undefined) {
    const { chat: itsChat, workspace: itsWorkspace } = taking.place;
    const other =
      taking.resumesFromAnywhere === true
        ? await findLocked(session, `${FIND_ANYWHERE}${forUpdate}`, [taking.resumes])
        : await findLocked(session, `${FIND_BY_ID}${forUpdate}`, [taking.resumes, itsChat, itsWorkspace]);
    return other && { ...other, moves: true };
  }
  if (!taking.opens) return undefined;
  const { chat, workspace, thread } = taking.place;
  const { id, name } = taking.person;
  for (const caseId of [...(taking.wantedId === undefined ? [] : [taking.wantedId]), ...newCaseIds()]) {
    const values = [caseId, chat, workspace, thread, id, name ?? null, taking.at, taking.at];
    const isNew = (await session.run(OPEN_CASE, values)) === 1;
    // Somebody else may have opened one here at the same moment; otherwise the id was taken.
    const opened = await here();
    if (opened) return { ...opened, isNew };
  }
  throw new Error("no free case id was found");
}

/** The columns chat, workspace and thread. */
export function placeValues({ chat, workspace, thread }: Place): Value[] {
  return [chat, workspace, thread];
}

async function findLocked(session: Session, sql: string, values: readonly Value[]): Promise<Found | undefined> {
  const [row] = await session.all(sql, values);
  if (!row) return undefined;
  const kept = readText(row, "tail");
  const tail = kept === undefined ? undefined : String(JSON.parse(kept));
  const outgoing = readNumber(row, "outgoing") ?? 0;
  return { head: readHead(row), isNew: false, tail, outgoing, recall: readRecall(row) };
}
