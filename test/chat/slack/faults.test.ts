import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { StoreUnavailable } from "../../../src/domain/chat.ts";
import { ASHA, beginCase, loopback, newRoom, REFUSED, STUCK, wrote } from "./loopback.ts";
import { BOT_USER, NOT_HERE } from "./peer/local-slack.ts";
import { shown } from "./peer/people.ts";
import type { Fault } from "./peer/web-api.ts";

let storeIsAway = false;
let storeIsSlowMs = 0;
const around = {
  bot: (bot: { hear(inbound: never): Promise<never> }) => ({
    async hear(inbound: never) {
      if (storeIsAway) throw new StoreUnavailable("disk full");
      if (storeIsSlowMs > 0) await sleep(storeIsSlowMs);
      return bot.hear(inbound);
    },
  }),
};

describe.skipIf(NOT_HERE !== undefined).each(["socket", "events"] as const)("when Slack misbehaves, %s", (mode) => {
  const here = loopback(mode, { around: around as never });

  /** Once for the method, or as often as said. */
  function failing(method: string, fault: Fault, times = 1): void {
    let left = times;
    here.peer.web.rules.push((call) => {
      if (call.method !== method || left === 0) return undefined;
      left -= 1;
      return fault;
    });
  }
  async function count(channel: string, words: string): Promise<number> {
    return (await here.peer.people.messages(channel)).filter((message) => shown(message).includes(words)).length;
  }

  it("waits as long as Slack says before a reply is sent again, and other channels do not wait", async () => {
    const { people, web } = here.peer;
    const { channel, thread } = await beginCase(here);
    const other = await beginCase(here);
    const sent: { to: unknown; at: number }[] = [];
    web.rules.push(({ method, args, at }) => {
      if (method !== "chat.postMessage") return undefined;
      sent.push({ to: args["channel"], at });
      const isFirst = sent.filter(({ to }) => to === channel).length === 1;
      return args["channel"] === channel && isFirst ? { type: "limited", retryAfter: 2 } : undefined;
    });
    await people.say(channel, ASHA, STUCK, thread);
    await people.say(other.channel, ASHA, STUCK, other.thread);
    await people.sees(other.channel, "Read from HUB", { thread: other.thread });
    await people.sees(channel, "Read from HUB", { thread });
    const tries = sent.filter(({ to }) => to === channel);
    const beside = sent.find(({ to }) => to === other.channel);
    expect(tries).toHaveLength(2);
    expect((tries[1]?.at ?? 0) - (tries[0]?.at ?? 0)).toBeGreaterThanOrEqual(1_900);
    expect(beside?.at).toBeLessThan(tries[1]?.at ?? 0);
    expect(await count(channel, "Read from HUB")).toBe(1);
  });

  it("says a reply once although the answer to its sending was lost", async () => {
    const { people } = here.peer;
    const { channel, thread } = await beginCase(here);
    failing("chat.postMessage", { type: "lost-answer" });
    await people.say(channel, ASHA, STUCK, thread);
    await people.sees(channel, "Read from HUB", { thread });
    await people.say(channel, ASHA, "why", thread);
    await people.sees(channel, "The end that answers names what it refuses", { thread });
    expect(await count(channel, "Read from HUB")).toBe(1);
  });

  it("sends a file once although the answer to its sending was lost", async () => {
    const { people } = here.peer;
    const { channel, thread } = await beginCase(here);
    failing("files.completeUploadExternal", { type: "lost-answer" });
    await people.say(channel, ASHA, "hand over", thread);
    await people.sees(channel, /📎 hand-off/, { thread });
    await people.say(channel, ASHA, "so far", thread);
    await people.sees(channel, "nothing yet", { thread });
    for (const file of [/📎 hand-off-\S+\.md/, /📎 hand-off-\S+\.html/, /📎 1-path-\S+\.png/]) {
      const messages = (await people.messages(channel)).map(shown);
      expect(messages.filter((message) => file.test(message)).length, String(file)).toBe(1);
    }
    expect(await count(channel, "⇄ 198.51.100.7")).toBe(1);
  });

  it("tries again after faults of Slack's own", async () => {
    const { people } = here.peer;
    const { channel, thread } = await beginCase(here);
    failing("chat.postMessage", { type: "status", status: 503 }, 2);
    await people.say(channel, ASHA, STUCK, thread);
    await people.sees(channel, "Read from HUB", { thread });
  });

  it("says the words alone where Slack does not take the blocks", async () => {
    const { people } = here.peer;
    const { channel, thread } = await beginCase(here);
    failing("chat.postMessage", { type: "refused", error: "invalid_blocks" });
    await people.say(channel, ASHA, STUCK, thread);
    const seen = await people.sees(channel, "Read from HUB", { thread });
    expect(seen.blocks).toBeUndefined();
  });

  it("does not hold up replies for a status message that may not be sent", async () => {
    const { people } = here.peer;
    const { channel, thread } = await beginCase(here);
    failing("chat.update", { type: "limited", retryAfter: 1 });
    await people.say(channel, ASHA, STUCK, thread);
    await people.sees(channel, "Read from HUB", { thread, within: 4_000 });
    await people.say(channel, ASHA, REFUSED, thread);
    await people.sees(channel, "Done, check it", { thread, within: 2_000 });
    await people.sees(channel, /Case \w{4,7} .*no pair in common/, { thread });
  });

  it("handles a message once, however often and in however many ways it comes", async () => {
    const { people } = here.peer;
    const { channel, thread } = await beginCase(here);
    here.peer.repeats = 2;
    await people.say(channel, ASHA, `<@${BOT_USER}> ${STUCK}`, thread);
    await people.sees(channel, "Read from HUB", { thread });
    await here.peer.idle();
    here.peer.repeats = 0;
    await people.say(channel, ASHA, "undo", thread);
    await people.sees(channel, "Forgotten: paste 1", { thread });
    expect(await count(channel, "Read from HUB")).toBe(1);
  });

  it("loses no message while nothing can be stored: it comes again", async () => {
    const { people } = here.peer;
    const { channel, thread } = await beginCase(here);
    storeIsAway = true;
    const said = people.say(channel, ASHA, STUCK, thread);
    await sleep(300);
    storeIsAway = false;
    await said;
    await people.sees(channel, "Read from HUB", { thread });
    expect(await count(channel, "Read from HUB")).toBe(1);
  });

  it("tells politely what did not count while nothing can be stored, and the form keeps what was typed", async () => {
    const { people } = here.peer;
    const { channel, thread } = await beginCase(here);
    storeIsAway = true;
    await people.press(channel, ASHA, "So far", thread);
    await people.sees(channel, "I can't keep anything just now, so that did not count.");
    const room = newRoom();
    await people.command(room, ASHA, "");
    const errors = await people.submit(ASHA, wrote("peer", "198.51.100.7"));
    expect(Object.values(errors ?? {})).toEqual([expect.stringContaining("I can't keep anything just now")]);
    storeIsAway = false;
    expect(await people.messages(room)).toEqual([]);
    expect(await people.submit(ASHA, wrote("peer", "198.51.100.7"))).toBeUndefined();
    await people.sees(room, "What do you see?");
  });

  it("answers within three seconds where storing takes longer, and does it once", { timeout: 20_000 }, async () => {
    const { people } = here.peer;
    const { channel, thread } = await beginCase(here);
    storeIsSlowMs = 3_500;
    await Promise.all([
      people.say(channel, ASHA, STUCK, thread),
      people.press(channel, ASHA, "So far", thread),
      people.sees(channel, "That takes longer than usual.", { within: 3_500 }),
    ]);
    storeIsSlowMs = 0;
    await people.sees(channel, "Read from HUB", { thread });
    await here.peer.idle();
    expect(await count(channel, "Read from HUB")).toBe(1);
  });

  it.each([
    ["a login page in its stead", { type: "page" } as const, "hub.txt is one that Slack does not give me."],
    [
      "a way to somewhere else",
      { type: "redirect", to: "http://127.0.0.1:1/" } as const,
      "hub.txt is one that Slack does not give me.",
    ],
    [
      "Slack's own fault",
      { type: "status", status: 500 } as const,
      "hub.txt could not be fetched from Slack just now.",
    ],
    [
      "too much asked for",
      { type: "limited", retryAfter: 1 } as const,
      "hub.txt could not be fetched from Slack just now.",
    ],
  ])("says so when a file is not to be had: %s", async (_, fault, words) => {
    const { people, web } = here.peer;
    const { channel, thread } = await beginCase(here);
    web.rules.push(({ method }) => (method.startsWith("/files") || method.includes("download") ? fault : undefined));
    await people.upload(channel, ASHA, "hub.txt", STUCK, thread);
    const told = await people.sees(channel, words);
    expect(told.ephemeral_to).toBe(ASHA);
    expect(web.calls.every(({ args }) => !args["authorization"]?.includes("undefined"))).toBe(true);
  });

  it("says where it is not, instead of nothing", async () => {
    const { people, web } = here.peer;
    const room = newRoom();
    web.outside.add(room);
    await people.command(room, ASHA, "down");
    expect(await people.submit(ASHA, {})).toEqual({ privately: expect.stringContaining("/invite") });
    web.outside.delete(room);
  });

  it("says that the form has to be asked for once more where Slack's trigger ran out", async () => {
    const { people } = here.peer;
    const room = newRoom();
    failing("views.open", { type: "refused", error: "expired_trigger_id" });
    await people.command(room, ASHA, "down");
    await people.sees(room, "Slack did not open the form in time.");
  });
});

