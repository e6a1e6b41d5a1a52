import { afterEach, describe, expect, it } from "vitest";
import { type Here, lastOf, prepare } from "./here.ts";
import { quiet, readable, Stage, saidBy, threadAfter } from "./running.ts";
import { CONFIGURED, KEY, LOG, LONG, STUCK } from "./samples.ts";
import { until } from "./until.ts";

const stage = new Stage();
afterEach(() => stage.clear());
let here: Here;

const file = (name: string, text: string, type = "text/plain") => ({ name, bytes: Buffer.from(text), type });

describe("what people paste into a case's thread", () => {
  it.each(["all-in-file", "beginning-too"] as const)(
    "is read when Discord makes message.txt of it (%s)",
    async (long) => {
      here = await prepare(stage);
      const thread = await here.begin();
      const said = await here.after(thread, "confirmed", () => here.asha.say(thread, LONG, { long }));
      expect(readable(lastOf(said))).toContain("Read: show crypto isakmp sa, syslog.");
      const look = await here.bot.here.bot.look(await here.caseIn(thread));
      expect(look?.situation.diagnosis.verdict.pastes).toHaveLength(1);
      expect(here.peer.problems()).toEqual([]);
    },
  );

  it("is read from several files at once, answered once", async () => {
    here = await prepare(stage);
    const thread = await here.begin();
    const files = [file("hub.txt", STUCK), file("pune.log", LOG)];
    const said = await here.after(thread, "confirmed", () => here.asha.say(thread, "both ends", { files }));
    await quiet(here.bot.here.store);
    expect(said).toHaveLength(1);
  });

  it("is read also when the file's URL has run out by the time we come to it", async () => {
    here = await prepare(stage);
    const thread = await here.begin();
    here.peer.world.fileLife = -1;
    setTimeout(() => {
      here.peer.world.fileLife = 60_000;
    }, 100).unref();
    here.peer.rest.faults.push({
      path: /^\/channels\/\d+\/messages\/\d+$/,
      method: "GET",
      does: { type: "wait", ms: 200 },
    });
    await here.after(thread, "Read from HUB", () => here.asha.say(thread, "", { files: [file("hub.txt", STUCK)] }));
    expect(here.peer.rest.calls.some(({ path, status }) => path.startsWith("/attachments/") && status === 404)).toBe(
      true,
    );
  });

  it.each([
    ["a picture", file("screen.png", "\u0089PNG", "image/png"), "picture"],
    ["an archive", file("logs.zip", "PK", "application/zip"), "packed"],
    ["something that is gone", file("gone.txt", STUCK), "Attach it again"],
  ])("is answered where it is %s, with what to do", async (_, attached, words) => {
    here = await prepare(stage);
    const thread = await here.begin();
    if (words === "Attach it again") here.peer.world.fileLife = -1_000_000;
    await here.after(thread, words, () => here.asha.say(thread, "", { files: [attached] }));
  });

  it("is put together when it came in pieces", async () => {
    here = await prepare(stage);
    const thread = await here.begin();
    const lines = LOG.split("\n");
    await here.after(thread, "Read", () => here.asha.say(thread, lines.slice(0, 6).join("\n")));
    const said = await here.after(thread, "confirmed", () => here.asha.say(thread, lines.slice(6).join("\n")));
    expect(readable(lastOf(said))).not.toContain("could not read");
  });

  it("is read anew when it is edited, and forgotten when it is deleted", async () => {
    here = await prepare(stage);
    const thread = await here.begin();
    const message = here.asha.say(thread, STUCK);
    await until(() => saidBy(here.peer, thread).some((one) => readable(one).includes("Read from HUB")));
    await here.after(thread, "The pre-shared keys differ", () =>
      here.asha.edit(message, STUCK.replace("MM_NO_STATE", "MM_KEY_EXCH")),
    );
    await here.after(thread, "Forgotten", () => here.asha.delete(message));
    const look = await here.bot.here.bot.look(await here.caseIn(thread));
    expect(look?.situation.diagnosis.verdict.pastes).toEqual([]);
  });

  it("is left alone when people talk to each other, and answered when they talk to us", async () => {
    here = await prepare(stage);
    const thread = await here.begin();
    const before = saidBy(here.peer, thread).length;
    here.ravi.say(thread, "are you on it?");
    here.asha.say(thread, "yes, give me a minute");
    await here.after(thread, "did not understand", () =>
      here.asha.say(thread, `<@${here.peer.world.bot.id}> florble wibble`),
    );
    expect(saidBy(here.peer, thread)).toHaveLength(before + 1);
    await here.after(thread, "nothing yet", () => here.asha.say(thread, `<@${here.peer.world.bot.id}>`));
    await here.after(thread, "did not understand", () =>
      here.asha.say(thread, "wibble florble", { replyTo: lastOf(saidBy(here.peer, thread)) }),
    );
  });

  it("is read with Discord's escapes and fences, and with a mention before it", async () => {
    here = await prepare(stage);
    const thread = await here.begin();
    const escaped = `<@${here.peer.world.bot.id}> \`\`\`\n${STUCK.replaceAll("_", "\\_")}\n\`\`\``;
    await here.after(thread, "Read from HUB", () => here.asha.say(thread, escaped));
  });
});

