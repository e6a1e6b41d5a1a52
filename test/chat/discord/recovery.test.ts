import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DiscordAPIError, type REST } from "discord.js";
import { afterEach, describe, expect, it } from "vitest";
import { changedMeanwhile } from "../../../src/chat/discord/changed-meanwhile.ts";
import { pauseBefore } from "../../../src/chat/discord/identify-budget.ts";
import { StoreUnavailable } from "../../../src/domain/chat.ts";
import type { CaseHead, StoredTurn } from "../../../src/store/store.ts";
import { type Here, hereWith, lastOf, prepare } from "./here.ts";
import { answer, quiet, type RunningBot, readable, Stage, saidBy, threadAfter } from "./running.ts";
import { LOG, STUCK } from "./samples.ts";
import { until } from "./until.ts";

const stage = new Stage();
const folders: string[] = [];
afterEach(async () => {
  await stage.clear();
  for (const dir of folders.splice(0)) rmSync(dir, { recursive: true, force: true });
});
let here: Here;

const times = { lease: 1_500, renew: 200, reconnect: 100, storeRetry: 50 };
function folder(): string {
  const dir = mkdtempSync(join(tmpdir(), "tunnelmedic-"));
  folders.push(dir);
  return dir;
}
const untilSaid = (thread: string, words: string) =>
  until(() => saidBy(here.peer, thread).some((one) => readable(one).includes(words)), 15_000);
const heardFrom = async (bot: RunningBot, thread: string) => {
  const head = await bot.here.store.caseAt({ chat: "discord", workspace: here.peer.guild.id, thread });
  return (await bot.here.store.turns(head?.id ?? "")).map(({ message }) => message);
};
/** Nothing can be stored until it is given back. */
function takeStoreAway(bot: RunningBot): () => void {
  const store = bot.here.store as { take: unknown };
  const { take } = store;
  store.take = async () => {
    throw new StoreUnavailable("away");
  };
  return () => {
    store.take = take;
  };
}

