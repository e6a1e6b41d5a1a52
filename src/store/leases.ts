import type { Database } from "./database.ts";
import type { Lease } from "./store.ts";

const HOLD = `insert into leases (name, owner, until) values (?, ?, ?)
  on conflict (name) do update set owner = excluded.owner, until = excluded.until
  where leases.owner = excluded.owner or leases.until <= ?`;

/** Takes or renews a named lease; false while another owner holds it. */
export async function hold(database: Database, name: string, { owner, ms }: Lease): Promise<boolean> {
  return database.write(async (session) => {
    const now = await session.now();
    return (await session.run(HOLD, [name, owner, now + ms, now])) === 1;
  });
}

export async function letGo(database: Database, name: string, owner: string): Promise<void> {
  await database.write((session) => session.run("delete from leases where name = ? and owner = ?", [name, owner]));
}
