import { z } from "zod";
import { type Database, places } from "./database.ts";

const OWNERS = `select owner from outbox where state = 'waiting' and owner is not null
  union select owner from leases`;
const Owners = z.array(z.object({ owner: z.string() }));

/** See `Store.freeFrom`. */
export async function freeFrom(database: Database, isGone: (owner: string) => boolean): Promise<number> {
  const owners = Owners.parse(await database.all(OWNERS, [])).map(({ owner }) => owner);
  const gone = owners.filter(isGone);
  if (gone.length === 0) return 0;
  return database.write(async (session) => {
    const theirs = `owner in (${places(gone.length)})`;
    await session.run(`delete from leases where ${theirs}`, gone);
    // The try counts: it may have been what the process died of.
    return session.run(`update outbox set owner = null, due_at = 0 where state = 'waiting' and ${theirs}`, gone);
  });
}