describe("what was said while the connection was away", () => {
  it("is fetched after a session that could not be resumed, heard once and in order", async () => {
    here = await prepare(stage);
    const thread = await here.begin(here.asha, { symptom: "tunnel-down" });
    const heard = here.asha.say(thread, STUCK);
    await untilSaid(thread, "Read from HUB");
    here.peer.gateway.interrupt("invalid");
    here.peer.world.clock.pass(30_000);
    const missed = here.asha.say(thread, LOG);
    await until(() => here.peer.gateway.identified.length === 2, 15_000);
    await untilSaid(thread, "confirmed");
    here.peer.world.clock.pass(30_000);
    const after = here.asha.say(thread, "so far");
    await untilSaid(thread, "**Findings**");
    expect((await heardFrom(here.bot, thread)).filter(Boolean)).toEqual([heard.id, missed.id, after.id]);
    expect(here.peer.problems()).toEqual([]);
  });

  it("is fetched after a restart, several pages of it, and what was heard is not heard again", async () => {
    const dir = folder();
    here = await prepare(stage, { bot: { dir } });
    const thread = await here.begin(here.asha, { symptom: "tunnel-down" });
    const first = here.asha.say(thread, STUCK);
    await untilSaid(thread, "Read from HUB");
    await here.bot.stop();
    for (let i = 0; i < 230; i += 1) here.ravi.say(thread, `chatter ${i}`);
    here.peer.world.clock.pass(30_000);
    const missed = here.asha.say(thread, LOG);
    const next = await stage.bot(here.peer, { dir });
    await untilSaid(thread, "confirmed");
    await quiet(next.here.store);
    expect((await heardFrom(next, thread)).filter(Boolean)).toEqual([first.id, missed.id]);
    await next.stop();
    const third = await stage.bot(here.peer, { dir });
    await until(() => here.peer.rest.calls.at(-1)?.path.endsWith("/messages") === true);
    expect((await heardFrom(third, thread)).filter(Boolean)).toEqual([first.id, missed.id]);
    expect(here.peer.problems()).toEqual([]);
  });

  it("edits and deletions are found as well: read again, and forgotten for good", async () => {
    const dir = folder();
    here = await prepare(stage, { bot: { dir } });
    const thread = await here.begin(here.asha, { symptom: "tunnel-down" });
    const id = await here.caseIn(thread);
    const edited = here.asha.say(thread, STUCK);
    await untilSaid(thread, "Read from HUB");
    here.peer.world.clock.pass(30_000);
    const deleted = here.asha.say(thread, LOG);
    await untilSaid(thread, "confirmed");
    await here.bot.stop();
    for (let i = 0; i < 20; i += 1) here.ravi.say(thread, `chatter ${i}`);
    here.asha.edit(edited, STUCK.replaceAll("HUB", "LYON"));
    here.asha.delete(deleted);
    const next = await stage.bot(here.peer, { dir });
    await untilSaid(thread, "Read from LYON");
    await untilSaid(thread, "Forgotten: ");
    await quiet(next.here.store);
    const names = async (bot: RunningBot) => {
      const standing = (await bot.here.bot.look(id))?.situation.diagnosis.tunnel.known.pastes ?? [];
      return standing.map(({ paste }) => paste.lines[0]?.text.split("#")[0]);
    };
    expect((await names(next)).toSorted()).toEqual(["LYON"]);
    expect(JSON.stringify(await next.here.store.turns(id))).not.toContain("no offers accepted");
    const { length } = await next.here.store.turns(id);
    await next.stop();
    // Nothing more happened: nothing is heard again.
    const third = await stage.bot(here.peer, { dir });
    await until(() => here.peer.rest.calls.at(-1)?.path.endsWith("/messages") === true);
    await quiet(third.here.store);
    expect((await third.here.store.turns(id)).length).toBe(length);
    expect(here.peer.problems()).toEqual([]);
  });

  it("a history that we may not read deletes nothing, nor does what was said before the case came here", async () => {
    const place = { chat: "discord", workspace: "1", thread: "100" };
    const head = { place } as CaseHead;
    const turn = (message: string | undefined, echo = "…") => ({ message, echo }) as StoredTurn;
    const asked: string[] = [];
    const answering = (code: number) => {
      const get = async (route: string) => {
        asked.push(route);
        if (route.endsWith("/messages")) return [];
        throw new DiscordAPIError({ code, message: "" }, code, code === 10_008 ? 404 : 403, "GET", route, {});
      };
      return { get } as unknown as REST;
    };
    const turns = [turn("201"), turn(undefined, "(resumed here)"), turn("302"), turn("1712.5")];
    expect(await changedMeanwhile(answering(50_013), head, turns)).toEqual({ edited: [], deleted: [] });
    expect(await changedMeanwhile(answering(10_008), head, turns)).toEqual({
      edited: [],
      deleted: [{ id: "302", channelId: "100" }],
    });
    expect(asked.join()).not.toContain("201");
  });

  it("is fetched again where Discord or the store fails at first", async () => {
    const dir = folder();
    here = await prepare(stage, { bot: { dir } });
    const thread = await here.begin(here.asha, { symptom: "tunnel-down" });
    await here.bot.stop();
    here.asha.say(thread, STUCK);
    here.peer.rest.faults.push({ method: "GET", path: /\/messages$/, times: 2, does: { type: "500" } });
    await stage.bot(here.peer, { dir, failCasesOnce: true });
    await untilSaid(thread, "Read from HUB");
    expect(here.peer.rest.faults).toEqual([]);
  });

  it("is nothing after a RESUME; a message that comes twice is heard once", async () => {
    here = await prepare(stage);
    const thread = await here.begin(here.asha, { symptom: "tunnel-down" });
    here.peer.gateway.interrupt("cut");
    const said = here.asha.say(thread, STUCK);
    await until(() => here.peer.gateway.resumed === 1, 15_000);
    await untilSaid(thread, "Read from HUB");
    const again = { ...said, guild_id: here.peer.guild.id, member: { roles: [] } };
    for (let i = 0; i < 3; i += 1) here.peer.world.dispatch("MESSAGE_CREATE", again, here.peer.guild.id);
    here.peer.world.clock.pass(30_000);
    await here.after(thread, "confirmed", () => here.asha.say(thread, LOG));
    expect((await heardFrom(here.bot, thread)).filter((id) => id === said.id)).toHaveLength(1);
  });
});

