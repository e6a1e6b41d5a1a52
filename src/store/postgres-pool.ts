import type { ClientBase, Pool } from "pg";
import { z } from "zod";
import { StoreUnavailable } from "../domain/chat.ts";
import { StoreRefused } from "./database.ts";
import { postgresFailure } from "./postgres-failures.ts";

const CONNECTIONS = 10;
const CONNECT_MS = 5_000;
/** A statement waits as long for a case that another replica has. */
const STATEMENT_MS = 10_000;
/** Where the server does not even say that it took too long. */
const ANSWER_MS = 15_000;
/** A transaction whose process hangs gives its case back. */
const IDLE_IN_TRANSACTION_MS = 60_000;

const OLDEST = 140_000;

/** Counts and times are far below 2^53; as text they would compare wrongly. */
const BIGINT = 20;

/** @throws StoreRefused where the address can't be one; nothing connects yet. */
export async function openPool(databaseUrl: string): Promise<Pool> {
  checkAddress(databaseUrl);
  const { default: pg } = await import("pg").catch(() => {
    throw new StoreRefused("the PostgreSQL driver is not installed: run `npm install`");
  });
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    application_name: "tunnelmedic",
    max: CONNECTIONS,
    connectionTimeoutMillis: CONNECT_MS,
    statement_timeout: STATEMENT_MS,
    query_timeout: ANSWER_MS,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
    keepAlive: true,
    types: { getTypeParser: (oid, format) => (oid === BIGINT ? Number : pg.types.getTypeParser(oid, format)) },
    verify: (client, done) => void verifySettings(client).then(() => done(), done),
  });
  // A connection that dies while idle is replaced; one that dies in use fails its statement. Unheard, either would end us.
  pool.on("error", () => undefined);
  pool.on("connect", (client) => client.on("error", () => undefined));
  return pool;
}

function checkAddress(databaseUrl: string): void {
  const url = URL.canParse(databaseUrl) ? new URL(databaseUrl) : undefined;
  if (url?.protocol !== "postgres:" && url?.protocol !== "postgresql:")
    throw new StoreRefused("DATABASE_URL is not of the form postgres://user:password@host:5432/database");
}

const Settings = z.object({ version: z.number(), fsync: z.string(), commit: z.string(), standby: z.boolean() });
const SETTINGS = `select current_setting('server_version_num')::int as version, current_setting('fsync') as fsync,
  current_setting('synchronous_commit') as commit, pg_is_in_recovery() as standby`;

/** Each new connection: after a failover it may be another server. */
async function verifySettings(client: ClientBase): Promise<void> {
  const rows = await client.query(SETTINGS).then(
    (result) => result.rows,
    (error: unknown) => {
      throw postgresFailure(error);
    },
  );
  const { version, fsync, commit, standby } = Settings.parse(rows[0]);
  if (version < OLDEST)
    throw new StoreRefused(`PostgreSQL is too old (${Math.floor(version / 10_000)}): 14 or newer is needed`);
  if (fsync !== "on")
    throw new StoreRefused("PostgreSQL runs with fsync off, which loses what was acknowledged: turn it on");
  if (commit === "off")
    throw new StoreRefused(
      "PostgreSQL has synchronous_commit off for this user, which loses what was acknowledged: turn it on",
    );
  if (standby) throw new StoreUnavailable("nothing was kept: PostgreSQL: it is read-only: a standby");
}
