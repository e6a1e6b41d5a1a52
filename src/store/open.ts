import { join } from "node:path";
import { sqlStore } from "./sql-store.ts";
import type { Store } from "./store.ts";

export interface StoreSettings {
  /** `postgres://…`; without it SQLite in `dataDir`. */
  readonly databaseUrl?: string | undefined;
  readonly dataDir: string;
  /** Milliseconds since 1970. Only for tests: it also replaces the clock of a PostgreSQL server. */
  readonly now?: (() => number) | undefined;
}

/** The embedded database in `DATA_DIR`. */
export const SQLITE_FILE = "tunnelmedic.db";

/**
 * Opens the store and brings its schema up to date. Only the engine that is used is loaded.
 * @throws StoreRefused where a person has to change something first, StoreUnavailable where waiting may help.
 */
export async function openStore({ databaseUrl, dataDir, now }: StoreSettings): Promise<Store> {
  if (databaseUrl) {
    const { openPostgres } = await import("./postgres.ts");
    return sqlStore(await openPostgres(databaseUrl, now));
  }
  const { openSqlite } = await import("./sqlite.ts");
  return sqlStore(await openSqlite(join(dataDir, SQLITE_FILE), now ?? Date.now));
}