describe("while nothing can be stored", () => {
  it("messages wait and are heard in order afterwards; people are told", async () => {
    here = await prepare(stage, { bot: { settings: { times } } });
    const thread = await here.begin(here.asha, { symptom: "tunnel-down" });
    const giveBack = takeStoreAway(here.bot);
    await here.after(thread, "Nothing you wrote is lost", () => {
      here.asha.say(thread, STUCK);
      here.peer.world.clock.pass(30_000);
      here.asha.say(thread, LOG);
    });
    giveBack();
    const said = await here.after(thread, "confirmed", () => {});
    expect(said.length).toBeGreaterThan(0);
  });

  it("what is nobody's case is not answered with that: chatter, edits and deletions anywhere in the server", async () => {
    here = await prepare(stage, { bot: { settings: { times } } });
    const { peer, asha, ravi } = here;
    const thread = await here.begin(asha, { symptom: "tunnel-down" });
    const lunch = peer.world.addThread({
      id: peer.world.clock.id(),
      guildId: peer.guild.id,
      parentId: here.channel,
      name: "lunch",
      ownerId: ravi.user.id,
      isPrivate: false,
      archiveAfter: 1440,
    }).id;
    const [first, second] = [ravi.say(here.channel, "pizza?"), ravi.say(here.channel, "pasta?")];
    await quiet(here.bot.here.store);
    const before = [here.channel, lunch].map((place) => saidBy(peer, place).length);
    const store = here.bot.here.store as { caseAt: unknown };
    const { caseAt } = store;
    store.caseAt = async () => {
      throw new StoreUnavailable("away");
    };
    asha.say(lunch, "soup!");
    ravi.edit(first, "pizza!");
    ravi.delete(second);
    await here.after(thread, "Nothing you wrote is lost", () => asha.say(thread, STUCK));
    await until(() => here.bot.logged.filter((line) => line.includes('"attempt":5')).length >= 3);
    store.caseAt = caseAt;
    await here.after(thread, "Read from HUB", () => {});
    expect([here.channel, lunch].map((place) => saidBy(peer, place).length)).toEqual(before);
  });

  it("a store that is only slow is not said to have taken nothing, and what it takes later is answered", async () => {
    here = await prepare(stage);
    const thread = await here.begin(here.asha, { symptom: "flapping" });
    const store = here.bot.here.store as { take: Here["bot"]["here"]["store"]["take"] };
    const { take } = store;
    let goOn = () => {};
    const free = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    store.take = async (taking, decide) => {
      await free;
      return take(taking, decide);
    };
    const begun = here.peer.world.threadMembers.size;
    const started = here.ravi.command(here.channel, "ipsec", "start", { symptom: "slow" });
    const closed = here.asha.command(thread, "ipsec", "close");
    await until(() => [started, closed].every((one) => one.text().includes("My store is slow")), 10_000);
    goOn();
    const other = await threadAfter(here.peer, begun);
    await answer(here.peer, other, 0, "it is slow");
    await until(() => closed.text().includes("The case is closed"));
    expect(started.text()).not.toContain("My store is slow");
    expect(here.peer.problems()).toEqual([]);
  }, 20_000);

  it("buttons and commands say so, and a form can be opened again with what was typed", async () => {
    here = await prepare(stage);
    const thread = await here.begin(here.asha, { symptom: "tunnel-down", platform: "cisco-ios" });
    const asked = lastOf(saidBy(here.peer, thread));
    const opened = here.asha.press(asked, "Paste privately");
    await opened.answered;
    const giveBack = takeStoreAway(here.bot);
    const pressed = here.asha.press(asked, "So far");
    await until(() => pressed.text().includes("I can't store anything just now"));
    const command = here.asha.command(here.channel, "ipsec", "start");
    await until(() => command.text().includes("I can't store anything just now"));
    const sent = here.asha.submit(opened, { Output: STUCK });
    await until(() => sent.text().includes("I can't store anything just now"));
    giveBack();
    const again = here.asha.press(lastOf(sent.message ? [sent.message] : []), "Open the form again");
    await again.answered;
    await here.after(thread, "Read from HUB", () => here.asha.submit(again, {}));
    expect(here.peer.problems()).toEqual([]);
  });
});

describe("without the message-content intent", () => {
  it("says what it would gain, leads a case by mention, form and menu, and tells people once", async () => {
    here = await prepare(stage, { peer: { mayReadAll: false } });
    expect(here.bot.logged.join("\n")).toContain("Message Content intent is off");
    expect(here.peer.gateway.identified).toHaveLength(1);
    const thread = await here.begin(here.asha, { symptom: "tunnel-down" });
    await here.after(thread, "unless they mention me", () => here.asha.say(thread, STUCK));
    const before = saidBy(here.peer, thread).length;
    here.asha.say(thread, STUCK);
    await here.after(thread, "Read from HUB", () => here.asha.say(thread, `<@${here.peer.world.bot.id}>\n${STUCK}`));
    expect(saidBy(here.peer, thread)).toHaveLength(before + 1);
    const out = here.asha.say(thread, LOG);
    await here.after(thread, "confirmed", () => here.asha.readWith("Read this output", out));
    expect(here.peer.problems()).toEqual([]);
  });

  it("is found out by close code 4014 where the portal says otherwise", async () => {
    here = await prepare(stage, { peer: { mayReadAll: false, saysItMayReadAll: true } });
    expect(here.bot.logged.join("\n")).toContain("Message Content intent is off");
    expect(here.peer.gateway.identified).toHaveLength(2);
    await here.begin();
  });
});

