/** The one message of a case that is kept up to date. */
import type { APIEmbed, APIEmbedField } from "discord.js";
import type { CaseLook } from "../../case/look.ts";
import { pathBlock } from "../../speech/diagnosis.ts";
import { SYMPTOMS } from "../../speech/next-step.ts";
import type { CaseHead } from "../../store/store.ts";
import type { Sendable } from "./api.ts";
import { type Control, controlRow } from "./choices.ts";
import { MOST_EMBED_DESCRIPTION, MOST_EMBED_FIELD, MOST_EMBED_TITLE, MOST_THREAD_NAME } from "./limits.ts";
import { escapedLine, label, shortened } from "./markdown.ts";
import { piecesOf } from "./pieces.ts";
import { CHAT, isDirect, linkTo } from "./place.ts";

/** Discord's own green, red, yellow and grey. */
const COLOURS = { healthy: 0x23_a5_5a, found: 0xf2_3f_43, open: 0xf0_b2_32, closed: 0x80_84_8e } as const;

export function statusMessage(head: CaseHead, look: CaseLook): Sendable {
  const { diagnosis } = look.situation;
  const { verdict } = diagnosis;
  const [best] = verdict.verdict === "found" ? verdict.findings : [];
  const standing =
    verdict.verdict === "healthy"
      ? "✅ The tunnel is healthy"
      : best
        ? `❌ ${escapedLine(shortened(best.title, 300))} · ${best.certainty}`
        : "❔ not known yet";
  const path = piecesOf(pathBlock(diagnosis)).texts.join("\n");
  const isClosed = head.status === "closed";
  const embed: APIEmbed = {
    title: shortened(`Case ${head.id}${isClosed ? " · closed" : ""}`, MOST_EMBED_TITLE),
    description: shortened([standing, path].join("\n"), MOST_EMBED_DESCRIPTION),
    color: isClosed ? COLOURS.closed : COLOURS[best ? "found" : verdict.verdict === "healthy" ? "healthy" : "open"],
    fields: fieldsOf(head, look),
  };
  const row = controlRow(controlsOf(head, look.version));
  return { embeds: [embed], components: row ? [row] : [] };
}

/** What stays of it at a place that the case has left: nothing there can be pressed any more. */
export function leftMessage({ id, place }: Pick<CaseHead, "id" | "place">): Sendable {
  const link = place.chat === CHAT && !isDirect(place) ? { description: `→ ${linkTo(place)}` } : {};
  return { embeds: [{ title: `Case ${id} · goes on elsewhere`, color: COLOURS.closed, ...link }], components: [] };
}

function fieldsOf(head: CaseHead, { situation }: CaseLook): APIEmbedField[] {
  const { symptom, peer } = situation.diagnosis.tunnel.known;
  const far = peer ?? situation.diagnosis.tunnel.focus.remote;
  const field = (name: string, value: string) => ({ name, value: shortened(value, MOST_EMBED_FIELD), inline: true });
  return [
    field("Symptom", symptom === undefined ? "not said yet" : SYMPTOMS[symptom]),
    field("Peer", far === undefined ? "not known yet" : `\`${far}\``),
    field("Whose", escapedLine(head.openedBy.name ?? "somebody")),
  ];
}

function controlsOf(head: CaseHead, turn: number): Control[] {
  const choose = (choice: string) => ({ type: "choose", caseId: head.id, turn, choice }) as const;
  if (head.status === "closed") return [{ label: "Reopen", action: { type: "reopen", caseId: head.id } }];
  return [
    { label: "So far", action: choose("so-far") },
    { label: "Write it up", action: choose("hand-over") },
    { label: "Close", action: { type: "close", caseId: head.id } },
  ];
}

/** "7F3K · tunnel down · 198.51.100.7" */
export function threadName({ id, summary }: CaseHead): string {
  const symptom = summary.symptom === undefined || summary.symptom === "unknown" ? "tunnel" : summary.symptom;
  const parts = [id, symptom.replaceAll("-", " "), ...(summary.peer === undefined ? [] : [summary.peer])];
  return label(parts.join(" · "), MOST_THREAD_NAME);
}
