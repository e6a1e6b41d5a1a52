/** The seam below the store: what SQLite and PostgreSQL each do in their own way. */

export type Value = string | number | null | Uint8Array;
/** As the engine gives it; rows.ts checks it. */
export type Row = Readonly<Record<string, unknown>>;

/** Statements with `?` for each value, and no other question mark. */
export interface Reader {
  all(sql: string, values: readonly Value[]): Promise<readonly Row[]>;
}

/** Inside one transaction. */
export interface Session extends Reader {
  /** @returns how many rows it changed. */
  run(sql: string, values: readonly Value[]): Promise<number>;
  /** Milliseconds since 1970 by the clock that all processes share: the server's, where there is one. */
  now(): Promise<number>;
}

export interface Database extends Reader {
  /** Appended to a select, so that what it finds stays as it is until the transaction ends. */
  readonly forUpdate: string;
  /** The same for the rows of `outbox o`, passing over what others hold. */
  readonly forUpdateSkipLocked: string;
  /** In front of a column: no index by it, where the engine has no figures to choose by. */
  readonly unindexed: string;
  /** Milliseconds since 1970 by this process's clock. */
  now(): number;
  /** The same by the clock that all processes share. */
  sharedNow(): Promise<number>;
  /** Outside any transaction: only what is committed. */
  all(sql: string, values: readonly Value[]): Promise<readonly Row[]>;
  /**
   * One transaction, committed when the promise resolves. `work` may run again, if the transaction has to be repeated.
   * What it throws rolls back and is thrown on; `Undo` rolls back and resolves.
   * @throws StoreUnavailable where the database failed.
   */
  write<T>(work: (session: Session) => Promise<T>): Promise<T>;
  /** After rows were deleted: their bytes leave the file, where the file is ours. */
  scrub(): Promise<void>;
  /** Tells other listeners that these cases changed; best effort. */
  announce(caseIds: readonly string[]): void;
  watch(changed: (caseId: string) => void): () => void;
  backup(file: string): Promise<void>;
  close(): Promise<void>;
}

/** Thrown inside `write` to roll back and still give its caller a value. */
export class Undo<T> {
  readonly value: T;
  constructor(value: T) {
    this.value = value;
  }
}

/** The database can't be used as it stands, and waiting won't help: the message says what to change. */
export class StoreRefused extends Error {
  override readonly name = "StoreRefused";
}

/** A text that both engines can hold: PostgreSQL's has no NUL. */
export function bindable(value: Value): Value {
  return typeof value === "string" && value.includes("\0") ? value.replaceAll("\0", "\ufffd") : value;
}

/** "?, ?, ?" */
export function places(count: number): string {
  return Array.from({ length: count }, () => "?").join(", ");
}
