import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { createResumeCodes } from "../../../src/bot/resume-code.ts";
import { customId } from "../../../src/chat/discord/custom-id.ts";
import { explain } from "../../../src/knowledge/explain.ts";
import { inbound } from "../../bot/assembled.ts";
import { type Here, lastOf, prepare } from "./here.ts";
import { componentsIn } from "./peer/components.ts";
import type { Interaction } from "./peer/interactions.ts";
import { answer, quiet, readable, Stage, saidBy, threadAfter } from "./running.ts";
import { CONFIGURED, KEY, LOG, STUCK } from "./samples.ts";
import { until } from "./until.ts";

const stage = new Stage();
/** The service has its knowledge built in; here it is read from all the YAML, which takes a second. */
beforeAll(() => void explain("PFS"));
afterEach(() => stage.clear());
let here: Here;

const file = (name: string, text: string) => ({ name, bytes: Buffer.from(text), type: "text/plain" });
/** The message that a thread was begun from. */
const statusOf = (thread: string) => {
  const [found] = here.peer.shown(here.channel).filter(({ id }) => id === thread);
  if (!found) throw new Error("the thread was begun from no message");
  return found;
};

const reads = (one: Interaction, words: string) =>
  until(() => one.text().includes(words)).catch((error: unknown) => {
    throw new Error(`"${words}" is not said, but: ${one.text()}\n${here.bot.logged.join("\n")}`, { cause: error });
  });

