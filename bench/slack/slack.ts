/**
 * How soon the bot's answer leaves for Slack in fifty cases, and how many a second, beside a bare Bolt app that echoes: both
 * in processes of their own, both posting to the same Slack on loopback, turn by turn in the same run. Once with all fifty in
 * the same instant, and once with a paste a second in each.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { bundle } from "../../test/reliability/bundle.ts";
import { medianOf } from "../measure.ts";
import { type App, startApp } from "./app.ts";
import { type Peer, SECRET, startPeer } from "./peer.ts";

const CASES = 50;
const ROUNDS = 20;
const SECONDS = 10;
const QUIET_MS = 200;
/** The engine compiles what it needs. */
const WARM_UP = 8;
const P99_GOAL_MS = 100;
const RATIO_GOAL = 0.7;
const TOKEN = "xoxb-0-loopback";
const PASTE = `HUB#show crypto isakmp sa
IPv4 Crypto ISAKMP SA
dst             src             state          conn-id status
198.51.100.7    203.0.113.1     QM_IDLE           1019 ACTIVE

IPv6 Crypto ISAKMP SA

HUB#`;
const THREADS = Array.from(
  { length: CASES },
  (_, number) => `C${number}-1699999999.${String(number).padStart(6, "0")}`,
);

interface Figures {
  /** Milliseconds from the event to its answer's arrival: all in the same instant, and spread over a second. */
  readonly atOnce: readonly number[];
  readonly spread: readonly number[];
  /** Answers a second while all cases are at it. */
  readonly perSecond: number;
  /** Milliseconds of processor for each, with all that is done after it. */
  readonly cpu: number;
}

type Name = "ours" | "echo";

async function measure(peer: Peer, apps: Readonly<Record<Name, App>>): Promise<Readonly<Record<Name, Figures>>> {
  const atOnce: Record<Name, number[]> = { ours: [], echo: [] };
  const spread: Record<Name, number[]> = { ours: [], echo: [] };
  const rounds: Record<Name, number[]> = { ours: [], echo: [] };
  const cpu = { ours: 0, echo: 0 };
  const undo = async () => {
    // A case with one paste is what most cases are.
    await Promise.all(THREADS.map((thread) => peer.say(apps.ours.url, thread, "undo")));
    await pause(QUIET_MS);
  };
  const opening = "<@UBOT> tunnel to 198.51.100.7 is down, cisco router";
  await Promise.all(THREADS.map((thread) => peer.say(apps.ours.url, thread, opening)));
  for (let round = 0; round < WARM_UP + ROUNDS; round += 1) {
    for (const name of ["ours", "echo"] as const) {
      const before = apps[name].cpu();
      const from = performance.now();
      const took = await Promise.all(THREADS.map((thread) => peer.say(apps[name].url, thread, PASTE)));
      const all = performance.now() - from;
      // What was put off until after the answers is done as well before the next begins.
      await pause(QUIET_MS);
      if (round < WARM_UP) continue;
      atOnce[name].push(...took);
      rounds[name].push(all);
      cpu[name] += apps[name].cpu() - before;
    }
    await undo();
  }
  for (let second = 0; second < SECONDS; second += 1) {
    for (const name of ["ours", "echo"] as const) {
      const say = async (thread: string) => {
        await pause(Math.random() * 1_000);
        return peer.say(apps[name].url, thread, PASTE);
      };
      spread[name].push(...(await Promise.all(THREADS.map(say))));
      await pause(QUIET_MS);
    }
    await undo();
  }
  const of = (name: Name): Figures => ({
    atOnce: atOnce[name].toSorted((one, other) => one - other),
    spread: spread[name].toSorted((one, other) => one - other),
    perSecond: CASES / (medianOf(rounds[name]) / 1000),
    cpu: cpu[name] / (CASES * ROUNDS),
  });
  return { ours: of("ours"), echo: of("echo") };
}

async function measureSlack(): Promise<Readonly<Record<Name, Figures>>> {
  const peer = await startPeer();
  const dir = mkdtempSync(join(tmpdir(), "tunnelmedic-bench-slack-"));
  const bundles = await Promise.all([bundle("test/chat/slack/bot-process.ts"), bundle("bench/slack/echo.ts")]);
  const settings = { apiUrl: peer.apiUrl, mode: "events", dir, messagesPerSecond: 100_000 };
  const ours = await startApp(bundles[0].program, JSON.stringify(settings));
  const echo = await startApp(bundles[1].program, peer.apiUrl, SECRET, TOKEN);
  try {
    return await measure(peer, { ours, echo });
  } finally {
    ours.stop();
    echo.stop();
    peer.close();
    rmSync(dir, { recursive: true, force: true });
    for (const { remove } of bundles) remove();
  }
}

export async function printSlack(): Promise<void> {
  const { ours, echo } = await measureSlack();
  const at = (sorted: readonly number[], part: number) => sorted[Math.floor(sorted.length * part)] ?? Number.NaN;
  const took = (sorted: readonly number[]) =>
    `p50 ${at(sorted, 0.5).toFixed(0)} ms, p99 ${at(sorted, 0.99).toFixed(0)} ms`;
  const both = [["ours", ours] as const, ["bare Bolt echo", echo] as const];
  console.log(`\nSlack: ${CASES} cases, from the event to its answer's arrival at Slack`);
  console.log("  all in the same instant:");
  for (const [name, { atOnce, perSecond, cpu }] of both)
    console.log(
      `    ${name.padEnd(16)} ${took(atOnce)}, ${perSecond.toFixed(0)} answers a second, ${cpu.toFixed(1)} ms of processor each`,
    );
  console.log("  a paste a second in each:");
  for (const [name, { spread }] of both) console.log(`    ${name.padEnd(16)} ${took(spread)}`);
  const ratio = ours.perSecond / echo.perSecond;
  const verdict = (isOk: boolean) => (isOk ? "ok" : "missed");
  console.log(
    `  p99 goal ${P99_GOAL_MS} ms: in the same instant ${verdict(at(ours.atOnce, 0.99) <= P99_GOAL_MS)}, a paste a second ${verdict(at(ours.spread, 0.99) <= P99_GOAL_MS)}`,
  );
  console.log(
    `  throughput ${ratio.toFixed(2)} of the echo's, ${verdict(ratio >= RATIO_GOAL)}: ${RATIO_GOAL} is the goal`,
  );
}

if (process.argv[1] === new URL(import.meta.url).pathname) await printSlack();
