import { describe, expect, it } from "vitest";
import { createResumeCodes } from "../../../src/bot/resume-code.ts";
import { explain } from "../../../src/knowledge/explain.ts";
import { inbound } from "../../bot/assembled.ts";
import { ASHA, BEN, beginCase, chose, loopback, newRoom, OPS, SECRET_ROOM } from "./loopback.ts";
import { BOT_USER, NOT_HERE, TEAM } from "./peer/local-slack.ts";
import { type Seen, shown } from "./peer/people.ts";

const GROUP = "S0ONCALL";
const codes = createResumeCodes(new Uint8Array(32).fill(5));
const refused: object[] = [];
const log = {
  info: (fields: object, message: string) => void (message === "refused" && refused.push(fields)),
  warn() {},
};

describe.skipIf(NOT_HERE !== undefined)("commands in Slack", () => {
  const here = loopback("events", { store: { codes } });

  it("help, explain and what is incomplete are answered at once, to the person only", async () => {
    const { people } = here.peer;
    // The service reads what the build has packed; of the sources a busy machine makes it in seconds.
    explain("MM_NO_STATE");
    const room = newRoom();
    await people.command(room, ASHA, "help");
    expect((await people.sees(room, "/ipsec cases")).ephemeral_to).toBe(ASHA);
    await people.command(room, ASHA, "explain MM_NO_STATE");
    await people.sees(room, "MM_NO_STATE");
    await people.command(room, ASHA, "resume");
    await people.sees(room, "“/ipsec resume 7F3K”");
    await people.command(room, ASHA, "close");
    await people.sees(room, /no open case here|Say which one/);
    await people.command(room, ASHA, "handoff ZZZZ");
    await people.sees(room, "I know no case ZZZZ that you can see from here.");
  });

  it("cases lists a person's and the channel's, with buttons; App Home too", async () => {
    const { people } = here.peer;
    const one = await beginCase(here, { peerAddress: "198.51.100.21" });
    await beginCase(here, { user: BEN, peerAddress: "198.51.100.22" });
    await beginCase(here, { user: BEN, channel: one.channel, peerAddress: "198.51.100.23" });
    await people.command(one.channel, ASHA, "cases");
    const list = await people.sees(one.channel, "yours and this channel's:");
    const said = JSON.stringify(list.blocks);
    expect(said).toContain("198.51.100.21");
    expect(said).toContain("198.51.100.23");
    expect(said).not.toContain("198.51.100.22");
    await people.press(one.channel, ASHA, "Close");
    await people.sees(one.channel, "The case is closed.");
    await people.openHome(ASHA);
    await here.peer.idle();
    expect(people.home()).toContain("Your open cases");
    expect(people.home()).toContain("198.51.100.22");
  });

  it("cases by address, word, time and cause; figures and the search; helpful where nothing fits", async () => {
    const { people } = here.peer;
    const one = await beginCase(here, { peerAddress: "198.51.100.61" });
    const { channel } = one;
    const asked = async (words: string, answer: string | RegExp) => {
      await people.command(channel, ASHA, words);
      return people.sees(channel, answer);
    };
    await asked("cases 198.51.100.61 since 2d", /1 case of 198\.51\.100\.61 since/);
    await asked("cases about tunel-down", /\d cases? about “tunel-down”/);
    await asked("cases closed 198.51.100.61", "“/ipsec cases all 198.51.100.61” lists them.");
    await asked("cases replay-drops mine", "I see no case of yours with replay-drops from here");
    await asked("explain 1:12", "There is no paste yet, so there is no line to explain.");
    await asked("cases since sometime", "since 7d");
    await asked("cases stats", "Asked for last and not shown");
    await asked("search agressive mode", /What I can explain/);
  });

  it("long lists come page by page", async () => {
    const { people } = here.peer;
    const { channel } = await beginCase(here, { peerAddress: "198.51.100.80" });
    const place = (thread: number) => ({
      chat: "slack",
      workspace: TEAM,
      thread: `${channel}/1700000000.0000${thread}`,
    });
    for (let each = 10; each < 26; each += 1)
      await here.bot.bot.hear({
        deliveries: [`paged:${channel}:${each}`],
        place: place(each),
        person: { id: ASHA },
        at: 1_700_000_000_000 + each,
        content: { type: "opened", peer: `192.0.2.${each}` },
      });
    await people.command(channel, ASHA, "cases open 192.0.2");
    const first = JSON.stringify((await people.sees(channel, "Older ones")).blocks);
    expect(first).toContain("192.0.2.11");
    expect(first).not.toContain("192.0.2.10");
    await people.press(channel, ASHA, "Older ones");
    const second = JSON.stringify((await people.sees(channel, "page 2")).blocks);
    expect(second).not.toContain("192.0.2.11");
    expect(second).toContain("192.0.2.10");
    expect(second).not.toContain("Older ones");
  });

  it("handoff and close find the one case that is meant", async () => {
    const { people } = here.peer;
    const { channel, thread } = await beginCase(here);
    await people.command(channel, ASHA, "handoff");
    await people.sees(channel, /Case \w{4,7} is written up in its thread/);
    await people.sees(channel, "📎 hand-off", { thread });
    await people.command(channel, ASHA, "close");
    await people.sees(channel, "The case is closed.", { thread });
  });

  it("resume takes a case along to another channel, and the old thread is told", async () => {
    const { people } = here.peer;
    const { channel, thread } = await beginCase(here);
    const [head] = await here.bot.store.cases({ chat: "slack", limit: 1 });
    const room = newRoom();
    await people.command(room, ASHA, `resume ${head?.id}`);
    await people.sees(room, "goes on here, in a new thread");
    const there = await people.sees(room, `Case ${head?.id} goes on here.`);
    await people.sees(channel, "it goes on there", { thread });
    const moved = await here.bot.store.caseById(head?.id ?? "");
    expect(moved?.place.thread).toBe(`${room}/${there.thread_ts}`);
    await people.sees(room, new RegExp(`Case ${head?.id} .*The tunnel is down`), { thread: there.thread_ts ?? "" });
    const left = await people.sees(channel, `Case ${head?.id} goes on elsewhere.`, { thread });
    expect(JSON.stringify(left.blocks)).not.toContain("actions");
    const code = codes.codeFor(head?.id ?? "", moved?.place ?? { chat: "", workspace: "", thread: "" });
    const page = { chat: "web", workspace: "", thread: "where it went" };
    await here.bot.bot.hear(inbound(page, { type: "resumed", caseId: head?.id ?? "", code }));
    await people.sees(room, `Case ${head?.id} goes on elsewhere.`);
  });

  it("resume in another thread of the channel takes the status along, and leaves no buttons where it was", async () => {
    const { people } = here.peer;
    const room = newRoom();
    const old = await people.say(room, ASHA, `<@${BOT_USER}> tunnel to 192.0.2.9 is down, cisco router`);
    await people.sees(room, "Can't run that", { thread: old });
    const begun = { chat: "slack", workspace: TEAM, thread: `${room}/${old}` };
    const { id = "" } = (await here.bot.store.caseAt(begun)) ?? {};
    const thread = await people.say(room, BEN, "anybody else sees that the tunnel is down?");
    await people.say(room, ASHA, `<@${BOT_USER}> resume ${id}`, thread);
    await people.sees(room, new RegExp(`Case ${id} .*The tunnel is down`), { thread });
    const left = await people.sees(room, `Case ${id} goes on elsewhere.`, { thread: old });
    expect(JSON.stringify(left.blocks)).not.toContain("actions");
    // What comes next changes the status where the case is.
    await people.press(room, ASHA, "Close the case", thread);
    await people.sees(room, new RegExp(`Case ${id} .*closed`), { thread });
    expect((await people.messages(room)).filter((each) => shown(each).includes("goes on elsewhere"))).toHaveLength(1);
  });

  it("resume with its code takes a case along from another chat, which is told; a wrong code is refused", async () => {
    const { people } = here.peer;
    const page = { chat: "web", workspace: "", thread: "a page" };
    await here.bot.bot.hear(inbound(page, { type: "opened", symptom: "one-way" }));
    const id = (await here.bot.store.caseAt(page))?.id ?? "";
    const room = newRoom();
    await people.command(room, ASHA, `resume ${id}-0000000000`);
    await people.sees(room, "say “take it along” where the case is now");
    await here.bot.bot.hear(inbound(page, { type: "closed" }));
    await people.command(room, ASHA, `resume ${id}-${codes.codeFor(id, page)}`);
    await people.sees(room, "a closed case is reopened first");
    await here.bot.bot.hear(inbound(page, { type: "reopened" }));
    await people.say(room, ASHA, `<@${BOT_USER}> resume ${id}-000000000A`);
    await people.sees(room, "That code takes no case");
    await people.command(room, ASHA, `resume ${id}-${codes.codeFor(id, page)}`);
    await people.sees(room, `Case ${id}, from the web page, goes on here`);
    expect((await here.bot.store.caseById(id))?.place.chat).toBe("slack");
  });

  it("diagnose reads what is pasted into its form, with no questions before", async () => {
    const { people } = here.peer;
    const room = newRoom();
    await people.command(room, ASHA, "diagnose");
    const text =
      "HUB#show crypto isakmp sa\nIPv4 Crypto ISAKMP SA\ndst             src             state          conn-id status\n198.51.100.7    203.0.113.1     QM_IDLE           1001 ACTIVE\nHUB#";
    expect(await people.submit(ASHA, { text: { text: { value: text } }, ...chose("side", "local") })).toBeUndefined();
    await people.sees(room, "IKE SA ✓");
  });

  it("words to us in a thread: cases, help, resume and close, by mention", async () => {
    const { people } = here.peer;
    const { channel, thread } = await beginCase(here);
    await people.say(channel, ASHA, `<@${BOT_USER}> cases`, thread);
    await people.sees(channel, "yours and this channel's:");
    await people.say(channel, ASHA, `<@${BOT_USER}>`, thread);
    await people.sees(channel, "nothing yet", { thread });
    await people.say(channel, ASHA, `<@${BOT_USER}> close`, thread);
    await people.sees(channel, "The case is closed.", { thread });
    await people.say(channel, ASHA, `<@${BOT_USER}> so far`, thread);
    await people.sees(channel, /Case \w{4,7} is closed\./);
    const room = newRoom();
    await people.say(room, ASHA, `<@${BOT_USER}> help`);
    await people.sees(room, "I find out what is wrong with an IPsec tunnel.");
  });

  it("words that are for a case say so where there is none, and a word that nobody knows is told apart from a case", async () => {
    const { people } = here.peer;
    for (const words of ["undo", "so far", "done", "handoff", "close"]) {
      const room = newRoom();
      await people.say(room, ASHA, `<@${BOT_USER}> ${words}`);
      await people.sees(room, "There is no case in this thread.");
    }
    const room = newRoom();
    await people.say(room, ASHA, `<@${BOT_USER}> handoff ZZZZ`);
    await people.sees(room, "I know no case ZZZZ");
    await people.command(room, ASHA, "undo");
    await people.sees(room, "“undo” is for a case's thread");
    await people.command(room, ASHA, "hlep");
    expect(JSON.stringify(people.form())).toContain("That is no command that I know");
    await people.command(room, ASHA, "tunnel down");
    expect(JSON.stringify(people.form())).not.toContain("That is no command that I know");
  });

  it("a button pressed in another place than its case's says where the answer is; App Home shows what became of it", async () => {
    const { people } = here.peer;
    const { channel, thread } = await beginCase(here, { user: BEN });
    const old = (await people.messages(channel)).find(({ ts }) => ts === thread);
    const id = /Case (\w{4,7})/.exec(shown(old as Seen))?.[1] ?? "";
    const room = newRoom();
    await people.command(room, BEN, `resume ${id}`);
    await people.sees(room, `Case ${id} goes on here.`);
    await people.sees(channel, "it goes on there", { thread });
    await people.press(channel, BEN, "Can't run that", thread);
    expect((await people.sees(channel, `my answer is in the thread of case ${id}`)).ephemeral_to).toBe(BEN);
    await people.say(channel, ASHA, "HUB#ping 198.51.100.7\n.....\nSuccess rate is 0 percent (0/5)", thread);
    expect((await people.sees(channel, "so I did not read that here")).ephemeral_to).toBe(ASHA);
    await people.openHome(BEN);
    await here.peer.idle();
    expect(people.home()).toContain(id);
    const value = JSON.stringify([id, 1, "!close"]);
    await here.peer.deliver({
      type: "interactive",
      payload: {
        type: "block_actions",
        team: { id: TEAM },
        user: { id: BEN, team_id: TEAM },
        trigger_id: "1.2.4",
        container: { type: "view" },
        actions: [{ type: "button", action_id: "choose:0:!close", block_id: "b", action_ts: "17.5", value }],
      },
    });
    for (let tried = 0; people.home().includes(id) && tried < 200; tried += 1)
      await new Promise((resolve) => setTimeout(resolve, 20));
    expect(people.home()).not.toContain(id);
  });
});