describe("/ipsec", () => {
  it("start takes what is known already, and asks for what comes next", async () => {
    here = await prepare(stage);
    const values = {
      symptom: "tunnel-down",
      platform: "cisco-ios",
      peer: "198.51.100.7",
      output: file("hub.txt", STUCK),
    };
    const thread = await here.begin(here.asha, values);
    expect(saidBy(here.peer, thread).map(readable).join("\n")).toContain("Read from HUB");
    expect(here.peer.world.thread(thread)?.name).toMatch(/· tunnel down · 198\.51\.100\.7$/);
    expect(here.peer.problems()).toEqual([]);
  });

  it("start says what it could not take: a peer that is no address, a file that is no text", async () => {
    here = await prepare(stage);
    const png = { name: "a.png", bytes: Buffer.from("PNG"), type: "image/png" };
    const thread = await here.begin(here.asha, { peer: "the hub", output: png });
    const all = () => saidBy(here.peer, thread).map(readable).join("\n");
    await until(() => /The peer that you gave is no IP address.*`a\.png` is a picture/s.test(all()));
    expect(all()).not.toContain("the hub");
    expect(here.peer.problems()).toEqual([]);
  });

  it("diagnose reads several files with no questions, or a form of up to 4,000 characters", async () => {
    here = await prepare(stage);
    const two = here.asha.command(here.channel, "ipsec", "diagnose", {
      output: file("a.txt", STUCK),
      output2: file("b.log", LOG),
    });
    await two.answered;
    await answer(here.peer, await threadAfter(here.peer, 0), 0, "confirmed");
    const asked = here.asha.command(here.channel, "ipsec", "diagnose");
    await asked.answered;
    const long = `${STUCK}\n${"HUB#\n".repeat(500)}`.slice(0, 4000);
    here.asha.submit(asked, { Output: long, "Taken on": "My end" });
    await answer(here.peer, await threadAfter(here.peer, 1), 0, "Read from HUB");
    const empty = here.asha.command(here.channel, "ipsec", "diagnose");
    await empty.answered;
    await reads(here.asha.submit(empty, {}), "There was nothing in it");
    expect(here.peer.problems()).toEqual([]);
  });

  it("start and diagnose in a case's thread read what is attached into that case", async () => {
    here = await prepare(stage);
    const thread = await here.begin(here.asha, { symptom: "tunnel-down" });
    const first = here.asha.command(thread, "ipsec", "diagnose", { output: file("hub.txt", STUCK) });
    await reads(first, "Read from HUB");
    const second = here.asha.command(thread, "ipsec", "diagnose");
    await second.answered;
    await reads(here.asha.submit(second, { Output: LOG }), "confirmed");
    await reads(here.asha.command(thread, "ipsec", "start", { output: file("x.txt", CONFIGURED) }), "configuration");
    await reads(here.asha.command(thread, "ipsec", "start"), "is open here already");
    const look = await here.bot.here.bot.look(await here.caseIn(thread));
    expect(look?.situation.diagnosis.verdict.pastes).toHaveLength(3);
    expect(here.peer.world.threadMembers.size).toBe(1);
    expect(here.peer.problems()).toEqual([]);
  });

  it("explain, help and cases answer the person alone", async () => {
    here = await prepare(stage);
    const thread = await here.begin(here.asha, { symptom: "tunnel-down" });
    const channelBefore = saidBy(here.peer, here.channel).length;
    await reads(here.ravi.command(here.channel, "ipsec", "explain", { word: "MM_KEY_EXCH" }), "MM\\_KEY\\_EXCH");
    await reads(here.ravi.command(here.channel, "ipsec", "help"), "/ipsec diagnose");
    await reads(here.ravi.command(thread, "ipsec", "explain", { word: "1:12" }), "There is no paste yet");
    await reads(here.ravi.command(here.channel, "ipsec", "explain", { word: "line 12" }), "There is no case here");
    const searched = here.ravi.command(here.channel, "ipsec", "search", { words: "agressive mode" });
    await reads(searched, "There is no case");
    expect(searched.text()).toContain("What I can explain");
    await reads(here.ravi.command(here.channel, "ipsec", "stats"), "1 case, 1 open");
    await reads(here.ravi.command(here.channel, "ipsec", "cases", { words: "tunel-down" }), "<#");
    await reads(here.ravi.command(here.channel, "ipsec", "cases", { since: "someday" }), "Say since when");
    const id = await here.caseIn(thread);
    await reads(here.ravi.command(here.channel, "ipsec", "cases"), `**${id}** <#${thread}>`);
    await reads(here.ravi.command(here.channel, "ipsec", "cases", { mine: true }), "There is no open case");
    await reads(here.ravi.command(here.channel, "ipsec", "cases", { status: "closed" }), "There is no closed case");
    expect(saidBy(here.peer, here.channel)).toHaveLength(channelBefore);
    expect(here.peer.problems()).toEqual([]);
  });

  it("completes cases, peers, words and causes as they are typed", async () => {
    here = await prepare(stage);
    const thread = await here.begin(here.asha, { symptom: "one-way", peer: "198.51.100.7" });
    const id = await here.caseIn(thread);
    const completes = async (sub: string, option: string, typed: string) =>
      (await here.ravi.completes(here.channel, "ipsec", sub, option, typed)).map(({ value }) => value);
    expect(await completes("close", "case", "one")).toEqual([id]);
    expect(await completes("start", "peer", "198")).toEqual(["198.51.100.7"]);
    expect(await completes("explain", "word", "wait_msg4")).toEqual(["MM_WAIT_MSG4"]);
    expect(await completes("cases", "cause", "replay")).toContain("replay-drops");
    expect(here.peer.problems()).toEqual([]);
  });

  it("close closes and hides the thread; what comes then is answered; reopen goes on", async () => {
    here = await prepare(stage);
    const thread = await here.begin();
    const id = await here.caseIn(thread);
    const closed = here.asha.command(thread, "ipsec", "close");
    await reads(closed, "The case is closed");
    await until(() => here.peer.world.thread(thread)?.thread_metadata?.archived === true);
    const later = await here.after(thread, `Case ${id} is closed`, () => here.asha.say(thread, STUCK));
    await here.after(thread, "Open again", () => here.asha.press(lastOf(later), "Reopen"));
    await here.after(thread, "Read from HUB", () => here.asha.say(thread, STUCK));
    expect(here.peer.problems()).toEqual([]);
  });

  it("handoff writes the case up, posts it where hand-offs go, and gives the case to somebody", async () => {
    const peer = await stage.peer();
    const oncall = peer.world.addChannel(peer.guild, "oncall").id;
    const bot = await stage.bot(peer, { settings: { escalationChannel: oncall } });
    const { hereWith } = await import("./here.ts");
    here = hereWith(peer, bot, peer.person("Asha"), peer.person("Ravi"));
    const thread = await here.begin(here.asha, { symptom: "tunnel-down", peer: "198.51.100.7" });
    const written = here.asha.command(thread, "ipsec", "handoff");
    await reads(written, "Hand-over");
    const message = written.message;
    if (!message) throw new Error("no answer");
    expect(message.attachments.map(({ filename }) => filename)).toEqual([
      "1-path.png",
      "hand-off.md",
      "hand-off.html",
      "hand-off.json",
    ]);
    const posted = await here.after(oncall, "198.51.100.7", () =>
      here.asha.press(message, "Post it to the escalation channel"),
    );
    expect(readable(lastOf(posted))).toContain(`<#${thread}>`);
    expect(lastOf(posted).attachments).toHaveLength(4);
    await here.after(thread, "Ravi's now", () => here.asha.choose(message, here.ravi.user));
    await until(() => here.peer.shown(here.channel).map(readable).join("\n").includes("Whose: Ravi"));
    const given = here.ravi.command(thread, "ipsec", "handoff", { to: here.asha.user });
    await reads(given, "Asha's now");
    expect(peer.problems()).toEqual([]);
  });

  it("resume goes on with a case in a thread of its own, and tells the old one", async () => {
    here = await prepare(stage);
    const old = await here.begin(here.asha, { symptom: "flapping" });
    const id = await here.caseIn(old);
    await here.after(old, "took case", () => here.ravi.command(here.channel, "ipsec", "resume", { case: id }));
    const thread = await threadAfter(here.peer, 1);
    await answer(here.peer, thread, 0, `Case ${id} goes on here`);
    await quiet(here.bot.here.store);
    expect(readable(statusOf(old))).toContain("goes on elsewhere");
    expect([statusOf(old).components, statusOf(thread).components?.length]).toEqual([[], 1]);
    await here.after(thread, "Read from HUB", () => here.ravi.say(thread, STUCK));
    await reads(here.ravi.command(thread, "ipsec", "resume", { case: id }), "right here");
    await reads(here.ravi.command(here.channel, "ipsec", "resume", { case: "ZZZZ" }), "There is no case ZZZZ");
    await here.after(thread, "closed", () => here.ravi.command(thread, "ipsec", "close"));
    here.ravi.command(here.channel, "ipsec", "resume", { case: id });
    const third = await threadAfter(here.peer, 2);
    await answer(here.peer, third, 0, `Case ${id} was closed; it is open again.`);
    expect(here.peer.problems()).toEqual([]);
  });

  it("resume by mention in another thread shows the status there, and leaves no buttons behind", async () => {
    const codes = createResumeCodes(new Uint8Array(32).fill(5));
    here = await prepare(stage, { bot: { codes } });
    const { bot, store } = here.bot.here;
    const old = await here.begin(here.asha, { symptom: "slow" });
    const id = await here.caseIn(old);
    here.ravi.say(here.channel, `<@${here.peer.world.bot.id}> resume ${id}`);
    const thread = await threadAfter(here.peer, 1);
    await answer(here.peer, thread, 0, "❔ not known yet");
    await quiet(store);
    expect(statusOf(old).components).toEqual([]);
    const place = (await store.caseById(id))?.place ?? { chat: "", workspace: "", thread: "" };
    const page = { chat: "web", workspace: "", thread: "on the page" };
    await bot.hear(inbound(page, { type: "resumed", caseId: id, code: codes.codeFor(id, place) }));
    const said = await answer(here.peer, thread, 0, "goes on elsewhere");
    expect(said.find(({ embeds }) => embeds.length > 0)?.components).toEqual([]);
    expect(here.peer.problems()).toEqual([]);
  });

  it("resume with its code takes a case along from another chat, and a wrong code takes nothing", async () => {
    const codes = createResumeCodes(new Uint8Array(32).fill(5));
    here = await prepare(stage, { bot: { codes } });
    const page = { chat: "web", workspace: "", thread: "a page" };
    const { bot, store } = here.bot.here;
    await bot.hear(inbound(page, { type: "opened", symptom: "one-way" }));
    const id = (await store.caseAt(page))?.id ?? "";
    const wrong = here.ravi.command(here.channel, "ipsec", "resume", { case: `${id}-0000000000` });
    await reads(wrong, "say “take it along” where the case is now");
    expect((await store.caseById(id))?.place).toEqual(page);
    const right = () =>
      here.ravi.command(here.channel, "ipsec", "resume", { case: `${id}-${codes.codeFor(id, page)}` });
    await bot.hear(inbound(page, { type: "closed" }));
    await reads(right(), "a closed case is reopened first");
    await bot.hear(inbound(page, { type: "reopened" }));
    right();
    const thread = await threadAfter(here.peer, 0);
    await answer(here.peer, thread, 0, `Case ${id}, from the web page, goes on here`);
    expect(here.peer.problems()).toEqual([]);
  });

  it("resume by mention takes a case along as well, with its code only", async () => {
    const codes = createResumeCodes(new Uint8Array(32).fill(5));
    here = await prepare(stage, { bot: { codes } });
    const page = { chat: "web", workspace: "", thread: "another page" };
    const { bot, store } = here.bot.here;
    await bot.hear(inbound(page, { type: "opened", symptom: "one-way" }));
    const id = (await store.caseAt(page))?.id ?? "";
    const say = (words: string) => here.ravi.say(here.channel, `<@${here.peer.world.bot.id}> ${words}`);
    await here.after(here.channel, "say “take it along” where", () => say(`resume ${id}-0000000000`));
    expect((await store.caseById(id))?.place).toEqual(page);
    say(`resume ${id}-${codes.codeFor(id, page)}`);
    const thread = await threadAfter(here.peer, 0);
    await answer(here.peer, thread, 0, `Case ${id}, from the web page, goes on here`);
    expect(here.peer.problems()).toEqual([]);
  });

  it("start private makes a private thread, whose case others neither see nor reach", async () => {
    here = await prepare(stage);
    const started = here.asha.command(here.channel, "ipsec", "start", { private: true });
    const thread = await threadAfter(here.peer, 0);
    await answer(here.peer, thread, 0, "What do you see?");
    await reads(started, `is in <#${thread}>`);
    expect(saidBy(here.peer, here.channel)).toEqual([]);
    const id = await here.caseIn(thread);
    await until(() => here.peer.world.thread(thread)?.name?.startsWith(id) === true);
    await reads(here.ravi.command(here.channel, "ipsec", "cases"), "There is no open case");
    await reads(here.ravi.command(here.channel, "ipsec", "close", { case: id }), `There is no case ${id}`);
    await reads(here.asha.command(here.channel, "ipsec", "cases"), id);
    expect(here.peer.problems()).toEqual([]);
  });

  it("in the wrong place says where it works", async () => {
    here = await prepare(stage);
    await reads(here.asha.command(here.channel, "ipsec", "close"), "There is no case here");
    await reads(here.asha.command(here.channel, "ipsec", "handoff", { case: "nonsense!" }), "There is no case");
    const voice = here.peer.world.addChannel(here.peer.guild, "voice");
    (voice as { type: number }).type = 2;
    await reads(here.asha.command(voice.id, "ipsec", "start"), "text channel");
    here.peer.guild.botPermissions &= ~(1n << 35n);
    await reads(here.asha.command(here.channel, "ipsec", "start"), "Create Public Threads");
    expect(here.peer.world.threadMembers.size).toBe(0);
  });

  it("that can't be done is told only to who asked, and leaves nothing behind", async () => {
    here = await prepare(stage);
    const thread = await here.begin();
    const id = await here.caseIn(thread);
    const places = [here.channel, thread] as const;
    const before = places.map((place) => saidBy(here.peer, place).length);
    const alone = async (one: Interaction, words: string) => {
      await reads(one, words);
      expect(one.followUps.map(({ flags = 0 }) => flags & 64)).toEqual([64]);
    };
    await alone(here.ravi.command(here.channel, "ipsec", "resume", { case: "ZZZZ" }), "There is no case ZZZZ");
    await alone(here.ravi.command(thread, "ipsec", "resume", { case: id }), "right here");
    const png = { name: "a.png", bytes: Buffer.from("PNG"), type: "image/png" };
    await alone(here.ravi.command(here.channel, "ipsec", "diagnose", { output: png }), "is a picture");
    await here.after(thread, "closed", () => here.asha.command(thread, "ipsec", "close"));
    here.ravi.say(thread, "thanks");
    await alone(here.ravi.command(thread, "ipsec", "close"), `Case ${id} is closed`);
    await quiet(here.bot.here.store);
    const after = places.map((place) => here.peer.shown(place).filter(({ flags = 0 }) => (flags & 128) !== 0));
    expect(after).toEqual([[], []]);
    expect(places.map((place) => saidBy(here.peer, place).length)).toEqual([before[0], (before[1] ?? 0) + 1]);
    expect(here.peer.problems()).toEqual([]);
  });

  it("never shows a case of another server", async () => {
    here = await prepare(stage);
    const id = await here.caseIn(await here.begin());
    const other = here.peer.world.addGuild("rivals");
    const lobby = here.peer.world.addChannel(other, "lobby").id;
    const eve = here.peer.person("Eve", [], other);
    await reads(eve.command(lobby, "ipsec", "cases"), "There is no open case");
    await reads(eve.command(lobby, "ipsec", "resume", { case: id }), `There is no case ${id}`);
    expect(await eve.completes(lobby, "ipsec", "resume", "case", "")).toEqual([]);
  });
});

