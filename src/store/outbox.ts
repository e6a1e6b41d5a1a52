import type { OutgoingBody } from "../domain/chat.ts";
import { type Database, places, type Value } from "./database.ts";
import { readNumber, readOutgoing, readText } from "./rows.ts";
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
  const due = `select o.id, o.case_id, o.chat, o.workspace, o.thread, o.turn, o.attempt, o.created_at, o.answer_by, o.body, o.body_zip
    from outbox o
    where o.state = 'waiting' and o.due_at <= ? and o.chat in (${places(chats.length)})
      and not exists (select 1 from outbox e
        where e.case_id = o.case_id and e.chat = o.chat and e.state = 'waiting' and e.id < o.id)
    order by o.due_at, o.id limit ?${database.forUpdateSkipLocked}`;
  return database.write(async (session) => {
    const now = await session.now();
    const rows = await session.all(due, [now, ...chats, limit]);
    const claimed: Claimed[] = [];
    for (const row of rows) claimed.push(await readOutgoing(row, lease.owner));
    if (claimed.length > 0) {
      const sql = `update outbox set owner = ?, attempt = attempt + 1, due_at = ? where id in (${places(claimed.length)})`;
      await session.run(sql, [lease.owner, now + lease.ms, ...claimed.map(({ id }) => Number(id))]);
    }
    return claimed;
  });
}

/** The claim still stands: nobody claimed the row since, and nobody settled it. */
const HELD = "where id = ? and owner = ? and attempt = ? and state = 'waiting'";

function held({ id, owner, attempt }: Claimed): Value[] {
  return [Number(id), owner, attempt];
}

/** The text of what was sent is not needed any more: the turn has it. */
const SENT = `update outbox set state = 'sent', owner = null, reference = ?, answer_by = null, body = null, body_zip = null ${HELD}`;
const LATER = `update outbox set owner = null, reason = ?, due_at = ? ${HELD}`;
const DEAD = `update outbox set state = 'dead', owner = null, reason = ? ${HELD}`;

export async function sent(database: Database, claimed: Claimed, reference: string | undefined): Promise<boolean> {
  return database.write(async (session) => (await session.run(SENT, [reference ?? null, ...held(claimed)])) === 1);
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

const LAST_REFERENCE = `select reference from outbox
  where case_id = ? and type = ? and state = 'sent' and reference is not null order by id desc limit 1`;

export async function lastReference(
  database: Database,
  caseId: string,
  type: OutgoingBody["type"],
): Promise<string | undefined> {
  const [row] = await database.all(LAST_REFERENCE, [caseId, type]);
  return readText(row, "reference");
}
