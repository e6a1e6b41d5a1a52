/** Plays a recorded conversation through the way that every chat takes, and says where it goes another way. */
import { type Case, NEW_CASE, situationOf } from "../src/case/case.ts";
import type { ConversationTools, Turn } from "../src/case/conversation.ts";
import { hear, open } from "../src/case/converse.ts";
import type { CaseEvent } from "../src/case/events.ts";
import { renderTerminal } from "../src/chat/terminal/render.ts";
import type { Verdict } from "../src/domain/verdict.ts";
import { explain } from "../src/knowledge/explain.ts";
import { loadKnowledge } from "../src/knowledge/load.ts";
import { symptomFromWords } from "../src/knowledge/symptoms.ts";
import { readPaste } from "../src/paste/read.ts";
import { createSecretTagger } from "../src/paste/redact.ts";
import { speakBriefly } from "../src/speech/explanation.ts";
import { VENDORS } from "../src/vendors/index.ts";
import { asNetwork, pasteOf, type Replacements, type Scripted, type ScriptedTurn } from "./scenarios.ts";

const knowledge = await loadKnowledge();
/** A phone shows about this many lines after two thumb strokes; files are taken along, not read there. */
const MOST_LINES = 60;
const THREE_IN_THE_MORNING = Date.UTC(2026, 10, 27, 3);

/** What a conversation needs, as the terminal has it; one for each case, because keys are compared within a case. */
export function conversationTools(): ConversationTools {
  const tools = { vendors: VENDORS, signatures: knowledge.signatures, tagger: createSecretTagger() };
  return {
    knowledge,
    read: (name, text) => readPaste(name, text, tools),
    symptomFromWords,
    explain: (words) => speakBriefly(explain(words)).blocks,
  };
}

/** @throws Error that names file, conversation, turn, what was expected and what was said instead. */
export function play(one: Scripted, network: Replacements): void {
  const tools = conversationTools();
  let now: Case = NEW_CASE;
  let clock = THREE_IN_THE_MORNING;
  for (const [index, written] of one.turns.entries()) {
    const turn = changed(written, network);
    const given = asNetworkOf(pasteOf(written, one.texts), network) ?? turn.says;
    clock += (turn.after ?? 0) * 1_000;
    const timed = { ...tools, said: { at: clock, by: { id: "asha" } } };
    const heard = given === undefined ? open(timed) : hear(now, given, timed, { side: turn.from });
    now = heard.case;
    const wrong = mismatches(turn, heard, [...(turn.never ?? []), ...(one.never ?? [])]);
    if (wrong.length === 0) continue;
    const said = renderTerminal(heard.reply, { colours: false, width: 100 });
    const place = `${one.file}: "${one.title}", turn ${index + 1}`;
    throw new Error(`${place}\n${wrong.map((line) => `  ✗ ${line}`).join("\n")}\n--- said ---\n${said}\n--- end ---`);
  }
}

/** What a conversation as written leaves in the log of its case. */
export function eventsOf(one: Scripted): readonly CaseEvent[] {
  const tools = conversationTools();
  let now: Case = NEW_CASE;
  for (const turn of one.turns) {
    const given = pasteOf(turn, one.texts) ?? turn.says;
    if (given !== undefined) now = hear(now, given, tools, { side: turn.from }).case;
  }
  return now.events;
}

function asNetworkOf(text: string | undefined, network: Replacements): string | undefined {
  return text === undefined ? undefined : asNetwork(text, network);
}

/** The turn with every name and address as the network has them. */
function changed(turn: ScriptedTurn, network: Replacements): ScriptedTurn {
  return JSON.parse(JSON.stringify(turn), (_, value: unknown) =>
    typeof value === "string" ? asNetwork(value, network) : value,
  ) as ScriptedTurn;
}

function mismatches(turn: ScriptedTurn, heard: Turn, never: readonly string[]): string[] {
  const said = oneLine(renderTerminal(heard.reply, { colours: false, width: 100 }));
  const { verdict } = situationOf(heard.case, knowledge).diagnosis;
  const kept = JSON.stringify(heard.case);
  const wrong = [...verdictMismatches(turn, verdict), ...askMismatches(turn, verdict, said)];
  for (const phrase of turn.hears ?? []) if (!said.includes(oneLine(phrase))) wrong.push(`does not say "${phrase}"`);
  for (const phrase of never) if (said.includes(oneLine(phrase))) wrong.push(`says "${phrase}"`);
  for (const secret of never)
    if (turn.never?.includes(secret) !== true && kept.includes(secret)) wrong.push(`keeps "${secret}"`);
  if ((turn.leaves ?? false) !== heard.leaves)
    wrong.push(heard.leaves ? "ends the conversation" : "does not end the conversation");
  const blocks = heard.reply.blocks.filter(({ type }) => type !== "file");
  const height = renderTerminal({ blocks }, { colours: false, width: 60 }).split("\n").length;
  if (height > MOST_LINES) wrong.push(`the reply is ${height} lines long on a phone; ${MOST_LINES} are the most`);
  if (heard.reply.blocks.length === 0) wrong.push("says nothing at all");
  if (/\{[a-z-]+\}|undefined|\[object|NaN/.test(said)) wrong.push("says a blank that was not filled");
  return wrong;
}

function verdictMismatches(turn: ScriptedTurn, verdict: Verdict): string[] {
  const [best] = verdict.findings;
  const wrong: string[] = [];
  const compare = (name: string, expected: unknown, got: unknown) => {
    if (expected !== undefined && expected !== got) wrong.push(`${name}: expected ${expected}, got ${got}`);
  };
  compare("verdict", turn.verdict, verdict.verdict);
  compare("finds", turn.finds, best?.id);
  compare("certainty", turn.certainty, best?.certainty);
  compare("side", turn.side, best?.side);
  for (const [attribute, expected] of Object.entries(turn.differs ?? {})) {
    const row = best?.differs.find((item) => item.attribute === attribute);
    compare(attribute, expected, row && `${row.local} / ${row.remote}`);
  }
  const evidence = oneLine((best?.evidence ?? []).map(({ text }) => text).join("\n"));
  for (const line of turn.shows ?? [])
    if (!evidence.includes(oneLine(line))) wrong.push(`does not show "${line}", but: ${evidence}`);
  const listed = verdict.findings.filter(({ id }) => turn["not-even"]?.includes(id));
  for (const { id, certainty } of listed) wrong.push(`lists ${id} as ${certainty}`);
  return wrong;
}

function askMismatches({ asks }: ScriptedTurn, verdict: Verdict, said: string): string[] {
  if (asks === undefined) return [];
  const [ask] = verdict.asks;
  const got = ask?.command.split("\n").join("; ");
  const [[side, command]] =
    typeof asks === "string" ? [[undefined, asks]] : (Object.entries(asks) as [[string, string]]);
  if (got !== command || (side !== undefined && ask?.side !== side))
    return [`asks: expected ${command}${side ? ` on ${side}` : ""}, got ${got} on ${ask?.side}`];
  return said.includes(oneLine(ask?.command ?? "")) ? [] : [`asks for ${command}, but does not say so`];
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
