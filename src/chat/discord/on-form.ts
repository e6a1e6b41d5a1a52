/** Forms that were sent. */
import type { APIModalSubmitInteraction } from "discord.js";
import { StoreUnavailable } from "../../domain/chat.ts";
import { controlRow } from "./choices.ts";
import { type Action, readCustomId } from "./custom-id.ts";
import { awayWords, type Desk, type From } from "./desk.ts";
import { readForm } from "./forms.ts";
import { isOpenHere, openCase } from "./opening.ts";
import { channelOf, linkTo } from "./place.ts";
import type { Responder } from "./responder.ts";
import * as say from "./words.ts";

export async function onForm(desk: Desk, responder: Responder, interaction: APIModalSubmitInteraction): Promise<void> {
  const action = readCustomId(interaction.data.custom_id);
  if (action?.type !== "paste" && action?.type !== "diagnose") return responder.tell({ content: say.UNKNOWN_BUTTON });
  const from = desk.from(interaction);
  try {
    await (action.type === "paste"
      ? paste(desk, responder, interaction, from, action.caseId)
      : diagnose(desk, responder, interaction, from, action));
  } catch (error) {
    if (!(error instanceof StoreUnavailable)) throw error;
    await keepForLater(desk, responder, { interaction, from, action, why: awayWords(error) });
  }
}

interface Unsent {
  readonly interaction: APIModalSubmitInteraction;
  readonly from: From;
  readonly action: Action;
  readonly why: string;
  /** The closed case that it was for. */
  readonly reopens?: string;
}

/** What was typed is not lost: the form can be opened again with it. */
async function keepForLater(
  desk: Desk,
  responder: Responder,
  { interaction, from, action, why, reopens }: Unsent,
): Promise<void> {
  const { text } = readForm(interaction.data);
  const draft = desk.drafts.keep({ person: from.person.id, action, text }, desk.tools.now());
  const reopen = { label: "Reopen", action: { type: "reopen", caseId: reopens ?? "" } } as const;
  const again = { label: "Open the form again", action: { type: "again", draft } } as const;
  const row = controlRow(reopens === undefined ? [again] : [reopen, again]);
  await responder.tell({ content: why, components: row ? [row] : [] });
}

async function paste(
  desk: Desk,
  responder: Responder,
  interaction: APIModalSubmitInteraction,
  from: From,
  caseId: string,
): Promise<void> {
  await responder.defer(true);
  const head = await desk.caseById(caseId, from);
  if (!head) return responder.tell({ content: say.notKept(caseId) });
  const { text, files, problems, side } = await contentOf(desk, interaction);
  if (text.trim() === "" && files.length === 0)
    return responder.tell({ content: [...problems, ...(problems.length === 0 ? [say.NOTHING_IN_IT] : [])].join("\n") });
  const content = { type: "said" as const, text, side, ...(files.length > 0 && { files }) };
  const heard = await desk.hear(desk.inbound(interaction.id, head.place, from, content));
  if (heard.outcome === "closed" && text.trim() !== "")
    return keepForLater(desk, responder, {
      interaction,
      from,
      action: { type: "paste", caseId },
      why: say.isClosed(caseId),
      reopens: caseId,
    });
  const unanswered = desk.unanswered(heard, caseId);
  if (unanswered) return responder.tell(unanswered);
  const where = channelOf(head.place) === from.channelId ? "below" : `in ${linkTo(head.place)}`;
  await responder.tell({ content: [`Taken; my answer is ${where}.`, ...problems].join("\n") });
}

async function diagnose(
  desk: Desk,
  responder: Responder,
  interaction: APIModalSubmitInteraction,
  from: From,
  { isPrivate }: Extract<Action, { type: "diagnose" }>,
): Promise<void> {
  return openCase(desk, responder, from, {
    isPrivate,
    async content() {
      const { text, files, problems, side } = await contentOf(desk, interaction);
      if (text.trim() === "" && files.length === 0) return problems.join("\n") || say.NOTHING_IN_IT;
      const all = text.trim() === "" ? files : [{ name: "message.txt", text }, ...files];
      const given = { files: all, ...(side !== undefined && { side }) };
      if (await isOpenHere(desk, from)) return { content: { type: "said", text: "", ...given }, problems };
      return { content: { type: "opened", ...given }, problems };
    },
  });
}

async function contentOf(desk: Desk, { data }: APIModalSubmitInteraction) {
  const { text, files: ids, side } = readForm(data);
  const attached = ids.flatMap((id) => data.resolved?.attachments?.[id] ?? []);
  return { text, side, ...(await desk.fetchAll(attached)) };
}
