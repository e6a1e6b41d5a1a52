/** The service's own store, for the commands that look into it: DATABASE_URL or DATA_DIR, read as the service does. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { StoreUnavailable } from "../domain/chat.ts";
import { readSettings, WrongSettings } from "../main/env.ts";
import { StoreRefused } from "../store/database.ts";
import { openStore, SQLITE_FILE } from "../store/open.ts";
import type { Store } from "../store/store.ts";
import { UsageError } from "./arguments.ts";

/**
 * Opens the store, works with it, closes it. The service may run meanwhile.
 * @throws UsageError with one line, where there is no store or it can't be used as it stands
 */
export async function withStore<T>(work: (store: Store) => Promise<T>): Promise<T> {
  try {
    // Only what concerns the store: a wrong token of a chat is none of its affairs.
    const { DATABASE_URL, DATA_DIR } = process.env;
    const { databaseUrl, dataDir } = readSettings({ DATABASE_URL, DATA_DIR });
    // Opening would make an empty one.
    if (databaseUrl === undefined && !existsSync(join(dataDir, SQLITE_FILE)))
      throw new UsageError(`there is no ${SQLITE_FILE} in DATA_DIR; set DATA_DIR or DATABASE_URL as for npm start`);
    const store = await openStore({ databaseUrl, dataDir });
    try {
      return await work(store);
    } finally {
      await store.close();
    }
  } catch (error) {
    if (error instanceof WrongSettings) throw new UsageError(error.lines.join("; "));
    if (error instanceof StoreRefused) throw new UsageError(error.message);
    // Nothing was to be kept here.
    if (error instanceof StoreUnavailable) throw new UsageError(error.message.replace(/^nothing was kept: /, ""));
    throw error;
  }
}
