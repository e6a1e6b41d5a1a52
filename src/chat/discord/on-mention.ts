/** What is said to the bot by mention, or in direct messages: the words after /ipsec, or the beginning of a case. */
import type { ChannelType } from "discord.js";
import { type ChatCommand, handOffChoice, isForCase, parseCommand } from "../../case/commands.ts";
import { intentOf } from "../../case/intent.ts";
import type { Content, Place } from "../../domain/inbound.ts";
import type { CaseHead } from "../../store/store.ts";
import { type Answer, writeAnswer } from "./answer.ts";
import { channelById, type Sendable } from "./api.ts";
import { tellCases, tellFigures, tellSearch } from "./case-list.ts";
import { type Desk, type From, isThreadType } from "./desk.ts";
import { besideFiles, heardFrom, type SeenMessage, wordsOf } from "./hear.ts";
import { channelOf, linkTo, placeInDirect, placeInThread } from "./place.ts";
import { renderReply } from "./render.ts";
import * as say from "./words.ts";

/** A new case is asked for in so many words, also where another one was. */
const BEGINS = /^\s{0,9}(?:start|new)\b/i;

export type Reply = (channelId: string, to: string | undefined, message: Sendable, once: string) => Promise<void>;

/** @returns whether that was all; otherwise it is something said in the case that is here */
export async function onMention(
  desk: Desk,
  message: SeenMessage,
  here: CaseHead | undefined,
  reply: Reply,
): Promise<boolean> {
  const words = wordsOf(message, desk.tools.me);
  const isOneLine = words.trim().length <= 300 && !words.trim().includes("\n");
  const command: ChatCommand = isOneLine
    ? parseCommand(words, (text) => desk.tools.symptomIn(text))
    : { type: "start", words };
  const isOpen = here !== undefined && here.status === "open";
  const isOver = here?.status === "closed" && message.guild_id === undefined;
  const from = desk.fromMessage(message, here !== undefined);
  const answer = async (sendable: Sendable, part = 0) => {
    await reply(message.channel_id, message.id, sendable, `${message.id}:${part}`);
    return true;
  };
  const answerAll = async (messages: readonly Sendable[]) => {
    for (const [part, one] of messages.entries()) await answer(one, part);
    return true;
  };
  switch (command.type) {
    case "help":
      return isOpen ? false : answer({ content: say.HELP });
    case "explain": {
      if (isOpen) return false;
      const messages = renderReply({ blocks: desk.tools.explain(command.words) });
      return answerAll(messages);
    }
    case "cases":
      return answer(await tellCases(desk, from, command.filter));
    case "stats":
      return answerAll(await tellFigures(desk, from, command.since));
    case "search":
      return answerAll(await tellSearch(desk, from, command.words));
    case "incomplete":
      return isOpen && message.attachments.length > 0 ? false : answer({ content: command.remedy });
    case "close":
      return onCase(desk, message, from, here, command, "close", { type: "closed" }, answer);
    case "handoff":
      return onCase(
        desk,
        message,
        from,
        here,
        command,
        "hand-over",
        { type: "chose", choice: handOffChoice(command.template) },
        answer,
      );
    case "resume":
      return resume(desk, message, from, here, command, answer);
    case "diagnose":
    case "start":
      if (here === undefined && !BEGINS.test(words)) {
        const gone = await desk.whereItWent(from);
        if (gone !== undefined) return answer(gone);
      }
      if ((here === undefined || isOver) && message.attachments.length === 0 && isForCase(words)) {
        if (intentOf(words)?.type === "thanks") return answer({ content: say.WELCOME });
        return answer(here === undefined ? { content: say.NO_CASE_HERE } : desk.closed(here.id));
      }
      if (here !== undefined && (isOpen || message.guild_id !== undefined)) return false;
      return open(desk, message, from, command, answer);
  }
}

type Tell = (message: Sendable) => Promise<boolean>;

