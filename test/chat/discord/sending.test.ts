import { afterEach, describe, expect, it } from "vitest";
import { type Here, lastOf, prepare } from "./here.ts";
import type { Fault } from "./peer/rest.ts";
import { answer, quiet, readable, Stage, saidBy, threadAfter } from "./running.ts";
import { LOG, STUCK } from "./samples.ts";
import { until } from "./until.ts";

const stage = new Stage();
afterEach(() => stage.clear());
let here: Here;

describe("Discord's clocks", () => {
  it("a command that was too late is answered by an ordinary message, and its case is opened", async () => {
    here = await prepare(stage);
    here.peer.rest.faults.push({ path: /\/callback$/, does: { type: "wait", ms: 3_100 } });
    const late = here.asha.command(here.channel, "ipsec", "start");
    const thread = await threadAfter(here.peer, 0);
    await answer(here.peer, thread, 0, "What do you see?");
    expect(late.text()).toBe("The application did not respond");
    expect(here.peer.world.find(here.channel, thread)?.embeds[0]?.title).toMatch(/^Case /);
    here.peer.rest.faults.push({ path: /\/callback$/, does: { type: "wait", ms: 3_100 } });
    await here.after(here.channel, "Discord stopped waiting", () => here.asha.command(here.channel, "ipsec", "cases"));
    expect(here.peer.problems()).toEqual([]);
  });

  it("a token that ran out is replaced by ordinary messages", async () => {
    here = await prepare(stage);
    here.peer.interactions.tokenMs = 0;
    const thread = await here.begin();
    expect(here.peer.world.find(here.channel, thread)?.embeds[0]?.title).toMatch(/^Case /);
    await here.after(thread, "Hand-over", () => here.asha.command(thread, "ipsec", "handoff"));
    expect(here.peer.problems()).toEqual([]);
  });
});

describe("a send that goes wrong", () => {
  const faults: readonly (readonly [string, Fault["does"]])[] = [
    ["a rate limit of ours", { type: "429", scope: "user", afterMs: 400 }],
    ["a global rate limit", { type: "429", scope: "global", afterMs: 400 }],
    ["a long rate limit", { type: "429", scope: "user", afterMs: 3_500 }],
    ["an error before it was carried out", { type: "500" }],
    ["an error after it was carried out", { type: "500-after" }],
    ["no answer after it was carried out", { type: "cut-after" }],
  ];
  it.each(faults)("by %s comes once, and in order", async (_, does) => {
    here = await prepare(stage);
    const thread = await here.begin(here.asha, { symptom: "tunnel-down" });
    here.peer.rest.faults.push({ method: "POST", path: new RegExp(`^/channels/${thread}/messages$`), does });
    here.asha.say(thread, STUCK);
    here.peer.world.clock.pass(30_000);
    const said = await here.after(thread, "confirmed", () => here.asha.say(thread, LOG));
    await quiet(here.bot.here.store);
    expect(said.map(readable).filter((text) => text.includes("Read from HUB"))).toHaveLength(1);
    expect(saidBy(here.peer, thread).slice(1).map(readable)).toMatchObject([
      expect.stringContaining("Read from HUB"),
      expect.stringContaining("confirmed"),
    ]);
    expect(here.peer.problems()).toEqual([]);
  });

  it.each([
    ["an error before it was carried out", { type: "500" }],
    ["an error after it was carried out", { type: "500-after" }],
    ["no answer after it was carried out", { type: "cut-after" }],
  ] as const)("by %s is no silence where it was a first answer", async (_, does) => {
    here = await prepare(stage);
    const fails = () => here.peer.rest.faults.push({ path: /\/callback$/, does });
    fails();
    const thread = await here.begin(here.asha, { symptom: "slow" });
    expect(here.peer.world.find(here.channel, thread)?.embeds[0]?.title).toMatch(/^Case /);
    const asked = lastOf(saidBy(here.peer, thread));
    fails();
    await here.after(thread, "On your ASA", () => here.asha.choose(asked, "Cisco ASA or FTD"));
    fails();
    const listed = here.asha.command(here.channel, "ipsec", "cases");
    await until(() => listed.text().includes(`<#${thread}>`));
    fails();
    const helped = here.asha.command(here.channel, "ipsec", "help");
    await until(() => helped.text().includes("/ipsec diagnose"));
    expect(here.peer.world.threadMembers.size).toBe(1);
    expect(here.bot.logged.filter((line) => line.startsWith("interaction broke"))).toEqual([]);
    expect(here.peer.problems()).toEqual([]);
  });

  it("a thread is begun once, though Discord's answer got lost", async () => {
    here = await prepare(stage);
    here.peer.rest.faults.push({ path: /\/threads$/, does: { type: "cut-after" } });
    const thread = await here.begin();
    expect(here.peer.world.threadMembers.size).toBe(1);
    expect(saidBy(here.peer, thread)).toHaveLength(1);
  });

  it("into an archived thread reopens it; into a locked one is given up, and the log says why", async () => {
    here = await prepare(stage);
    const thread = await here.begin();
    const data = here.peer.world.thread(thread);
    if (!data) throw new Error("no thread");
    const asked = lastOf(saidBy(here.peer, thread));
    here.peer.world.clock.pass(4 * 24 * 3_600_000);
    here.peer.world.archiveQuietThreads();
    expect(data.thread_metadata?.archived).toBe(true);
    await here.after(thread, "Noted", () => here.asha.choose(asked, "The tunnel is down"));
    expect(data.thread_metadata?.archived).toBe(false);
    here.peer.world.changeThread(data, { archived: true, locked: true });
    here.asha.press(lastOf(here.peer.shown(here.channel)), "So far");
    await until(() => here.bot.logged.some((line) => line.includes("the thread is locked")));
  });

  it("where a thread may not be begun, the channel is told how to go on", async () => {
    here = await prepare(stage);
    here.peer.guild.botPermissions &= ~(1n << 35n);
    const mention = `<@${here.peer.world.bot.id}> tunnel is down`;
    await here.after(here.channel, "/ipsec resume case:", () => here.asha.say(here.channel, mention));
    expect(readable(lastOf(saidBy(here.peer, here.channel)))).toContain("Create Public Threads");
  });
});
