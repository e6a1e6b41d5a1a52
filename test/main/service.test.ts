import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ensureBuilt, type Started, startProcess } from "./started.ts";

let dir: string;
const running: Started[] = [];
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "tunnelmedic-"));
});
afterEach(async () => {
  for (const one of running.splice(0)) await one.end("SIGKILL");
  rmSync(dir, { recursive: true, force: true });
});

async function start(env: Record<string, string> = {}): Promise<Started> {
  const started = await startProcess(dir, env);
  running.push(started);
  return started;
}
const get = async ({ url }: Started, path: string) => {
  const answer = await fetch(`${url}${path}`);
  return { status: answer.status, text: await answer.text() };
};

it("npm start serves the web chat on loopback and says what would turn the other chats on", async () => {
  const started = await start();
  expect(started.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect(await get(started, "/")).toMatchObject({ status: 200, text: expect.stringContaining("TunnelMedic") });
  expect(started.out()).toMatch(/Cases are kept in \.\/data/);
  expect(started.out()).toMatch(/Slack is off: set SLACK_BOT_TOKEN/);
  expect(started.out()).toMatch(/Discord is off: set DISCORD_TOKEN/);
});

it("tells a supervisor that it lives and can take messages, and gives figures", async () => {
  const started = await start();
  expect(await get(started, "/healthz")).toEqual({ status: 200, text: "ok\n" });
  expect(await get(started, "/readyz")).toEqual({ status: 200, text: "ready\n" });
  const { text } = await get(started, "/metrics");
  for (const name of ["turns_total", "turn_seconds", "verdicts_total", "outbox_waiting", "outbox_oldest_seconds"])
    expect(text).toContain(`# TYPE tunnelmedic_${name} `);
  expect(text).toContain("tunnelmedic_secrets_removed_total 0");
  expect(text).toContain("tunnelmedic_unread_lines_total 0");
});

it.each(["SIGTERM", "SIGINT"] as const)(
  "%s ends it with 0, and what was said is there after the next start",
  async (signal) => {
    const first = await start();
    const page = await get(first, "/");
    const form = /name="form" value="([^"]+)"/.exec(page.text)?.[1];
    expect(form).toBeDefined();
    expect(await first.end(signal)).toBe(0);
    const second = await start();
    expect((await get(second, "/readyz")).status).toBe(200);
  },
);

it("reads .env of the folder it is started in; the environment itself goes first", async () => {
  writeFileSync(join(dir, ".env"), "DATA_DIR=./elsewhere\nLOG_LEVEL=silent\n");
  expect((await start()).out()).toContain("./elsewhere");
  expect((await start({ DATA_DIR: "./here" })).out()).toContain("./here");
});

describe("what cannot work ends at once", () => {
  const run = (env: Record<string, string>) =>
    spawnSync(process.execPath, [ensureBuilt()], {
      cwd: dir,
      env: { PATH: process.env["PATH"] ?? "", PORT: "0", ...env },
      encoding: "utf8",
    });

  it("wrong settings with 2, one line each, without their values", () => {
    const { status, stderr, stdout } = run({ PORT: "eighty", HOST: "0.0.0.0", SLACK_APP_TOKEN: "xapp-hunter2" });
    expect(status).toBe(2);
    expect(stdout).toBe("");
    expect(stderr.trim().split("\n")).toEqual(["tunnelmedic: PORT: must be a number"]);
    const next = run({ HOST: "0.0.0.0", SLACK_APP_TOKEN: "xapp-hunter2" });
    expect(next.stderr.trim().split("\n")).toHaveLength(2);
    expect(next.stderr).toContain("tunnelmedic: WEB_TOKEN: is required");
    expect(next.stderr).not.toContain("hunter2");
  });

  it("a port that is taken with 1 and one line that names it", async () => {
    const { url } = await start();
    const { status, stderr } = run({ PORT: new URL(url).port, DATA_DIR: join(dir, "other") });
    expect(status).toBe(1);
    expect(stderr).toContain(`PORT ${new URL(url).port}`);
    expect(stderr.trim().split("\n")).toHaveLength(1);
  });

  it("a database that is none with 1 and one line", () => {
    writeFileSync(
      join(dir, "tunnelmedic.db"),
      "this is no database, and much longer than a header would be".repeat(100),
    );
    const { status, stderr } = run({ DATA_DIR: dir });
    expect(status).toBe(1);
    expect(stderr.trim().split("\n")).toHaveLength(1);
    expect(stderr).toMatch(/tunnelmedic\.db/);
  });
});

it("loads no SDK of a chat that is off, and no driver of a database that is not used", () => {
  const loaded = staticImports(ensureBuilt());
  expect(loaded.size).toBeGreaterThan(3);
  for (const name of ["@slack/bolt", "discord.js", "pg", "better-sqlite3"]) expect([...loaded]).not.toContain(name);
});

/** Every module that is loaded when a built file is, without dynamic imports. */
function staticImports(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  for (const [, name = ""] of readFileSync(file, "utf8").matchAll(
    /^(?:import|export)\b[^;]{0,4000}?from "([^"]+)";$|^import "([^"]+)";$/gm,
  ))
    if (name.startsWith(".")) staticImports(join(dirname(file), name), seen);
    else seen.add(name);
  return seen;
}
