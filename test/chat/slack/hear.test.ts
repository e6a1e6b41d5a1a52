import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { EventBodySchema } from "../../../src/chat/slack/events.ts";
import { hearMessage, type Self } from "../../../src/chat/slack/hear.ts";
import { linkToMessage, placeOf, threadOf } from "../../../src/chat/slack/place.ts";
import { textOfMessage } from "../../../src/chat/slack/slack-text.ts";

const SELF: Self = { teamId: "T1", userId: "UBOT", botId: "BBOT", url: "https://acme.slack.com/" };

function heard(event: Record<string, unknown>, body: Record<string, unknown> = {}) {
  return hearMessage(EventBodySchema.parse({ team_id: "T1", event_id: "Ev1", ...body, event }), SELF);
}
const message = (more: Record<string, unknown> = {}) => ({
  type: "message",
  channel: "C1",
  user: "U1",
  text: "hello",
  ts: "1733000000.000100",
  ...more,
});

describe("the text of a message", () => {
  it.each([
    ["HUB&gt; show ip route &amp; more &lt;none&gt;", "HUB> show ip route & more <none>"],
    ["&amp;lt;b&amp;gt;", "&lt;b&gt;"],
    ["peer <http://198.51.100.7|198.51.100.7> is down", "peer 198.51.100.7 is down"],
    ["<https://example.org/a?b=1&amp;c=2>", "https://example.org/a?b=1&c=2"],
    ["SPI <tel:2346433158|2346433158>, <mailto:a@example.org|a@example.org>", "SPI 2346433158, a@example.org"],
    ["<@U2> and <@U3|ben> in <#C2|netops>, <#C3>", "@U2 and @ben in #netops, #C3"],
    ["<!here> <!subteam^S1|@oncall> <!subteam^S2>", "@here @oncall @subteam"],
    ["<!date^1392734382^{date}|Feb 18>", "Feb 18"],
    ["“quoted” – and ‘so’", "“quoted” – and ‘so’"],
    ["line one\nline two", "line one\nline two"],
  ])("%s", (given, shown) => {
    expect(textOfMessage(given)).toBe(shown);
  });

  it("is what the person typed, whatever it was", () => {
    const asSent = (text: string) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
    fc.assert(fc.property(fc.string({ unit: "binary" }), (typed) => textOfMessage(asSent(typed)) === typed));
  });
});

describe("who is meant", () => {
  it("is us by a mention, anywhere in the text, which is then without it", () => {
    expect(heard(message({ text: "<@UBOT> tunnel down" }))).toMatchObject({ addressed: true, text: "tunnel down" });
    expect(heard(message({ text: "<@UBOT|tm>: tunnel down" }))).toMatchObject({ addressed: true, text: "tunnel down" });
    expect(heard(message({ text: "ask <@UBOT>" }))).toMatchObject({ addressed: true, text: "ask " });
    expect(heard(message({ text: "ask <@U7>" }))).toMatchObject({ addressed: false, text: "ask @U7" });
  });

  it("is us in a direct message", () => {
    expect(heard(message({ channel: "D1" }))).toMatchObject({ addressed: true });
  });

  it("is nobody of ours in a message that we, or another bot, wrote", () => {
    expect(heard(message({ user: "UBOT" }))).toBeUndefined();
    expect(heard(message({ bot_id: "BBOT" }))).toBeUndefined();
    expect(heard(message({ bot_id: "BOTHER", subtype: "bot_message" }))).toBeUndefined();
    expect(heard(message({ subtype: "channel_join" }))).toBeUndefined();
    expect(heard({ type: "reaction_added", user: "U1" })).toBeUndefined();
  });

  it("says whose workspace it is, also in a channel that two share", () => {
    const shared = heard(message({ user_team: "T2" }), { team_id: "T2", authorizations: [{ team_id: "T1" }] });
    expect(shared).toMatchObject({ workspace: "T1", isForeign: true });
    expect(heard(message({ user_team: "T1" }))).toMatchObject({ isForeign: false });
  });
});

