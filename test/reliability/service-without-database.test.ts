/** `npm start` while its database can't take messages: nothing is acknowledged, a line says why, and it recovers by itself. */
import { execFileSync, spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { existsSync, mkdtempSync, renameSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { SQLITE_FILE } from "../../src/store/open.ts";
import { ensureBuilt, type Started, startProcess } from "../main/started.ts";
import { hasPostgres, type PostgresServer, startPostgres } from "../store/postgres-server.ts";
import { scriptFor, WEB_TOKEN } from "./script.ts";

const folder = mkdtempSync(join(tmpdir(), "service-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const running: Started[] = [];
afterEach(async () => {
  for (const one of running.splice(0)) await one.end("SIGKILL");
});

/** With a case open in it. */
async function begin(env: Readonly<Record<string, string>> = {}) {
  const dir = mkdtempSync(join(folder, "run-"));
  const started = await startProcess(dir, { WEB_TOKEN, ...env });
  running.push(started);
  const script = scriptFor(started);
  const caseId = await script.open();
  expect((await script.get("/readyz")).status).toBe(200);
  return { ...script, started, caseId, data: join(dir, "data") };
}
type Begun = Awaited<ReturnType<typeof begin>>;

/** Somebody else's transaction that keeps a case, for as long as it likes. */
async function lockCases(databaseUrl: string, caseId: string) {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query("begin");
  await client.query("select 1 from cases where id = $1 for update", [caseId]);
  return {
    async release(): Promise<void> {
      await client.query("rollback");
      await client.end();
    },
  };
}

const WORDS = "so far";

/** A message that can't be kept: refused, logged in one line, and the service lives on. @returns its delivery */
async function refused({ say, get, started, caseId }: Begun, reason: RegExp): Promise<string> {
  const delivery = randomUUID();
  const logged = started.err().length;
  const answer = await say(caseId, WORDS, delivery);
  expect(answer.status).toBe(503);
  const lines = started.err().slice(logged).trim().split("\n");
  const told = lines
    .map((line) => JSON.parse(line) as Record<string, unknown>)
    .filter(({ level }) => level === "error");
  expect(told, "one line").toMatchObject([
    { msg: expect.stringMatching(/^(?:not taken|web: not served)$/), reason: expect.stringMatching(reason) },
  ]);
  expect(lines.join()).not.toContain(WORDS);
  expect((await get("/readyz")).status).toBe(503);
  expect((await get("/healthz")).status).toBe(200);
  expect((await get("/metrics")).status).toBe(200);
  return delivery;
}

/** The same message comes again, and is handled once. */
async function recovered({ say, get, caseId }: Begun, delivery: string): Promise<void> {
  const end = Date.now() + 20_000;
  for (;;) {
    const answer = await say(caseId, WORDS, delivery);
    if (answer.status === 200) {
      expect(JSON.parse(answer.text)).toMatchObject({ outcome: "taken", turn: 2 });
      break;
    }
    if (Date.now() > end) throw new Error(`it did not recover: ${answer.status} ${answer.text}`);
  }
  expect(JSON.parse((await say(caseId, WORDS, delivery)).text)).toMatchObject({ outcome: "repeat" });
  expect((await get("/readyz")).status).toBe(200);
}

const hasLimits = existsSync("/usr/bin/prlimit") || existsSync("/bin/prlimit");

describe("SQLite", () => {
  it.runIf(hasLimits)("on a disk that is full", async () => {
    const here = await begin();
    const limit = (bytes: string) =>
      execFileSync("prlimit", ["--pid", String(here.started.process.pid), `--fsize=${bytes}:`]);
    limit(String(statSync(join(here.data, `${SQLITE_FILE}-wal`)).size));
    const delivery = await refused(here, /^nothing was kept: the disk (?:is full|refused to read or write)/);
    limit("unlimited");
    await recovered(here, delivery);
  });

  it("whose directory was moved away, and put back", async () => {
    const here = await begin();
    renameSync(here.data, `${here.data}.away`);
    const delivery = await refused(here, /^nothing was kept: .* was moved or deleted; put it back, or restart$/);
    renameSync(`${here.data}.away`, here.data);
    await recovered(here, delivery);
  });

  it.runIf(process.platform === "linux")(
    "in a directory that can't be written does not start, and says what to do",
    () => {
      const dir = mkdtempSync(join(folder, "run-"));
      const env = { PATH: process.env["PATH"] ?? "", PORT: "0", DATA_DIR: "/sys/tunnelmedic" };
      const { status, stderr } = spawnSync(process.execPath, [ensureBuilt()], { cwd: dir, env, encoding: "utf8" });
      expect(status).toBe(1);
      expect(stderr).toMatch(/^tunnelmedic: \/sys\/tunnelmedic\/\S+ cannot be .*DATA_DIR.*\n$/);
    },
  );
});

describe.runIf(hasPostgres)("PostgreSQL", () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres();
  }, 60_000);
  afterAll(() => server.remove(), 30_000);

  it.each(["stop", "kill"] as const)("that is gone (%s) and comes back", async (how) => {
    const here = await begin({ DATABASE_URL: await server.newDatabase() });
    await server[how]();
    const delivery = await refused(here, /^nothing was kept: PostgreSQL: (?:nothing listens|the connection broke)/);
    await server.start();
    await recovered(here, delivery);
  });

  it("that is slow: not acknowledged before it is kept, other cases go on; too slow: refused with the reason", async () => {
    const url = await server.newDatabase();
    const here = await begin({ DATABASE_URL: url });
    const other = await here.open();
    const { caseId } = here;
    const lock = await lockCases(url, caseId);
    let isAnswered = false;
    const waiting = here.say(caseId, WORDS).finally(() => {
      isAnswered = true;
    });
    expect((await here.say(other, WORDS)).status).toBe(200);
    expect(isAnswered).toBe(false);
    await lock.release();
    expect((await waiting).status).toBe(200);
    expect(here.started.err()).not.toContain("not taken");

    const again = await lockCases(url, caseId);
    const delivery = randomUUID();
    expect((await here.say(caseId, WORDS, delivery)).status).toBe(503);
    expect(here.started.err()).toMatch(/nothing was kept: PostgreSQL: it took too long/);
    await again.release();
    expect((await here.say(caseId, WORDS, delivery)).status).toBe(200);
  });
});
