/** The recorded conversations, played in Discord: typed, pasted, pressed and sent by form, and read off its messages. */
import { type APIMessage, ComponentType } from "discord.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isPlayed, pasteOf, readConversations, type Scripted, type ScriptedTurn, waitBefore } from "../../scenarios.ts";
import { componentsIn, optionsOf } from "./peer/components.ts";
import type { DiscordPeer } from "./peer/peer.ts";
import type { Person } from "./peer/people.ts";
import { quiet, type RunningBot, Stage, saidBy, threadAfter } from "./running.ts";

const stage = new Stage();
let peer: DiscordPeer;
let bot: RunningBot;
let asha: Person;
beforeAll(async () => {
  peer = await stage.peer();
  peer.world.clock.stand();
  bot = await stage.bot(peer);
  asha = peer.person("Asha");
});
afterAll(() => stage.clear());

async function play(one: Scripted): Promise<void> {
  const begun = peer.world.threadMembers.size;
  await asha.command(peer.channel.id, "ipsec", "start").answered;
  const thread = await threadAfter(peer, begun);
  await settled(thread, 0);
  for (const [index, turn] of one.turns.entries()) {
    const text = pasteOf(turn, one.texts) ?? turn.says;
    if (text === undefined) continue;
    peer.world.clock.pass(waitBefore(turn));
    const before = saidBy(peer, thread).length;
    await give(thread, turn, text);
    await settled(thread, before);
    const wrong = await mismatches(thread, before, turn, [...(turn.never ?? []), ...(one.never ?? [])]);
    if (wrong.length > 0) {
      const said = saidBy(peer, thread)
        .slice(before)
        .map(({ content }) => content);
      throw new Error(
        `${one.file}: "${one.title}", turn ${index + 1}\n${wrong.join("\n")}\n--- said ---\n${said.join("\n")}`,
      );
    }
  }
}

/** As a person would: the button where there is one, the form where the end is to be said, else a message. */
async function give(thread: string, turn: ScriptedTurn, text: string): Promise<void> {
  const latest = saidBy(peer, thread).at(-1);
  if (turn.from !== undefined && latest !== undefined && text.length <= 4000 && hasButton(latest, "Paste privately")) {
    const opened = asha.press(latest, "Paste privately");
    await opened.answered;
    const side = turn.from === "local" ? "My end" : "The far end";
    const sent = asha.submit(opened, { Output: text, "Taken on": side });
    await sent.answered;
    return;
  }
  if (turn.says !== undefined && latest !== undefined) {
    const button = componentsIn(latest).find(({ label }) => label?.toLowerCase() === text.toLowerCase());
    if (button?.label) return asha.press(latest, button.label).answered;
    const entry = componentsIn(latest)
      .filter(({ type }) => type === ComponentType.StringSelect)
      .flatMap(optionsOf)
      .find(({ label }) => label.toLowerCase() === text.toLowerCase());
    if (entry) return asha.choose(latest, entry.label).answered;
  }
  // What is said to nobody in particular is left alone, unless it is something we know.
  asha.say(thread, turn.says === undefined ? text : `<@${peer.world.bot.id}> ${text}`);
}

function hasButton(message: APIMessage, label: string): boolean {
  return componentsIn(message).some((one) => one.label === label);
}

/** The reply is there, and nothing more is to come. */
async function settled(thread: string, before: number): Promise<void> {
  const end = Date.now() + 8_000;
  while (saidBy(peer, thread).length <= before) {
    if (Date.now() > end) throw new Error(`no answer; ${peer.problems().join("\n")}\n${bot.logged.join("\n")}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  await quiet(bot.here.store);
}

async function mismatches(
  thread: string,
  before: number,
  turn: ScriptedTurn,
  never: readonly string[],
): Promise<string[]> {
  const messages = saidBy(peer, thread).slice(before);
  const labels = messages
    .flatMap(componentsIn)
    .flatMap((one) => [one.label ?? "", ...optionsOf(one).map(({ label }) => label)]);
  const said = fold([...messages.map(({ content }) => content), ...labels, await filesOf(messages)].join("\n"));
  const place = { chat: "discord", workspace: peer.guild.id, thread };
  const head = await bot.here.store.caseAt(place);
  const look = await bot.here.bot.look(head?.id ?? "");
  const verdict = look?.situation.diagnosis.verdict;
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

async function filesOf(messages: readonly APIMessage[]): Promise<string> {
  const files = messages.flatMap(({ attachments }) => attachments);
  const texts = await Promise.all(files.map(async ({ url }) => (await fetch(url)).text()));
  return texts.join("\n");
}

/** As it reads: without escapes and markup, blanks counted alike. */
function fold(text: string): string {
  return text
    .replace(/\\([^0-9A-Za-z\s])/g, "$1")
    .replace(/^(?:-# |### |- )/gm, "")
    .replace(/```|\*\*|`|[•✗❌✅✓❔?]/gu, "")
    .replace(/\s+/g, " ")
    .trim()
    .toLowerCase();
}

const conversations = readConversations().filter(isPlayed);

describe.each([...new Set(conversations.map(({ file }) => file))])("%s", (file) => {
  it.each(conversations.filter((one) => one.file === file))("$title", play);
});

it("all of it as Discord takes it", () => {
  expect(peer.problems()).toEqual([]);
});
