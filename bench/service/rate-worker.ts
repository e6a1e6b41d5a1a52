/**
 * Turns a second with SQLite, against durable commits a second of the same file; in a process of its own. Takes the
 * conversations as a JSON file, prints what each round took.
 */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { SQLITE_FILE } from "../../src/store/open.ts";
import { openBot } from "./bot.ts";
import { anew, type Conversations, play } from "./play.ts";

/** Of one turn, in milliseconds. */
export interface RateRound {
  readonly turn: number;
  readonly turnCpu: number;
  readonly commit: number;
  readonly commitCpu: number;
}

export interface RateResult {
  /** What a turn keeps. */
  readonly bytes: number;
  /** Rounds of both that were not measured. */
  readonly warmUps: number;
  readonly rounds: readonly RateRound[];
}

const [file = "", rounds = "1", atOnce = "16"] = process.argv.slice(2);
const conversations = JSON.parse(readFileSync(file, "utf8")) as Conversations;
const dataDir = mkdtempSync(join(tmpdir(), "bench-"));
const { bot, store } = await openBot({ dataDir });
const reference = new Sqlite(join(dataDir, SQLITE_FILE));
reference.pragma("synchronous = full");
reference.exec("create table reference (number integer primary key, bytes blob not null)");
const insert = reference.prepare("insert into reference (bytes) values (?)");

/**
 * A service that has been running is measured, and the commits alike: V8 optimises this much code in 12 to 25 rounds (some
 * 10,000 turns), until when a turn takes up to twice as long.
 */
const warmUps = 25;
let bytes = new Uint8Array();
const measured: RateRound[] = [];
for (let round = 0; round < warmUps + Number(rounds); round += 1) {
  const [turn, turnCpu] = await timed(() => play(anew(conversations, round), Number(atOnce), bot.hear));
  if (round === 0) bytes = new Uint8Array(bytesOfATurn());
  const [commit, commitCpu] = await timed(async () => {
    for (let count = 0; count < 300; count += 1) insert.run(bytes);
    return 300;
  });
  if (round >= warmUps) measured.push({ turn, turnCpu, commit, commitCpu });
}
reference.close();
await store.close();
rmSync(dataDir, { recursive: true });
process.stdout.write(JSON.stringify({ bytes: bytes.length, warmUps, rounds: measured } satisfies RateResult));

/** @returns milliseconds of one, by the clock and by the processor */
async function timed(run: () => Promise<number>): Promise<[number, number]> {
  const before = process.cpuUsage();
  const start = performance.now();
  const count = await run();
  const took = performance.now() - start;
  const { user, system } = process.cpuUsage(before);
  return [took / count, (user + system) / 1000 / count];
}

function bytesOfATurn(): number {
  const size = (columns: string, table: string) =>
    `(select sum(${columns
      .split(" ")
      .map((column) => `coalesce(length(${column}), 0)`)
      .join("+")}) from ${table})`;
  const sql = `select (${size("echo said said_zip events events_zip", "turns")} + ${size("body body_zip thread", "outbox")}
    + ${size("delivery", "inbox")}) / (select count(*) from turns) as bytes`;
  return Number(reference.prepare(sql).pluck().get());
}
