/** The service's benchmarks, each a ratio within the same run. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Bundle, bundle } from "../../test/reliability/bundle.ts";
import { hasPostgres, startPostgres } from "../../test/store/postgres-server.ts";
import { medianOf } from "../measure.ts";
import { benchPast } from "./past.ts";
import type { RateResult, RateRound } from "./rate-worker.ts";
import type { SizeResult } from "./size-worker.ts";
import { recordedConversations } from "./turns.ts";

const RATE_ROUNDS = 15;
const RATE_GOAL = 0.7;
/** Disks without a capacitor take from half a millisecond to some milliseconds. */
const SYNC_MS = [1, 2];
const SIZE_ROUNDS = 5;
const SIZE_GOAL = 2;
const FEW_CASES = 10_000;
/** BENCH_CASES=1000000 takes some minutes and 13 GB of disk. */
const MANY_CASES = Number(process.env["BENCH_CASES"] ?? 100_000);
const REPLICAS = [1, 2, 4];
const REPLICA_ROUNDS = 5;

/** Prints them; time never makes it fail, errors do. */
export async function benchService(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "bench-"));
  try {
    const conversations = join(folder, "conversations.json");
    writeFileSync(conversations, JSON.stringify(recordedConversations()));
    console.log("\nthe service, on the recorded conversations");
    await turnsASecond(conversations);
    await manyCases(conversations);
    await benchPast(conversations, MANY_CASES);
    if (hasPostgres) await severalReplicas(conversations);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function turnsASecond(conversations: string): Promise<void> {
  const words = [conversations, String(RATE_ROUNDS)];
  const { bytes, warmUps, rounds } = (await runWorker("bench/service/rate-worker.ts", words)) as RateResult;
  const of = (what: (round: RateRound) => number) => medianOf(rounds.map(what));
  console.log(`  measured once it has run for ${warmUps} rounds, turns and commits alike`);
  const line = (what: string, took: number, cpu: number) =>
    console.log(`  ${what}: ${rate(took)}, ${cpu.toFixed(2)} ms of processor each`);
  line(
    "turns with SQLite, 16 at a time",
    of(({ turn }) => turn),
    of(({ turnCpu }) => turnCpu),
  );
  line(
    `bare durable commits of ${bytes} bytes to the same file`,
    of(({ commit }) => commit),
    of(({ commitCpu }) => commitCpu),
  );
  printRatio("  ratio", rounds);
  if (canSlowDown()) await onSlowDisks(words);
  else console.log("  (no strace here: not measured on slower disks)");
}

/** The same with each sync made to take longer, as it does on disks that have to write it to flash before they answer. */
async function onSlowDisks(words: readonly string[]): Promise<void> {
  for (const milliseconds of SYNC_MS) {
    const strace = ["strace", "-f", "--seccomp-bpf", "-o", "/dev/null", "-e", "trace=fdatasync,fsync"];
    const slower = [...strace, "-e", `inject=fdatasync,fsync:delay_exit=${milliseconds * 1000}`];
    const { rounds } = (await runWorker("bench/service/rate-worker.ts", words, slower)) as RateResult;
    printRatio(`  ratio where a sync takes ${milliseconds} ms longer`, rounds);
  }
}

function canSlowDown(): boolean {
  return spawnSync("strace", ["--seccomp-bpf", "-f", "-o", "/dev/null", "true"]).status === 0;
}

function printRatio(what: string, rounds: readonly RateRound[]): void {
  const ratio = medianOf(rounds.map(({ turn, commit }) => commit / turn));
  console.log(`${what} ${ratio.toFixed(2)}, goal ${RATE_GOAL}: ${ratio >= RATE_GOAL ? "ok" : "missed"}`);
}

async function manyCases(conversations: string): Promise<void> {
  const words = [conversations, FEW_CASES, MANY_CASES, SIZE_ROUNDS].map(String);
  const { rounds, megabytes, memory } = (await runWorker("bench/service/size-worker.ts", words)) as SizeResult;
  const few = medianOf(rounds.map((round) => round.few));
  const many = medianOf(rounds.map((round) => round.many));
  const ratio = medianOf(rounds.map((round) => round.many / round.few));
  console.log(
    `  a turn with ${FEW_CASES} cases stored: ${few.toFixed(2)} ms; with ${MANY_CASES} (${megabytes.toFixed(0)} MB): ${many.toFixed(2)} ms`,
  );
  console.log(`  ratio ${ratio.toFixed(2)}, goal ${SIZE_GOAL}: ${ratio <= SIZE_GOAL ? "ok" : "missed"}`);
  const { cases, heap } = memory;
  console.log(
    `  ${cases} open cases in memory: ${(heap / 1e6).toFixed(0)} MB of heap, ${(heap / 1e3 / cases).toFixed(1)} KB each`,
  );
}

async function severalReplicas(conversations: string): Promise<void> {
  const [server, program] = await Promise.all([startPostgres(), bundle("bench/service/replica-worker.ts")]);
  try {
    const rates: number[] = [];
    for (const count of REPLICAS) {
      const url = await server.newDatabase();
      rates.push(await rateOf(program, [conversations, url], count));
    }
    const [one = Number.NaN] = rates;
    const told = rates.map((each, index) => `${REPLICAS[index]}: ${each.toFixed(0)}/s (${(each / one).toFixed(2)}×)`);
    console.log(`  turns with PostgreSQL on this machine, by replicas: ${told.join(", ")}`);
  } finally {
    program.remove();
    await server.remove();
  }
}

async function rateOf({ program }: Bundle, words: readonly string[], count: number): Promise<number> {
  const workers = Array.from({ length: count }, (_, index) =>
    spawn(process.execPath, [program, ...words, `replica ${index}`], { stdio: ["pipe", "pipe", "inherit"] }),
  );
  try {
    await Promise.all(workers.map(said));
    const rates: number[] = [];
    for (let round = 0; round < REPLICA_ROUNDS; round += 1) {
      const start = performance.now();
      for (const { stdin } of workers) stdin.write("go\n");
      const heard = await Promise.all(workers.map(said));
      const turns = heard.reduce((sum, each) => sum + Number(each), 0);
      rates.push(turns / ((performance.now() - start) / 1000));
    }
    return medianOf(rates);
  } finally {
    for (const worker of workers) worker.kill();
  }
}

async function said({ stdout }: ChildProcess): Promise<string> {
  if (!stdout) throw new Error("a worker without output");
  const [chunk] = await once(stdout, "data");
  return String(chunk).trim();
}

function rate(milliseconds: number): string {
  return `${(1000 / milliseconds).toFixed(0)}/s`;
}

async function runWorker(entry: string, words: readonly string[], around: readonly string[] = []): Promise<unknown> {
  const { program, remove } = await bundle(entry);
  try {
    const [command = "", ...parameters] = [...around, process.execPath, "--expose-gc", program, ...words];
    const { status, stdout, stderr } = spawnSync(command, parameters, { encoding: "utf8" });
    if (status !== 0) throw new Error(`${entry} ended with ${status}: ${stderr}`);
    return JSON.parse(stdout);
  } finally {
    remove();
  }
}
