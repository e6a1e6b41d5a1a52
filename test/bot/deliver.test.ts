import { setTimeout as pause } from "node:timers/promises";
import { afterEach, beforeEach, expect, it } from "vitest";
import { type Delivered, type Deliverer, startDelivering } from "../../src/bot/deliver.ts";
import { CannotSend, type Outgoing, type Sender, SendLater, StoreUnavailable } from "../../src/domain/chat.ts";
import { type Assembled, assemble, inbound } from "./assembled.ts";

const FAST = { lease: 2_000, send: 1_000, poll: 20, firstRetry: 10, longestRetry: 40, giveUpAfter: 400 };
const thread = (name: string) => ({ chat: "slack", workspace: "T1", thread: name });

let here: Assembled;
const running: Deliverer[] = [];
beforeEach(async () => {
  here = await assemble({ sends: () => true });
});
afterEach(async () => {
  for (const one of running.splice(0)) await one.stop(2_000);
  await here.close();
});

function deliver(send: (outgoing: Outgoing) => Promise<string | undefined>, owner = "me", times = FAST) {
  const told: Delivered[] = [];
  const sender: Sender = { chat: "slack", send };
  const deliverer = startDelivering({
    store: here.store,
    senders: [sender],
    owner,
    told: (what) => told.push(what),
    times,
  });
  running.push(deliverer);
  return { deliverer, told };
}

/** Opens cases and says `words` in each; every turn leaves one reply. */
async function talk(cases: number, words: readonly string[]): Promise<void> {
  for (let each = 0; each < cases; each += 1) await here.bot.hear(inbound(thread(`${each}`), { type: "opened" }));
  for (const text of words)
    for (let each = 0; each < cases; each += 1) await here.bot.hear(inbound(thread(`${each}`), { type: "said", text }));
}

async function drained(): Promise<void> {
  const end = Date.now() + 10_000;
  while ((await here.store.outbox()).waiting > 0) {
    if (Date.now() > end) throw new Error(`still waiting: ${JSON.stringify(await here.store.outbox())}`);
    await pause(10);
  }
}

it("replies of a case leave in order, each once, however often the platform fails", async () => {
  const sent: string[] = [];
  let calls = 0;
  const { told } = deliver(async ({ place, turn, body }) => {
    calls += 1;
    if (calls % 3 === 0) throw new Error("a key: hunter2");
    if (calls % 7 === 0) throw new SendLater(30, "429");
    if (body.type === "reply") sent.push(`${place.thread}:${turn}`);
    return undefined;
  });
  await talk(5, ["help", "so far", "why"]);
  await drained();
  for (let each = 0; each < 5; each += 1)
    expect(sent.filter((one) => one.startsWith(`${each}:`))).toEqual([1, 2, 3, 4].map((turn) => `${each}:${turn}`));
  expect(JSON.stringify(told)).not.toContain("hunter2");
});

it("a reply that can never be sent is given up, and the next one goes", async () => {
  const sent: number[] = [];
  const { told } = deliver(async ({ turn, body }) => {
    if (turn === 1 && body.type === "reply") throw new CannotSend("the channel is gone");
    if (body.type === "reply") sent.push(turn);
    return undefined;
  });
  await talk(1, ["help"]);
  await drained();
  expect(sent).toEqual([2]);
  expect(told.filter(({ outcome }) => outcome === "dead")).toMatchObject([{ error: "CannotSend", attempt: 1 }]);
  expect(await here.store.outbox()).toMatchObject({ dead: 1 });
});

it("deaths of processes that were sending use up no patience: the reply is tried again, and sent", async () => {
  await talk(1, []);
  for (let death = 0; death < 20; death += 1) {
    const held = await here.store.claim({ owner: `killed ${death}`, ms: 1 }, ["slack"], 5);
    expect(held).toHaveLength(1);
    await pause(5);
  }
  let calls = 0;
  const send = async () => {
    calls += 1;
    if (calls === 1) throw new Error("busy");
    return undefined;
  };
  const { told } = deliver(send, "alive", { ...FAST, giveUpAfter: 60_000 });
  await drained();
  expect(told.map(({ outcome }) => outcome)).toContain("again");
  expect(await here.store.outbox()).toMatchObject({ waiting: 0, dead: 0 });
});

it("a reply that failed often and for long is given up, and the next one goes", async () => {
  const sent: number[] = [];
  const { told } = deliver(async ({ turn, body }) => {
    if (turn === 1 && body.type === "reply") throw new Error("refused");
    if (body.type === "reply") sent.push(turn);
    return undefined;
  });
  await talk(1, ["help"]);
  await drained();
  expect(sent).toEqual([2]);
  const attempts = told.filter(({ outcome }) => outcome === "dead").map(({ attempt }) => attempt);
  expect(attempts).toHaveLength(1);
  expect(attempts[0]).toBeGreaterThanOrEqual(12);
});

