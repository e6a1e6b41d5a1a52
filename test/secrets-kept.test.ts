/**
 * Planted secrets through the service: neither its databases nor their logs of changes, its outbox, its log, its figures,
 * its pages or its exports hold one.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import Sqlite from "better-sqlite3";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Content } from "../src/domain/inbound.ts";
import { openStore, SQLITE_FILE } from "../src/store/open.ts";
import { type Assembled, assemble, inbound } from "./bot/assembled.ts";
import { type Started, startProcess } from "./main/started.ts";
import { ALL_IN_ONE, PLANTED_SECRETS, seenIn } from "./planted-secrets.ts";
import { scriptFor, WEB_TOKEN } from "./reliability/script.ts";
import { hasPostgres, startPostgres } from "./store/postgres-server.ts";

const folder = mkdtempSync(join(tmpdir(), "secrets-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const OUTPUT = `HUB#show crypto isakmp sa
IPv4 Crypto ISAKMP SA
dst             src             state          conn-id status
203.0.113.2     198.51.100.1    MM_KEY_EXCH       1017 ACTIVE
`;
/** No secret, and surely kept: what finds nothing must have looked at something. */
const WITNESS = "203.0.113.2";

/** Everything as text: the bytes as they are, and what was packed among the values. */
function all(rows: readonly Readonly<Record<string, unknown>>[]): string {
  return rows.flatMap((row) => Object.values(row).map(textOf)).join("\n");
}

function textOf(value: unknown): string {
  if (!(value instanceof Uint8Array)) return String(value);
  const isPacked = value[0] === 0x1f && value[1] === 0x8b;
  return isPacked ? gunzipSync(value).toString() : Buffer.from(value).toString("latin1");
}

function filesOf(dataDir: string): string {
  return readdirSync(dataDir)
    .map((name) => readFileSync(join(dataDir, name), "latin1"))
    .join("\n");
}

/** Every way that a message can hold something, in a chat that is sent to. */
async function tellAll({ bot }: Assembled): Promise<void> {
  let place = { chat: "slack", workspace: "T1", thread: "C1/1" };
  const say = async (content: Content) => bot.hear(inbound(place, content));
  await say({ type: "opened", text: ALL_IN_ONE, files: [{ name: "keys.txt", text: ALL_IN_ONE }] });
  for (const [index, { text }] of PLANTED_SECRETS.entries()) {
    if (index % 10 === 0) {
      place = { ...place, thread: `C2/${index}` };
      await say({ type: "opened", text });
    }
    await say({ type: "said", text, message: `m${index}` });
    await say({ type: "said", text: `${OUTPUT}${text}`, message: `n${index}` });
    if (index % 9 === 0) await say({ type: "edited", text: `${OUTPUT}\n${text}`, message: `n${index}` });
    await say({ type: "said", text: `explain ${text.split("\n")[0]}` });
    await say({ type: "chose", choice: `peer:${text.split("\n")[0]}` });
  }
  for (const text of ["so far", "more", "why", "compare", "undo", "hand over"]) await say({ type: "said", text });
  await say({ type: "chose", choice: "escalate" });
}

describe("what is kept", () => {
  it("SQLite: the file, its log of changes, every row, the outbox and a backup", async () => {
    const here = await assemble({ sends: () => true });
    try {
      await tellAll(here);
      expect(readdirSync(here.dir)).toContain(`${SQLITE_FILE}-wal`);
      const files = filesOf(here.dir);
      const backup = join(folder, "backup.db");
      await here.store.backup(backup);
      const database = new Sqlite(backup, { readonly: true });
      const tables = database.prepare("select name from sqlite_master where type = 'table'").pluck().all();
      const rows = tables.map((name) => all(database.prepare(`select * from "${name}"`).all() as []));
      database.close();
      const kept = [files, readFileSync(backup, "latin1"), ...rows, await outboxOf(here)];
      for (const text of kept) expect(seenIn(text, PLANTED_SECRETS)).toEqual([]);
      expect(files).toContain(WITNESS);
      expect(rows.join()).toContain(WITNESS);
    } finally {
      await here.close();
    }
  }, 300_000);

  it.runIf(hasPostgres)(
    "PostgreSQL: a copy of every table, and the outbox",
    async () => {
      const server = await startPostgres();
      try {
        const databaseUrl = await server.newDatabase();
        const here = await assemble({ sends: () => true, databaseUrl, dir: folder });
        try {
          await tellAll(here);
          const rows = await tablesOf(databaseUrl);
          expect(seenIn(rows, PLANTED_SECRETS)).toEqual([]);
          expect(rows).toContain(WITNESS);
          expect(seenIn(await outboxOf(here), PLANTED_SECRETS)).toEqual([]);
        } finally {
          await here.close();
        }
      } finally {
        await server.remove();
      }
    },
    300_000,
  );
});

