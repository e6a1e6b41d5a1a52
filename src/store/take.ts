/** One message, one transaction: what `Store.take` does, on either database. */
import type { caseIds } from "./case-id.ts";
import { earlierCases } from "./cases.ts";
import { type Database, places, type Reader, type Session, Undo, type Value } from "./database.ts";
import { type Found, lock, placeValues } from "./lock-case.ts";
import { pack } from "./packed-text.ts";
import { outgoingId, readText, readTurn, TURN_COLUMNS } from "./rows.ts";
import type {
  CaseHead,
  CaseRecall,
  CaseSummary,
  Claimed,
  Decision,
  LockedCase,
  StoredTurn,
  Taken,
  Taking,
  TunnelEnds,
} from "./store.ts";

const ADD_TURN = `insert into turns (case_id, number, at, message, echo, said, said_zip, events, events_zip)
  values (?, ?, ?, ?, ?, ?, ?, ?, ?)`;
const ADD_OUTGOING = `insert into outbox (case_id, number, chat, workspace, thread, turn, state, attempt, created_at, due_at, owner, answer_by, body, body_zip)
  values (?, ?, ?, ?, ?, ?, 'waiting', ?, ?, ?, ?, ?, ?, ?)`;
/** Replies of a case leave in order: the new ones are nobody's while one of these is. */
const STILL_WAITING = "select 1 from outbox where case_id = ? and state = 'waiting' limit 1";
const MOVE_CASE = "update cases set version = ?, changed_at = ?, outgoing = ?, tail = ? where id = ?";
const RETELL_CASE = `update cases set version = ?, changed_at = ?, outgoing = ?, tail = ?,
  symptom = ?, verdict = ?, title = ?, own = ?, fix = ?, asked = ?, found_at = ?, fixed_at = ?, recall = ? where id = ?`;
const REWRITE_CASE = `update cases set version = ?, changed_at = ?, outgoing = ?, tail = ?, status = ?, closed_at = ?,
  peer = ?, cause = ?, symptom = ?, verdict = ?, title = ?, own = ?, fix = ?, asked = ?, found_at = ?, fixed_at = ?,
  recall = ? where id = ?`;
const REWRITE_TURN =
  "update turns set message = ?, echo = ?, said = ?, said_zip = ?, events = ?, events_zip = ? where case_id = ? and number = ?";
const PLACE_CASE = "update cases set chat = ?, workspace = ?, thread = ? where id = ?";
const FORGET_MESSAGES = "update cases set last_reply = null, last_status = null, last_hand_off = null where id = ?";
const OWN_CASE = "update cases set opened_by = ?, opened_by_name = ? where id = ?";

