/** Sends what the outbox holds for Discord. Whatever is repeated is harmless: edits, threads begun once, enforced nonces. */
import { type APIMessage, ChannelType, type REST, Routes } from "discord.js";
import { CannotSend, type Outgoing, type Sender } from "../../domain/chat.ts";
import type { Place } from "../../domain/inbound.ts";
import type { Reply } from "../../domain/reply.ts";
import type { CaseHead } from "../../store/store.ts";
import { type Answer, readAnswer, webhookOf } from "./answer.ts";
import {
  bodyOf,
  channelById,
  descriptionsOf,
  forOutbox,
  meaningOf,
  postMessage,
  rawFiles,
  type Sendable,
} from "./api.ts";
import { extrasFor } from "./controls.ts";
import type { LeftThreads } from "./left-threads.ts";
import { CHAT, channelOf, isDirect, linkTo } from "./place.ts";
import type { Questions } from "./questions.ts";
import { type DiscordMessage, renderReply } from "./render.ts";
import { createStatusSender } from "./send-status.ts";
import type { DiscordTools } from "./settings.ts";
import { beginThread, reopenThread } from "./thread.ts";

export interface SenderTools extends Pick<DiscordTools, "cases" | "look" | "settings" | "now" | "log"> {
  readonly rest: REST;
  readonly questions: Questions;
  readonly leftThreads: LeftThreads;
}

export function createSender(tools: SenderTools): Sender {
  const { rest, cases, look, settings, now, log, questions, leftThreads } = tools;
  const status = createStatusSender({ rest, cases, look, log, post, questions });

  async function send(outgoing: Outgoing, signal: AbortSignal): Promise<string | undefined> {
    const head = await cases.caseById(outgoing.caseId);
    if (!head) throw new CannotSend("the case is not kept any more");
    const answer = readAnswer(outgoing.answerBy);
    try {
      if (answer.begin) await begin(head, answer, signal);
      switch (outgoing.body.type) {
        case "reply": {
          const sent = await sendReply(outgoing, outgoing.body.reply, head, answer, signal);
          if (isFarewell(outgoing)) await leave(outgoing, head);
          await status.leave(outgoing, head, signal);
          return sent;
        }
        case "status":
          return await status.send(outgoing, head, signal);
        case "hand-off":
          return await sendHandOff(outgoing, outgoing.body.reply, head, signal);
      }
    } catch (error) {
      if (error instanceof CannotSend) log.warn({ chat: CHAT, case: head.id, why: error.message }, "not sent");
      throw forOutbox(error);
    }
  }

  async function leave({ place }: Outgoing, head: CaseHead): Promise<void> {
    if (!isDirect(place)) leftThreads.note(channelOf(place), head.id);
    await questions.over(head.id, channelOf(place));
  }

  async function begin(head: CaseHead, answer: Answer, signal: AbortSignal): Promise<void> {
    await beginThread(rest, { head, answer, status: await status.render(head), now: now(), signal });
    const { begin: from } = answer;
    if (from?.isOurs === true) await status.begunFrom(head, `${from.channel}/${from.message}`, signal);
  }

  async function sendReply(
    outgoing: Outgoing,
    reply: Reply,
    head: CaseHead,
    answer: Answer,
    signal: AbortSignal,
  ): Promise<string> {
    const turn = (await cases.turns(head.id, outgoing.turn - 1)).find(({ number }) => number === outgoing.turn);
    const { controls, more, advice } = extrasFor({
      head,
      turn,
      reply,
      escalates: settings.escalationChannel !== undefined,
    });
    const said = reply.blocks;
    const blocks = advice === undefined ? said : [...said, { type: "text", text: advice, tone: "quiet" } as const];
    const rendered = renderReply({ blocks }, { offer: { caseId: head.id, turn: outgoing.turn }, controls, more });
    const messages = isFarewell(outgoing) ? withLink(rendered, head.place) : rendered;
    const channelId = channelOf(outgoing.place);
    let last = "";
    for (const [part, message] of messages.entries()) {
      const isAnswer = part === 0 && answer.begin === undefined;
      const sent =
        (isAnswer && (await answered(answer, message, signal))) || (await post(outgoing, part, message, signal));
      last = sent.id;
    }
    const at = `${channelId}/${last}`;
    questions.sent(head.id, at, messages.at(-1)?.components ?? []);
    return at;
  }

  /** Through the token of the command that asked, while it lives. */
  async function answered(answer: Answer, message: Sendable, signal: AbortSignal): Promise<APIMessage | undefined> {
    const webhook = webhookOf(answer, now());
    if (!webhook) return undefined;
    try {
      const { flags: _, ...body } = bodyOf(message);
      const described = { ...body, ...descriptionsOf(message.files) };
      const request = { auth: false, body: described, files: await rawFiles(message.files), signal };
      return (await rest.patch(Routes.webhookMessage(webhook.app, webhook.token), request)) as APIMessage;
    } catch (error) {
      const meaning = meaningOf(error);
      if (meaning === "interaction is over" || meaning === "no such message") return undefined;
      throw error;
    }
  }

  async function post(outgoing: Outgoing, part: number, message: Sendable, signal: AbortSignal): Promise<APIMessage> {
    const channelId = channelOf(outgoing.place);
    const once = `${outgoing.caseId}:${outgoing.id}:${part}`;
    try {
      return await postMessage(rest, channelId, message, { once, signal });
    } catch (error) {
      const meaning = meaningOf(error);
      if (meaning === "no such channel") throw new CannotSend("the case's thread is not there any more");
      if (meaning === "may not") throw new CannotSend("I may not write in the case's thread");
      if (meaning !== "archived") throw error;
      await reopenThread(rest, channelId, signal);
      return postMessage(rest, channelId, message, { once, signal });
    }
  }

  async function sendHandOff(outgoing: Outgoing, reply: Reply, head: CaseHead, signal: AbortSignal): Promise<string> {
    const channelId = settings.escalationChannel;
    if (channelId === undefined) throw new CannotSend("there is no escalation channel");
    const { symptom = "a tunnel", peer } = head.summary;
    const about = `**Case ${head.id}** · ${symptom.replaceAll("-", " ")}${peer === undefined ? "" : ` · \`${peer}\``} · ${linkTo(head.place)}`;
    const [first, ...others] = renderReply(reply);
    const messages = [{ ...first, content: `${about}\n${first?.content ?? ""}`.slice(0, 2_000) }, ...others];
    let last = "";
    for (const [part, message] of messages.entries()) {
      const sent = await post({ ...outgoing, place: { ...outgoing.place, thread: channelId } }, part, message, signal);
      last = sent.id;
    }
    return `${channelId}/${last}`;
  }

  return {
    chat: CHAT,
    send,
    /** A private thread's case is told of in that thread only. */
    async isOpenTo(place, at) {
      if (isDirect(place) || channelOf(place) === channelOf(at)) return true;
      try {
        return (await channelById(rest, channelOf(place))).type !== ChannelType.PrivateThread;
      } catch {
        // A thread that is not there any more may have been a private one.
        return false;
      }
    },
  };
}

function isFarewell({ body }: Outgoing): boolean {
  return body.type === "reply" && body.isFarewell === true;
}

/** Where the case went, to be tapped. */
function withLink(messages: readonly DiscordMessage[], to: Place): readonly DiscordMessage[] {
  const last = messages.at(-1);
  if (last === undefined || to.chat !== CHAT || isDirect(to)) return messages;
  return [...messages.slice(0, -1), { ...last, content: `${last.content}\n→ ${linkTo(to)}` }];
}
