import { StoreUnavailable } from "../domain/chat.ts";
import { StoreRefused } from "./database.ts";

/** Result codes by their beginning: https://www.sqlite.org/rescode.html */
const MEANING: readonly (readonly [string, string])[] = [
  ["SQLITE_FULL", "the disk is full"],
  ["SQLITE_READONLY", "the database file or its directory cannot be written"],
  ["SQLITE_CANTOPEN", "the database file or a file beside it cannot be opened"],
  ["SQLITE_BUSY", "another process keeps the database locked"],
  ["SQLITE_LOCKED", "another process keeps the database locked"],
  ["SQLITE_IOERR", "the disk refused to read or write"],
  ["SQLITE_CORRUPT", "the database file is damaged: restore a backup"],
  ["SQLITE_NOTADB", "the file is not a database"],
  ["SQLITE_NOMEM", "out of memory"],
  ["SQLITE_TOOBIG", "the text is too large to be kept"],
];

/** The result code of an error of the engine, undefined of any other. */
export function sqliteCode(error: unknown): string | undefined {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return typeof code === "string" && code.startsWith("SQLITE_") ? code : undefined;
}

/** Errors of the engine as StoreUnavailable, in words that hold nothing of the statement; any other as it is. */
export function sqliteFailure(error: unknown): unknown {
  const code = sqliteCode(error);
  if (code === undefined) return error;
  const meaning = MEANING.find(([beginning]) => code.startsWith(beginning))?.[1] ?? "SQLite failed";
  return new StoreUnavailable(`nothing was kept: ${meaning} (${code})`);
}

/** What went wrong while opening `file`, with the remedy. */
export function openingFailure(error: unknown, file: string): unknown {
  const code = sqliteCode(error) ?? systemCode(error);
  if (code === "SQLITE_NOTADB") return new StoreRefused(`${file} is not a SQLite database: move it away`);
  if (code?.startsWith("SQLITE_CORRUPT")) return new StoreRefused(`${file} is damaged: restore a backup`);
  if (code === "EACCES" || code === "EPERM" || code === "EROFS" || code?.startsWith("SQLITE_READONLY"))
    return new StoreRefused(
      `${file} cannot be written: let this user write the file and its directory, or set DATA_DIR to another`,
    );
  if (code === "ENOSPC" || code === "SQLITE_FULL")
    return new StoreRefused(`${file} cannot be made, as the disk is full: free some space`);
  if (code?.startsWith("SQLITE_CANTOPEN") || /^E[A-Z]+$/.test(code ?? ""))
    return new StoreRefused(`${file} cannot be opened (${code}): set DATA_DIR to a directory that can be written`);
  if (isMissingModule(error))
    return new StoreRefused(
      "the SQLite module was not built for this Node.js: run `npm rebuild better-sqlite3` (its install script must be allowed), or set DATABASE_URL to a PostgreSQL server",
    );
  return sqliteFailure(error);
}

function systemCode(error: unknown): string | undefined {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return typeof code === "string" ? code : undefined;
}

/** Not installed, installed without its native part, or built for another Node.js. */
function isMissingModule(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = systemCode(error);
  return (
    code === "ERR_DLOPEN_FAILED" ||
    code === "ERR_MODULE_NOT_FOUND" ||
    code === "MODULE_NOT_FOUND" ||
    error.message.startsWith("Could not locate the bindings file")
  );
}
