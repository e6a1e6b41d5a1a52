/** "Read this output": an entry in the menu of any message. */
import type { APIMessageApplicationCommandInteraction } from "discord.js";
import { isTalk } from "../../case/commands.ts";
import type { Content } from "../../domain/inbound.ts";
import { lacking } from "./access.ts";
import { writeAnswer } from "./answer.ts";
import type { Desk, From } from "./desk.ts";
import { besideFiles, wordsOf } from "./hear.ts";
import { postProblems } from "./opening.ts";
import { linkTo, placeInDirect, placeInThread } from "./place.ts";
import type { Responder } from "./responder.ts";
import * as say from "./words.ts";

export async function onMessageCommand(
  desk: Desk,
  responder: Responder,
  interaction: APIMessageApplicationCommandInteraction,
): Promise<void> {
  const from = desk.from(interaction);
  const target = interaction.data.resolved.messages[interaction.data.target_id];
  if (!target) return responder.tell({ content: say.NOTHING_IN_IT });
  if (target.author.id === desk.tools.me.id) return responder.tell({ content: say.THAT_IS_MINE });
  await responder.defer(true);
  const place = placeOf(interaction, from, target.id);
  const head = from.guildId === undefined ? await desk.caseHere(from) : await desk.tools.cases.caseAt(place);
  if (head !== undefined && (await wasRead(desk, head.id, target.id)))
    return responder.tell({ content: say.ALREADY_READ });
  if (head === undefined) {
    const gone = from.isThread ? await desk.whereItWent(from) : undefined;
    if (gone !== undefined) return responder.tell(gone);
    const thread = from.guildId === undefined || from.isThread ? "none" : "public";
    const cannot =
      desk.refused("start", from) ??
      (from.guildId === undefined ? undefined : lacking(interaction.app_permissions, thread));
    if (cannot !== undefined) return responder.tell({ content: cannot });
  }
  const seen = { channelId: target.channel_id, id: target.id };
  const { files, problems } = await desk.fetchAll(target.attachments, seen);
  const text = besideFiles(wordsOf(target, desk.tools.me), files);
  if (text.trim() === "" && files.length === 0)
    return responder.tell({ content: problems.join("\n") || say.NOTHING_IN_IT });
  if (head === undefined && files.length === 0 && isTalk(text, (words) => desk.tools.symptomIn(words)))
    return responder.tell({ content: say.NO_OUTPUT });
  const given = { text, message: target.id, ...(files.length > 0 && { files }) };
  const content: Content = { type: head === undefined ? "opened" : "said", ...given };
  const isBegun = head === undefined && from.guildId !== undefined && !from.isThread;
  const begin = { channel: from.channelId, message: target.id, isOurs: false };
  const answer = isBegun ? writeAnswer({ begin }) : undefined;
  const at = head?.place ?? place;
  const heard = await desk.hear(desk.inbound(interaction.id, at, from, content, answer));
  const unanswered = desk.unanswered(heard, head?.id);
  if (unanswered) return responder.tell(unanswered);
  await responder.tell({ content: `Read; my answer is in ${linkTo(at)}.` });
  if (problems.length > 0) await postProblems(desk, at, problems, `${interaction.id}:problems`);
}

/** In a thread, or direct messages, the case is right there; else in the thread of that very message. */
function placeOf({ id }: APIMessageApplicationCommandInteraction, from: From, targetId: string) {
  if (from.guildId === undefined) return placeInDirect(from.channelId, id);
  return placeInThread(from.guildId, from.isThread ? from.channelId : targetId);
}

async function wasRead(desk: Desk, caseId: string, message: string): Promise<boolean> {
  const look = await desk.tools.look(caseId);
  return (look?.events ?? []).some(
    (event) => (event.type === "pasted" || event.type === "pasted-anew") && event.message === message,
  );
}
