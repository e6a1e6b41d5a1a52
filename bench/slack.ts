/**
 * How soon the bot's answer leaves for Slack, with fifty cases at once, and how many a second, beside a bare Bolt app that
 * echoes: both in processes of their own, both posting to the same Slack on loopback, turn by turn in the same run.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { createHmac } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { bundle } from "../test/reliability/bundle.ts";
import { medianOf } from "./measure.ts";

const CASES = 50;
const ROUNDS = 20;
const QUIET_MS = 200;
/** The engine compiles what it needs. */
const WARM_UP = 8;
const P99_GOAL_MS = 100;
const RATIO_GOAL = 0.7;
/** `BENCH_PROFILE=folder` keeps where both spend their time. */
const PROFILING = process.env["BENCH_PROFILE"] ? ["--cpu-prof", `--cpu-prof-dir=${process.env["BENCH_PROFILE"]}`] : [];
const SECRET = "0123456789abcdef0123456789abcdef";
const TOKEN = "xoxb-0-loopback";
const PASTE = `HUB#show crypto isakmp sa
IPv4 Crypto ISAKMP SA
dst             src             state          conn-id status
198.51.100.7    203.0.113.1     QM_IDLE           1019 ACTIVE

IPv6 Crypto ISAKMP SA

HUB#`;

/** The few methods that are needed; tells of each message as it arrives. */
async function startSlack(posted: (thread: string, at: number) => void): Promise<Server> {
  let count = 0;
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part) => parts.push(part));
    request.on("end", () => {
      const at = performance.now();
      count += 1;
      const form = new URLSearchParams(Buffer.concat(parts).toString());
      const ts = `1700000000.${String(count).padStart(6, "0")}`;
      if (request.url === "/api/chat.postMessage" && !(form.get("text") ?? "").startsWith("Case "))
        posted(form.get("thread_ts") ?? "", at);
      const answer = {
        ok: true,
        ts,
        channel: form.get("channel"),
        team_id: "T0",
        user_id: "UBOT",
        bot_id: "BBOT",
        url: "https://acme.slack.com/",
      };
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify(answer));
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", () => resolve());
  });
  return server;
}

interface App {
  readonly child: ChildProcess;
  readonly url: string;
}

async function startApp(program: string, ...parameters: readonly string[]): Promise<App> {
  const child = spawn(process.execPath, [...PROFILING, program, ...parameters], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.once("data", (data) => resolve(String(data).trim()));
    child.once("exit", (code) => reject(new Error(`${program} ended with ${code}`)));
  });
  return { child, url };
}

export interface SlackFigures {
  readonly p50: number;
  readonly p99: number;
  /** Answers a second while all cases are at it. */
  readonly perSecond: number;
  /** Milliseconds of processor for each, with all that is done after it; 0 where the system doesn't tell. */
  readonly cpu: number;
}

