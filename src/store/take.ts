import type { Place } from "../domain/inbound.ts";
import type { caseIds } from "./case-id.ts";
import { type Database, places, type Reader, type Session, Undo, type Value } from "./database.ts";
import { pack } from "./packed-text.ts";
import { HEAD_COLUMNS, readHead, readText, readTurn, TURN_COLUMNS } from "./rows.ts";
import type { CaseHead, CaseSummary, Decision, LockedCase, StoredTurn, Taken, Taking } from "./store.ts";

const FIND_CASE = `select ${HEAD_COLUMNS}, tail from cases where chat = ? and workspace = ? and thread = ?`;
const OPEN_CASE = `insert into cases (id, chat, workspace, thread, status, opened_by, opened_by_name, opened_at, changed_at, version)
  values (?, ?, ?, ?, 'open', ?, ?, ?, ?, 0) on conflict do nothing`;
const ADD_TURN = `insert into turns (case_id, number, at, message, echo, said, said_zip, events, events_zip)
  values (?, ?, ?, ?, ?, ?, ?, ?, ?)`;
const ADD_OUTGOING = `insert into outbox (case_id, chat, turn, type, state, attempt, created_at, due_at, answer_by, body, body_zip)
  values (?, ?, ?, ?, 'waiting', 0, ?, 0, ?, ?, ?)`;
const MOVE_CASE = "update cases set version = ?, changed_at = ?, tail = ? where id = ?";
const REWRITE_CASE = `update cases set version = ?, changed_at = ?, tail = ?, status = ?, closed_at = ?,
  symptom = ?, peer = ?, verdict = ?, cause = ?, title = ? where id = ?`;
const ERASE = "update turns set echo = '', events = ?, events_zip = ? where case_id = ? and message = ?";

/** One message, one transaction: see `Store.take`. */
export async function take(
  database: Database,
  newCaseIds: typeof caseIds,
  taking: Taking,
  decide: (locked: LockedCase) => Decision | Promise<Decision>,
): Promise<Taken> {
  let erased = false;
  const taken = await database.write(async (session): Promise<Taken> => {
    const found = await lock(session, `${FIND_CASE}${database.forUpdate}`, taking, newCaseIds);
    if (!found) return seenBefore(session, taking);
    if (!(await remember(session, taking, found.head.id, database.now())))
      throw new Undo(await seenBefore(session, taking));
    const { head, isNew, tail } = found;
    const turns = (after: number) => readTurns(session, head.id, after);
    const decision = await decide({ head, isNew, tail, turns });
    if (isNew && isEmpty(decision)) {
      const forget = `update inbox set case_id = null where delivery in (${places(taking.deliveries.length)})`;
      await session.run(forget, taking.deliveries);
      await session.run("delete from cases where id = ?", [head.id]);
      return { outcome: "no-case" };
    }
    erased = (decision.erase ?? []).length > 0;
    return { outcome: "taken", head: await carryOut(session, taking, found, decision, database.now()) };
  });
  if (taken.outcome === "taken") database.announce([taken.head.id]);
  // What was erased also stands in the log of changes; if clearing it fails, the next purge does.
  if (erased) database.scrub().catch(() => undefined);
  return taken;
}

interface Found {
  readonly head: CaseHead;
  readonly isNew: boolean;
  readonly tail: string | undefined;
}

/** The case at the place, locked; made there, where the message opens one. */
async function lock(
  session: Session,
  findCase: string,
  taking: Taking,
  newCaseIds: typeof caseIds,
): Promise<Found | undefined> {
  const found = await findLocked(session, findCase, taking.place);
  if (found || !taking.opens) return found;
  const { chat, workspace, thread } = taking.place;
  const { id, name } = taking.person;
  for (const caseId of newCaseIds()) {
    const values = [caseId, chat, workspace, thread, id, name ?? null, taking.at, taking.at];
    const isNew = (await session.run(OPEN_CASE, values)) === 1;
    // Somebody else may have opened one here at the same moment; otherwise the id was taken.
    const opened = await findLocked(session, findCase, taking.place);
    if (opened) return { ...opened, isNew };
  }
  throw new Error("no free case id was found");
}

async function findLocked(session: Session, findCase: string, place: Place): Promise<Found | undefined> {
  const [row] = await session.all(findCase, [place.chat, place.workspace, place.thread]);
  if (!row) return undefined;
  const kept = readText(row, "tail");
  return { head: readHead(row), isNew: false, tail: kept === undefined ? undefined : String(JSON.parse(kept)) };
}

