/** What a message's content does to a case: the turn of the conversation that it is. */
import type { Case } from "../case/case.ts";
import { situationOf, withEvents } from "../case/case.ts";
import { type ConversationTools, goOn, type Turn } from "../case/conversation.ts";
import { hear, isCommand } from "../case/converse.ts";
import {
  forgetPastes,
  hearAnew,
  hearWithFiles,
  messagesOf,
  openWith,
  pastesOf,
  type Said,
  takeChoice,
} from "../case/messages.ts";
import { writtenUpIn } from "../case/obey.ts";
import type { Content, Person } from "../domain/inbound.ts";
import * as say from "../speech/asides.ts";
import { readTail } from "./tail.ts";

/** The case as the message finds it. */
export interface Before {
  readonly case: Case;
  readonly caseId: string;
  readonly isNew: boolean;
  readonly isClosed: boolean;
  /** Whether something happened in the case after this turn. */
  readonly movedOnSince: (turn: number) => boolean;
  readonly tail: string | undefined;
  /** The chat that it comes from, in words, where it is taken along from another one. */
  readonly from?: string | undefined;
}

/** Who said it, and when in milliseconds since 1970. */
export interface SaidBy {
  readonly person: Person;
  readonly at: number;
}

/** @returns undefined where there is nothing to do and nothing to say */
export function turnOf(content: Content, by: SaidBy, before: Before, tools: ConversationTools): Turn | undefined {
  const now = before.case;
  switch (content.type) {
    case "opened":
      return before.isNew ? opened(content, tools) : goOn(now, tools, say.alreadyOpen(before.caseId));
    case "said": {
      const joined = withItsBeginning(content, by, before, tools);
      if (joined) return joined;
      const heard = hearSaid(now, content, tools);
      return heard.understood === false && content.overheard === true ? undefined : heard;
    }
    case "chose":
      return takeChoice(now, content.choice, content.turn !== undefined && before.movedOnSince(content.turn), tools);
    case "edited": {
      const { message, text } = content;
      const [name] = pastesOf(now, message);
      if (name === undefined) return undefined;
      if (messagesOf(now, name).length > 1) return goOn(now, tools, say.pasteAgainWhole(name));
      return hearAnew(now, { name, text, message }, tools);
    }
    case "deleted": {
      const names = pastesOf(now, content.message);
      return names.length === 0 ? undefined : forgetPastes(now, names, before.isClosed, tools);
    }
    case "closed":
      return { case: now, leaves: true, reply: { blocks: say.closed() } };
    case "reopened":
      return goOn(now, tools, say.reopened());
    case "resumed": {
      if (content.caseId !== before.caseId) return goOn(now, tools, say.alreadyOpen(before.caseId));
      const situation = situationOf(now, tools.knowledge);
      const taken = before.from === undefined ? undefined : { by: by.person, from: before.from };
      const opened = content.wasClosed === true ? say.reopenedByTaking(before.caseId) : [];
      return goOn(now, tools, [...opened, ...say.goesOnHere(before.caseId, taken), ...say.soFar(situation).blocks]);
    }
    case "quiet":
      return content.step === "remind"
        ? goOn(now, tools, say.quiet(content.closesInHours))
        : { case: now, leaves: true, reply: say.closedAsQuiet(writtenUpIn(now, tools)) };
    case "handed-to":
      return goOn(now, tools, say.handedTo(content.person));
  }
}

function opened(content: Extract<Content, { type: "opened" }>, tools: ConversationTools): Turn {
  const first = openWith(content, tools);
  const { text = "", files, side, message } = content;
  if (text.trim() === "" && (files ?? []).length === 0) return first;
  const heard = hearSaid(first.case, { text, files, side, message }, tools);
  // A remark beside a form's fields need not be understood, and must not hide the first question.
  const isRemark = content.symptom !== undefined || content.platform !== undefined || content.peer !== undefined;
  return heard.understood === false && isRemark ? first : heard;
}

function hearSaid(now: Case, said: Said, tools: ConversationTools): Turn {
  const { text, files = [], side, message } = said;
  const from = { side, message };
  return files.length === 0 ? hear(now, text, tools, from) : hearWithFiles(now, { text, files }, tools, from);
}

/** A message that comes later than this after a paste begins something new. */
const REST_WITHIN_MS = 20_000;

/** The rest of a paste that the chat, or the person, sent in pieces: read together with what came before it. */
function withItsBeginning(
  { text, files, side, message }: Said,
  { person, at }: SaidBy,
  before: Before,
  tools: ConversationTools,
): Turn | undefined {
  const tail = readTail(before.tail);
  if (tail === undefined || message === undefined || files !== undefined || side !== undefined) return undefined;
  if (tail.person !== person.id || at - tail.at > REST_WITHIN_MS) return undefined;
  if (!text.trim().includes("\n") || isCommand(before.case, text, tools)) return undefined;
  if (beginsAnew(text, tools)) return undefined;
  const whole = { name: tail.paste, text: `${tail.text}\n${text}`, message };
  if (tail.message === undefined) return hearAnew(before.case, whole, tools);
  // Of its beginning by itself nothing was kept.
  const paste = tools.read(tail.paste, tail.text);
  const begun = withEvents(before.case, tools.said, { type: "pasted", paste, message: tail.message });
  return hearAnew(begun, whole, tools);
}

const BEHIND_PROMPT = /^\s{0,8}[\w.@/:()~-]{1,80}[#>$%]\s?\S/;

/** A prompt and a command stand by themselves: nothing before them is of the same output, and it may be the other end's. */
function beginsAnew(text: string, tools: ConversationTools): boolean {
  const [first = ""] = text.trimStart().split("\n", 1);
  if (!BEHIND_PROMPT.test(first)) return false;
  return tools.read("line", first).outputs.some(({ platform }) => platform !== "unknown");
}
