/** The Slack on loopback that the tests talk to: local-slack, locked up so that only this process reaches it. */
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { stringify } from "yaml";

const BINARY = new URL("../../../../node_modules/local-slack-linux-x64/bin/local-slack", import.meta.url).pathname;
const RELAY = new URL("./relay.js", import.meta.url).pathname;
const PEER_PORT = 4200;
const BOT_PORT = 4300;

export const TEAM = "T0ACME";
export const BOT_USER = "UBOT";
export const BOT_TOKEN = "xoxb-0-loopback";
export const APP_TOKEN = "xapp-0-loopback";
export const SIGNING_SECRET = "0123456789abcdef0123456789abcdef";
export const INSIDE_ORIGIN = `http://127.0.0.1:${PEER_PORT}`;

/** Why it can't run here; undefined where it can. */
export const NOT_HERE = whyNot();

function whyNot(): string | undefined {
  if (process.platform !== "linux" || process.arch !== "x64") return "local-slack runs on Linux x64 only";
  if (!existsSync(BINARY)) return "the optional package local-slack-linux-x64 is not installed";
  const locked = spawnSync("unshare", ["-rn", "ip", "link", "set", "lo", "up"]);
  return locked.status === 0
    ? undefined
    : "no network namespace can be made here, and local-slack listens on all interfaces";
}

export interface LocalSlack {
  /** Leads to its port. */
  readonly socket: string;
  /** Where to listen for what it posts to the app over HTTP. */
  readonly appSocket: string;
  stop(): Promise<void>;
}

export interface LocalSlackOptions {
  readonly mode: "socket" | "events";
  readonly users: readonly string[];
  readonly channels: readonly { readonly id: string; readonly name: string; readonly isPrivate?: boolean }[];
}

export async function startLocalSlack({ mode, users, channels }: LocalSlackOptions): Promise<LocalSlack> {
  const folder = mkdtempSync(join(tmpdir(), "local-slack-"));
  const config = join(folder, "slack.yaml");
  const app = { appId: "A0TM", botUserId: BOT_USER, botName: "tunnelmedic", botToken: BOT_TOKEN, appToken: APP_TOKEN };
  const requestUrl = `http://127.0.0.1:${BOT_PORT}/slack/events`;
  const members = [...users, BOT_USER];
  writeFileSync(
    config,
    stringify({
      workspace: { name: "Acme", domain: "acme", teamId: TEAM },
      apps: [{ ...app, signingSecret: SIGNING_SECRET, mode, ...(mode === "events" && { requestUrl }) }],
      users: users.map((id) => ({ id, name: id.slice(1).toLowerCase(), real_name: id, is_bot: false })),
      channels: channels.map(({ id, name, isPrivate = false }) => ({
        id,
        name,
        is_private: isPrivate,
        is_im: false,
        members,
      })),
    }),
  );
  const socket = join(folder, "in.sock");
  const appSocket = join(folder, "out.sock");
  const parameters = [
    "--config",
    config,
    "--port",
    String(PEER_PORT),
    "--base-host",
    "127.0.0.1",
    "--files-dir",
    folder,
  ];
  const script = 'ip link set lo up && exec "$@"';
  const inside = [
    process.execPath,
    RELAY,
    socket,
    appSocket,
    String(PEER_PORT),
    String(BOT_PORT),
    BINARY,
    ...parameters,
  ];
  const child = spawn("unshare", ["-rn", "sh", "-c", script, "sh", ...inside], {
    stdio: ["pipe", "ignore", "inherit"],
  });
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  await ready(socket);
  return {
    socket,
    appSocket,
    async stop() {
      child.stdin.end();
      await exited;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function ready(socket: string): Promise<void> {
  for (let tried = 0; tried < 200; tried += 1) {
    const answered = await new Promise<boolean>((resolve) => {
      const asked = request({ socketPath: socket, path: "/_control/state" }, (response) => {
        response.resume();
        resolve(response.statusCode === 200);
      });
      asked.on("error", () => resolve(false));
      asked.end();
    });
    if (answered) return;
    await sleep(50);
  }
  throw new Error("local-slack did not start within ten seconds");
}