it("what a killed process held is sent by another one once its lease has ended", async () => {
  await talk(1, []);
  const [held] = await here.store.claim({ owner: "killed", ms: 300 }, ["slack"], 5);
  expect(held).toBeDefined();
  const sent: number[] = [];
  deliver(async ({ turn }) => {
    sent.push(turn);
    return undefined;
  });
  await pause(100);
  expect(sent).toEqual([]);
  await drained();
  expect(sent.length).toBeGreaterThan(0);
});

it("a process that stood still for longer than its lease sends no reply twice", async () => {
  const sent: string[] = [];
  const slowly = async ({ id }: Outgoing) => {
    sent.push(id);
    await pause(150);
    return "m1";
  };
  const { told } = deliver(slowly, "me", { ...FAST, lease: 40 });
  await talk(3, ["help"]);
  await drained();
  expect(sent.toSorted()).toEqual([...new Set(sent)].sort());
  expect(sent.length).toBeGreaterThanOrEqual(6);
  expect(told.map(({ outcome }) => outcome)).toContain("lease-lost");
});

it("what was sent while the store was away is noted once it is back, and not sent again", async () => {
  const sent: string[] = [];
  const { store } = here;
  let isAway = true;
  const noting: typeof store.sent = async (...row) => {
    if (isAway) throw new StoreUnavailable("nothing was kept: it is away");
    return store.sent(...row);
  };
  here = { ...here, store: { ...store, sent: noting } };
  deliver(async ({ id }) => {
    sent.push(id);
    return "m1";
  });
  await talk(1, ["help"]);
  while (sent.length === 0) await pause(5);
  await pause(50);
  isAway = false;
  await drained();
  expect(sent).toEqual([...new Set(sent)]);
});

it("two processes share the work and send nothing twice", async () => {
  const sent: string[] = [];
  const send = async ({ id }: Outgoing) => {
    sent.push(id);
    await pause(2);
    return undefined;
  };
  deliver(send, "one");
  deliver(send, "other");
  await talk(12, ["help", "so far"]);
  await drained();
  expect(new Set(sent).size).toBe(sent.length);
});

it("replies claimed by the commit leave at once and in order; behind one that must wait, the others wait too", async () => {
  await here.close();
  let deliverer: Deliverer | undefined;
  here = await assemble({
    sends: () => true,
    lease: () => deliverer?.lease(),
    committed: (_, claimed) => (claimed.length > 0 ? deliverer?.send(claimed) : deliverer?.wake()),
  });
  const sent: string[] = [];
  let calls = 0;
  ({ deliverer } = deliver(
    async ({ place, turn, body, attempt }) => {
      calls += 1;
      if (calls % 3 === 0) throw new Error("busy");
      if (calls % 5 === 0) throw new SendLater(25, "429");
      sent.push(`${place.thread}: ${turn} ${body.type}${attempt > 1 ? "" : " at once"}`);
      return undefined;
    },
    "me",
    // Nothing is found by looking now and then.
    { ...FAST, poll: 60_000 },
  ));
  const poll = setInterval(() => deliverer?.wake(), 50);
  await talk(4, ["help", "so far", "tunnel is down"]);
  await drained();
  clearInterval(poll);
  for (let each = 0; each < 4; each += 1) {
    const own = sent.filter((one) => one.startsWith(`${each}: `)).map((one) => one.replace(" at once", ""));
    expect(own).toEqual(
      ["1 status", "1 reply", "2 reply", "3 reply", "4 reply", "4 status"].map((one) => `${each}: ${one}`),
    );
  }
  // Eight calls of fifteen get through: of 24 first tries some 13, however they come in between one another.
  expect(sent.filter((one) => one.endsWith("at once")).length).toBeGreaterThan(6);
});

it("stopping sends what is due, and waits no longer than it was told to", async () => {
  const sent: number[] = [];
  const slow = deliver(async ({ turn }) => {
    await pause(20);
    sent.push(turn);
    return undefined;
  });
  await talk(3, ["help"]);
  await slow.deliverer.stop(5_000);
  expect((await here.store.outbox()).waiting).toBe(0);

  const stuck = deliver(() => new Promise(() => {}), "stuck");
  await here.bot.hear(inbound(thread("9"), { type: "opened" }));
  stuck.deliverer.wake();
  const start = Date.now();
  await stuck.deliverer.stop(200);
  expect(Date.now() - start).toBeLessThan(5_000);
});
