/** What people say to each other in a case's thread does nothing to the case; what is said to us in few words does. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { APIMessage } from "discord.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Here, hereWith, prepare } from "./here.ts";
import { componentsIn } from "./peer/components.ts";
import type { Person } from "./peer/people.ts";
import { quiet, readable, Stage, saidBy } from "./running.ts";
import { LOG, STUCK } from "./samples.ts";
import { until } from "./until.ts";

const ASKS = "If you meant me:";
const stage = new Stage();
let here: Here;
beforeAll(async () => {
  here = await prepare(stage);
});
const dir = mkdtempSync(join(tmpdir(), "tunnelmedic-"));
afterAll(async () => {
  await stage.clear();
  rmSync(dir, { recursive: true, force: true });
});

const headIn = async (thread: string, at = here) => {
  const head = await at.bot.here.store.caseById(await at.caseIn(thread));
  if (!head) throw new Error("no case");
  return head;
};
const labelsOf = (message: APIMessage) => componentsIn(message).map(({ label }) => label);
/** A question that leaves the case alone: what was said before it is heard by the time that it is answered. */
const settle = (thread: string, at = here) =>
  at.after(thread, /<t:\d+:R>|no open case/, () => at.asha.say(thread, `<@${at.peer.world.bot.id}> cases`));

/** What the bot did: turns of the case, and what it said beside them. */
async function heardOf(thread: string, by: Person, text: string, at = here) {
  const { version } = await headIn(thread, at);
  const before = saidBy(at.peer, thread).length;
  const message = by.say(thread, text);
  await settle(thread, at);
  await quiet(at.bot.here.store);
  const news = saidBy(at.peer, thread).slice(before);
  const asked = news.find((each) => readable(each).includes(ASKS));
  return { turns: (await headIn(thread, at)).version - version, asked, message, said: news.length - 1 };
}

