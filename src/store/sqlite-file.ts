import { chmodSync, closeSync, fsyncSync, mkdirSync, openSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout } from "node:timers/promises";
import type Connection from "better-sqlite3";
import { StoreRefused } from "./database.ts";
import { openingFailure, sqliteCode } from "./sqlite-failures.ts";

/** While another process writes we wait in small steps, so that our own events go on in between. */
const BUSY_STEP_MS = 100;
const BUSY_MS = 15_000;

/** The file's one writer, and a second connection that sees only what is committed. */
export interface SqliteFile {
  readonly file: string;
  readonly writer: Connection.Database;
  readonly reader: Connection.Database;
}

/**
 * Opens the file, or makes it (mode 0600), with every commit on the disk before it returns.
 * @throws StoreRefused with the remedy.
 */
export async function openSqliteFile(file: string): Promise<SqliteFile> {
  try {
    const { default: Sqlite } = await import("better-sqlite3");
    makeFile(file);
    const writer = new Sqlite(file, { timeout: BUSY_STEP_MS });
    try {
      await whileBusy(() => setUp(writer, file));
      return { file, writer, reader: new Sqlite(file, { readonly: true, timeout: BUSY_STEP_MS }) };
    } catch (error) {
      writer.close();
      throw error;
    }
  } catch (error) {
    throw openingFailure(error, file);
  }
}

function makeFile(file: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  closeSync(openSync(file, "a", 0o600));
  // The files beside it take its mode.
  if ((statSync(file).mode & 0o077) !== 0) chmodSync(file, 0o600);
  const directory = openSync(dirname(file), "r");
  try {
    fsyncSync(directory);
  } finally {
    closeSync(directory);
  }
}

function setUp(writer: Connection.Database, file: string): void {
  // Before the first table, or it has no effect.
  writer.pragma("auto_vacuum = incremental");
  demand(writer, file, "journal_mode", "wal", "keeps no write-ahead log there: DATA_DIR must be on a local disk");
  // The module's own default in this mode is NORMAL, which loses the last commits in a power cut.
  demand(writer, file, "synchronous", 2, "cannot be made to wait for the disk");
  if (process.platform === "darwin") demand(writer, file, "fullfsync", 1, "cannot be made to wait for the disk");
  demand(writer, file, "foreign_keys", 1, "cannot check references");
  demand(writer, file, "secure_delete", 1, "cannot overwrite what is deleted");
  // What a savepoint may take back: otherwise each shared commit writes, and deletes, a temporary file.
  writer.pragma("temp_store = memory");
}

const SETTING: Readonly<Record<string, string>> = { wal: "wal", "1": "on", "2": "full" };

/** Sets a pragma and reads it back: SQLite ignores what it doesn't know. */
function demand(
  writer: Connection.Database,
  file: string,
  pragma: string,
  wanted: string | number,
  fault: string,
): void {
  writer.pragma(`${pragma} = ${SETTING[String(wanted)]}`);
  const found = writer.pragma(pragma, { simple: true });
  if (found !== wanted) throw new StoreRefused(`${file} ${fault} (${pragma} is ${String(found)})`);
}

/** Tries again while another process has the file. */
export async function whileBusy<T>(work: () => T): Promise<T> {
  const until = performance.now() + BUSY_MS;
  for (;;) {
    try {
      return work();
    } catch (error) {
      const isBusy = sqliteCode(error)?.startsWith("SQLITE_BUSY") === true;
      if (!isBusy || performance.now() > until) throw error;
      await setTimeout(10);
    }
  }
}
