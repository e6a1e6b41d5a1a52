/** Which of a case's messages were edited or deleted while nobody was there to be told. */
import { type APIMessage, type REST, Routes } from "discord.js";
import { RESUMED_ECHO } from "../../domain/inbound.ts";
import type { CaseHead, StoredTurn } from "../../store/store.ts";
import { channelById, meaningOf } from "./api.ts";
import { channelOf, isDirect } from "./place.ts";

export interface ChangedMessages {
  readonly edited: readonly APIMessage[];
  /** Ids, each with the channel that it was in. */
  readonly deleted: readonly { readonly id: string; readonly channelId: string }[];
}

const PAGE = 100;

/**
 * Looks at the case's messages among the last hundred. A message counts as deleted only where Discord says that there is
 * none of that id: a history that we may not read is empty as well.
 * @param turns the latest ones, in order
 */
export async function changedMeanwhile(
  rest: REST,
  head: CaseHead,
  turns: readonly StoredTurn[],
): Promise<ChangedMessages> {
  const channelId = channelOf(head.place);
  const known = heardHere(turns);
  const inThread = known.filter((id) => id !== channelId);
  const last = inThread.at(-1);
  const edited: APIMessage[] = [];
  const deleted: { id: string; channelId: string }[] = [];

  const look = async (from: string, id: string) => {
    const found = await messageIn(rest, from, id);
    if (found === "none") deleted.push({ id, channelId: from });
    else if (found?.edited_timestamp) edited.push(found);
  };

  if (last !== undefined) {
    const query = new URLSearchParams({ before: String(BigInt(last) + 1n), limit: String(PAGE) });
    const page = (await rest.get(Routes.channelMessages(channelId), { query })) as APIMessage[];
    const byId = new Map(page.map((message) => [message.id, message]));
    const oldest = page.reduce((least, { id }) => (BigInt(id) < least ? BigInt(id) : least), BigInt(last));
    for (const id of inThread) {
      const message = byId.get(id);
      if (message?.edited_timestamp) edited.push(message);
      if (message === undefined && (BigInt(id) >= oldest || page.length < PAGE)) await look(channelId, id);
    }
  }
  // The message that the thread was begun from is in the channel above it.
  if (known.length > inThread.length && !isDirect(head.place)) {
    const thread = await channelById(rest, channelId);
    const above = "parent_id" in thread ? thread.parent_id : undefined;
    if (above) await look(above, channelId);
  }
  return { edited, deleted };
}

async function messageIn(rest: REST, channelId: string, id: string): Promise<APIMessage | "none" | undefined> {
  try {
    return (await rest.get(Routes.channelMessage(channelId, id))) as APIMessage;
  } catch (error) {
    const meaning = meaningOf(error);
    if (meaning === "no such message") return "none";
    // Anything else says nothing of the message.
    if (meaning !== undefined) return undefined;
    throw error;
  }
}

/** Ids of messages that were heard since the case is at this place, the oldest first. */
function heardHere(turns: readonly StoredTurn[]): string[] {
  const since = turns.findLastIndex(({ echo }) => echo === RESUMED_ECHO);
  return [...new Set(messagesIn(turns.slice(since + 1)))].sort((one, other) => (BigInt(one) < BigInt(other) ? -1 : 1));
}

/** Ids of Discord's messages that turns are about. */
export function messagesIn(turns: readonly StoredTurn[]): string[] {
  return turns.flatMap(({ message }) => (message !== undefined && /^\d{1,20}$/.test(message) ? [message] : []));
}