describe.skipIf(NOT_HERE !== undefined)("who sees a case in Slack", () => {
  const here = loopback("socket", { log });

  it("nobody of another workspace, whatever they press", async () => {
    const { people, deliver } = here.peer;
    const { channel, thread } = await beginCase(here);
    const [head] = await here.bot.store.cases({ chat: "slack", limit: 1 });
    await deliver({
      type: "interactive",
      payload: {
        type: "block_actions",
        team: { id: "T0OTHER" },
        user: { id: "UEVE", team_id: "T0OTHER" },
        trigger_id: "1.2.3",
        channel: { id: channel },
        message: { ts: thread },
        actions: [
          {
            type: "button",
            action_id: "choose:0",
            block_id: "b",
            action_ts: "1.9",
            value: JSON.stringify([head?.id, 1, "hand-over"]),
          },
        ],
      },
    });
    await people.sees(channel, `Case ${head?.id} is not kept any more.`);
    await deliver({
      type: "events_api",
      payload: {
        type: "event_callback",
        team_id: TEAM,
        event_id: "EvForeign",
        authorizations: [{ team_id: TEAM }],
        event: {
          type: "message",
          channel,
          user: "UEVE",
          user_team: "T0OTHER",
          text: `<@${BOT_USER}> so far`,
          ts: "1799999999.000100",
          thread_ts: thread,
        },
      },
    });
    await people.sees(channel, "I only work for people of the workspace that I am installed in.");
    expect((await here.bot.store.caseById(head?.id ?? ""))?.version).toBe(1);
  });

  it("nobody learns of a private case, or one of a private channel, by its id", async () => {
    const { people } = here.peer;
    await beginCase(here, { channel: SECRET_ROOM });
    const [secret] = await here.bot.store.cases({ chat: "slack", limit: 1 });
    for (const word of ["resume", "handoff", "close"]) {
      const room = newRoom();
      await people.command(room, BEN, `${word} ${secret?.id}`);
      await people.sees(room, `I know no case ${secret?.id} that you can see from here.`);
    }
  });
});