describe("overheard in a case's thread in Discord", () => {
  it.each([
    ["shall we close it or wait for Pune?", "close it", "Close the case"],
    ["who tells the customer?", "write an email to them", "Write it up for the far side"],
    ["did you reload the firewall over there?", "done", "Done, check it"],
    ["and the ping?", "still the same", "It did not help"],
    ["have you got a login for their box?", "can't reach it", "Can't reach it"],
  ])("after “%s” of somebody else, “%s” is asked about and not done", async (talk, words, label) => {
    const thread = await here.begin();
    await here.after(thread, "Read from HUB", () => here.asha.say(thread, STUCK));
    here.asha.say(thread, talk);
    const { turns, asked, message, said } = await heardOf(thread, here.ravi, words);
    expect({ turns, said }).toEqual({ turns: 0, said: 1 });
    if (!asked) throw new Error("nobody was asked");
    expect(labelsOf(asked)).toEqual([label]);
    expect(asked.message_reference?.message_id).toBe(message.id);
    expect(asked.mentions).toEqual([]);
    const { status, version } = await headIn(thread);
    expect(status).toBe("open");
    await here.ravi.press(asked, label).answered;
    await until(() => componentsIn(asked).every(({ disabled }) => disabled === true));
    await quiet(here.bot.here.store);
    expect(await headIn(thread)).toMatchObject({
      version: version + 1,
      status: words === "close it" ? "closed" : "open",
    });
    expect(here.peer.problems()).toEqual([]);
  });

  it.each(["ok", "thanks", "no", "give me a minute"])("“%s” between people is nothing", async (words) => {
    const thread = await here.begin();
    here.ravi.say(thread, "shall I look at the far end?");
    expect(await heardOf(thread, here.asha, words)).toMatchObject({ turns: 0, said: 0 });
  });

  it("talk goes on behind what we asked one person about", async () => {
    const thread = await here.begin();
    here.ravi.say(thread, "shall I close it?");
    await here.after(thread, ASKS, () => here.asha.say(thread, "close it"));
    expect(await heardOf(thread, here.asha, "no")).toMatchObject({ turns: 0, said: 0 });
  });

  it("what names somebody else, or replies to them, is for them", async () => {
    const thread = await here.begin();
    await here.after(thread, ASKS, () => here.asha.say(thread, `hand over to ${here.ravi.mention}`));
    await here.after(thread, ASKS, () => here.asha.say(thread, `can't reach ${here.ravi.mention}`));
    const theirs = here.ravi.say(thread, STUCK);
    await until(() => saidBy(here.peer, thread).some((one) => readable(one).includes("Read from HUB")));
    await here.after(thread, ASKS, () => here.asha.say(thread, "can't reach it", { replyTo: theirs }));
    expect((await headIn(thread)).status).toBe("open");
  });

  it("behind our own answer, in an order of ours, and said to us, a word is for us, whoever says it", async () => {
    const thread = await here.begin();
    await here.after(thread, "Read from HUB", () => here.asha.say(thread, STUCK));
    here.asha.say(thread, "hm");
    expect(await heardOf(thread, here.ravi, "undo")).toMatchObject({ turns: 1, asked: undefined });
    await here.after(thread, "confirmed", () => here.asha.say(thread, LOG));
    expect(await heardOf(thread, here.ravi, "done")).toMatchObject({ turns: 1, asked: undefined });
    here.ravi.say(thread, "did you write to them?");
    const mention = `<@${here.peer.world.bot.id}>`;
    expect(await heardOf(thread, here.asha, `${mention} write an email to them`)).toMatchObject({
      turns: 1,
      asked: undefined,
    });
    here.ravi.say(thread, "fine by me");
    expect(await heardOf(thread, here.asha, "close")).toMatchObject({ turns: 1, asked: undefined });
    expect((await headIn(thread)).status).toBe("closed");
    here.ravi.say(thread, "all good then");
    expect(await heardOf(thread, here.asha, "done")).toMatchObject({ turns: 0, said: 0 });
  });

  it("what another said a quarter of an hour ago is no talk that goes on", async () => {
    const thread = await here.begin();
    here.ravi.say(thread, "back at eight");
    here.peer.world.clock.pass(16 * 60_000);
    expect(await heardOf(thread, here.asha, "close it")).toMatchObject({ turns: 1, asked: undefined });
  });

  it("where Discord does not say who spoke, the word counts", async () => {
    const thread = await here.begin();
    here.ravi.say(thread, "shall we close it?");
    here.peer.rest.faults.push({
      path: new RegExp(`^/channels/${thread}/messages$`),
      method: "GET",
      does: { type: "500" },
    });
    expect(await heardOf(thread, here.asha, "close it")).toMatchObject({ turns: 1, asked: undefined });
  });

  it("asks once, also where a process begins anew and hears it all again", async () => {
    const old = await prepare(stage, { bot: { dir } });
    const thread = await old.begin();
    old.ravi.say(thread, "shall we close it?");
    await old.after(thread, ASKS, () => old.asha.say(thread, "close it"));
    await old.bot.stop();
    // Discord forgets what was sent under which nonce.
    old.peer.world.clock.pass(5 * 60_000);
    const at = hereWith(old.peer, await stage.bot(old.peer, { dir }), old.asha, old.ravi);
    await settle(thread, at);
    expect(saidBy(old.peer, thread).filter((one) => readable(one).includes(ASKS))).toHaveLength(1);
    expect((await headIn(thread, at)).status).toBe("open");
  });
});

describe("overheard in Discord by a bot that may not read all", () => {
  it("nothing of the talk is heard, and a mention counts", async () => {
    const at = await prepare(stage, { peer: { mayReadAll: false } });
    const thread = await at.begin();
    at.ravi.say(thread, "shall we close it?");
    const { version } = await headIn(thread, at);
    await at.after(thread, "can't read messages here", () => at.asha.say(thread, "close it"));
    expect((await headIn(thread, at)).version).toBe(version);
    await at.after(thread, "closed", () => at.asha.say(thread, `<@${at.peer.world.bot.id}> close`));
  });
});
