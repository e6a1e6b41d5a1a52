import { setTimeout } from "node:timers/promises";
import type { ClientBase, Pool, PoolClient } from "pg";
import { StoreUnavailable } from "../domain/chat.ts";
import { bindable, type Database, type Row, type Session, StoreRefused, Undo, type Value } from "./database.ts";
import { migrate } from "./migrate.ts";
import { MIGRATIONS } from "./migrations.ts";
import { commitFailure, MayRepeat, postgresFailure } from "./postgres-failures.ts";
import { openPool } from "./postgres-pool.ts";
import { postgresWatch } from "./postgres-watch.ts";

const TRIES = 5;
/** Grows with each try; half of it by chance, so that two don't meet again. */
const PAUSE_MS = 10;

/** A connection that doesn't even roll back is thrown away. */
const ROLLBACK_MS = 2_000;

/** All processes that bring a schema up to date ask for this one: "tm". */
const MIGRATION_LOCK = 0x746d;

/** Connects, brings the schema up to date. `now` is for tests: it replaces the server's clock as well. */
export async function openPostgres(
  databaseUrl: string,
  now: (() => number) | undefined,
  migrations = MIGRATIONS,
): Promise<Database> {
  const pool = await openPool(databaseUrl);
  try {
    const steps = migrations.map(({ number, postgres }) => ({ number, sql: postgres }));
    await migrate(steps, (work) => once(pool, (client) => locked(client, work)));
    return postgresDatabase(pool, databaseUrl, now);
  } catch (error) {
    await pool.end();
    throw postgresFailure(error);
  }
}

async function locked(client: ClientBase, work: Parameters<Parameters<typeof migrate>[1]>[0]): Promise<boolean> {
  const ask = (sql: string) => query(client, sql, []);
  // A step may take long, and so may waiting for another process that takes it.
  await ask("set local statement_timeout = 0");
  await ask(`select pg_advisory_xact_lock(${MIGRATION_LOCK})`);
  return work({ exec: async (sql) => void (await client.query(sql)), all: async (sql) => (await ask(sql)).rows });
}

function postgresDatabase(pool: Pool, databaseUrl: string, now: (() => number) | undefined): Database {
  const read = async (sql: string, values: readonly Value[]) => {
    const { rows } = await query(pool, sql, values);
    return rows;
  };
  const all = (sql: string, values: readonly Value[]) => repeating(() => read(sql, values));
  const { announce, watch, stop } = postgresWatch(pool, databaseUrl, all);
  return {
    forUpdate: " for update",
    forUpdateSkipLocked: " for update of o skip locked",
    unindexed: "",
    now: now ?? Date.now,
    sharedNow: async () => now?.() ?? Number((await all(CLOCK, []))[0]?.["now"]),
    all,
    write: (work) => repeating(() => once(pool, (client) => work(sessionOf(client, now)))),
    // Deleted rows are PostgreSQL's own to clear away (autovacuum).
    scrub: async () => undefined,
    announce,
    watch,
    backup: async () => {
      throw new Error('PostgreSQL has tools of its own for this: pg_dump --format=custom --file=FILE "$DATABASE_URL"');
    },
    async close() {
      await stop();
      await pool.end();
    },
  };
}

const CLOCK = "select (extract(epoch from clock_timestamp()) * 1000)::bigint as now";

function sessionOf(client: ClientBase, now: (() => number) | undefined): Session {
  return {
    all: async (sql, values) => (await query(client, sql, values)).rows,
    run: async (sql, values) => (await query(client, sql, values)).rowCount ?? 0,
    now: async () => now?.() ?? Number((await query(client, CLOCK, [])).rows[0]?.["now"]),
  };
}

async function repeating<T>(work: () => Promise<T>): Promise<T> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await work();
    } catch (error) {
      // A refusal is for a person at the start; later, for all who wait, the store is just not to be had.
      if (error instanceof StoreRefused) throw new StoreUnavailable(error.message);
      if (!(error instanceof MayRepeat)) throw error;
      if (tried === TRIES) throw new StoreUnavailable(error.message);
      await setTimeout(PAUSE_MS * 2 ** tried * (0.5 + Math.random() / 2));
    }
  }
}

/** One transaction; what `work` throws rolls back. */
async function once<T>(pool: Pool, work: (client: ClientBase) => Promise<T>): Promise<T> {
  const client = await connect(pool);
  let isBroken = false;
  try {
    await query(client, "begin", []);
    const value = await work(client);
    await commit(client);
    return value;
  } catch (error) {
    isBroken = !(await rollback(client));
    if (error instanceof Undo) return error.value;
    throw error;
  } finally {
    client.release(isBroken);
  }
}

async function connect(pool: Pool): Promise<PoolClient> {
  try {
    return await pool.connect();
  } catch (error) {
    const failure = postgresFailure(error);
    // Trying again at once would only wait as long again.
    throw failure instanceof MayRepeat ? new StoreUnavailable(failure.message) : failure;
  }
}

async function commit(client: ClientBase): Promise<void> {
  const result = await client.query("commit").catch((error: unknown) => {
    throw commitFailure(error);
  });
  // After a statement failed, PostgreSQL answers a commit by rolling back, without an error.
  if (result.command !== "COMMIT")
    throw new StoreUnavailable("nothing was kept: PostgreSQL: a statement before the commit had failed");
}

/** @returns false where the connection is of no more use; ending it rolls back as well. */
async function rollback(client: ClientBase): Promise<boolean> {
  const isDone = client.query("rollback").then(
    () => true,
    () => false,
  );
  const timer = new AbortController();
  const isLate = setTimeout(ROLLBACK_MS, false, { signal: timer.signal }).catch(() => false);
  return Promise.race([isDone, isLate]).finally(() => timer.abort());
}

/** Statements as the driver wants them: `$1` for `?`, and a name, so that each is parsed once a connection. */
const statements = new Map<string, { readonly name: string; readonly text: string }>();

async function query(
  client: ClientBase | Pool,
  sql: string,
  values: readonly Value[],
): Promise<{ readonly rows: readonly Row[]; readonly rowCount: number | null }> {
  let statement = statements.get(sql);
  if (!statement) {
    let count = 0;
    const text = sql.replaceAll("?", () => {
      count += 1;
      return `$${count}`;
    });
    statement = { name: `s${statements.size}`, text };
    statements.set(sql, statement);
  }
  try {
    return await client.query<Row>({ ...statement, values: values.map(bindable) });
  } catch (error) {
    throw postgresFailure(error);
  }
}
