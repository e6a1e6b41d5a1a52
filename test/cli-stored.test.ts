/** `tunnelmedic export` and `backup`: the service's store from the command line. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { z } from "zod";
import { CaseEventSchema } from "../src/case/event-schema.ts";
import { openStore, SQLITE_FILE } from "../src/store/open.ts";
import { type Assembled, assemble, inbound, placeNamed } from "./bot/assembled.ts";

const root = new URL("..", import.meta.url).pathname;
const KEY = "Zq1rVx8aLm";
const PASTE = `HUB#show run | section crypto\ncrypto isakmp key ${KEY} address 203.0.113.2\nHUB#`;

let here: Assembled;
let caseId: string;
const folder = mkdtempSync(join(tmpdir(), "tunnelmedic-"));

beforeAll(async () => {
  here = await assemble();
  const place = placeNamed("export me");
  const heard = await here.bot.hear(inbound(place, { type: "opened", symptom: "tunnel-down" }));
  await here.bot.hear(inbound(place, { type: "said", text: PASTE, message: "m1" }));
  caseId = heard.outcome === "taken" ? heard.caseId : "";
});
afterAll(async () => {
  await here.close();
  rmSync(folder, { recursive: true, force: true });
});

function run(args: readonly string[], env: Readonly<Record<string, string>> = { DATA_DIR: here.dir }) {
  const { DATABASE_URL: _url, DATA_DIR: _dir, ...rest } = process.env;
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--import", "tsx", "src/cli.ts", ...args], {
    cwd: root,
    encoding: "utf8",
    env: { ...rest, ...env },
  });
  return { status, stdout, stderr };
}

const Exported = z.object({
  schema: z.literal(1),
  case: z.object({ id: z.string(), status: z.literal("open"), version: z.literal(2), openedAt: z.iso.datetime() }),
  turns: z.array(
    z.object({
      number: z.number(),
      at: z.iso.datetime(),
      echo: z.string(),
      events: z.array(CaseEventSchema),
      reply: z.object({ blocks: z.array(z.unknown()).min(1) }),
    }),
  ),
});

it("exports a case with all its turns while the service has it open, without the keys that were pasted", () => {
  const { status, stdout, stderr } = run(["export", caseId.toLowerCase()]);
  expect(stderr).toBe("");
  expect(status).toBe(0);
  const exported = Exported.parse(JSON.parse(stdout));
  expect(exported.case.id).toBe(caseId);
  expect(exported.turns.map(({ number }) => number)).toEqual([1, 2]);
  expect(exported.turns[1]?.events).toMatchObject([{ type: "pasted", message: "m1", paste: { secretsRemoved: 1 } }]);
  expect(stdout).not.toContain(KEY);
});

it("backs the database up while the service writes, into a file that holds the same case", async () => {
  const copy = join(folder, SQLITE_FILE);
  expect(run(["backup", copy])).toMatchObject({ status: 0, stderr: "", stdout: expect.stringMatching(/^copied to /) });
  expect(statSync(copy).mode & 0o077).toBe(0);
  const restored = await openStore({ dataDir: folder });
  try {
    expect(await restored.turns(caseId)).toEqual(await here.store.turns(caseId));
  } finally {
    await restored.close();
  }
  expect(run(["backup", copy])).toMatchObject({ status: 2, stderr: expect.stringMatching(/exists already/) });
});

it("what can't be done ends with 2 and one line, names no key, and makes no file", () => {
  const nowhere = join(folder, "nowhere");
  const wrong: [readonly string[], Readonly<Record<string, string>> | undefined, RegExp][] = [
    [["export"], undefined, /wants the id of one case/],
    [["export", "crypto isakmp key", KEY], undefined, /wants the id of one case/],
    [["export", KEY], undefined, /wants the id of one case/],
    [["export", "0000000"], undefined, /there is no case 0000000/],
    [["export", caseId], { DATA_DIR: nowhere }, /there is no tunnelmedic.db in DATA_DIR/],
    [["export", caseId], { DATABASE_URL: `mysql://bob:${KEY}@db` }, /DATABASE_URL: must be postgres/],
    [["export", caseId], { DATABASE_URL: `postgres://bob:${KEY}@127.0.0.1:9/x` }, /nothing listens/],
    [["backup"], undefined, /wants the name of a new file/],
    [["backup", "--all"], undefined, /wants the name of a new file/],
    [["backup", join(nowhere, "copy.db")], undefined, /cannot be written/],
    [["backup", join(nowhere, `key ${KEY}`)], undefined, /the first input cannot be written/],
  ];
  for (const [args, env, says] of wrong) {
    const { status, stdout, stderr } = run(args, env);
    expect({ args, status, stdout, stderr }).toMatchObject({
      status: 2,
      stdout: "",
      stderr: expect.stringMatching(says),
    });
    expect(stderr).toMatch(/^tunnelmedic: .*\n$/);
    expect(stderr).not.toContain(KEY);
  }
  expect(existsSync(nowhere)).toBe(false);
}, 90_000);

it("chat --case takes a case over, and tells the place that it was at", async () => {
  const place = { chat: "slack", workspace: "T1", thread: "C1/1.2" };
  const heard = await here.bot.hear(inbound(place, { type: "opened", symptom: "one-way", platform: "cisco-ios" }));
  const id = heard.outcome === "taken" ? heard.caseId : "";
  const { DATABASE_URL: _url, ...rest } = process.env;
  const { stdout, status } = spawnSync(process.execPath, ["--import", "tsx", "src/cli.ts", "chat", "--case", id], {
    cwd: root,
    encoding: "utf8",
    input: "the peer is 198.51.100.7\n\nquit\n",
    env: { ...rest, DATA_DIR: here.dir },
  });
  expect(status).toBe(0);
  expect(stdout).toContain(`Case ${id}, from Slack, goes on here`);
  expect(stdout).toContain("The peer is 198.51.100.7.");
  const head = await here.store.caseById(id);
  expect(head).toMatchObject({ status: "open", place: { chat: "terminal" }, summary: { peer: "198.51.100.7" } });
  const [row] = await here.store.claim({ owner: "me", ms: 1_000 }, ["slack"], 5);
  expect(JSON.stringify(row?.body)).toContain("along to a terminal");
});

it("export writes a case up, for whom and as what it is told", () => {
  const written = run(["export", caseId, "--format", "md", "--for", "vendor"]);
  expect(written.status).toBe(0);
  expect(written.stdout).toMatch(new RegExp(`^# Hand-over ${caseId}: .* · for the vendor's support`));
  expect(written.stdout).not.toContain(KEY);
  expect(run(["export", caseId, "--format", "pdf"]).stderr).toContain("--format is html, md or json");
});

it("cases and stats look back: by words and time, as JSON, without the keys that were pasted", () => {
  const found = run(["cases", "hbu", "since", "2026-01-01"], { DATA_DIR: here.dir });
  expect(found.stdout + found.stderr).toContain("There is no");
  const listed = run(["cases", "HUB", "--json"]);
  expect([listed.status, listed.stderr]).toEqual([0, ""]);
  expect(JSON.parse(listed.stdout)).toMatchObject({
    schema: 1,
    cases: [{ case: caseId, chat: "web", status: "open" }],
  });
  expect(run(["cases", "203.0.113.2", "closed"]).stdout).toContain("There are others: `npx tunnelmedic cases");
  const stats = run(["stats", "--json", "--chat", "web"]);
  expect(JSON.parse(stats.stdout)).toMatchObject({ schema: 1, cases: 1, open: 1 });
  expect(listed.stdout + stats.stdout + run(["stats"]).stdout).not.toContain(KEY);
  expect(run(["stats", "since", "soon"])).toMatchObject({ status: 2, stdout: "" });
}, 120_000);

it("the terminal conversation lists, searches and adds up the service's cases, and says what a peer had before", async () => {
  const place = placeNamed("had it before");
  const heard = await here.bot.hear(inbound(place, { type: "opened", symptom: "tunnel-down" }));
  const ends = [
    configuration("LYON", "3des", "192.0.2.9", "192.0.2.77"),
    configuration("ROME", "aes", "192.0.2.77", "192.0.2.9"),
  ];
  for (const text of ends) await here.bot.hear(inbound(place, { type: "said", text }));
  const id = heard.outcome === "taken" ? heard.caseId : "";
  const asking = [
    "cases",
    "cases 192.0.2.77",
    "/ipsec search policies lyon",
    "stats",
    "cases since soon",
    "help",
    "the peer is 192.0.2.77",
  ];
  const { stdout, stderr, status } = talk([], [...asking, "quit", ""]);
  expect([status, stderr]).toEqual([0, ""]);
  expect(await here.store.caseById(id)).toMatchObject({ summary: { cause: "ike-policy-mismatch" } });
  expect(stdout.match(new RegExp(`^ {2}${id} {3}web `, "gm"))?.length, "twice listed, once found").toBeGreaterThan(1);
  expect(stdout).toContain("What I can explain");
  expect(stdout).toContain("2026-11-01");
  expect(stdout).toContain("search WORDS: the service's cases");
  expect(stdout).toMatch(/\d cases, \d open/);
  expect(stdout.indexOf(`This peer had a case before: ${id}, `)).toBeGreaterThan(0);
  expect(stdout.indexOf("The peer is 192.0.2.77.")).toBeGreaterThan(stdout.indexOf("This peer had a case before"));

  const begun = await here.bot.hear(inbound(placeNamed("again"), { type: "opened", peer: "192.0.2.77" }));
  const again = begun.outcome === "taken" ? begun.caseId : "";
  const taken = talk(["--case", again], ["cases 192.0.2.77", "quit", ""]);
  expect(taken.stdout).toMatch(new RegExp(`This peer had a case before: ${id}, [\\s\\S]*goes on here`));
  expect(taken.stdout).toMatch(new RegExp(`^ {2}${again} {3}terminal `, "m"));
}, 60_000);

it("without a service's database, the terminal conversation says so when it is asked, and else goes on without", () => {
  const nowhere = join(folder, "no service");
  const { stdout, status } = talk([], ["the peer is 192.0.2.77", "cases", "quit", ""], { DATA_DIR: nowhere });
  expect(status).toBe(0);
  expect(stdout).toContain("The peer is 192.0.2.77.");
  expect(stdout).toMatch(/I can't look at the service's cases: there is no tunnelmedic.db in DATA_DIR/);
  expect(existsSync(nowhere)).toBe(false);
});

function configuration(host: string, encryption: string, own: string, peer: string): string {
  return `${host}#show running-config
crypto isakmp policy 10
 encr ${encryption}
 authentication pre-share
 group 14
crypto isakmp key ${KEY} address ${peer}
crypto ipsec transform-set TS esp-aes esp-sha-hmac
crypto map CM 10 ipsec-isakmp
 set peer ${peer}
 set transform-set TS
 match address VPN
interface GigabitEthernet0/0
 ip address ${own} 255.255.255.0
 crypto map CM
${host}#`;
}

function talk(
  args: readonly string[],
  lines: readonly string[],
  env: Readonly<Record<string, string>> = { DATA_DIR: here.dir },
) {
  const { DATABASE_URL: _url, DATA_DIR: _dir, ...rest } = process.env;
  return spawnSync(process.execPath, ["--import", "tsx", "src/cli.ts", "chat", ...args], {
    cwd: root,
    encoding: "utf8",
    input: lines.join("\n"),
    env: { ...rest, ...env },
  });
}
