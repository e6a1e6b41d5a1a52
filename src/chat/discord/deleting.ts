/** "Delete my message": where a key was pasted, and we may delete it. What was read of it stays, without the key. */
import { type APIMessage, type APIMessageComponentInteraction, Routes } from "discord.js";
import { may } from "./access.ts";
import { meaningOf } from "./api.ts";
import type { Action } from "./custom-id.ts";
import type { Desk, From } from "./desk.ts";
import { channelOf } from "./place.ts";
import type { Responder } from "./responder.ts";
import * as say from "./words.ts";

const ROTATE = "Whoever saw it has seen the key, so change it on both ends.";

export async function deleteFor(
  desk: Desk,
  responder: Responder,
  interaction: APIMessageComponentInteraction,
  from: From,
  { caseId, message: id }: Extract<Action, { type: "delete" }>,
): Promise<void> {
  await responder.defer(true);
  const head = await desk.caseById(caseId, from);
  if (!head) return responder.tell({ content: say.notKept(caseId) });
  const { rest } = desk.tools;
  const found = await firstWith(desk, [channelOf(head.place), interaction.channel.id], id);
  if (!found) return responder.tell({ content: `It is gone already. ${ROTATE}` });
  const isTheirs = found.author.id === from.person.id;
  if (!isTheirs && !may(interaction.member?.permissions, "ManageMessages"))
    return responder.tell({
      content: "Only who wrote it can have it deleted, or somebody who may manage messages here.",
    });
  desk.deletedForSomebody.add(id);
  try {
    await rest.delete(Routes.channelMessage(found.channel_id, id));
    await responder.tell({ content: `Deleted; what I read of it stays, without the key. ${ROTATE}` });
  } catch (error) {
    desk.deletedForSomebody.delete(id);
    if (meaningOf(error) === "no such message") return responder.tell({ content: `It is gone already. ${ROTATE}` });
    if (meaningOf(error) !== "may not") throw error;
    const content = `I may not delete messages here (*Manage Messages*): please delete it yourself. ${ROTATE}`;
    await responder.tell({ content });
  }
}

/** The message in the case's thread, or where the thread was begun from it. */
async function firstWith(desk: Desk, channels: readonly string[], id: string): Promise<APIMessage | undefined> {
  const { rest } = desk.tools;
  const places = [...new Set(channels)];
  const parent = await parentOf(desk, channels[0]);
  if (parent !== undefined) places.push(parent);
  for (const channelId of places) {
    try {
      return (await rest.get(Routes.channelMessage(channelId, id))) as APIMessage;
    } catch (error) {
      if (meaningOf(error) === undefined) throw error;
    }
  }
  return undefined;
}

async function parentOf(desk: Desk, channelId: string | undefined): Promise<string | undefined> {
  if (channelId === undefined) return undefined;
  try {
    const channel = (await desk.tools.rest.get(Routes.channel(channelId))) as { parent_id?: string | null };
    return channel.parent_id ?? undefined;
  } catch {
    return undefined;
  }
}
