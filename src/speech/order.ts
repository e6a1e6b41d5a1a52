/** What a chat's reader sees first, in a channel and on a locked phone. */
import type { Block } from "../domain/reply.ts";
import { SINCE } from "./changes.ts";

/** The bot's name, which chats show beside each message anyway. */
function isOurName(block: Block): boolean {
  return block.type === "heading" && block.text === "TunnelMedic";
}

/** What was read and how far it is: it goes with the answer, but is none. */
function isBeside(block: Block): boolean {
  return block.type === "path" || (block.type === "text" && block.tone === "quiet");
}

/** What the counters did since the reading before: it leads to the verdict, and can be read after it. */
function isLeadingUp(block: Block): boolean {
  return isBeside(block) || (block.type === "list" && block.label === SINCE);
}

/** The blocks without our name; a verdict before what was read and what that showed of the counters. Nothing else moves. */
export function verdictFirst(blocks: readonly Block[]): Block[] {
  const said = blocks.filter((block) => !isOurName(block));
  const first = said.findIndex((block) => !isLeadingUp(block));
  const verdict = said[first];
  if (first <= 0 || verdict?.type !== "heading") return said;
  return [verdict, ...said.slice(0, first), ...said.slice(first + 1)];
}

/** Where a message is its own notification: what was read goes below what is asked, and below nothing else. */
export function answerFirst(blocks: readonly Block[]): Block[] {
  const said = verdictFirst(blocks);
  const first = said.findIndex((block) => !isBeside(block));
  // "So far" begins with the path, which is what was asked for.
  return first <= 0 || said[0]?.type === "path" ? said : [...said.slice(first), ...said.slice(0, first)];
}

/** For a notification, of which a phone shows three lines: the small print comes last. */
export function forNotification(blocks: readonly Block[]): Block[] {
  const said = verdictFirst(blocks);
  return [...said.filter((block) => !isBeside(block)), ...said.filter(isBeside)];
}