describe("Read this output", () => {
  it("begins a case in the thread of that message, or reads it in the case that is there, once", async () => {
    here = await prepare(stage, { peer: { mayReadAll: false } });
    const message = here.ravi.say(here.channel, STUCK);
    await reads(here.asha.readWith("Read this output", message), `<#${message.id}>`);
    await answer(here.peer, message.id, 0, "Read from HUB");
    await reads(here.asha.readWith("Read this output", message), "read that message already");
    const inThread = here.ravi.say(message.id, LOG);
    await here.after(message.id, "confirmed", () => here.asha.readWith("Read this output", inThread));
    const ours = lastOf(saidBy(here.peer, message.id));
    await reads(here.asha.readWith("Read this output", ours), "said myself");
    await reads(here.asha.readWith("Read this output", here.ravi.say(here.channel, "")), "nothing in it");
    const talk = here.ravi.say(here.channel, "lunch?");
    await reads(here.asha.readWith("Read this output", talk), "does not look like a device's output");
    expect([...here.peer.world.threadMembers.keys()]).toEqual([message.id]);
    expect(here.peer.problems()).toEqual([]);
  });
});

describe("buttons", () => {
  it("paste privately: nobody sees the text, and the key is not repeated", async () => {
    here = await prepare(stage);
    const thread = await here.begin(here.asha, { symptom: "tunnel-down", platform: "cisco-ios" });
    const opened = here.asha.press(lastOf(saidBy(here.peer, thread)), "Paste privately");
    await opened.answered;
    const said = await here.after(thread, "Read", async () => {
      await reads(here.asha.submit(opened, { Output: CONFIGURED, "Taken on": "My end" }), "my answer is below");
    });
    expect(said.map(readable).join("\n")).not.toContain(KEY);
    expect(JSON.stringify(await here.bot.here.store.turns(await here.caseIn(thread)))).not.toContain(KEY);
    const files = here.asha.press(lastOf(said), "Paste privately");
    await files.answered;
    here.asha.submit(files, { Files: [file("pune.log", LOG)], "Taken on": "The far end" });
    await answer(here.peer, thread, saidBy(here.peer, thread).length, "confirmed");
    expect(here.peer.problems()).toEqual([]);
  });

  it("a form that is sent to a case that was closed meanwhile keeps what was typed", async () => {
    here = await prepare(stage);
    const thread = await here.begin(here.asha, { symptom: "tunnel-down", platform: "cisco-ios" });
    const opened = here.asha.press(lastOf(saidBy(here.peer, thread)), "Paste privately");
    await opened.answered;
    await here.after(thread, "The case is closed", () => here.ravi.command(thread, "ipsec", "close"));
    const sent = here.asha.submit(opened, { Output: STUCK });
    await reads(sent, "is closed");
    const [told] = [...sent.followUps, ...(sent.message ? [sent.message] : [])].slice(-1);
    if (!told) throw new Error("nothing was told");
    await here.after(thread, "Open again", () => here.asha.press(told, "Reopen"));
    const again = here.asha.press(told, "Open the form again");
    await again.answered;
    await here.after(thread, "Read from HUB", () => here.asha.submit(again, {}));
    expect(here.peer.problems()).toEqual([]);
  });

  it("of a question that was answered show the answer; of a case that moved on say so", async () => {
    here = await prepare(stage);
    const thread = await here.begin(here.asha, { symptom: "tunnel-down" });
    const [asked] = saidBy(here.peer, thread).slice(-1);
    if (!asked) throw new Error("no question");
    const stale = structuredClone(asked);
    await here.after(thread, "show crypto isakmp sa", () => here.asha.choose(asked, "Cisco IOS or IOS-XE"));
    await until(() => JSON.stringify(asked.components).includes("✓ Cisco IOS or IOS-XE"));
    expect(stale.components).not.toEqual(asked.components);
    const [ask] = saidBy(here.peer, thread).slice(-1);
    if (!ask) throw new Error("no ask");
    const old = structuredClone(ask);
    await here.after(thread, "Read from HUB", () => here.asha.say(thread, STUCK));
    await here.after(thread, "the case has moved on", () => here.asha.press(old, "Can't run that"));
    await until(() => JSON.stringify(old.components).includes("That question is over"));
    expect(JSON.stringify(old.components)).not.toContain("✓");
    expect(here.peer.problems()).toEqual([]);
  });

  it("of a question that a paste has answered go, and of a case that is closed; who may delete a key still can", async () => {
    here = await prepare(stage);
    const thread = await here.begin(here.asha, { symptom: "tunnel-down", platform: "cisco-ios" });
    const labels = () =>
      saidBy(here.peer, thread)
        .flatMap(componentsIn)
        .map(({ label }) => label);
    await here.after(thread, "delete it", () => here.asha.say(thread, CONFIGURED));
    expect(labels()).toContain("Delete my message");
    const [first] = saidBy(here.peer, thread);
    await until(() => first !== undefined && componentsIn(first).length === 0);
    here.peer.world.clock.pass(30_000);
    await here.after(thread, "confirmed", () => here.asha.say(thread, LOG));
    await until(() => labels().filter((label) => label === "Undo").length === 1);
    expect(labels()).toContain("Delete my message");
    await here.after(thread, "The case is closed", () => here.asha.command(thread, "ipsec", "close"));
    await until(() => here.peer.world.thread(thread)?.thread_metadata?.archived === true);
    expect(labels().filter((label) => label !== "Delete my message")).toEqual(["Reopen"]);
    expect(here.peer.problems()).toEqual([]);
  });

  it("that nobody knows any more are answered", async () => {
    here = await prepare(stage);
    const thread = await here.begin();
    const odd = structuredClone(lastOf(saidBy(here.peer, thread)));
    const [row] = odd.components ?? [];
    Object.assign((row as { components: object[] }).components[0] ?? {}, {
      type: 2,
      label: "Old",
      custom_id: "v0:old",
    });
    await reads(here.asha.press(odd, "Old"), "from another time");
    const gone = customId({ type: "choose", caseId: "ZZZZ", turn: 1, choice: "so-far" });
    Object.assign((row as { components: object[] }).components[0] ?? {}, { custom_id: gone });
    await reads(here.asha.press(odd, "Old"), "Case ZZZZ is not kept any more");
  });
});