describe.skipIf(NOT_HERE !== undefined)("who may in Slack", () => {
  const groups = { start: [GROUP], "hand-over": [GROUP], close: [GROUP] };
  const here = loopback("socket", { log, settings: { access: { groups } } });

  it("only the groups that are named start, hand over and close; others are refused politely, and it is logged", async () => {
    const { people, web } = here.peer;
    web.groups.set(GROUP, [ASHA]);
    const { channel, thread } = await beginCase(here);
    refused.length = 0;
    await people.press(channel, BEN, "Close the case", thread);
    await people.sees(channel, "To close a case here you need to be in a group that may");
    await people.press(channel, BEN, "Write it up", thread);
    await people.sees(channel, "To hand a case over here you need to be in a group that may");
    await people.say(channel, BEN, `<@${BOT_USER}> hand over`, thread);
    await people.say(channel, BEN, `<@${BOT_USER}> hand over to the vendor`, thread);
    await people.command(channel, BEN, "down");
    await people.sees(channel, "To start a case here you need to be in a group that may");
    const room = newRoom();
    await people.say(room, BEN, `<@${BOT_USER}> tunnel down`);
    await people.sees(room, "To start a case here");
    expect((await here.bot.store.cases({ chat: "slack", openedBy: BEN })).length).toBe(0);
    expect(refused.map((each) => (each as { action: string }).action).sort()).toEqual([
      "close",
      "hand-over",
      "hand-over",
      "hand-over",
      "start",
      "start",
    ]);
    await people.press(channel, ASHA, "Close the case", thread);
    await people.sees(channel, "The case is closed.", { thread });
  });
});

describe.skipIf(NOT_HERE !== undefined)("where in Slack", () => {
  const here = loopback("socket", { settings: { access: { places: [OPS], groups: {} } } });

  it("only in the channels that are named, and in private", async () => {
    const { people } = here.peer;
    const room = newRoom();
    await people.command(room, ASHA, "down");
    await people.sees(room, "I don't take cases in this channel");
    await people.say(room, ASHA, `<@${BOT_USER}> down`);
    await beginCase(here, { channel: OPS });
    expect((await people.messages(room)).filter(({ subtype }) => subtype !== "ephemeral")).toHaveLength(1);
  });
});
