/** The bot as processes that are killed: nothing is lost, nothing is said twice. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { openStore } from "../../../src/store/open.ts";
import { hasPostgres, type PostgresServer, startPostgres } from "../../store/postgres-server.ts";
import type { DiscordPeer } from "./peer/peer.ts";
import type { Person } from "./peer/people.ts";
import { readable, Stage, saidBy, threadAfter } from "./running.ts";
import { LOG, STUCK } from "./samples.ts";
import { until } from "./until.ts";

const CHILD = fileURLToPath(new URL("child.ts", import.meta.url));
const MOMENTS = ["before it is heard", "before the commit", "after the commit", "after the claim", "after the send"];

const stage = new Stage();
const children: ChildProcess[] = [];
let dir: string;
afterEach(async () => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  await stage.clear();
  rmSync(dir, { recursive: true, force: true });
});

interface Stored {
  readonly DATA_DIR?: string;
  readonly DATABASE_URL?: string;
}

async function run(peer: DiscordPeer, stored: Stored, killAt?: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, ["--import", "tsx", CHILD], {
    env: {
      PATH: process.env["PATH"] ?? "",
      DISCORD_API_URL: peer.apiUrl,
      DISCORD_TOKEN: peer.token,
      ...stored,
      ...(killAt !== undefined && { KILL_AT: killAt }),
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  children.push(child);
  await new Promise<void>((resolve, reject) => {
    child.stdout?.once("data", () => resolve());
    child.once("exit", (code, signal) => reject(new Error(`ended with ${code ?? signal} before it started`)));
  });
  return child;
}

function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => child.once("exit", () => resolve()));
}

async function begin(peer: DiscordPeer, asha: Person): Promise<string> {
  asha.command(peer.channel.id, "ipsec", "start", { symptom: "tunnel-down" });
  const thread = await threadAfter(peer, 0);
  await until(() => saidBy(peer, thread).length > 0, 10_000);
  return thread;
}

const times = (peer: DiscordPeer, thread: string, words: string) =>
  saidBy(peer, thread).filter((one) => readable(one).includes(words)).length;

async function turnsOf(stored: Stored, peer: DiscordPeer, thread: string) {
  const store = await openStore({ databaseUrl: stored.DATABASE_URL, dataDir: stored.DATA_DIR ?? "" });
  try {
    const head = await store.caseAt({ chat: "discord", workspace: peer.guild.id, thread });
    return (await store.turns(head?.id ?? "")).flatMap(({ message }) => message ?? []);
  } finally {
    await store.close();
  }
}

describe("a process that is killed", () => {
  it.each(MOMENTS)(
    "%s: the message is heard once, and answered once",
    async (moment) => {
      dir = mkdtempSync(join(tmpdir(), "tunnelmedic-"));
      const peer = await stage.peer();
      const asha = peer.person("Asha");
      const stored = { DATA_DIR: dir };
      const first = await run(peer, stored, moment);
      const thread = await begin(peer, asha);
      const message = asha.say(thread, STUCK);
      await ended(first);
      await run(peer, stored);
      await until(() => times(peer, thread, "Read from HUB") > 0, 20_000);
      peer.world.clock.pass(30_000);
      const second = asha.say(thread, LOG);
      await until(() => times(peer, thread, "confirmed") > 0, 10_000);
      expect(times(peer, thread, "Read from HUB")).toBe(1);
      expect(times(peer, thread, "confirmed")).toBe(1);
      expect(await turnsOf(stored, peer, thread)).toEqual([message.id, second.id]);
      expect(peer.problems()).toEqual([]);
    },
    180_000,
  );
});

describe("two processes on one store", () => {
  let postgres: PostgresServer | undefined;
  beforeAll(async () => {
    if (hasPostgres) postgres = await startPostgres();
  }, 180_000);
  afterAll(() => postgres?.remove());

  it.each(["SQLite", ...(hasPostgres ? ["PostgreSQL"] : [])])(
    "hold the gateway by turns on %s: when one is killed, the other takes over within the lease",
    async (engine) => {
      dir = mkdtempSync(join(tmpdir(), "tunnelmedic-"));
      const stored =
        engine === "SQLite"
          ? { DATA_DIR: dir }
          : { DATABASE_URL: (await postgres?.newDatabase()) ?? "", DATA_DIR: dir };
      const peer = await stage.peer();
      const asha = peer.person("Asha");
      const first = await run(peer, stored);
      await run(peer, stored);
      const thread = await begin(peer, asha);
      expect(peer.gateway.identified).toHaveLength(1);
      first.kill("SIGKILL");
      await ended(first);
      const killed = Date.now();
      const message = asha.say(thread, STUCK);
      await until(() => peer.gateway.identified.length === 2, 10_000);
      expect(Date.now() - killed).toBeLessThan(2_000 + 300 + 5_000);
      await until(() => times(peer, thread, "Read from HUB") > 0, 20_000);
      peer.world.clock.pass(30_000);
      const second = asha.say(thread, LOG);
      await until(() => times(peer, thread, "confirmed") > 0, 10_000);
      expect(times(peer, thread, "Read from HUB")).toBe(1);
      expect(await turnsOf(stored, peer, thread)).toEqual([message.id, second.id]);
      expect(peer.problems()).toEqual([]);
    },
    180_000,
  );
});