describe("who may", () => {
  it("start only where it is set up, close and hand over only by role; refused politely and logged", async () => {
    const peer = await stage.peer();
    const role = peer.world.addRole(peer.guild, "netops").id;
    const access = { places: [peer.channel.id], groups: { close: [role], "hand-over": [role] } };
    const bot = await stage.bot(peer, { settings: { access } });
    const { hereWith } = await import("./here.ts");
    here = hereWith(peer, bot, peer.person("Asha", [role]), peer.person("Ravi"));
    const lounge = peer.world.addChannel(peer.guild, "lounge").id;
    await reads(here.asha.command(lounge, "ipsec", "start"), "I don't take cases in this channel");
    await here.after(lounge, "I don't take cases", () =>
      here.ravi.say(lounge, `<@${peer.world.bot.id}> tunnel is down`),
    );
    const thread = await here.begin(here.ravi, { symptom: "tunnel-down" });
    await reads(here.ravi.command(thread, "ipsec", "close"), "To close a case here you need to have a role that may");
    await here.after(thread, "To close a case here", () => here.ravi.say(thread, "quit"));
    for (const words of ["hand over", "hand over to the vendor", "hand off to the far side"])
      await here.after(thread, "To hand a case over", () => here.ravi.say(thread, `<@${peer.world.bot.id}> ${words}`));
    await reads(here.asha.command(thread, "ipsec", "close"), "The case is closed");
    const direct = peer.world.directChannel(here.asha.user).id;
    await reads(here.asha.command(direct, "ipsec", "close"), "In direct messages I can't see roles");
    await quiet(bot.here.store);
    expect(bot.logged.filter((line) => line.startsWith("refused")).length).toBe(8);
    expect(peer.problems()).toEqual([]);
  });
});
