/** One message and the case before it → what is stored and what is answered. No clock, no store, no effects. */
import type { Case } from "../case/case.ts";
import { situationOf } from "../case/case.ts";
import { handsOver } from "../case/commands.ts";
import type { ConversationTools } from "../case/conversation.ts";
import type { CaseEvent } from "../case/events.ts";
import { excerptOf, textOf } from "../case/excerpt.ts";
import { knownChoice } from "../case/messages.ts";
import type { Content } from "../domain/inbound.ts";
import type { ReadPaste } from "../domain/output.ts";
import type { Reply } from "../domain/reply.ts";
import { nextStep } from "../speech/next-step.ts";
import type { Prepared } from "./aside.ts";
import { echoOf, echoOfPaste } from "./echo.ts";
import { tailOf } from "./tail.ts";
import { type Before, type SaidBy, turnOf } from "./turn.ts";

export interface Decided {
  readonly case: Case;
  readonly echo: string;
  /** What this message adds to the case. */
  readonly events: readonly CaseEvent[];
  readonly reply: Reply | undefined;
  readonly status: "open" | "closed" | undefined;
  readonly tail: string | undefined;
  /** A button whose question is over: nothing was done. */
  readonly isTooLate?: boolean | undefined;
}

/** @returns "closed" where the case is closed to it, undefined where there is nothing to store and nothing to say */
export function decide(
  content: Content,
  by: SaidBy,
  before: Before,
  outer: ConversationTools,
  prepared?: Prepared["pastes"],
): Decided | "closed" | undefined {
  if (before.isClosed && !isForClosedOnes(content)) return "closed";
  // What is kept is the excerpt; the whole text is needed once more, for the echo and should the rest of it come.
  const whole = new Map<string, ReadPaste>();
  const echoes = new Map<string, string>();
  const readBefore = new Map<string, ReadPaste>();
  /** A line is looked at as words, as output and for its echo: it is read once. */
  const read: ConversationTools["read"] = (name, text) => {
    const paste = readBefore.get(text) ?? outer.read(name, text);
    readBefore.set(text, paste);
    return { ...paste, name };
  };
  const tools: ConversationTools = {
    ...outer,
    said: { at: by.at, by: by.person },
    caseId: before.caseId,
    read(name, text) {
      const ready = prepared?.get(text);
      if (ready) {
        echoes.set(name, ready.echo);
        return { ...ready.excerpt, name };
      }
      const paste = read(name, text);
      whole.set(name, paste);
      echoes.set(name, echoOfPaste(paste));
      return excerptOf(paste);
    },
  };
  const turn = turnOf(content, by, before, tools);
  if (turn === undefined) return undefined;
  const events = turn.case.events.slice(before.case.events.length);
  const last = events.at(-1);
  const pasted = last?.type === "pasted" || last?.type === "pasted-anew" ? whole.get(last.paste.name) : undefined;
  const said = turn.understood === false ? [] : [...echoes].flatMap(([name, echo]) => (name === "line" ? [] : [echo]));
  return {
    case: turn.case,
    echo: echoOf(
      content,
      said.length > 0 || turn.understood === false ? said : wordsOf(content, read).map(echoOfPaste),
      (id) => labelOf(id, before, outer),
    ),
    events,
    reply: turn.reply.blocks.length > 0 ? turn.reply : undefined,
    isTooLate: turn.isTooLate,
    status: turn.leaves ? "closed" : content.type === "reopened" ? "open" : undefined,
    tail: tailFor(content, by, pasted, turn.understood === false ? [...whole.values()].at(-1) : undefined),
  };
}

/** @param unread what was pasted, where nothing could be read in it: it may be the beginning of an output. */
function tailFor(
  content: Content,
  by: SaidBy,
  pasted: ReadPaste | undefined,
  unread: ReadPaste | undefined,
): string | undefined {
  if (content.type !== "said") return undefined;
  if (pasted !== undefined) return tailOf(pasted, textOf(pasted.lines), by);
  const isOutput = unread?.outputs.some(({ platform }) => platform !== "unknown") === true;
  if (!isOutput || unread === undefined || content.message === undefined) return undefined;
  return tailOf(unread, textOf(unread.lines), by, content.message);
}

/** What can be done to a closed case: nothing that would make it go on. */
function isForClosedOnes(content: Content): boolean {
  if (content.type === "chose") return LOOKS.includes(content.choice) || handsOver(content.choice);
  return content.type === "reopened" || content.type === "deleted";
}
const LOOKS: readonly string[] = ["so-far", "more", "compare"];

/** In front of a line that somebody wants explained: behind it, the line is no longer one that shows its keys. */
const ASKED_ABOUT = /^\s*(?:explain|what(?:['’]s| is| are| does)|meaning of)\s/i;

/** Words that were understood; through the reader as well, so that a key among them is removed. Others are not kept. */
function wordsOf(content: Content, read: ConversationTools["read"]): ReadPaste[] {
  const text = "text" in content ? (content.text ?? "") : "";
  if (text.trim() === "") return [];
  const [asked = ""] = ASKED_ABOUT.exec(text) ?? [];
  const paste = read("line", text.slice(asked.length));
  return [
    { ...paste, lines: paste.lines.map((line, index) => (index === 0 ? { ...line, text: asked + line.text } : line)) },
  ];
}

function labelOf(id: string, before: Before, tools: ConversationTools): string {
  const { blocks } = nextStep(situationOf(before.case, tools.knowledge));
  const offered = blocks.flatMap((block) => (block.type === "choices" ? block.choices : []));
  const choice = offered.find((each) => each.id === id) ?? knownChoice(id);
  return choice?.label.replace(/^[a-z]{1,20}:/, "") ?? "(a choice that is not there)";
}