/** @returns false where one of the deliveries was seen before. */
async function remember(session: Session, taking: Taking, caseId: string, now: number): Promise<boolean> {
  // Sorted, so that two processes that take the same message wait for each other in one order.
  const deliveries = [...new Set<string>(taking.deliveries)].sort();
  const rows = deliveries.map(() => "(?, ?, ?)").join(", ");
  const values = deliveries.flatMap((delivery): Value[] => [delivery, caseId, now]);
  const sql = `insert into inbox (delivery, case_id, seen_at) values ${rows} on conflict (delivery) do nothing`;
  return (await session.run(sql, values)) === deliveries.length;
}

/** The outcome where nothing is done: which case took it before, if any did. */
async function seenBefore(session: Session, taking: Taking): Promise<Taken> {
  const sql = `select i.delivery, c.id from inbox i left join cases c on c.id = i.case_id
    where i.delivery in (${places(taking.deliveries.length)}) order by i.seq limit 1`;
  const [row] = await session.all(sql, taking.deliveries);
  return row ? { outcome: "repeat", caseId: readText(row, "id") } : { outcome: "no-case" };
}

function isEmpty({ turn, outbox, status, summary, tail }: Decision): boolean {
  return !turn && !outbox?.length && status === undefined && summary === undefined && tail === undefined;
}

async function carryOut(
  session: Session,
  taking: Taking,
  { head, tail }: Found,
  decision: Decision,
  now: number,
): Promise<CaseHead> {
  const { turn } = decision;
  const version = head.version + (turn ? 1 : 0);
  for (const { message, events } of decision.erase ?? [])
    await session.run(ERASE, [...(await pack(events)), head.id, message]);
  if (turn) {
    const said = { person: { id: taking.person.id, name: taking.person.name }, reply: turn.reply };
    const packed = [...(await pack(said)), ...(await pack(turn.events))];
    await session.run(ADD_TURN, [head.id, version, taking.at, turn.message ?? null, turn.echo, ...packed]);
  }
  for (const { body, answerBy } of decision.outbox ?? []) {
    const packed = await pack(body);
    const values = [head.id, head.place.chat, turn ? version : 0, body.type, now, answerBy ?? null, ...packed];
    await session.run(ADD_OUTGOING, values);
  }
  const keptTail = decision.tail ?? (turn ? undefined : tail);
  return moveCase(session, changedHead(head, decision, { version, at: taking.at, now }), head, keptTail);
}

function changedHead(
  head: CaseHead,
  { status = head.status, summary = head.summary }: Decision,
  to: { readonly version: number; readonly at: number; readonly now: number },
): CaseHead {
  const closedAt = status === "open" ? undefined : (head.closedAt ?? to.now);
  const changedAt = Math.max(head.changedAt, to.at);
  return { ...head, status, summary, closedAt, changedAt, version: to.version };
}

/** Columns with an index are written only where they change: that saves pages of every commit. */
async function moveCase(
  session: Session,
  head: CaseHead,
  before: CaseHead,
  tail: string | undefined,
): Promise<CaseHead> {
  const moved = [head.version, head.changedAt, tail === undefined ? null : JSON.stringify(tail)];
  if (head.status === before.status && isSame(head.summary, before.summary)) {
    await session.run(MOVE_CASE, [...moved, head.id]);
  } else {
    const { symptom, peer, verdict, cause, title } = head.summary;
    const told = [symptom, peer, verdict, cause, title].map((each) => each ?? null);
    await session.run(REWRITE_CASE, [...moved, head.status, head.closedAt ?? null, ...told, head.id]);
  }
  return head;
}

function isSame(one: CaseSummary, other: CaseSummary): boolean {
  return (["symptom", "peer", "verdict", "cause", "title"] as const).every((key) => one[key] === other[key]);
}

/** A case's turns with a number above `after`, in order. */
export async function readTurns(reader: Reader, caseId: string, after: number): Promise<readonly StoredTurn[]> {
  const sql = `select ${TURN_COLUMNS} from turns where case_id = ? and number > ? order by number`;
  const turns: StoredTurn[] = [];
  for (const row of await reader.all(sql, [caseId, after])) turns.push(await readTurn(row));
  return turns;
}
