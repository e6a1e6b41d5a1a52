import { z } from "zod";
import { type Database, places } from "./database.ts";

/** Cases in one transaction: others wait no longer than this takes. */
const CASES_AT_ONCE = 50;
const DELIVERIES_AT_ONCE = 1_000;

/** A chat delivers again within minutes, a replica that was cut off within days. */
const DELIVERIES_KEPT_MS = 7 * 24 * 3_600_000;

/** Removes cases closed before `closedBefore`, and deliveries seen before `seenBefore` and a week ago. */
export async function purge(
  database: Database,
  limits: { readonly closedBefore: number; readonly seenBefore: number },
): Promise<number> {
  let cases = 0;
  for (let removed = Number.NaN; removed !== 0; cases += removed)
    removed = await purgeCases(database, limits.closedBefore);
  const seenBefore = Math.min(limits.seenBefore, database.now() - DELIVERIES_KEPT_MS);
  const deliveries = await purgeDeliveries(database, seenBefore);
  if (cases + deliveries > 0) await database.scrub();
  return cases;
}

const Ids = z.array(z.object({ id: z.string() }));

async function purgeCases(database: Database, closedBefore: number): Promise<number> {
  const old = `select id from cases o where status = 'closed' and closed_at < ?
    order by closed_at limit ${CASES_AT_ONCE}${database.forUpdateSkipLocked}`;
  return database.write(async (session) => {
    const ids = Ids.parse(await session.all(old, [closedBefore])).map(({ id }) => id);
    if (ids.length === 0) return 0;
    const these = places(ids.length);
    await session.run(`delete from outbox where case_id in (${these})`, ids);
    await session.run(`delete from turns where case_id in (${these})`, ids);
    return session.run(`delete from cases where id in (${these})`, ids);
  });
}

const Deliveries = z.array(z.object({ delivery: z.string(), seen_at: z.number() }));

/** In the order of their ids, from end to end: there is no index on the time, as every message would have to write it. */
async function purgeDeliveries(database: Database, seenBefore: number): Promise<number> {
  const sql = `select delivery, seen_at from inbox where delivery > ? order by delivery limit ${DELIVERIES_AT_ONCE}`;
  let removed = 0;
  for (let after: string | undefined = ""; after !== undefined; ) {
    const rows: z.infer<typeof Deliveries> = Deliveries.parse(await database.all(sql, [after]));
    const old = rows.filter((row) => row.seen_at < seenBefore).map(({ delivery }) => delivery);
    const remove = `delete from inbox where delivery in (${places(old.length)})`;
    if (old.length > 0) removed += await database.write((session) => session.run(remove, old));
    after = rows.at(-1)?.delivery;
  }
  return removed;
}
