import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { type Chat, NotReachable, type Outgoing, SendLater } from "../../src/domain/chat.ts";
import { patientChat } from "../../src/main/patient-chat.ts";
import { startProcess } from "./started.ts";

const OUTGOING = {} as Outgoing;
const silent = { info: () => {}, warn: () => {}, error: () => {} };

function platform(failures: readonly Error[]) {
  const left = [...failures];
  const did: string[] = [];
  const chat: Chat = {
    sender: { chat: "slack", send: async () => "sent" },
    async start() {
      did.push("start");
      const error = left.shift();
      if (error) throw error;
    },
    stopHearing: async () => void did.push("stop"),
    close: async () => void did.push("close"),
  };
  return { chat, did };
}

async function until(holds: () => boolean): Promise<void> {
  for (let tried = 0; tried < 400 && !holds(); tried += 1) await new Promise((resolve) => setTimeout(resolve, 5));
  expect(holds()).toBe(true);
}

it("a platform that is away at the start is tried until it answers; until then what is due to it waits", async () => {
  const { chat, did } = platform([new NotReachable("away"), new NotReachable("away")]);
  const patient = patientChat("slack", () => chat, { log: silent, firstPause: 5 });
  await patient.start();
  expect(() => patient.sender.send(OUTGOING, AbortSignal.timeout(1000))).toThrow(SendLater);
  await until(() => did.length === 3);
  await expect(patient.sender.send(OUTGOING, AbortSignal.timeout(1000))).resolves.toBe("sent");
  await patient.stopHearing();
  await patient.close();
  expect(did).toEqual(["start", "start", "start", "stop", "close"]);
});

it("a platform that refuses a setting stops the start with its line", async () => {
  const { chat } = platform([new Error("SLACK_BOT_TOKEN: Slack refuses it")]);
  await expect(patientChat("slack", () => chat, { log: silent }).start()).rejects.toThrow("SLACK_BOT_TOKEN");
});

it("a platform that refuses later leaves that chat off, and is not asked again", async () => {
  const { chat, did } = platform([new NotReachable("away"), new Error("refused")]);
  const errors: unknown[] = [];
  const log = { ...silent, error: (fields: object) => void errors.push(fields) };
  const patient = patientChat("slack", () => chat, { log: log as never, firstPause: 5 });
  await patient.start();
  await until(() => errors.length === 1);
  await patient.stopHearing();
  expect(did).toEqual(["start", "start"]);
});

it("stopping does not wait for a platform that is away", async () => {
  const { chat, did } = platform([new NotReachable("away")]);
  const patient = patientChat("slack", () => chat, { log: silent, firstPause: 60_000 });
  await patient.start();
  await patient.stopHearing();
  expect(did).toEqual(["start"]);
});

it("npm start serves the page while neither Slack nor Discord can be reached, and says so", async () => {
  const dir = mkdtempSync(join(tmpdir(), "tunnelmedic-away-"));
  try {
    const started = await startProcess(dir, {
      SLACK_BOT_TOKEN: "xoxb-1-1-documentation",
      SLACK_APP_TOKEN: "xapp-1-documentation",
      SLACK_API_URL: "http://127.0.0.1:9/api/",
      DISCORD_TOKEN: "documentation.documentation.documentation",
      DISCORD_API_URL: "http://127.0.0.1:9/api",
    });
    expect((await fetch(new URL("/healthz", started.url))).status).toBe(200);
    const log = `${started.out()}${started.err()}`;
    expect(log).toMatch(/Slack can't be reached/);
    expect(log).toMatch(/Discord can't be reached/);
    expect(await started.end("SIGTERM")).toBe(0);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}, 60_000);
