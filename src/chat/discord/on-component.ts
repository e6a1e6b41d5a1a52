/** Buttons and selects. */

import { type APIMessageComponentInteraction, ComponentType } from "discord.js";
import { handsOver } from "../../case/commands.ts";
import type { Heard } from "../../domain/chat.ts";
import type { Content } from "../../domain/inbound.ts";
import type { CaseHead } from "../../store/store.ts";
import { tellNextCases } from "./case-list.ts";
import { type Action, readCustomId } from "./custom-id.ts";
import { deleteFor } from "./deleting.ts";
import type { Desk, From } from "./desk.ts";
import { pasteForm } from "./forms.ts";
import { personOf } from "./hear.ts";
import { channelOf, linkTo } from "./place.ts";
import type { Responder } from "./responder.ts";
import { resumeCase } from "./resuming.ts";
import { withoutChoices } from "./retire.ts";
import * as say from "./words.ts";

export async function onComponent(
  desk: Desk,
  responder: Responder,
  interaction: APIMessageComponentInteraction,
): Promise<void> {
  const action = readCustomId(interaction.data.custom_id);
  const from = desk.from(interaction);
  switch (action?.type) {
    case "choose": {
      const choice = action.choice ?? chosenIn(interaction);
      if (choice === undefined) break;
      return choose(desk, responder, interaction, from, { ...action, choice });
    }
    case "paste":
      return responder.showForm(pasteForm(action));
    case "again": {
      const draft = desk.drafts.take(action.draft, from.person.id, desk.tools.now());
      if (!draft) return responder.tell({ content: "I don't have that text any more; paste it once more, please." });
      return responder.showForm(pasteForm(draft.action, draft.text));
    }
    case "delete":
      return deleteFor(desk, responder, interaction, from, action);
    case "close": {
      const heard = await onCase(desk, responder, from, action.caseId, "close", { type: "closed" });
      return retire(responder, interaction, undefined, heard);
    }
    case "reopen":
      return void (await onCase(desk, responder, from, action.caseId, "close", { type: "reopened" }));
    case "give": {
      const user = userOf(interaction);
      if (!user) break;
      if (user.bot === true) return responder.tell({ content: "A case belongs to a person; choose somebody else." });
      return void (await onCase(desk, responder, from, action.caseId, "hand-over", {
        type: "handed-to",
        person: personOf(user),
      }));
    }
    case "cases":
      await responder.defer(true);
      return responder.tell(await tellNextCases(desk, from, action.words));
    case "resume":
      return resumeCase(desk, responder, from, action.caseId ?? "");
    default:
  }
  return responder.tell({ content: say.UNKNOWN_BUTTON });
}

async function choose(
  desk: Desk,
  responder: Responder,
  interaction: APIMessageComponentInteraction,
  from: From,
  action: Extract<Action, { type: "choose" }> & { readonly choice: string },
): Promise<void> {
  const restricted = handsOver(action.choice) ? "hand-over" : undefined;
  const content: Content = { type: "chose", choice: action.choice, turn: action.turn };
  const heard = await onCase(desk, responder, from, action.caseId, restricted, content);
  await retire(responder, interaction, action.choice, heard);
}

/** @param chosen undefined: closing the case */
async function retire(
  responder: Responder,
  { message }: APIMessageComponentInteraction,
  chosen: string | undefined,
  heard: Heard | undefined,
): Promise<void> {
  const left = heard?.outcome === "taken" ? withoutChoices(message, chosen, heard.isTooLate) : undefined;
  if (left) await responder.edit({ components: left }).catch(() => undefined);
}

/** @returns what became of it; undefined where it came to no case */
async function onCase(
  desk: Desk,
  responder: Responder,
  from: From,
  caseId: string,
  restricted: "close" | "hand-over" | undefined,
  content: Content,
): Promise<Heard | undefined> {
  const refusal = restricted && desk.refused(restricted, from);
  if (refusal !== undefined) {
    await responder.tell({ content: refusal });
    return undefined;
  }
  await responder.acknowledge();
  const head: CaseHead | undefined = await desk.caseById(caseId, from);
  if (!head) {
    await responder.tell({ content: say.notKept(caseId) });
    return undefined;
  }
  const heard = await desk.hear(desk.inbound(responder.interaction.id, head.place, from, content));
  const unanswered = desk.unanswered(heard, caseId);
  if (unanswered) await responder.tell(unanswered);
  else if (channelOf(head.place) !== from.channelId) await responder.tell({ content: `See ${linkTo(head.place)}.` });
  return heard;
}

function chosenIn({ data }: APIMessageComponentInteraction): string | undefined {
  return data.component_type === ComponentType.StringSelect ? data.values[0] : undefined;
}

function userOf({ data }: APIMessageComponentInteraction) {
  return data.component_type === ComponentType.UserSelect ? data.resolved.users[data.values[0] ?? ""] : undefined;
}
