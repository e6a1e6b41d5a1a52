import { describe, expect, it } from "vitest";
import {
  ASHA,
  BEN,
  beginCase,
  chose,
  ESCALATIONS,
  loopback,
  NET,
  OPS,
  REFUSED,
  STUCK,
  WITH_KEY,
  wrote,
} from "./loopback.ts";
import { BOT_USER, NOT_HERE, TEAM } from "./peer/local-slack.ts";
import { shown } from "./peer/people.ts";

describe.skipIf(NOT_HERE !== undefined).each(["socket", "events"] as const)("a case in Slack, %s", (mode) => {
  const here = loopback(mode);

  it("goes from the form, filled from the words, to the verdict in a thread of the channel", async () => {
    const { people } = here.peer;
    await people.command(NET, ASHA, "tunnel to 198.51.100.7 is down");
    expect(JSON.stringify(people.form())).toContain('"initial_value":"198.51.100.7"');
    const fields = { ...chose("symptom", "tunnel-down"), ...wrote("peer", "198.51.100.7") };
    expect(await people.submit(ASHA, fields)).toBeUndefined();
    const { thread_ts: thread = "" } = await people.sees(NET, "Which box are you on?");
    await people.press(NET, ASHA, "Cisco IOS or IOS-XE", thread);
    await people.sees(NET, "show crypto isakmp sa", { thread });
    await people.say(NET, ASHA, STUCK, thread);
    await people.sees(NET, "Read from HUB", { thread });
    await people.say(NET, ASHA, REFUSED, thread);
    await people.sees(NET, "✗ The IKE policies have no pair in common · confirmed", { thread });
    const status = await people.sees(NET, /Case \w{4,7} · The tunnel is down.*confirmed/, { thread });
    expect(status.ts).toBe(thread);
    const statuses = (await people.messages(NET)).filter((message) => /^Case \w{4,7}\n/.test(shown(message)));
    expect(statuses).toHaveLength(1);
  });

  it("tells in the form what has to be mended, and keeps it open", async () => {
    const { people } = here.peer;
    await people.command(NET, ASHA, "");
    expect(await people.submit(ASHA, wrote("peer", "the hub"))).toEqual({
      peer: expect.stringContaining("no IP address"),
    });
  });

  it("is private on request: in a direct message, where no thread and no mention are needed", async () => {
    const { people, web } = here.peer;
    await people.command(NET, ASHA, "down");
    const values = {
      ...chose("platform", "cisco-ios"),
      privately: { privately: { selected_options: [{ value: "yes" }] } },
    };
    expect(await people.submit(ASHA, { ...chose("symptom", "tunnel-down"), ...values })).toBeUndefined();
    const direct =
      web.calls.findLast(({ method, args }) => method === "chat.postMessage" && args["channel"]?.startsWith("D"))?.args[
        "channel"
      ] ?? "";
    const { thread_ts: thread = "" } = await people.sees(direct, "show crypto isakmp sa");
    await people.say(direct, ASHA, STUCK);
    await people.sees(direct, "Read from HUB", { thread });
    const head = await here.bot.store.caseAt({ chat: "slack", workspace: TEAM, thread: `${direct}/${thread}` });
    for (const [person, sees] of [
      [ASHA, true],
      [BEN, false],
    ] as const) {
      await people.openHome(person);
      await here.peer.idle();
      expect(people.home().includes(head?.id ?? "none"), person).toBe(sees);
    }
  });

  it("is begun by a mention, with its words, in a thread below it; silence where nobody mentions us", async () => {
    const { people } = here.peer;
    await people.say(OPS, ASHA, "the tunnel is down again, says everybody");
    const ts = await people.say(OPS, ASHA, `<@${BOT_USER}> tunnel to 192.0.2.9 is down, cisco router`);
    await people.sees(OPS, "Noted: the tunnel is down; your end is Cisco IOS", { thread: ts });
    await people.sees(OPS, /Case \w{4,7}.*peer 192\.0\.2\.9/, { thread: ts });
    const before = (await people.messages(OPS)).length;
    await people.say(OPS, BEN, "lunch?", ts);
    await people.say(OPS, BEN, "yes, at one", ts);
    await people.say(OPS, ASHA, "so far", ts);
    await people.sees(OPS, "nothing yet", { thread: ts });
    expect((await people.messages(OPS)).length).toBe(before + 4);
  });

  it("takes snippets and files of any number, and says which it could not read", async () => {
    const { people } = here.peer;
    const { channel, thread } = await beginCase(here);
    await people.upload(channel, ASHA, "hub.txt", STUCK, thread);
    await people.sees(channel, "Read from HUB", { thread });
    await people.upload(channel, ASHA, "pune.log", REFUSED, thread);
    await people.sees(channel, "confirmed", { thread });
    await people.sees(channel, "pune.log:", { thread });
  });

  it("joins what was pasted in several messages", async () => {
    const { people } = here.peer;
    const { channel, thread } = await beginCase(here);
    const lines = REFUSED.split("\n");
    await people.say(channel, ASHA, lines.slice(0, 6).join("\n"), thread);
    await people.say(channel, ASHA, lines.slice(6).join("\n"), thread);
    await people.sees(channel, "The IKE policies have no pair in common", { thread });
  });

  it("reads an edited message again and forgets a deleted one", async () => {
    const { people } = here.peer;
    const { channel, thread } = await beginCase(here);
    const ts = await people.say(channel, ASHA, STUCK, thread);
    await people.sees(channel, "MM_NO_STATE", { thread });
    await people.sees(channel, "IKE SA ✗", { thread });
    await people.edit(
      channel,
      ASHA,
      ts,
      STUCK.replace("MM_NO_STATE          0 ACTIVE (deleted)", "QM_IDLE           1019 ACTIVE"),
    );
    await people.sees(channel, "IKE SA ✓", { thread });
    await people.remove(channel, ASHA, ts);
    await people.sees(channel, /Forgotten: paste 1; the message was deleted/, { thread });
  });

  it("reads what looks like markup as it was typed, and lets none of it act", async () => {
    const { people } = here.peer;
    const { channel, thread } = await beginCase(here);
    await people.say(channel, ASHA, STUCK.replaceAll("HUB#", "HUB<!channel>&#"), thread);
    const seen = await people.sees(channel, "show crypto isakmp sa", { thread });
    expect(seen.text).not.toContain("<!channel>");
  });

  it("offers to delete a message with a key, and says to change the key", async () => {
    const { people, web } = here.peer;
    const { channel, thread } = await beginCase(here);
    const ts = await people.say(channel, ASHA, WITH_KEY, thread);
    await people.sees(channel, "Slack still has your message with the key: delete it, and change what was shared.", {
      thread,
    });
    await people.press(channel, BEN, "Delete my paste", thread);
    await people.sees(channel, "Only the person who wrote that message can delete it.");
    web.rules.push(({ method }) =>
      method === "chat.delete" ? { type: "refused", error: "cant_delete_message" } : undefined,
    );
    await people.press(channel, ASHA, "Delete my paste", thread);
    const told = await people.sees(channel, "Slack lets only you delete your message");
    expect(JSON.stringify(told.blocks)).toContain(`p${ts.replace(".", "")}`);
    expect(told.ephemeral_to).toBe(ASHA);
  });

  it("is written up and posted where hand-offs go, with a file and a way back", async () => {
    const { people } = here.peer;
    const { channel, thread } = await beginCase(here);
    await people.say(channel, ASHA, STUCK, thread);
    await people.sees(channel, "Read from HUB", { thread });
    await people.press(channel, ASHA, "Write it up", thread);
    // All of them in one message, in the order in which they are read.
    const files =
      /^\s*📎 1-path-\w{4,7}-\d+\.png\s.*📎 hand-off-\w{4,7}-\d+\.md\s.*hand-off-\w{4,7}-\d+\.html\s.*\.json$/;
    await people.sees(channel, files, { thread });
    await people.press(channel, ASHA, "Post to the escalation channel", thread);
    const posted = shown(await people.sees(ESCALATIONS, /Hand-over \w{4,7}: tunnel/));
    expect(posted.match(/Hand-over/g)).toHaveLength(1);
    await people.sees(ESCALATIONS, /📎 hand-off/);
    await people.sees(ESCALATIONS, "Open the thread");
  });

  it("is handed to another person by its owner only, who calls them in the thread", async () => {
    const { people } = here.peer;
    const { channel, thread } = await beginCase(here);
    await people.press(channel, BEN, "Hand the case to somebody", thread);
    await people.sees(channel, "Only the person whose case it is can hand it to somebody else.");
    await people.press(channel, ASHA, "Hand the case to somebody", thread);
    expect(await people.submit(ASHA, { person: { person: { selected_user: BEN } } })).toBeUndefined();
    const called = await people.sees(channel, "is yours now; handed over by", { thread });
    expect(JSON.stringify(called.blocks)).toContain(`"user_id":"${BEN}"`);
    const heads = await here.bot.store.cases({ chat: "slack", openedBy: BEN });
    expect(heads.some(({ place }) => place.thread === `${channel}/${thread}`)).toBe(true);
  });

  it("takes a paste by a form that the channel does not see", async () => {
    const { people } = here.peer;
    const { channel, thread } = await beginCase(here);
    await people.press(channel, ASHA, "Paste in private", thread);
    expect(JSON.stringify(people.form())).toContain("3,000 characters");
    expect(await people.submit(ASHA, {})).toHaveProperty("text");
    expect(await people.submit(ASHA, { ...wrote("text", REFUSED), ...chose("side", "remote") })).toBeUndefined();
    await people.sees(channel, "The IKE policies have no pair in common", { thread });
    expect((await people.messages(channel)).some(({ text }) => text.includes("Checking ISAKMP transform"))).toBe(false);
  });

  it("is closed, says so to whoever goes on, and is reopened", async () => {
    const { people } = here.peer;
    const { channel, thread } = await beginCase(here);
    await people.press(channel, ASHA, "Close the case", thread);
    expect(shown(await people.sees(channel, "The case is closed.", { thread }))).toMatch(/Reopen$/);
    await people.press(channel, ASHA, "Can't run that", thread);
    const told = await people.sees(channel, /Case \w{4,7} is closed\./);
    expect(told.ephemeral_to).toBe(ASHA);
    await people.press(channel, ASHA, "Reopen", thread);
    await people.sees(channel, "Open again.", { thread });
  });

  it("shows what was pressed instead of the buttons", async () => {
    const { people } = here.peer;
    const { channel, thread } = await beginCase(here);
    await people.press(channel, ASHA, "Can't run that", thread);
    await people.sees(channel, "show crypto session", { thread });
    const pressed = await people.sees(channel, "✓ Can't run that", { thread });
    expect(JSON.stringify(pressed.blocks)).toContain(`"user_id":"${ASHA}"`);
    expect(shown(pressed)).toContain("show crypto isakmp sa");
    expect(shown(pressed)).not.toContain("Can't reach it");
  });

  it("that is closed answers what is pasted into it, and can still be written up", async () => {
    const { people } = here.peer;
    const { channel, thread } = await beginCase(here);
    await people.say(channel, ASHA, "quit", thread);
    await people.sees(channel, "it can be reopened", { thread });
    await people.say(channel, BEN, STUCK, thread);
    expect((await people.sees(channel, /Case \w{4,7} is closed\./)).ephemeral_to).toBe(BEN);
    await people.press(channel, ASHA, "Write it up", thread);
    await people.sees(channel, "Hand-over", { thread });
  });

  it("reads any message by its menu, once", async () => {
    const { people } = here.peer;
    const ts = await people.say(OPS, BEN, STUCK);
    const message = (await people.messages(OPS)).find((each) => each.ts === ts);
    if (message === undefined) throw new Error("not there");
    await people.shortcut(OPS, ASHA, message);
    await people.sees(OPS, "Read from HUB", { thread: ts });
    await people.shortcut(OPS, ASHA, message);
    await people.sees(OPS, "I have read that one");
    const talk = await people.say(OPS, BEN, "lunch?");
    await people.shortcut(OPS, ASHA, { ts: talk, text: "lunch?", user: BEN });
    expect((await people.sees(OPS, "does not look like a device's output")).ephemeral_to).toBe(ASHA);
  });

  it("is told in one sentence what a button of nowhere, or of an older version, is", async () => {
    const { people, deliver } = here.peer;
    const press = (value: string) =>
      deliver({
        type: "interactive",
        payload: {
          type: "block_actions",
          team: { id: "T0ACME" },
          user: { id: ASHA, team_id: "T0ACME" },
          trigger_id: "1.2.3",
          channel: { id: OPS },
          message: { ts: "1.2" },
          actions: [{ type: "button", action_id: "choose:0", block_id: "b", action_ts: String(Math.random()), value }],
        },
      });
    await press("what is this");
    await people.sees(OPS, "That button is of an older version of me.");
    await press('["ZZZZ",1,"so-far"]');
    await people.sees(OPS, "Case ZZZZ is not kept any more.");
  });
});

it.skipIf(NOT_HERE === undefined)(`Slack NOT TESTED end to end: ${NOT_HERE}`, () => undefined);