async function onCase(
  desk: Desk,
  message: SeenMessage,
  from: From,
  here: CaseHead | undefined,
  { caseId }: { readonly caseId?: string | undefined },
  action: "close" | "hand-over",
  content: Content,
  tell: Tell,
): Promise<boolean> {
  const refusal = desk.refused(action, from);
  if (refusal !== undefined) return tell({ content: refusal });
  const head = caseId === undefined ? here : await desk.caseById(caseId, from);
  if (!head) return tell(caseId === undefined ? await desk.noCaseHere(from) : { content: say.noSuchCase(caseId) });
  const heard = await desk.hear({ ...heardFrom(message, head.place), content });
  const unanswered = heard.outcome === "repeat" ? undefined : desk.unanswered(heard, head.id);
  if (unanswered) return tell(unanswered);
  if (channelOf(head.place) !== message.channel_id) return tell({ content: `Done; see ${linkTo(head.place)}.` });
  return true;
}

async function resume(
  desk: Desk,
  message: SeenMessage,
  from: From,
  here: CaseHead | undefined,
  { caseId, code }: { readonly caseId: string; readonly code?: string | undefined },
  tell: Tell,
): Promise<boolean> {
  const refusal = desk.refused("start", from);
  if (refusal !== undefined) return tell({ content: refusal });
  // By its code, from wherever it is.
  if (code !== undefined) return resumeAt(desk, message, { caseId, code }, tell);
  const head = await desk.caseById(caseId, from);
  if (!head) return tell({ content: say.noSuchCase(caseId) });
  if (head.status === "closed") {
    const again = heardFrom(message, head.place);
    await desk.hear({ ...again, deliveries: [`${again.deliveries[0]}:reopen`], content: { type: "reopened" } });
  }
  if (here?.id === head.id)
    return tell({ content: head.status === "closed" ? "It is open again." : `Case ${head.id} is right here.` });
  return resumeAt(desk, message, { caseId, wasClosed: head.status === "closed" }, tell);
}

async function resumeAt(
  desk: Desk,
  message: SeenMessage,
  asked: Omit<Extract<Content, { type: "resumed" }>, "type">,
  tell: Tell,
): Promise<boolean> {
  const { place, answerBy } = await placeFor(desk, message);
  const heard = await desk.hear({ ...heardFrom(message, place), content: { type: "resumed", ...asked }, answerBy });
  if (heard.outcome === "repeat") return true;
  const unanswered = desk.notResumed(heard, asked);
  return unanswered ? tell(unanswered) : true;
}

async function open(
  desk: Desk,
  message: SeenMessage,
  from: From,
  command: Extract<ChatCommand, { type: "start" | "diagnose" }>,
  tell: Tell,
): Promise<boolean> {
  const refusal = desk.refused("start", from);
  if (refusal !== undefined) return tell({ content: refusal });
  const seen = { channelId: message.channel_id, id: message.id };
  const { files, problems } = await desk.fetchAll(message.attachments, seen);
  const told = command.type === "start" ? command : { words: "" };
  const { place, answerBy } = await placeFor(desk, message);
  const content: Content = {
    type: "opened",
    ...("peer" in told && { symptom: told.symptom, platform: told.platform, peer: told.peer }),
    text: besideFiles(told.words, files),
    message: message.id,
    ...(files.length > 0 && { files }),
  };
  const heard = await desk.hear({ ...heardFrom(message, place), content, answerBy });
  if (problems.length > 0) await tell({ content: problems.join("\n").slice(0, 2_000) });
  return heard.outcome === "closed" ? tell(desk.closed(heard.caseId)) : true;
}

/** The thread of that very message, the thread that it was said in, or direct messages. */
async function placeFor(desk: Desk, message: SeenMessage): Promise<{ place: Place; answerBy: string | undefined }> {
  const { guild_id: guildId, channel_id: channelId, id } = message;
  if (guildId === undefined) return { place: placeInDirect(channelId, id), answerBy: undefined };
  const { type } = await channelById(desk.tools.rest, channelId);
  if (isThreadType(type as ChannelType)) return { place: placeInThread(guildId, channelId), answerBy: undefined };
  const begin: Answer["begin"] = { channel: channelId, message: id, isOurs: false };
  return { place: placeInThread(guildId, id), answerBy: writeAnswer({ begin }) };
}
