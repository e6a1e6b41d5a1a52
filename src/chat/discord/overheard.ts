/** What is said in a case's thread by somebody who may be talking to somebody else: they are asked in a reply, with a button. */
import { type APIMessage, MessageType, type REST, Routes } from "discord.js";
import {
  anotherSpokeLast,
  ifOverheard,
  LEFT_ALONE,
  type Spoken,
  TALK_LASTS_S,
  TURNS_LOOKED_AT,
  type WouldDo,
} from "../../case/overheard.ts";
import type { CaseHead } from "../../store/store.ts";
import type { Sendable } from "./api.ts";
import { controlRow } from "./choices.ts";
import type { Desk } from "./desk.ts";
import { isAddressed, isSaid, type Me, namesOthers, type SeenMessage, wordsOf } from "./hear.ts";

/** Messages that are looked at, half of them before it. */
const AROUND = 100;

/**
 * @param message one that is not said to us
 * @returns what to ask the person, "talk" where it is none of ours or was asked about, undefined where it is said to us or
 * changes nothing. It is talk where it names somebody else, or where another person spoke last.
 */
export async function overheard(
  desk: Desk,
  message: SeenMessage,
  head: CaseHead,
): Promise<Sendable | "talk" | undefined> {
  const { rest, me, cases } = desk.tools;
  const does = message.attachments.length > 0 ? undefined : ifOverheard(wordsOf(message, me));
  if (does === undefined) return undefined;
  const around = await messagesAround(rest, message);
  if (!namesOthers(message, me)) {
    const turns = await cases.turns(head.id, Math.max(0, head.version - TURNS_LOOKED_AT));
    const isTurn = (id: string) => turns.some((turn) => turn.message === id);
    const before = around.filter((each) => isBefore(each, message) && isSpoken(each, me));
    const spoken = before.map(
      (each): Spoken => ({
        person: isSaid(each, me) ? each.author.id : undefined,
        toUs: isTurn(each.id) || isAddressed({ ...each, guild_id: message.guild_id } as SeenMessage, me),
      }),
    );
    if (!anotherSpokeLast(spoken, message.author.id)) return undefined;
  }
  if (does === "small talk" || head.status === "closed") return "talk";
  // What does nothing to the case is heard again after a restart.
  const wasAsked = around.some((each) => isOurQuestion(each, me) && each.message_reference?.message_id === message.id);
  return wasAsked ? "talk" : { content: LEFT_ALONE, components: rowFor(does, head) };
}

function rowFor({ choice, label }: WouldDo, { id: caseId, version: turn }: CaseHead) {
  const row = controlRow([
    { label, action: choice === undefined ? { type: "close", caseId } : { type: "choose", caseId, turn, choice } },
  ]);
  return row ? [row] : [];
}

/** In order; none where Discord does not say: whoever means us must not wait for nothing. */
async function messagesAround(rest: REST, { channel_id, id }: SeenMessage): Promise<readonly APIMessage[]> {
  const query = new URLSearchParams({ around: id, limit: String(AROUND) });
  try {
    const found = (await rest.get(Routes.channelMessages(channel_id), { query })) as APIMessage[];
    return found.toSorted((one, other) => (BigInt(one.id) < BigInt(other.id) ? -1 : 1));
  } catch {
    return [];
  }
}

function isBefore(each: APIMessage, { id, timestamp }: SeenMessage): boolean {
  const since = Date.parse(timestamp) - Date.parse(each.timestamp);
  return BigInt(each.id) < BigInt(id) && since < TALK_LASTS_S * 1_000;
}

/** Something that was said, by whomever: no notice of Discord's own, and none of our questions whether something is for us. */
function isSpoken(each: APIMessage, me: Me): boolean {
  return SPOKEN.includes(each.type) && !isOurQuestion(each, me);
}
const SPOKEN: readonly MessageType[] = [
  MessageType.Default,
  MessageType.Reply,
  MessageType.ChatInputCommand,
  MessageType.ContextMenuCommand,
];

function isOurQuestion({ author, content }: APIMessage, me: Me): boolean {
  return author.id === me.id && content === LEFT_ALONE;
}
