/** The recorded conversations, played in Slack: typed, pasted, pressed and sent by form, and read off its messages. */
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import type { Bot } from "../../../src/domain/chat.ts";
import { isPlayed, pasteOf, readConversations, type Scripted, type ScriptedTurn, waitBefore } from "../../scenarios.ts";
import { ASHA, BEN, chose, loopback, newRoom, wrote } from "./loopback.ts";
import { BOT_USER, NOT_HERE, TEAM } from "./peer/local-slack.ts";
import { type Seen, shown } from "./peer/people.ts";

/** The bot's clock, ahead of Slack's: the channel's pace holds nothing up, and people wait as long as they are said to. */
let ahead = 0;
const now = () => Date.now() + ahead;
const begun = Date.now();
/** When a message was said is Slack's to tell; here people say things so long apart as they are said to, to the second. */
const byTheClock = (bot: Bot): Bot => ({ hear: (inbound) => bot.hear({ ...inbound, at: begun + ahead }) });

describe.skipIf(NOT_HERE !== undefined)("conversations in Slack", () => {
  const here = loopback("socket", { now, around: { bot: byTheClock } });

  async function play(one: Scripted): Promise<void> {
    const { people } = here.peer;
    const room = newRoom();
    const thread = await people.say(room, ASHA, `<@${BOT_USER}>`);
    let said = await answered(room, 1);
    for (const [index, turn] of one.turns.entries()) {
      const text = pasteOf(turn, one.texts) ?? turn.says;
      if (text === undefined) continue;
      ahead += waitBefore(turn);
      const before = said;
      // Two people take turns: what one pastes twice within seconds is one paste.
      await give({ room, thread, person: index % 2 === 0 ? ASHA : BEN, said }, turn, text);
      said = await answered(room, before.length + 1);
      const wrong = await mismatches(`${room}/${thread}`, said.slice(before.length), turn, [
        ...(turn.never ?? []),
        ...(one.never ?? []),
      ]);
      if (wrong.length === 0) continue;
      const texts = said.slice(before.length).map(shown).join("\n---\n");
      throw new Error(`${one.file}: "${one.title}", turn ${index + 1}\n${wrong.join("\n")}\n--- said ---\n${texts}`);
    }
  }

  /** What the bot said in the room but the status message, once there is so much, and nothing more is on its way. */
  async function answered(room: string, least: number): Promise<readonly Seen[]> {
    const end = Date.now() + 8_000;
    for (;;) {
      const all = await here.peer.people.messages(room);
      const said = all.filter((message) => message.user === BOT_USER && !/^Case \w{4,7}\n/.test(shown(message)));
      const { waiting } = await here.bot.store.outbox();
      if (said.length >= least && waiting === 0) return said;
      if (Date.now() > end) throw new Error(`no answer; there is\n${all.map(shown).join("\n---\n").slice(-2_000)}`);
      await sleep(10);
    }
  }

  interface There {
    readonly room: string;
    readonly thread: string;
    readonly person: string;
    readonly said: readonly Seen[];
  }

  /** As a person would: the button where there is one, the form where the end is to be said, else a message. */
  async function give({ room, thread, person, said }: There, turn: ScriptedTurn, text: string): Promise<void> {
    const { people } = here.peer;
    if (turn.from !== undefined && text.length < 3_000) {
      await people.press(room, person, "Paste in private", thread);
      expect(await people.submit(person, { ...wrote("text", text), ...chose("side", turn.from) })).toBeUndefined();
      return;
    }
    const latest = said.at(-1);
    const label =
      latest &&
      shown(latest)
        .split("\n")
        .find((each) => each.toLowerCase() === text.toLowerCase());
    if (turn.says !== undefined && label !== undefined) {
      const pressed = await people.press(room, person, label, thread).then(
        () => true,
        () => false,
      );
      if (pressed) return;
    }
    // What is said to nobody in particular is left alone, unless it is something we know.
    await people.say(room, person, turn.says === undefined ? text : `<@${BOT_USER}> ${text}`, thread);
  }

  async function mismatches(
    thread: string,
    messages: readonly Seen[],
    turn: ScriptedTurn,
    never: readonly string[],
  ): Promise<string[]> {
    const files = await Promise.all(messages.map((message) => here.peer.people.filesOf(message)));
    const said = fold([...messages.map(shown), ...messages.map(({ text }) => text), ...files].join("\n"));
    const head = await here.bot.store.caseAt({ chat: "slack", workspace: TEAM, thread });
    const verdict = (await here.bot.bot.look(head?.id ?? ""))?.situation.diagnosis.verdict;
    const [best] = verdict?.findings ?? [];
    const wrong: string[] = [];
    const compare = (name: string, expected: unknown, got: unknown) => {
      if (expected !== undefined && expected !== got) wrong.push(`${name}: expected ${expected}, got ${got}`);
    };
    compare("verdict", turn.verdict, verdict?.verdict);
    compare("finds", turn.finds, best?.id);
    compare("certainty", turn.certainty, best?.certainty);
    compare("closed", turn.leaves === true ? "closed" : undefined, head?.status);
    for (const phrase of turn.hears ?? []) if (!said.includes(fold(phrase))) wrong.push(`does not say "${phrase}"`);
    for (const phrase of never) if (said.includes(fold(phrase))) wrong.push(`says "${phrase}"`);
    return wrong;
  }

  const conversations = readConversations().filter(isPlayed);
  describe.each([...new Set(conversations.map(({ file }) => file))])("%s", (file) => {
    it.each(conversations.filter((one) => one.file === file))("$title", play);
  });
});

/** As it reads: marks and blanks counted alike. */
function fold(text: string): string {
  return text
    .replace(/&lt;|&gt;|&amp;/g, (found) => ({ "&lt;": "<", "&gt;": ">", "&amp;": "&" })[found] ?? found)
    .replace(/^- /gm, "")
    .replace(/[•✗✓?·:]/gu, "")
    .replace(/\s+/g, " ")
    .trim()
    .toLowerCase();
}