describe("a key that was pasted", () => {
  it("is not repeated, and its message can be deleted; what was read stays", async () => {
    here = await prepare(stage);
    const thread = await here.begin();
    const message = here.asha.say(thread, CONFIGURED);
    const [said] = await here.after(thread, "delete it", () => {});
    if (!said) throw new Error("nothing was said");
    expect(readable(said)).not.toContain(KEY);
    const other = here.ravi.press(said, "Delete my message");
    await until(() => other.text().includes("Only who wrote it"));
    const pressed = here.asha.press(said, "Delete my message");
    await until(() => pressed.text().includes("Deleted"));
    expect(pressed.text()).toContain("change it on both ends");
    expect(here.peer.world.find(thread, message.id)).toBeUndefined();
    await quiet(here.bot.here.store);
    const look = await here.bot.here.bot.look(await here.caseIn(thread));
    expect(look?.situation.diagnosis.verdict.pastes).toHaveLength(1);
    const again = here.asha.press(said, "Delete my message");
    await until(() => again.text().includes("gone already"));
    expect(here.peer.problems()).toEqual([]);
  });

  it("is answered with what to do where we may not delete", async () => {
    here = await prepare(stage);
    const thread = await here.begin();
    here.peer.guild.botPermissions &= ~(1n << 13n);
    const [said] = await here.after(thread, "delete it", () => here.asha.say(thread, CONFIGURED));
    const pressed = here.asha.press(lastOf(said ? [said] : []), "Delete my message");
    await until(() => pressed.text().includes("please delete it yourself"));
  });
});

describe("a mention in a channel", () => {
  it("begins a case in the thread of that message, with its file", async () => {
    here = await prepare(stage);
    const mention = `<@${here.peer.world.bot.id}>`;
    const message = here.asha.say(here.channel, `${mention} tunnel to 198.51.100.7 is down`, {
      files: [file("hub.txt", STUCK)],
    });
    const thread = await threadAfter(here.peer, 0);
    expect(thread).toBe(message.id);
    await until(() => saidBy(here.peer, thread).length >= 2);
    const all = saidBy(here.peer, thread).map(readable).join("\n");
    expect(all).toContain("Peer: `198.51.100.7`");
    expect(all).toContain("Read from HUB");
    await here.after(thread, "Forgotten", () => here.asha.delete(message));
    expect(here.peer.problems()).toEqual([]);
  });

  it("answers help, explain, cases and what it does not know, where it was asked", async () => {
    here = await prepare(stage);
    const mention = `<@${here.peer.world.bot.id}>`;
    const ask = (words: string, answer: string) =>
      here.after(here.channel, answer, () => here.asha.say(here.channel, `${mention} ${words}`));
    await ask("help", "/ipsec start");
    await ask("explain MM_KEY_EXCH", "MM\\_KEY\\_EXCH");
    await ask("cases", "There is no open case");
    await ask("resume", "`resume 7F3K`");
    await ask("close", "There is no case here");
    await ask("handoff 7F3K", "There is no case 7F3K");
    await ask("undo", "There is no case here");
    expect(here.peer.world.threadMembers.size).toBe(0);
    expect(here.peer.problems()).toEqual([]);
  });

  it("in a thread that has no case begins one right there", async () => {
    here = await prepare(stage);
    const { world, guild } = here.peer;
    const thread = world.addThread({
      id: world.clock.id(),
      guildId: guild.id,
      parentId: here.channel,
      name: "outage",
      ownerId: here.asha.user.id,
      isPrivate: false,
      archiveAfter: 1440,
    });
    await here.after(thread.id, "What do you see?", () => here.asha.say(thread.id, `<@${world.bot.id}>`));
    await here.after(thread.id, "Noted", () => here.asha.say(thread.id, "the tunnel is down"));
  });
});

describe("direct messages", () => {
  it("hold a case, seen by nobody else", async () => {
    here = await prepare(stage);
    const direct = here.peer.world.directChannel(here.asha.user).id;
    await here.after(direct, "Which box", () => here.asha.say(direct, "the tunnel is down"));
    await here.after(direct, "Read from HUB", () => here.asha.say(direct, STUCK));
    const listed = here.asha.command(direct, "ipsec", "cases");
    await until(() => listed.text().includes("tunnel down"));
    const elsewhere = here.ravi.command(here.channel, "ipsec", "cases");
    await until(() => elsewhere.text().includes("There is no"));
    await here.after(direct, "closed", () => here.asha.say(direct, "close"));
    await here.after(direct, "You are welcome.", () => here.asha.say(direct, "thanks!"));
    await here.after(direct, "is closed. Reopen it", () => here.asha.say(direct, "so far"));
    const all = await here.bot.here.store.cases({ chat: "discord", limit: 10 });
    expect(all).toHaveLength(1);
    await here.after(direct, "What do you see?", () => here.asha.say(direct, "hello again"));
    expect(here.peer.problems()).toEqual([]);
  });
});