describe("the same message", () => {
  it("has the same delivery as a message, as a mention and when it comes again", () => {
    const once = heard(message({ text: "<@UBOT> down" }));
    const mention = heard({ ...message({ text: "<@UBOT> down" }), type: "app_mention" }, { event_id: "Ev2" });
    expect(once?.deliveries[0]).toBe("slack:T1:C1:1733000000.000100");
    expect(mention?.deliveries[0]).toBe(once?.deliveries[0]);
    expect(mention?.deliveries[1]).not.toBe(once?.deliveries[1]);
  });

  it("belongs to its thread, and one that is also sent to the channel to the same", () => {
    const inThread = message({ thread_ts: "1732999999.000001" });
    expect(heard(inThread)).toMatchObject({ inThread: true, thread: { channel: "C1", root: "1732999999.000001" } });
    expect(heard({ ...inThread, subtype: "thread_broadcast" })).toMatchObject({
      thread: { root: "1732999999.000001" },
    });
    expect(heard(message())).toMatchObject({ inThread: false, thread: { channel: "C1", root: "1733000000.000100" } });
  });

  it("comes with its files, also where it has no words", () => {
    const files = [
      { id: "F1", name: "hub.txt", mode: "snippet", preview: "cut…", url_private: "https://files.slack.com/x" },
    ];
    expect(heard(message({ subtype: "file_share", text: "", files }))).toMatchObject({
      text: "",
      files: [{ id: "F1" }],
    });
  });
});

describe("an edit", () => {
  const edit = (now: Record<string, unknown>, before: Record<string, unknown> = {}) =>
    heard(message({ subtype: "message_changed", user: undefined, message: now, previous_message: before }));
  const written = { ts: "1733000000.000100", user: "U1", text: "new", thread_ts: "1732999999.000001" };

  it("is of the message that was edited, in its thread", () => {
    expect(edit({ ...written, edited: { ts: "1733000050.000000" } }, { ...written, text: "old" })).toMatchObject({
      type: "edited",
      ts: "1733000000.000100",
      text: "new",
      thread: { root: "1732999999.000001" },
      deliveries: ["slack:T1:C1:1733000000.000100:edited:1733000050.000000", "slack:T1:Ev1"],
    });
  });

  it("is none where only a link was unfurled, or where we changed our own message", () => {
    expect(edit(written, written)).toBeUndefined();
    expect(edit({ ...written, bot_id: "BBOT" }, { ...written, text: "old" })).toBeUndefined();
  });

  it("that leaves a tombstone is a deletion", () => {
    const gone = { ...written, subtype: "tombstone", user: "USLACKBOT", text: "This message was deleted." };
    expect(edit(gone, written)).toMatchObject({ type: "deleted", ts: "1733000000.000100" });
  });
});

it("a deletion names the message and the thread it was in", () => {
  const previous_message = { ts: "1733000000.000100", user: "U1", text: "x", thread_ts: "1732999999.000001" };
  const event = message({
    subtype: "message_deleted",
    user: undefined,
    deleted_ts: "1733000000.000100",
    previous_message,
  });
  expect(heard(event)).toMatchObject({
    type: "deleted",
    ts: "1733000000.000100",
    thread: { channel: "C1", root: "1732999999.000001" },
    person: { id: "U1" },
  });
});

it("a place is a thread of a channel, and can be linked to", () => {
  const thread = { channel: "C1", root: "1733000000.000100" };
  expect(threadOf(placeOf("T1", thread))).toEqual(thread);
  expect(linkToMessage(SELF.url, thread)).toBe("https://acme.slack.com/archives/C1/p1733000000000100");
  expect(linkToMessage(SELF.url, thread, "1733000001.000200")).toBe(
    "https://acme.slack.com/archives/C1/p1733000001000200?thread_ts=1733000000.000100&cid=C1",
  );
});