/** What is to be sent, as senders get it. */
async function outboxOf({ store }: Assembled): Promise<string> {
  const bodies: string[] = [];
  for (let claimed = await store.claim({ owner: "me", ms: 60_000 }, ["slack"], 500); claimed.length > 0; ) {
    for (const row of claimed) {
      bodies.push(JSON.stringify(row));
      await store.sent(row, undefined);
    }
    claimed = await store.claim({ owner: "me", ms: 60_000 }, ["slack"], 500);
  }
  expect(bodies.length).toBeGreaterThan(PLANTED_SECRETS.length);
  return bodies.join("\n");
}

async function tablesOf(databaseUrl: string): Promise<string> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const tables = await client.query<{ name: string }>(
      "select tablename as name from pg_tables where schemaname = current_schema()",
    );
    expect(tables.rows.length).toBeGreaterThan(4);
    const texts: string[] = [];
    for (const { name } of tables.rows) texts.push(all((await client.query(`select * from "${name}"`)).rows));
    return texts.join("\n");
  } finally {
    await client.end();
  }
}

describe("npm start", () => {
  let started: Started;
  let dir: string;
  let caseId: string;
  let script: ReturnType<typeof scriptFor>;
  /** What the HTTP API answered. */
  const asked: string[] = [];
  async function ask(path: string, body: unknown): Promise<string> {
    const headers = { authorization: `Bearer ${WEB_TOKEN}`, "content-type": "application/json" };
    const init = { method: "POST", headers, body: typeof body === "string" ? body : JSON.stringify(body) };
    return (await fetch(`${started.url}/api/v1/${path}`, init)).text();
  }
  beforeAll(async () => {
    dir = mkdtempSync(join(folder, "run-"));
    started = await startProcess(dir, { WEB_TOKEN, LOG_LEVEL: "trace" });
    script = scriptFor(started);
    caseId = await script.open(ALL_IN_ONE);
    const texts = [
      OUTPUT,
      ALL_IN_ONE,
      `${OUTPUT}${ALL_IN_ONE}`,
      "explain pre-shared-key Zq1rVx8aLm",
      "more",
      "hand over",
    ];
    for (const text of texts) expect((await script.say(caseId, text)).status).toBe(200);
    for (const body of [{ pastes: [{ text: ALL_IN_ONE }] }, { pastes: ALL_IN_ONE }, ALL_IN_ONE])
      for (const path of ["diagnose", "read"]) asked.push(await ask(path, body));
  }, 60_000);
  afterAll(async () => {
    await started.end("SIGKILL");
  });

  it("no page, nor anything a page links to", async () => {
    const seen = new Map<string, string>();
    const left = [
      "/",
      `/case/${caseId}`,
      `/case/${caseId}/parts`,
      `/case/${caseId}/tree.txt`,
      `/case/${caseId}/tree.svg`,
    ];
    for (let path = left.shift(); path !== undefined && seen.size < 80; path = left.shift()) {
      if (seen.has(path) || path.endsWith("/events")) continue;
      const { text } = await script.get(path);
      seen.set(path, text);
      for (const [, link = ""] of text.matchAll(/(?:href|src)="(\/[^"#]*)/g)) left.push(link.replaceAll("&amp;", "&"));
    }
    expect(seen.size).toBeGreaterThan(6);
    expect([...seen.values()].join()).toContain(WITNESS);
    for (const [path, text] of seen) expect([path, seenIn(text, PLANTED_SECRETS)]).toEqual([path, []]);
  });

  it("no answer for programs", () => {
    expect(asked.map((text) => (JSON.parse(text) as { status?: number }).status)).toEqual([
      undefined,
      undefined,
      422,
      422,
      400,
      400,
    ]);
    expect(seenIn(asked.join("\n"), PLANTED_SECRETS)).toEqual([]);
  });

  it("no figure, and no line of the log at its most talkative", async () => {
    const { text } = await script.get("/metrics");
    expect(text).toMatch(/tunnelmedic_secrets_removed_total [1-9]/);
    expect(seenIn(text, PLANTED_SECRETS)).toEqual([]);
    expect(started.err()).toContain('"msg":"turn"');
    expect(seenIn(started.err() + started.out(), PLANTED_SECRETS)).toEqual([]);
  });

  it("no export, while it runs", () => {
    const env = { PATH: process.env["PATH"] ?? "", DATA_DIR: join(dir, "data") };
    const args = ["--import", "tsx", "src/cli.ts", "export", caseId];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { env, encoding: "utf8", maxBuffer: 1 << 26 });
    expect([status, stderr]).toEqual([0, ""]);
    expect(stdout).toContain(WITNESS);
    expect(seenIn(stdout, PLANTED_SECRETS)).toEqual([]);
  });

  it("nothing that is left of it when it is killed", async () => {
    await started.end("SIGKILL");
    const dataDir = join(dir, "data");
    expect(readdirSync(dataDir)).toContain(`${SQLITE_FILE}-wal`);
    expect(seenIn(filesOf(dataDir), PLANTED_SECRETS)).toEqual([]);
    const store = await openStore({ dataDir });
    try {
      const turns = JSON.stringify(await store.turns(caseId));
      expect(turns).toContain(WITNESS);
      expect(seenIn(turns, PLANTED_SECRETS)).toEqual([]);
    } finally {
      await store.close();
    }
  });
});
