/** What people say to each other in a case's thread does nothing to the case; what is said to us in few words does. */
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { ASHA, BEN, beginCase, loopback, REFUSED, STUCK } from "./loopback.ts";
import { BOT_USER, NOT_HERE, TEAM } from "./peer/local-slack.ts";
import { shown } from "./peer/people.ts";

describe.skipIf(NOT_HERE !== undefined)("overheard in a case's thread in Slack", () => {
  const here = loopback("socket");

  async function begun() {
    const { channel, thread } = await beginCase(here);
    const at = { chat: "slack", workspace: TEAM, thread: `${channel}/${thread}` };
    const say = (user: string, text: string) => here.peer.people.say(channel, user, text, thread);
    const head = () => here.bot.store.caseAt(at);
    /** What the bot did: turns of the case, and what it told somebody. */
    async function after(user: string, text: string) {
      const before = (await head())?.version ?? 0;
      const seen = (await here.peer.people.messages(channel)).length;
      await say(user, text);
      await here.peer.idle();
      await sleep(100);
      const news = (await here.peer.people.messages(channel)).slice(seen).filter((each) => each.user === BOT_USER);
      const aside = news.find(({ ephemeral_to }) => ephemeral_to !== undefined);
      return { turns: ((await head())?.version ?? 0) - before, aside: aside && shown(aside), to: aside?.ephemeral_to };
    }
    return { channel, thread, say, head, after };
  }

  it.each([
    ["shall we close it or wait for Pune?", "close it", "Close the case"],
    ["who tells the customer?", "write an email to them", "Write it up for the far side"],
    ["did you reload the firewall over there?", "done", "Done, check it"],
    ["and the ping?", "still the same", "It did not help"],
    ["have you got a login for their box?", "can't reach it", "Can't reach it"],
    ["is your phone ringing again?", "it works now", "It works: check it"],
  ])("after “%s” of somebody else, “%s” is asked about and not done", async (talk, answer, label) => {
    const { channel, thread, say, head, after } = await begun();
    await say(ASHA, STUCK);
    await here.peer.people.sees(channel, "Read from HUB", { thread });
    await say(ASHA, talk);
    expect(await after(BEN, answer)).toEqual({
      turns: 0,
      aside: expect.stringContaining(`If you meant me:\n${label}`),
      to: BEN,
    });
    expect((await head())?.status).toBe("open");
    const before = (await head())?.version ?? 0;
    await here.peer.people.press(channel, BEN, label, thread);
    await here.peer.idle();
    expect((await head())?.version).toBe(before + 1);
  });

  it.each(["ok", "thanks", "no", "give me a minute"])("“%s” between people is nothing", async (words) => {
    const { say, after } = await begun();
    await say(BEN, "shall I look at the far end?");
    expect(await after(ASHA, words)).toEqual({ turns: 0, aside: undefined, to: undefined });
  });

  it("talk goes on behind what we asked one person about", async () => {
    const { say, after } = await begun();
    await say(BEN, "shall I close it?");
    expect(await after(ASHA, "close it")).toMatchObject({ turns: 0, to: ASHA });
    expect(await after(ASHA, "no")).toEqual({ turns: 0, aside: undefined, to: undefined });
  });

  it("what names somebody else is for them", async () => {
    const { after } = await begun();
    expect(await after(ASHA, `hand over to <@${BEN}>`)).toMatchObject({ turns: 0, to: ASHA });
    expect(await after(ASHA, `can't reach <@${BEN}>`)).toMatchObject({ turns: 0, to: ASHA });
  });

  it("behind our own answer, and in an order of ours, a word is for us, whoever says it", async () => {
    const { channel, thread, say, head, after } = await begun();
    await say(ASHA, STUCK);
    await here.peer.people.sees(channel, "Read from HUB", { thread });
    expect(await after(BEN, "undo")).toMatchObject({ turns: 1, aside: undefined });
    await say(ASHA, REFUSED);
    await here.peer.people.sees(channel, "confirmed", { thread });
    expect(await after(BEN, "done")).toMatchObject({ turns: 1, aside: undefined });
    await say(ASHA, "I think that was it");
    expect(await after(ASHA, "write it up for the far side")).toMatchObject({ turns: 1 });
    await say(BEN, "fine by me");
    expect(await after(ASHA, "close")).toMatchObject({ turns: 1 });
    expect((await head())?.status).toBe("closed");
  });

  it("to a case that is closed, what would be for it is answered with the way to reopen it", async () => {
    const { after } = await begun();
    await after(ASHA, "close it");
    expect((await after(ASHA, "undo")).aside).toContain("is closed");
    expect((await after(ASHA, "thanks")).aside).toBeUndefined();
  });
});

describe.skipIf(NOT_HERE !== undefined)("who may, in a case's thread in Slack", () => {
  const here = loopback("socket", { settings: { access: { groups: { close: ["S0NONE"], "hand-over": ["S0NONE"] } } } });

  it("a word that somebody has no right to is refused in a sentence, mention or not", async () => {
    const { people } = here.peer;
    const { channel, thread } = await beginCase(here);
    await people.say(channel, ASHA, "close", thread);
    expect((await people.sees(channel, "To close a case here you need")).ephemeral_to).toBe(ASHA);
    await people.say(channel, ASHA, "hand over", thread);
    expect((await people.sees(channel, "To hand a case over here you need")).ephemeral_to).toBe(ASHA);
  });
});
