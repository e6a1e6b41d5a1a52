import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { bundle } from "../../reliability/bundle.ts";
import { hasPostgres, type PostgresServer, startPostgres } from "../../store/postgres-server.ts";
import { ASHA, BEN, STUCK } from "./loopback.ts";
import { BOT_USER, NOT_HERE } from "./peer/local-slack.ts";
import { shown } from "./peer/people.ts";
import { type SlackPeer, startSlackPeer } from "./peer/slack-peer.ts";

const CHANNELS = Array.from({ length: 40 }, (_, number) => ({ id: `C0R${number}`, name: `room-${number}` }));
/** As one file: it is started some twenty times. */
const bot = await bundle("test/chat/slack/bot-process.ts");
afterAll(() => bot.remove());

interface BotProcess {
  readonly child: ChildProcess;
  readonly exited: Promise<void>;
}

const running = new Set<BotProcess>();

async function startProcess(peer: SlackPeer, settings: object): Promise<BotProcess> {
  const child = spawn(process.execPath, [bot.program, JSON.stringify({ apiUrl: peer.apiUrl, ...settings })], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const made: BotProcess = { child, exited: new Promise((resolve) => child.once("exit", () => resolve())) };
  running.add(made);
  const line = await new Promise<string>((resolve, reject) => {
    child.stdout.once("data", (data) => resolve(String(data).trim()));
    child.once("exit", (code) => reject(new Error(`the bot ended with ${code}`)));
  });
  if (line.startsWith("http")) peer.requestUrls.push(line);
  return made;
}

async function end(one: BotProcess): Promise<void> {
  one.child.stdin?.end();
  await one.exited;
  running.delete(one);
}

let rooms = 0;
const newRoom = () => `C0R${rooms++}`;

async function mentioned(peer: SlackPeer, room: string): Promise<string> {
  const thread = await peer.people.say(room, ASHA, `<@${BOT_USER}> tunnel down, cisco router`);
  await peer.people.sees(room, "show crypto isakmp sa", { thread, within: 15_000 });
  return thread;
}

async function count(peer: SlackPeer, room: string, words: string): Promise<number> {
  return (await peer.people.messages(room)).filter((message) => shown(message).includes(words)).length;
}

const STATES = ["MM_NO_STATE", "QM_IDLE", "MM_KEY_EXCH", "MM_SA_SETUP", "AG_NO_STATE"];

/** How often a state was explained in the room. */
async function answers(peer: SlackPeer, room: string, word: string): Promise<number> {
  const said = (await peer.people.messages(room)).filter(({ user }) => user === BOT_USER).map(shown);
  return said.filter((text) => text.startsWith(word)).length;
}

describe.skipIf(NOT_HERE !== undefined).each(["socket", "events"] as const)("the bot killed, %s", (mode) => {
  let peer: SlackPeer;
  let dir: string;
  // There is one process at a time: nobody sends what another is still sending.
  const lease = 1_200;
  beforeAll(async () => {
    peer = await startSlackPeer({ mode, users: [ASHA, BEN], channels: CHANNELS });
    dir = mkdtempSync(join(tmpdir(), "tunnelmedic-killed-"));
    rooms = 0;
  });
  afterEach(() => {
    peer.requestUrls.length = 0;
    for (const one of running) one.child.kill("SIGKILL");
    running.clear();
  });
  afterAll(async () => {
    await peer.close();
    rmSync(dir, { recursive: true, force: true });
  });

  it.each(["after-commit", "after-send"] as const)(
    "%s: the paste is read once, the answer said once",
    { timeout: 60_000 },
    async (killAt) => {
      const room = newRoom();
      const first = await startProcess(peer, { mode, dir, lease, killAt });
      const thread = await mentioned(peer, room);
      const said = peer.people.say(room, ASHA, STUCK, thread);
      await first.exited;
      peer.requestUrls.length = 0;
      const second = await startProcess(peer, { mode, dir, lease });
      await peer.people.sees(room, "Read from HUB", { thread, within: 15_000 });
      await said;
      await peer.idle();
      await peer.people.say(room, ASHA, "so far", thread);
      await peer.people.sees(room, "show crypto isakmp sa, HUB", { thread, within: 15_000 });
      expect(await count(peer, room, "Read from HUB")).toBe(1);
      expect(peer.lost).toEqual([]);
      await end(second);
    },
  );

  it("at any moment: nothing acknowledged is lost, nothing is done or said twice", { timeout: 120_000 }, async () => {
    const room = newRoom();
    let now = await startProcess(peer, { mode, dir, lease });
    const thread = await mentioned(peer, room);
    const deliveries: Promise<unknown>[] = [];
    for (const word of STATES) {
      deliveries.push(peer.people.say(room, ASHA, `explain ${word}`, thread));
      await sleep(Math.random() * 150);
      now.child.kill("SIGKILL");
      await now.exited;
      peer.requestUrls.length = 0;
      now = await startProcess(peer, { mode, dir, lease });
      for (let waited = 0; (await answers(peer, room, word)) === 0 && waited < 30_000; waited += 50) await sleep(50);
    }
    await Promise.all(deliveries);
    await peer.idle();
    await sleep(500);
    for (const word of STATES) expect(await answers(peer, room, word), word).toBe(1);
    expect(peer.lost).toEqual([]);
    await end(now);
  });
});

describe.skipIf(NOT_HERE !== undefined || !hasPostgres)("two bots on one PostgreSQL", () => {
  let peer: SlackPeer;
  let postgres: PostgresServer;
  beforeAll(async () => {
    rooms = 0;
    postgres = await startPostgres();
    peer = await startSlackPeer({ mode: "socket", users: [ASHA, BEN], channels: CHANNELS });
  }, 60_000);
  afterAll(async () => {
    for (const one of running) one.child.kill("SIGKILL");
    await peer?.close();
    await postgres?.remove();
  }, 30_000);

  it("answer each message once, whichever of them it comes to, however often, and when one is killed", {
    timeout: 120_000,
  }, async () => {
    const databaseUrl = await postgres.newDatabase();
    const [first, second] = await Promise.all([
      startProcess(peer, { mode: "socket", databaseUrl }),
      startProcess(peer, { mode: "socket", databaseUrl }),
    ]);
    const threads = await Promise.all(
      Array.from({ length: 6 }, async () => {
        const room = newRoom();
        return { room, thread: await mentioned(peer, room) };
      }),
    );
    peer.repeats = 2;
    await Promise.all(threads.map(({ room, thread }) => peer.people.say(room, ASHA, STUCK, thread)));
    await Promise.all(
      threads.map(({ room, thread }) => peer.people.sees(room, "Read from HUB", { thread, within: 20_000 })),
    );
    first.child.kill("SIGKILL");
    const again = STUCK.replaceAll("HUB", "EDGE");
    await Promise.all(threads.map(({ room, thread }) => peer.people.say(room, BEN, again, thread)));
    await Promise.all(
      threads.map(({ room, thread }) => peer.people.sees(room, "Read from EDGE", { thread, within: 20_000 })),
    );
    await peer.idle();
    for (const { room } of threads) {
      expect(await count(peer, room, "Read from HUB")).toBe(1);
      expect(await count(peer, room, "Read from EDGE")).toBe(1);
    }
    expect(peer.lost).toEqual([]);
    await end(second);
  });
});
