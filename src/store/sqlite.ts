import { closeSync, fsyncSync, openSync, rmSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { setImmediate } from "node:timers/promises";
import type Connection from "better-sqlite3";
import { StoreUnavailable } from "../domain/chat.ts";
import { bindable, type Database, type Row, type Session, type Value } from "./database.ts";
import { migrate } from "./migrate.ts";
import { MIGRATIONS } from "./migrations.ts";
import { sqliteFailure } from "./sqlite-failures.ts";
import { openSqliteFile, type SqliteFile, whileBusy } from "./sqlite-file.ts";
import { sqliteWatch } from "./sqlite-watch.ts";
import { type Transactions, WriteQueue } from "./write-queue.ts";

/** Opens the file, brings its schema up to date. */
export async function openSqlite(file: string, now: () => number, migrations = MIGRATIONS): Promise<Database> {
  const opened = await openSqliteFile(file);
  try {
    const transactions = transactionsOf(opened);
    const steps = migrations.map(({ number, sqlite }) => ({ number, sql: sqlite }));
    await migrate(steps, async (work) => {
      await transactions.begin();
      try {
        const more = await work(migrating(opened.writer));
        transactions.commit();
        return more;
      } finally {
        if (transactions.isOpen()) transactions.rollback();
      }
    });
    return sqliteDatabase(opened, transactions, now);
  } catch (error) {
    opened.reader.close();
    opened.writer.close();
    throw sqliteFailure(error);
  }
}

function migrating(writer: Connection.Database) {
  return {
    exec: async (sql: string) => {
      writer.exec(sql);
    },
    all: async (sql: string) => readRows(writer.prepare(sql), []),
  };
}

function sqliteDatabase(opened: SqliteFile, transactions: Transactions, now: () => number): Database {
  const { file, writer, reader } = opened;
  const queue = new WriteQueue(transactions);
  const read = prepared(reader);
  const session = sessionOf(writer, now);
  const { announce, watch, stop } = sqliteWatch(opened, queue);
  return {
    forUpdate: "",
    forUpdateSkipLocked: "",
    unindexed: "+",
    now,
    sharedNow: async () => now(),
    all: async (sql, values) => failing(() => readRows(read(sql), values)),
    write: (work) => queue.write(() => work(session)),
    scrub: () => scrub(writer, queue),
    announce,
    watch,
    backup: (target) => backup(file, target),
    async close() {
      stop();
      await queue.idle();
      reader.close();
      writer.close();
    },
  };
}

function sessionOf(writer: Connection.Database, now: () => number): Session {
  const write = prepared(writer);
  return {
    all: async (sql, values) => failing(() => readRows(write(sql), values)),
    run: async (sql, values) => failing(() => write(sql).run(...values.map(bindable)).changes),
    now: async () => now(),
  };
}

function transactionsOf({ file, writer }: SqliteFile): Transactions {
  const write = prepared(writer);
  const { ino, dev } = statSync(file);
  const run = (sql: string) => failing(() => void write(sql).run());
  return {
    async begin() {
      // What is written to a file that was moved or deleted would be acknowledged and gone.
      const there = statSync(file, { throwIfNoEntry: false });
      if (there?.ino !== ino || there.dev !== dev)
        throw new StoreUnavailable(`nothing was kept: ${file} was moved or deleted; put it back, or restart`);
      if (writer.inTransaction) run("rollback");
      await whileBusy(() => write("begin immediate").run()).catch((error) => {
        throw sqliteFailure(error);
      });
    },
    commit: () => run("commit"),
    rollback: () => run("rollback"),
    savepoint: () => run("savepoint job"),
    release: () => run("release job"),
    rollbackToSavepoint: () => run("rollback to job"),
    isOpen: () => writer.inTransaction,
  };
}

function prepared(connection: Connection.Database): (sql: string) => Connection.Statement {
  const statements = new Map<string, Connection.Statement>();
  return (sql) => {
    let statement = statements.get(sql);
    if (!statement) {
      statement = connection.prepare(sql);
      statements.set(sql, statement);
    }
    return statement;
  };
}

function readRows(statement: Connection.Statement, values: readonly Value[]): readonly Row[] {
  return statement.all(...values.map(bindable)) as Row[];
}

function failing<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw sqliteFailure(error);
  }
}

/** Pages given back at once: others get their turn in between. */
const PAGES_AT_ONCE = 1_000;

/**
 * Deleted rows are overwritten with zeros (secure_delete), free pages leave the file, and the write-ahead log, which still
 * has them, is emptied. While another process reads an old state, the log stays; the next time empties it.
 */
async function scrub(writer: Connection.Database, queue: WriteQueue): Promise<void> {
  const free = () => failing(() => Number(writer.pragma("freelist_count", { simple: true })));
  const giveBack = () => failing(() => void writer.pragma(`incremental_vacuum(${PAGES_AT_ONCE})`));
  for (let left = await queue.between(free), before = Infinity; left > 0 && left < before; ) {
    await queue.between(giveBack);
    before = left;
    left = await queue.between(free);
    await setImmediate();
  }
  await queue.between(() => failing(() => void writer.pragma("wal_checkpoint(truncate)")));
}

/** A copy as of this moment, on the disk when it returns; in a connection of its own, so that others read and write on. */
async function backup(file: string, target: string): Promise<void> {
  const { default: Sqlite } = await import("better-sqlite3");
  try {
    // Made by us: it must not exist, and nobody else may read it.
    closeSync(openSync(target, "wx", 0o600));
  } catch (error) {
    const isThere = error instanceof Error && "code" in error && error.code === "EEXIST";
    throw new Error(isThere ? `${target} exists already` : `${target} cannot be written`);
  }
  try {
    const source = new Sqlite(file, { readonly: true });
    try {
      source.prepare("vacuum into ?").run(target);
    } finally {
      source.close();
    }
    for (const path of [target, dirname(target)]) sync(path);
  } catch (error) {
    rmSync(target, { force: true });
    throw sqliteFailure(error);
  }
}

function sync(path: string): void {
  const descriptor = openSync(path, "r");
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