/** One message, one transaction: see `Store.take`. */
export async function take(
  database: Database,
  newCaseIds: typeof caseIds,
  taking: Taking,
  decide: (locked: LockedCase) => Decision | Promise<Decision>,
): Promise<Taken> {
  let erased = false;
  const taken = await database.write(async (session): Promise<Taken> => {
    const found = await lock(session, database.forUpdate, taking, newCaseIds);
    if (!found) return seenBefore(session, taking);
    if (!(await remember(session, taking, found.head.id, database.now())))
      throw new Undo(await seenBefore(session, taking, found.head.id));
    const { head, isNew, tail, recall } = found;
    const turns = (after: number) => readTurns(session, head.id, after);
    const earlier = (tunnel: TunnelEnds) => earlierCases(session, head, tunnel);
    const decision = await decide({ head, isNew, tail, recall, turns, earlier });
    if (isNew && isEmpty(decision)) {
      const forget = `update inbox set case_id = null where delivery in (${places(taking.deliveries.length)})`;
      await session.run(forget, taking.deliveries);
      await session.run("delete from cases where id = ?", [head.id]);
      return { outcome: "no-case" };
    }
    if (found.moves === true && taking.resumesFromAnywhere === true && isEmpty(decision))
      throw new Undo({ outcome: "no-case" });
    erased = (decision.rewrite ?? []).length > 0;
    return { outcome: "taken", ...(await carryOut(session, taking, found, decision, database.now())) };
  });
  if (taken.outcome === "taken") database.announce([taken.head.id]);
  // What was erased also stands in the log of changes; if clearing it fails, the next purge does.
  if (erased) database.scrub().catch(() => undefined);
  return taken;
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
async function seenBefore(session: Session, taking: Taking, caseHere = ""): Promise<Taken> {
  // Deliveries just remembered for the case here may be among them: any other case took it before.
  const sql = `select i.delivery, c.id from inbox i left join cases c on c.id = i.case_id
    where i.delivery in (${places(taking.deliveries.length)}) order by case when i.case_id = ? then 1 else 0 end limit 1`;
  const [row] = await session.all(sql, [...taking.deliveries, caseHere]);
  return row ? { outcome: "repeat", caseId: readText(row, "id") } : { outcome: "no-case" };
}

function isEmpty({ turn, outbox, status, summary, tail, recall }: Decision): boolean {
  const isKept = [status, summary, tail, recall].some((each) => each !== undefined);
  return !turn && !outbox?.length && !isKept;
}

async function carryOut(
  session: Session,
  taking: Taking,
  { head, tail, recall, outgoing, moves = false }: Found,
  decision: Decision,
  now: number,
): Promise<{ readonly head: CaseHead; readonly claimed: readonly Claimed[] }> {
  const { turn, owner } = decision;
  const version = head.version + (turn ? 1 : 0);
  for (const { number, message, echo, person, reply, events } of decision.rewrite ?? []) {
    const packed = [...(await pack({ person, reply })), ...(await pack(events))];
    await session.run(REWRITE_TURN, [message ?? null, echo, ...packed, head.id, number]);
  }
  if (moves) await session.run(PLACE_CASE, [...placeValues(taking.place), head.id]);
  // What another chat called its messages means nothing in this one.
  if (moves && head.place.chat !== taking.place.chat) await session.run(FORGET_MESSAGES, [head.id]);
  if (owner) await session.run(OWN_CASE, [owner.id, owner.name ?? null, head.id]);
  if (turn) {
    const said = { person: { id: taking.person.id, name: taking.person.name }, reply: turn.reply };
    const packed = [...(await pack(said)), ...(await pack(turn.events))];
    await session.run(ADD_TURN, [head.id, version, taking.at, turn.message ?? null, turn.echo, ...packed]);
  }
  const claimed = await putInOutbox(session, taking, decision, { caseId: head.id, after: outgoing, version, now });
  const number = outgoing + (decision.outbox ?? []).length;
  const keptTail = decision.tail ?? (turn ? undefined : tail);
  const changed = changedHead(head, decision, { version, at: taking.at, now });
  const rest = [number, keptTail === undefined ? null : JSON.stringify(keptTail)];
  await moveCase(session, changed, head, rest, { before: recall, after: decision.recall ?? recall });
  return { head: moves ? { ...changed, place: taking.place } : changed, claimed };
}

/** @returns the rows that are claimed with the commit */
async function putInOutbox(
  session: Session,
  { place: here }: Taking,
  { outbox = [], turn, lease }: Decision,
  to: { readonly caseId: string; readonly after: number; readonly version: number; readonly now: number },
): Promise<Claimed[]> {
  if (outbox.length === 0) return [];
  const { caseId, after, version, now } = to;
  const isFirst = lease !== undefined && (await session.all(STILL_WAITING, [caseId])).length === 0;
  const until = isFirst ? (await session.now()) + lease.ms : 0;
  const claimed: Claimed[] = [];
  for (const [index, { body, answerBy, place = here }] of outbox.entries()) {
    const number = after + index + 1;
    const itsTurn = turn ? version : 0;
    const row = [caseId, number, ...placeValues(place), itsTurn, isFirst ? 1 : 0, now, until];
    await session.run(ADD_OUTGOING, [...row, isFirst ? lease.owner : null, answerBy ?? null, ...(await pack(body))]);
    if (!isFirst) continue;
    const id = outgoingId(caseId, number);
    claimed.push({ id, caseId, place, turn: itsTurn, attempt: 1, body, answerBy, owner: lease.owner, createdAt: now });
  }
  return claimed;
}

function changedHead(
  head: CaseHead,
  { status = head.status, summary = head.summary, owner: openedBy = head.openedBy }: Decision,
  to: { readonly version: number; readonly at: number; readonly now: number },
): CaseHead {
  const closedAt = status === "open" ? undefined : (head.closedAt ?? to.now);
  const changedAt = Math.max(head.changedAt, to.at);
  return { ...head, openedBy, status, summary, closedAt, changedAt, version: to.version };
}

/**
 * Columns with an index are written only where they change: SQLite writes the entry of each index anew whose columns are
 * named, and that costs pages of every commit.
 */
async function moveCase(
  session: Session,
  head: CaseHead,
  before: CaseHead,
  rest: readonly Value[],
  recall: { readonly before: CaseRecall | undefined; readonly after: CaseRecall | undefined },
): Promise<void> {
  const moved = [head.version, head.changedAt, ...rest];
  const told = (keys: readonly (keyof CaseSummary)[]) => keys.map((key) => head.summary[key] ?? null);
  const isSame = (keys: readonly (keyof CaseSummary)[]) =>
    keys.every((key) => head.summary[key] === before.summary[key]);
  const [was, is] = [recall.before, recall.after].map((each) => each && JSON.stringify(each));
  if (head.status !== before.status || head.closedAt !== before.closedAt || !isSame(FOUND_BY)) {
    const values = [...moved, head.status, head.closedAt ?? null, ...told(FOUND_BY), ...told(TOLD)];
    await session.run(REWRITE_CASE, [...values, is ?? null, head.id]);
  } else if (is !== was || !isSame(TOLD)) {
    await session.run(RETELL_CASE, [...moved, ...told(TOLD), is ?? null, head.id]);
  } else {
    await session.run(MOVE_CASE, [...moved, head.id]);
  }
}

/** What has an index, and what has none; in the order of REWRITE_CASE. */
const FOUND_BY = ["peer", "cause"] as const satisfies readonly (keyof CaseSummary)[];
const TOLD = [
  "symptom",
  "verdict",
  "title",
  "own",
  "fix",
  "asked",
  "foundAt",
  "fixedAt",
] as const satisfies readonly (keyof CaseSummary)[];

/** A case's turns with a number above `after`, in order. */
export async function readTurns(reader: Reader, caseId: string, after: number): Promise<readonly StoredTurn[]> {
  const sql = `select ${TURN_COLUMNS} from turns where case_id = ? and number > ? order by number`;
  const turns: StoredTurn[] = [];
  for (const row of await reader.all(sql, [caseId, after])) turns.push(await readTurn(row));
  return turns;
}