describe.skipIf(NOT_HERE !== undefined)("Socket Mode", () => {
  const here = loopback("socket");

  it("keeps two connections and hears on while one is moved or both are cut", async () => {
    const { people, sockets } = here.peer;
    const { channel, thread } = await beginCase(here);
    await until(() => sockets.connections() === 2);
    sockets.disconnect("refresh_requested");
    await people.say(channel, ASHA, STUCK, thread);
    await people.sees(channel, "Read from HUB", { thread, within: 4_000 });
    await until(() => sockets.connections() === 2);
    const made = sockets.made();
    const from = Date.now();
    sockets.cut();
    await until(() => sockets.made() === made + 2 && sockets.connections() === 2);
    expect(Date.now() - from).toBeLessThan(4_000);
    await people.command(channel, ASHA, "help");
    await people.sees(channel, "I find out what is wrong with an IPsec tunnel.");
  });

  it("comes back when Slack can't be reached for a while", { timeout: 20_000 }, async () => {
    const { people, sockets, web } = here.peer;
    const { channel, thread } = await beginCase(here);
    const back = Date.now() + 1_500;
    web.rules.push(({ method }) =>
      method === "apps.connections.open" && Date.now() < back ? { type: "status", status: 503 } : undefined,
    );
    sockets.cut();
    await people.say(channel, ASHA, STUCK, thread);
    await people.sees(channel, "Read from HUB", { thread, within: 10_000 });
  });
});

async function until(holds: () => boolean): Promise<void> {
  for (let tried = 0; tried < 500 && !holds(); tried += 1) await sleep(10);
  expect(holds()).toBe(true);
}