/** Milliseconds that a process has had of the processors; the kernel counts in hundredths of a second. */
function cpuOf({ pid }: ChildProcess): number {
  if (process.platform !== "linux") return 0;
  const [, rest = ""] = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ");
  const fields = rest.split(" ");
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

export async function measureSlack(): Promise<{ readonly ours: SlackFigures; readonly echo: SlackFigures }> {
  const waiting = new Map<string, (at: number) => void>();
  const slack = await startSlack((thread, at) => waiting.get(thread)?.(at));
  const apiUrl = `http://127.0.0.1:${(slack.address() as AddressInfo).port}/api/`;
  const dir = mkdtempSync(join(tmpdir(), "tunnelmedic-bench-slack-"));
  const bundles = await Promise.all([bundle("test/chat/slack/bot-process.ts"), bundle("bench/slack-echo.ts")]);
  const bot = await startApp(
    bundles[0].program,
    JSON.stringify({ apiUrl, mode: "events", dir, messagesPerSecond: 100_000 }),
  );
  const echo = await startApp(bundles[1].program, apiUrl, SECRET, TOKEN);
  let sent = 0;

  /** @returns milliseconds from handing the event over to its answer's arrival at Slack */
  async function say(url: string, thread: string, text: string): Promise<number> {
    sent += 1;
    const [channel = ""] = thread.split("-");
    const event = {
      type: "message",
      channel,
      user: `U${sent % 2}`,
      text,
      ts: `${1_700_000_000 + sent}.000100`,
      thread_ts: thread,
    };
    const body = JSON.stringify({ type: "event_callback", team_id: "T0", event_id: `Ev${sent}`, event });
    const stamp = Math.floor(Date.now() / 1000);
    const signature = createHmac("sha256", SECRET).update(`v0:${stamp}:${body}`).digest("hex");
    const answered = new Promise<number>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`no answer in ${thread} within ten seconds`)), 10_000);
      waiting.set(thread, (at) => {
        clearTimeout(timer);
        resolve(at);
      });
    });
    const headers = {
      "content-type": "application/json",
      "x-slack-request-timestamp": String(stamp),
      "x-slack-signature": `v0=${signature}`,
    };
    const from = performance.now();
    const response = await fetch(url, { method: "POST", headers, body });
    if (response.status !== 200) throw new Error(`not acknowledged: ${response.status}`);
    return (await answered) - from;
  }

  async function round(
    url: string,
    threads: readonly string[],
    text: string,
  ): Promise<{ took: number[]; all: number }> {
    const from = performance.now();
    const took = await Promise.all(threads.map((thread) => say(url, thread, text)));
    return { took, all: performance.now() - from };
  }

  const threads = Array.from(
    { length: CASES },
    (_, number) => `C${number}-1699999999.${String(number).padStart(6, "0")}`,
  );
  const latencies = { ours: [] as number[], echo: [] as number[] };
  const rounds = { ours: [] as number[], echo: [] as number[] };
  const cpu = { ours: 0, echo: 0 };
  try {
    await round(bot.url, threads, "<@UBOT> tunnel to 198.51.100.7 is down, cisco router");
    for (let number = 0; number < WARM_UP + ROUNDS; number += 1) {
      for (const [name, { url, child }] of [
        ["ours", bot],
        ["echo", echo],
      ] as const) {
        const before = cpuOf(child);
        const { took, all } = await round(url, threads, PASTE);
        if (number >= WARM_UP) {
          latencies[name].push(...took);
          rounds[name].push(all);
        }
        // What was put off until after the answers is done as well before the next begins.
        await pause(QUIET_MS);
        if (number >= WARM_UP) cpu[name] += cpuOf(child) - before;
      }
      // A case with one paste is what most cases are.
      await round(bot.url, threads, "undo");
      await pause(QUIET_MS);
    }
  } finally {
    bot.child.stdin?.end();
    echo.child.stdin?.end();
    slack.closeAllConnections();
    slack.close();
    rmSync(dir, { recursive: true, force: true });
    for (const { remove } of bundles) remove();
  }
  const figures = (name: "ours" | "echo"): SlackFigures => {
    const sorted = latencies[name].toSorted((one, other) => one - other);
    return {
      p50: medianOf(sorted),
      p99: sorted[Math.floor(sorted.length * 0.99)] ?? Number.NaN,
      perSecond: CASES / (medianOf(rounds[name]) / 1000),
      cpu: cpu[name] / (CASES * ROUNDS),
    };
  };
  return { ours: figures("ours"), echo: figures("echo") };
}

export async function printSlack(): Promise<void> {
  const { ours, echo } = await measureSlack();
  const ratio = ours.perSecond / echo.perSecond;
  const line = (name: string, { p50, p99, perSecond, cpu }: SlackFigures) =>
    `  ${name.padEnd(16)} p50 ${p50.toFixed(0)} ms, p99 ${p99.toFixed(0)} ms, ${perSecond.toFixed(0)} answers a second, ${cpu.toFixed(1)} ms of processor each`;
  console.log(`\nSlack: ${CASES} cases at once, from the event to its answer's arrival at Slack`);
  console.log(line("ours", ours));
  console.log(line("bare Bolt echo", echo));
  console.log(`  p99 ${ours.p99 <= P99_GOAL_MS ? "ok" : "missed"}: ${P99_GOAL_MS} ms is the goal`);
  console.log(
    `  throughput ${ratio.toFixed(2)} of the echo's, ${ratio >= RATIO_GOAL ? "ok" : "missed"}: ${RATIO_GOAL} is the goal`,
  );
}

if (process.argv[1] === new URL(import.meta.url).pathname) await printSlack();
