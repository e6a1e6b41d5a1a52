/**
 * How long a turn takes with few and with many cases stored, and what open cases take in memory; in a process of its own.
 * The cases are those of the recorded conversations, copied by plain SQL.
 */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import type { Inbound } from "../../src/domain/inbound.ts";
import { SQLITE_FILE } from "../../src/store/open.ts";
import { openBot } from "./bot.ts";
import { anew, type Conversations, play } from "./play.ts";

export interface SizeResult {
  /** Milliseconds of a turn, of each round. */
  readonly rounds: readonly { readonly few: number; readonly many: number }[];
  readonly megabytes: number;
  /** `heap`: what it grew by, in bytes. */
  readonly memory: { readonly cases: number; readonly heap: number };
}

const [file = "", few = "", many = "", rounds = "1"] = process.argv.slice(2);
const conversations = JSON.parse(readFileSync(file, "utf8")) as Conversations;
const folder = mkdtempSync(join(tmpdir(), "bench-"));
const collect = (globalThis as { gc?: () => void }).gc;

try {
  const one = await stored(Number(few), "few");
  const other = await stored(Number(many), "many");
  const measured: { few: number; many: number }[] = [];
  for (let round = 0; round <= Number(rounds); round += 1) {
    const took = { few: await one.turn(round), many: await other.turn(round) };
    if (round > 0) measured.push(took);
  }
  const memory = await one.memory();
  const result: SizeResult = { rounds: measured, megabytes: other.megabytes, memory };
  await Promise.all([one.close(), other.close()]);
  process.stdout.write(JSON.stringify(result));
} finally {
  rmSync(folder, { recursive: true });
}

async function stored(cases: number, name: string) {
  const dataDir = join(folder, name);
  const copies = await fill(dataDir, cases);
  const { bot, store } = await openBot({ dataDir });
  return {
    megabytes: megabytesOf(dataDir),
    /** New conversations, and a word in old cases that are in no memory yet. */
    async turn(round: number): Promise<number> {
      const now = anew(conversations, `round ${round}`);
      const old = conversations.map((_, index) => [aWordIn(index, (round * 7919 + index * 104_729) % copies, round)]);
      const start = performance.now();
      const heard = await play([...now, ...old], 1, bot.hear);
      return (performance.now() - start) / heard;
    },
    /** Looks at every case, as if all of them were talked about at the same time. */
    async memory(): Promise<SizeResult["memory"]> {
      const ids = idsIn(dataDir);
      collect?.();
      const before = process.memoryUsage().heapUsed;
      for (const id of ids) await bot.look(id);
      collect?.();
      collect?.();
      const { heapUsed } = process.memoryUsage();
      // Still there: a bot that nobody needs any more would be collected with all it holds.
      await bot.look(ids[0] ?? "");
      return { cases: ids.length, heap: heapUsed - before };
    },
    close: () => store.close(),
  };
}

function aWordIn(conversation: number, copy: number, round: number): Inbound {
  const [opened] = conversations[conversation] ?? [];
  if (!opened) throw new Error("no such conversation");
  const { place } = opened;
  return {
    ...opened,
    deliveries: [`again ${round} ${conversation}`],
    place: { ...place, thread: `first/${place.thread}#${copy}` },
    content: { type: "said", text: "so far", message: `again ${round}` },
  };
}

/** @returns how many copies of each conversation there are */
async function fill(dataDir: string, cases: number): Promise<number> {
  const { bot, store } = await openBot({ dataDir });
  await play(anew(conversations, "first"), 16, bot.hear);
  await store.close();
  const database = new Sqlite(join(dataDir, SQLITE_FILE));
  database.pragma("synchronous = off");
  // Keys are random, so that all of the indexes is written to: 2 GB of it in memory.
  database.pragma("cache_size = -2000000");
  database.exec("delete from outbox");
  const copies = Math.ceil(cases / conversations.length);
  const columns = (table: string) =>
    database.prepare(`select name from pragma_table_info('${table}')`).pluck().all().map(String);
  const changed: Readonly<Record<string, string>> = {
    id: "t.id || '-' || n.value",
    thread: "t.thread || '#' || n.value",
    case_id: "t.case_id || '-' || n.value",
    delivery: "t.delivery || '#' || n.value",
  };
  const tables = ["cases", "turns", "inbox"];
  for (const table of tables) database.exec(`create temp table first_${table} as select * from main.${table}`);
  // In steps, so that the log of changes stays small.
  for (let from = 0; from < copies; from += 200) {
    const numbers = `json_each('[${Array.from({ length: Math.min(200, copies - from) }, (_, at) => from + at)}]') n`;
    for (const table of tables) {
      const names = columns(table);
      const values = names.map((name) => changed[name] ?? `t.${name}`);
      database.exec(
        `insert into main.${table} (${names}) select ${values} from ${numbers} cross join first_${table} t`,
      );
    }
  }
  database.pragma("wal_checkpoint(truncate)");
  database.close();
  return copies;
}

function idsIn(dataDir: string): string[] {
  const database = new Sqlite(join(dataDir, SQLITE_FILE), { readonly: true });
  const ids = database.prepare("select id from cases").pluck().all().map(String);
  database.close();
  return ids;
}

function megabytesOf(dataDir: string): number {
  const database = new Sqlite(join(dataDir, SQLITE_FILE), { readonly: true });
  const bytes = database
    .prepare("select page_count * page_size from pragma_page_count, pragma_page_size")
    .pluck()
    .get();
  database.close();
  return Number(bytes) / 1e6;
}
