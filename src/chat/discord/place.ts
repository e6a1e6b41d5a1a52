/** Where a case is: in a thread of a server, or in somebody's direct messages. */
import type { Place } from "../../domain/inbound.ts";

export const CHAT = "discord";

/** A thread of a server. One that is begun from a message has that message's id, also before it is begun. */
export function placeInThread(guildId: string, threadId: string): Place {
  return { chat: CHAT, workspace: guildId, thread: threadId };
}

/** Direct messages have no threads: each case there has a number, that of the message or command that began it. */
export function placeInDirect(channelId: string, number: string): Place {
  return { chat: CHAT, workspace: directWorkspace(channelId), thread: `${channelId}/${number}` };
}

/** Each person's direct messages are a workspace of their own: nobody else sees those cases. */
export function directWorkspace(channelId: string): string {
  return `dm:${channelId}`;
}

export function isDirect({ workspace }: Place): boolean {
  return workspace.startsWith("dm:");
}

export function channelOf({ thread }: Place): string {
  return thread.split("/")[0] ?? thread;
}

/** How a person finds the case again: a link to its thread. */
export function linkTo(place: Place): string {
  return isDirect(place) ? "our direct messages" : `<#${channelOf(place)}>`;
}
