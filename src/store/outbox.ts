import { z } from "zod";
import type { OutgoingBody } from "../domain/chat.ts";
import { type Database, places, type Value } from "./database.ts";
import { outgoingNumber, readNumber, readOutgoing, readText } from "./rows.ts";
import type { Claimed, Lease, OutboxFigures } from "./store.ts";

/**
 * A row waits until `due_at`. Who claims it moves that to the end of the lease, so a claim that is never settled falls due
 * again by itself; owner and attempt tell the claims apart.
 */
export async function claim(
  database: Database,
  lease: Lease,
  chats: readonly string[],
  limit: number,
): Promise<readonly Claimed[]> {
  if (chats.length === 0 || limit < 1) return [];
  // Most looks find nothing, and a look needs no writer.
  const waiting = `select 1 from outbox o where o.state = 'waiting' and o.due_at <= ? and o.chat in (${places(chats.length)}) limit 1`;
  if ((await database.all(waiting, [await database.sharedNow(), ...chats])).length === 0) return [];
  // The heads are found in one walk: thousands that wait, or were given up, in one case cost no more than as many cases.
  const due = `select o.case_id, o.number from outbox o
    join (select case_id, min(number) as head from outbox
      where state = 'waiting' and chat in (${places(chats.length)}) group by case_id, chat) h
      on h.case_id = o.case_id and h.head = o.number
    where o.state = 'waiting' and o.due_at <= ?
    order by o.created_at, o.case_id, o.number limit ?${database.forUpdateSkipLocked}`;
  return database.write(async (session) => {
    const now = await session.now();
    const rows = Keys.parse(await session.all(due, [...chats, now, limit]));
    const claimed: Claimed[] = [];
    for (const { case_id: caseId, number } of rows) {
      const [row] = await session.all(HOLD, [lease.owner, now + lease.ms, caseId, number]);
      if (row) claimed.push(await readOutgoing(row, lease.owner));
    }
    return claimed;
  });
}

const Keys = z.array(z.object({ case_id: z.string(), number: z.number() }));

const HOLD = `update outbox set owner = ?, attempt = attempt + 1, due_at = ? where case_id = ? and number = ?
  returning case_id, number, chat, workspace, thread, turn, attempt, created_at, answer_by, body, body_zip`;

/** The claim still stands: nobody claimed the row since, and nobody settled it. */
const HELD = "where case_id = ? and number = ? and owner = ? and attempt = ? and state = 'waiting'";

function held({ caseId, id, owner, attempt }: Claimed): Value[] {
  return [caseId, outgoingNumber(id), owner, attempt];
}

/** What was sent is not needed any more: its turn has the words, its case the chat's id of it. */
const SENT = `delete from outbox ${HELD}`;
const REFER = {
  reply: "update cases set last_reply = ? where id = ?",
  status: "update cases set last_status = ? where id = ?",
  "hand-off": "update cases set last_hand_off = ? where id = ?",
} as const;
const LATER = `update outbox set owner = null, reason = ?, due_at = ? ${HELD}`;
const DEAD = `update outbox set state = 'dead', owner = null, reason = ? ${HELD}`;

const RELEASE = `update outbox set owner = null, attempt = attempt - 1, due_at = 0 ${HELD}`;

export async function release(database: Database, claimed: readonly Claimed[]): Promise<void> {
  await database.write(async (session) => {
    for (const each of claimed) await session.run(RELEASE, held(each));
  });
}

export async function sent(database: Database, claimed: Claimed, reference: string | undefined): Promise<boolean> {
  return database.write(async (session) => {
    if ((await session.run(SENT, held(claimed))) !== 1) return false;
    if (reference !== undefined) await session.run(REFER[claimed.body.type], [reference, claimed.caseId]);
    return true;
  });
}

export async function notSent(
  database: Database,
  claimed: Claimed,
  retry: { readonly retryMs: number } | "dead",
  reason: string,
): Promise<boolean> {
  return database.write(async (session) => {
    if (retry === "dead") return (await session.run(DEAD, [reason, ...held(claimed)])) === 1;
    const dueAt = (await session.now()) + Math.round(retry.retryMs);
    return (await session.run(LATER, [reason, dueAt, ...held(claimed)])) === 1;
  });
}

const FIGURES = `select
  (select count(*) from outbox where state = 'waiting') as waiting,
  (select count(*) from outbox where state = 'dead') as dead,
  (select min(created_at) from outbox where state = 'waiting') as oldest`;

export async function outboxFigures(database: Database): Promise<OutboxFigures> {
  const [row] = await database.all(FIGURES, []);
  const oldest = readNumber(row, "oldest");
  return {
    waiting: readNumber(row, "waiting") ?? 0,
    dead: readNumber(row, "dead") ?? 0,
    oldestMs: oldest === undefined ? 0 : Math.max(0, database.now() - oldest),
  };
}

const LAST_REFERENCE = {
  reply: "select last_reply as reference from cases where id = ?",
  status: "select last_status as reference from cases where id = ?",
  "hand-off": "select last_hand_off as reference from cases where id = ?",
} as const;

export async function lastReference(
  database: Database,
  caseId: string,
  type: OutgoingBody["type"],
): Promise<string | undefined> {
  const [row] = await database.all(LAST_REFERENCE[type], [caseId]);
  return readText(row, "reference");
}
