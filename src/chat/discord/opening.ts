/** A case begins: in a thread made for it, in the thread that is there, or in direct messages. */
import { setTimeout as sleep } from "node:timers/promises";
import { type APIInteraction, ChannelType } from "discord.js";
import type { Content, Place } from "../../domain/inbound.ts";
import { lacking } from "./access.ts";
import { type Answer, writeAnswer } from "./answer.ts";
import { meaningOf, postMessage } from "./api.ts";
import type { Desk, From } from "./desk.ts";
import { channelOf, linkTo, placeInDirect, placeInThread } from "./place.ts";
import type { Responder } from "./responder.ts";
import { threadName } from "./status.ts";
import { beginPrivateThread } from "./thread.ts";
import * as say from "./words.ts";

/** What opens a case, or goes into the one that is open at that place. */
export type Opens = Extract<Content, { type: "opened" | "resumed" | "said" }>;

export interface Wish {
  readonly isPrivate: boolean;
  /** What is to be heard, once it is known where: files are fetched after the first answer. */
  readonly content: () => Promise<{ readonly content: Opens; readonly problems: readonly string[] } | string>;
}

/** Whether output that is given here goes into a case that is open already. */
export async function isOpenHere(desk: Desk, from: From): Promise<boolean> {
  if (from.guildId !== undefined && !from.isThread) return false;
  return (await desk.caseHere(from))?.status === "open";
}

/** Answers the interaction within its three seconds, then opens the case. */
export async function openCase(desk: Desk, responder: Responder, from: From, wish: Wish): Promise<void> {
  const { interaction } = responder;
  const cannot = desk.refused("start", from) ?? whyNot(interaction, from, wish.isPrivate);
  if (cannot !== undefined) return responder.tell({ content: cannot });
  const isApart = wish.isPrivate && !from.isThread && from.guildId !== undefined;
  const answerId = await responder.defer(isApart);
  const asked = await wish.content();
  if (typeof asked === "string") return responder.tell({ content: asked });
  const { place, answer } = await placeFor(desk, responder, from, isApart, answerId);
  const { content, problems } = asked;
  const heard = await desk.hear(desk.inbound(interaction.id, place, from, content, answer && writeAnswer(answer)));
  // Heard before: its answer is on its way, or is there.
  if (heard.outcome === "repeat" && !isApart) return;
  const unanswered = content.type === "resumed" ? desk.notResumed(heard, content) : desk.unanswered(heard, undefined);
  if (unanswered) return responder.tell(unanswered);
  if (problems.length > 0 && heard.outcome === "taken")
    await postProblems(desk, place, problems, `${interaction.id}:problems`);
  if (isApart && heard.outcome === "taken") await nameApart(desk, responder, place, heard.caseId);
}

async function nameApart(desk: Desk, responder: Responder, place: Place, caseId: string): Promise<void> {
  await responder.tell({ content: `Case ${caseId} is in ${linkTo(place)}; only you and whom you add see it.` });
  const head = await desk.tools.cases.caseById(caseId);
  const name = head && threadName(head);
  if (name) await desk.tools.rest.patch(`/channels/${channelOf(place)}`, { body: { name } }).catch(() => undefined);
}

/** What could not be read, said where the case is, once that is there. */
export async function postProblems(desk: Desk, place: Place, problems: readonly string[], once: string): Promise<void> {
  const message = { content: problems.join("\n").slice(0, 2_000) };
  for (const wait of UNTIL_IT_IS_THERE_MS) {
    try {
      await postMessage(desk.tools.rest, channelOf(place), message, { once });
      return;
    } catch (error) {
      if (meaningOf(error) !== "no such channel") return;
      await sleep(wait);
    }
  }
}
/** The outbox begins the thread; milliseconds between the looks for it. */
const UNTIL_IT_IS_THERE_MS = [200, 400, 800, 1_600, 3_200, 6_400];

function whyNot(interaction: APIInteraction, from: From, isPrivate: boolean): string | undefined {
  if (from.guildId === undefined) return undefined;
  const { app_permissions: permissions, channel } = interaction;
  if (from.isThread) return lacking(permissions, "none");
  const isText = channel?.type === ChannelType.GuildText;
  if (!isText && (isPrivate || channel?.type !== ChannelType.GuildAnnouncement)) return say.NO_THREADS_HERE;
  return lacking(permissions, isPrivate ? "private" : "public");
}

async function placeFor(
  desk: Desk,
  responder: Responder,
  from: From,
  isApart: boolean,
  answerId: string | undefined,
): Promise<{ place: Place; answer: Answer | undefined }> {
  const { interaction, until } = responder;
  const token: Answer = responder.isOver ? {} : { app: interaction.application_id, token: interaction.token, until };
  if (from.guildId === undefined) {
    const open = await desk.caseHere(from);
    const place = open?.status === "open" ? open.place : placeInDirect(from.channelId, interaction.id);
    return { place, answer: token };
  }
  if (from.isThread) return { place: placeInThread(from.guildId, from.channelId), answer: token };
  const { rest } = desk.tools;
  if (isApart) {
    const name = `A case of ${from.person.name ?? "somebody"}`.slice(0, 100);
    const threadId = await beginPrivateThread(rest, from.channelId, name, from.person.id);
    return { place: placeInThread(from.guildId, threadId), answer: undefined };
  }
  // Too late for an answer: the thread is begun from an ordinary message instead.
  const message =
    answerId ??
    (
      await postMessage(
        rest,
        from.channelId,
        { content: `<@${from.person.id}> asked for a case.` },
        { once: `late:${interaction.id}` },
      )
    ).id;
  const begin = { channel: from.channelId, message, isOurs: true };
  return { place: placeInThread(from.guildId, message), answer: { ...token, begin } };
}
