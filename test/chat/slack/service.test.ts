/** docs/slack.md, step by step: `npm start` with the variables it names, against the Slack on loopback. */
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { ensureBuilt } from "../../main/started.ts";
import { chose, STUCK } from "./loopback.ts";
import { APP_TOKEN, BOT_TOKEN, NOT_HERE, SIGNING_SECRET } from "./peer/local-slack.ts";
import { type SlackPeer, startSlackPeer } from "./peer/slack-peer.ts";

const ROOT = new URL("../../../", import.meta.url).pathname;
const ended: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ended.splice(0).reverse()) await end();
});

async function peerIn(mode: "socket" | "events"): Promise<SlackPeer> {
  const peer = await startSlackPeer({ mode, users: ["UASHA"], channels: [{ id: "C0NET", name: "netops" }] });
  ended.push(() => peer.close());
  return peer;
}

/**
 * `npm start` with these variables.
 * @returns what it prints once it serves, or its error and exit status; and how to kill it
 */
async function start(
  variables: Readonly<Record<string, string>>,
  dir = mkdtempSync(join(tmpdir(), "tunnelmedic-service-")),
): Promise<{ output: string; status: number | null; kill(): Promise<unknown> }> {
  const env = { PATH: process.env["PATH"] ?? "", DATA_DIR: dir, PORT: "0", LOG_LEVEL: "silent", ...variables };
  const child = spawn(process.execPath, [ensureBuilt()], {
    env,
    cwd: ROOT,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const exited = new Promise<number | null>((resolve) => child.once("exit", resolve));
  ended.push(async () => {
    child.kill("SIGTERM");
    await exited;
    rmSync(dir, { recursive: true, force: true });
  });
  let output = "";
  child.stderr.on("data", (data) => {
    output += String(data);
  });
  const serves = new Promise<null>((resolve) => {
    child.stdout.on("data", (data) => {
      output += String(data);
      if (output.includes("Cases are kept in")) resolve(null);
    });
  });
  const kill = () => {
    child.kill("SIGKILL");
    return exited;
  };
  return { status: await Promise.race([serves, exited]), output, kill };
}

describe.skipIf(NOT_HERE !== undefined)("Slack in five steps", () => {
  it("over Socket Mode: two tokens, npm start, /ipsec", { timeout: 40_000 }, async () => {
    const peer = await peerIn("socket");
    // As the README has it: the variables of its fourth step, the words of its fifth.
    const readme = readFileSync(join(ROOT, "README.md"), "utf8");
    const names = [...(/`(SLACK_.*) npm start`/.exec(readme)?.[1] ?? "").matchAll(/([A-Z_]+)=/g)].map(
      ([, name]) => name,
    );
    expect(names).toEqual(["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"]);
    const words = /`\/ipsec (tunnel [^`]+)`/.exec(readme)?.[1] ?? "not in the README";
    const { output } = await start({
      SLACK_BOT_TOKEN: BOT_TOKEN,
      SLACK_APP_TOKEN: APP_TOKEN,
      SLACK_API_URL: peer.apiUrl,
    });
    expect(output).not.toContain("Slack is off");
    await peer.people.command("C0NET", "UASHA", "help");
    await peer.people.sees("C0NET", "I find out what is wrong with an IPsec tunnel.");
    await peer.people.command("C0NET", "UASHA", words);
    expect(JSON.stringify(peer.people.form())).toContain("198.51.100.7");
    expect(await peer.people.submit("UASHA", chose("symptom", "tunnel-down"))).toBeUndefined();
    const { thread_ts: thread = "" } = await peer.people.sees("C0NET", "Which box are you on?");
    await peer.people.say("C0NET", "UASHA", STUCK, thread);
    await peer.people.sees("C0NET", "Read from HUB", { thread });
    expect([...peer.seenFailing, ...peer.web.refusals]).toEqual([]);
  });

  it("over HTTP: a token and the signing secret, npm start, /ipsec", { timeout: 40_000 }, async () => {
    const peer = await peerIn("events");
    const { output } = await start({
      SLACK_BOT_TOKEN: BOT_TOKEN,
      SLACK_SIGNING_SECRET: SIGNING_SECRET,
      SLACK_API_URL: peer.apiUrl,
    });
    const address = /http:\/\/\S+/.exec(output)?.[0] ?? "";
    peer.requestUrls.push(`${address}/slack/events`);
    await peer.people.command("C0NET", "UASHA", "explain QM_IDLE");
    await peer.people.sees("C0NET", "QM_IDLE");
    const ts = await peer.people.say("C0NET", "UASHA", "<@UBOT> tunnel down");
    await peer.people.sees("C0NET", "Which box are you on?", { thread: ts });
  });

  it("killed over an answer, and started again: the answer comes within seconds, long before the lease would end", {
    timeout: 40_000,
  }, async () => {
    const peer = await peerIn("socket");
    const variables = { SLACK_BOT_TOKEN: BOT_TOKEN, SLACK_APP_TOKEN: APP_TOKEN, SLACK_API_URL: peer.apiUrl };
    const dir = mkdtempSync(join(tmpdir(), "tunnelmedic-service-"));
    const first = await start(variables, dir);
    const killed = new Promise((resolve) => {
      peer.web.rules.push(({ method, args }) => {
        if (method !== "chat.postMessage" || !JSON.stringify(args).includes("Which box")) return undefined;
        resolve(first.kill());
        return { type: "status", status: 503 };
      });
    });
    const thread = await peer.people.say("C0NET", "UASHA", "<@UBOT> tunnel down");
    await killed;
    peer.web.rules.splice(0);
    await start(variables, dir);
    await peer.people.sees("C0NET", "Which box are you on?", { thread, within: 20_000 });
  });

  it("says in one line which token Slack refuses", { timeout: 40_000 }, async () => {
    const peer = await peerIn("socket");
    peer.web.rules.push(({ method }) =>
      method === "auth.test" ? { type: "refused", error: "invalid_auth" } : undefined,
    );
    const refused = await start({ SLACK_BOT_TOKEN: BOT_TOKEN, SLACK_APP_TOKEN: APP_TOKEN, SLACK_API_URL: peer.apiUrl });
    expect(refused).toMatchObject({
      status: 1,
      output:
        "tunnelmedic: SLACK_BOT_TOKEN: Slack refuses it (invalid_auth); copy it again from the app's pages, or install the app again\n",
    });
    peer.web.rules.splice(0, 1, ({ method }) =>
      method === "apps.connections.open" ? { type: "refused", error: "not_allowed_token_type" } : undefined,
    );
    const other = await start({ SLACK_BOT_TOKEN: BOT_TOKEN, SLACK_APP_TOKEN: APP_TOKEN, SLACK_API_URL: peer.apiUrl });
    expect(other.output).toContain("SLACK_APP_TOKEN: it is a token of another type");
  });
});

it("docs/slack.md names each variable and each scope of the manifest", () => {
  const docs = readFileSync(join(ROOT, "docs/slack.md"), "utf8");
  const manifest = readFileSync(join(ROOT, "slack-manifest.yaml"), "utf8");
  const scopes = /bot:\n((?: +- .*\n)+)/.exec(manifest)?.[1]?.match(/[a-z_]+(?::[a-z]+)?/g) ?? [];
  expect(scopes.length).toBeGreaterThan(8);
  for (const scope of scopes) expect(docs).toContain(`\`${scope}\``);
  for (const variable of ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET", "ESCALATION_CHANNEL_SLACK"])
    expect(docs).toContain(`\`${variable}\``);
});