describe("who holds the gateway", () => {
  it("is one process of two; when it stops, the other one goes on at once", async () => {
    const dir = folder();
    here = await prepare(stage, { bot: { dir, settings: { times } } });
    const other = await stage.bot(here.peer, { dir, settings: { times } });
    const thread = await here.begin(here.asha, { symptom: "tunnel-down" });
    expect(here.peer.gateway.identified).toHaveLength(1);
    await here.bot.stop();
    here.asha.say(thread, STUCK);
    await untilSaid(thread, "Read from HUB");
    expect(here.peer.gateway.identified).toHaveLength(2);
    const next = hereWith(here.peer, other, here.asha, here.ravi);
    here.peer.world.clock.pass(30_000);
    await next.after(thread, "confirmed", () => here.asha.say(thread, LOG));
    expect(here.peer.problems()).toEqual([]);
  });

  it("stays connected while the store is away, and says so; lets go once another holds it, and takes it up again", async () => {
    here = await prepare(stage, { bot: { settings: { times } } });
    const store = here.bot.here.store as { hold: unknown };
    const { hold } = store;
    const giveBack = takeStoreAway(here.bot);
    let asked = 0;
    store.hold = async () => {
      asked += 1;
      throw new StoreUnavailable("away");
    };
    // Longer than the lease.
    await until(() => asked > times.lease / times.renew + 3, 10_000);
    const started = here.asha.command(here.channel, "ipsec", "start");
    await until(() => started.text().includes("I can't store anything just now"));
    expect(here.peer.gateway.identified).toHaveLength(1);
    store.hold = async () => false;
    await until(() => !here.peer.gateway.isConnected(), 5_000);
    giveBack();
    store.hold = hold;
    await until(() => here.peer.gateway.isConnected(), 15_000);
    await here.begin();
  });

  it("waits where few sessions are left of the day, and is ready to stop meanwhile", async () => {
    const peer = await stage.peer({ startsLeft: 300 });
    const bot = await stage.bot(peer, { settings: { times } });
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect(peer.gateway.identified).toHaveLength(0);
    expect(bot.logged.join("\n")).toContain("few Discord sessions are left");
    await bot.stop();
    expect(pauseBefore({ total: 1000, remaining: 999, reset_after: 3_600_000, max_concurrency: 1 })).toBe(0);
    expect(pauseBefore({ total: 1000, remaining: 300, reset_after: 3_600_000, max_concurrency: 1 })).toBe(12_000);
    expect(pauseBefore({ total: 1000, remaining: 0, reset_after: 3_600_000, max_concurrency: 1 })).toBe(3_600_000);
  });

  it("is one process also where connecting takes longer than the lease: shards begin one after the other", async () => {
    const dir = folder();
    const peer = await stage.peer({ shards: 2 });
    const start = () => stage.bot(peer, { dir, settings: { times } });
    const [one] = await Promise.all([start(), start()]);
    here = hereWith(peer, one, peer.person("Asha"), peer.person("Ravi"));
    // Longer than two renewals: who was connecting still holds it.
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect(here.peer.gateway.identified.map(({ shard }) => shard)).toEqual([
      [0, 2],
      [1, 2],
    ]);
  }, 20_000);

  it("runs as many shards as Discord asks for, each server in its own", async () => {
    here = await prepare(stage, { peer: { shards: 2 } });
    expect(here.peer.gateway.identified.map(({ shard }) => shard)).toEqual([
      [0, 2],
      [1, 2],
    ]);
    await here.begin();
  });

  it.each([
    ["a token that Discord does not know", { token: "wrong.token.of-nobody-at-all" }, "DISCORD_TOKEN"],
    ["a server that the bot is not in", { guildId: "1" }, "DISCORD_GUILD_ID"],
    ["no Discord at all", { apiUrl: "http://127.0.0.1:9/api" }, "DISCORD_API_URL"],
  ])("says what to change where it is given %s", async (_, settings, words) => {
    const peer = await stage.peer();
    await expect(stage.bot(peer, { settings })).rejects.toThrow(words);
  });
});
