/** The one status message of a case: where it is, when it is brought up to date, and what it costs those who wait. */
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { createPace } from "../../../src/chat/slack/pace.ts";
import { createSender } from "../../../src/chat/slack/send.ts";
import { createStatusSender } from "../../../src/chat/slack/send-status.ts";
import type { Outgoing, OutgoingBody } from "../../../src/domain/chat.ts";
import type { Place } from "../../../src/domain/inbound.ts";
import { type Assembled, assemble, inbound } from "../../bot/assembled.ts";

let here: Assembled;
beforeAll(async () => {
  here = await assemble();
});
afterAll(() => here.close());

const placed = (thread: string): Place => ({ chat: "slack", workspace: "T1", thread });

async function openCase(thread: string): Promise<string> {
  const heard = await here.bot.hear(inbound(placed(thread), { type: "opened", symptom: "tunnel-down" }));
  if (heard.outcome !== "taken") throw new Error(heard.outcome);
  return heard.caseId;
}

/** A Slack that takes everything, and a sender that talks to it. */
function talking() {
  const calls: { readonly method: string; readonly channel: string; readonly ts: string; readonly text: string }[] = [];
  const call = (method: string) => async (args: Record<string, unknown>) => {
    const ts = String(args["ts"] ?? `9.${calls.length}`);
    calls.push({ method, channel: String(args["channel"]), ts, text: String(args["text"]) });
    return { ok: true, ts };
  };
  const client = { chat: { postMessage: call("post"), update: call("update") } } as never;
  const reads: string[] = [];
  const cases = new Proxy(here.store, {
    get(store, name) {
      if (typeof name === "string") reads.push(name);
      return Reflect.get(store, name);
    },
  });
  const at = { busy: false, now: 1_000_000 };
  const log = { info() {}, warn() {} };
  const tools = { client, cases, look: here.bot.look, now: () => at.now, log, pace: createPace(Date.now, 1_000) };
  const status = createStatusSender({ ...tools, isBusy: () => at.busy });
  const settings = { botToken: "xoxb" };
  const { send } = createSender({ ...tools, settings, status, workspaceUrl: () => undefined });
  let rows = 0;
  const sent = (caseId: string, thread: string, body: OutgoingBody) => {
    rows += 1;
    const row: Outgoing = { id: `${caseId}.${rows}`, caseId, place: placed(thread), turn: 1, attempt: 1, body };
    return send(row, AbortSignal.timeout(5_000));
  };
  return { calls, reads, at, status, sent };
}

const REPLY: Extract<OutgoingBody, { type: "reply" }> = {
  type: "reply",
  reply: { blocks: [{ type: "text", text: "Paste it here.", tone: "plain" }] },
  secretsRemoved: 0,
};

it("a reply that holds no key, and asks something, is sent without a look at the case", async () => {
  const { sent, reads } = talking();
  const choices = [{ id: "so-far", label: "So far" }];
  const asking = { ...REPLY, reply: { blocks: [...REPLY.reply.blocks, { type: "choices", choices }] } } as const;
  await sent(await openCase("C1/1.1"), "C1/1.1", asking);
  expect(reads).toEqual([]);
});

it("a case that goes on in another thread of the channel has its status there, and the old one says so", async () => {
  const { sent, calls } = talking();
  const caseId = await openCase("C1/2.1");
  const first = await sent(caseId, "C1/2.1", { type: "status" });
  await here.bot.hear(inbound(placed("C1/3.1"), { type: "resumed", caseId }));
  const next = await sent(caseId, "C1/3.1", { type: "status" });
  expect(next).not.toBe(first);
  expect(calls.map(({ method }) => method)).toEqual(["post", "update", "post"]);
  expect(calls[1]).toMatchObject({ ts: calls[0]?.ts, text: `Case ${caseId} goes on elsewhere.` });
  // Known from the store as well, after a restart.
  const again = talking();
  vi.spyOn(here.store, "lastReference").mockResolvedValueOnce(next);
  expect(await again.sent(caseId, "C1/3.1", { type: "status" })).toBe(next);
  expect(again.calls).toMatchObject([{ method: "update", ts: calls[2]?.ts }]);
});

it("a status message of an older version, known by its channel only, is brought up to date", async () => {
  const { sent, calls } = talking();
  const caseId = await openCase("C1/4.1");
  vi.spyOn(here.store, "lastReference").mockResolvedValueOnce("C1/4.2");
  expect(await sent(caseId, "C1/4.1", { type: "status" })).toBe("C1/4.2");
  expect(calls).toMatchObject([{ method: "update", channel: "C1", ts: "4.2" }]);
});

it("status messages wait while people wait for answers, and are then brought up to date once each", async () => {
  const { sent, calls, at, reads, status } = talking();
  const threads = ["C1/5.1", "C1/5.2", "C1/5.3"];
  const ids = await Promise.all(threads.map(openCase));
  const all = () => Promise.all(ids.map((id, index) => sent(id, threads[index] ?? "", { type: "status" })));
  await all();
  // What they show changes with each turn.
  for (const thread of threads) await here.bot.hear(inbound(placed(thread), { type: "said", text: "so far" }));
  calls.length = 0;
  reads.length = 0;
  at.busy = true;
  await all();
  await all();
  await sleep(150);
  expect(calls).toEqual([]);
  expect(reads).toEqual([]);
  at.busy = false;
  await vi.waitFor(() => expect(calls).toHaveLength(3));
  await status.stop();
  expect(calls.map(({ method }) => method)).toEqual(["update", "update", "update"]);
});

it("where people wait all the time, status messages do not wait for ever", async () => {
  const { sent, calls, at } = talking();
  const caseId = await openCase("C1/6.1");
  await sent(caseId, "C1/6.1", { type: "status" });
  await here.bot.hear(inbound(placed("C1/6.1"), { type: "said", text: "so far" }));
  at.busy = true;
  await sent(caseId, "C1/6.1", { type: "status" });
  await sleep(150);
  at.now += 3_000;
  await vi.waitFor(() => expect(calls.at(-1)?.method).toBe("update"));
});

it("of many status messages Slack gets about one a second after the first ones, each worked out in its turn", async () => {
  const { sent, calls, reads, status } = talking();
  const threads = Array.from({ length: 30 }, (_, number) => `C${number}/7.1`);
  const ids = await Promise.all(threads.map(openCase));
  const all = () => Promise.all(ids.map((id, index) => sent(id, threads[index] ?? "", { type: "status" })));
  await all();
  for (const thread of threads) await here.bot.hear(inbound(placed(thread), { type: "said", text: "so far" }));
  calls.length = 0;
  reads.length = 0;
  await all();
  await sleep(300);
  expect(calls).toHaveLength(20);
  expect(reads.length).toBeLessThan(25);
  // The clock stands still: no more may go, also when we stop.
  await status.stop();
  expect(calls).toHaveLength(20);
});

it("what is late goes before the bot stops", async () => {
  const { sent, calls, at, status } = talking();
  const caseId = await openCase("C1/8.1");
  await sent(caseId, "C1/8.1", { type: "status" });
  await here.bot.hear(inbound(placed("C1/8.1"), { type: "said", text: "so far" }));
  at.busy = true;
  await sent(caseId, "C1/8.1", { type: "status" });
  await status.stop();
  expect(calls.at(-1)?.method).toBe("update");
});
