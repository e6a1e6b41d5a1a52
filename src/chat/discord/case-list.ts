/** A server's cases, as a list with links. */
import { type CasesAsked, casesAsked, sinceIn } from "../../case/cases-asked.ts";
import { type CasesListed, listCases, type Scope } from "../../looking-back/list.ts";
import { searchEverywhere } from "../../looking-back/search.ts";
import { dayOf, speakFigures, speakKnown } from "../../speech/looking-back.ts";
import type { CaseHead } from "../../store/store.ts";
import type { Sendable } from "./api.ts";
import { controlRow } from "./choices.ts";
import type { Desk, From } from "./desk.ts";
import { escapedLine, shortened } from "./markdown.ts";
import { CHAT, directWorkspace, linkTo } from "./place.ts";
import { renderReply } from "./render.ts";

/** As many as a phone shows. */
const MOST_LISTED = 10;
export async function tellCases(desk: Desk, from: From, asked: CasesAsked): Promise<Sendable> {
  return sendable(await listCases(desk.tools.cases, asked, scopeOf(desk, from)));
}

/** What the button to the next page asks for. */
export async function tellNextCases(desk: Desk, from: From, words: string): Promise<Sendable> {
  const asked = casesAsked(words.split(" "));
  return "remedy" in asked ? { content: asked.remedy } : tellCases(desk, from, asked);
}

export async function tellFigures(desk: Desk, from: From, since: string | undefined): Promise<readonly Sendable[]> {
  const openedSince = since === undefined ? undefined : sinceIn(since, desk.tools.now());
  if (since !== undefined && openedSince === undefined) return [{ content: SINCE_HELP }];
  const figures = await desk.tools.cases.figures({ chat: CHAT, workspace: workspaceOf(from), openedSince });
  return renderReply(speakFigures(figures, openedSince === undefined ? undefined : dayOf(openedSince)));
}

export const SINCE_HELP = "Say since when as `7d`, `12h`, `yesterday` or `2026-11-01`.";

export async function tellSearch(desk: Desk, from: From, words: string): Promise<readonly Sendable[]> {
  const { cases, known } = desk.tools;
  const found = await searchEverywhere(cases, known, words, scopeOf(desk, from));
  return [...renderReply({ blocks: speakKnown(words, found.known, "/ipsec explain") }), sendable(found.cases)];
}

function workspaceOf(from: From): string {
  return from.guildId ?? directWorkspace(from.channelId);
}

function scopeOf(desk: Desk, from: From): Scope {
  return {
    chat: CHAT,
    workspace: workspaceOf(from),
    person: from.person.id,
    now: desk.tools.now(),
    pageSize: MOST_LISTED,
    maySee: (head) => desk.maySee(head, from),
  };
}

function sendable({ heads, isNearest, next, title, hints }: CasesListed): Sendable {
  if (heads.length === 0) {
    const more = hints.map((hint) => hint.replaceAll("`cases", "`/ipsec cases"));
    return { content: [`There is no ${title} here. \`/ipsec start\` begins one.`, ...more].join(" ") };
  }
  const lines = heads.map(lineOf);
  if (isNearest) lines.unshift("-# None has all of these words; these come nearest.");
  const row =
    next === undefined ? undefined : controlRow([{ label: "Older ones", action: { type: "cases", words: next } }]);
  if (next !== undefined) lines.push("-# There are more; a peer, a cause, a word or since when narrows it down.");
  return { content: lines.join("\n"), ...(row && { components: [row] }) };
}

/** Those that this person may see, up to so many. */
export async function visible(
  desk: Desk,
  from: Pick<From, "channelId" | "person">,
  heads: readonly CaseHead[],
  most: number,
): Promise<CaseHead[]> {
  const seen: CaseHead[] = [];
  for (const head of heads) {
    if (seen.length >= most) break;
    if (await desk.maySee(head, from)) seen.push(head);
  }
  return seen;
}

function lineOf(head: CaseHead): string {
  const { symptom, peer, title, verdict } = head.summary;
  const parts = [
    `**${head.id}** ${linkTo(head.place)}`,
    ...(head.status === "closed" ? ["closed"] : []),
    (symptom ?? "no symptom yet").replaceAll("-", " "),
    ...(peer === undefined ? [] : [`\`${peer}\``]),
    ...(verdict === "healthy" ? ["works"] : []),
    ...(title === undefined ? [] : [escapedLine(shortened(title, 60))]),
    escapedLine(head.openedBy.name ?? "somebody"),
    `<t:${Math.floor(head.changedAt / 1000)}:R>`,
  ];
  return `- ${parts.join(" · ")}`;
}

/** "7F3K · tunnel down · 198.51.100.7 · open" */
export function shortLineOf({ id, status, summary: { symptom, peer } }: CaseHead): string {
  const parts = [
    id,
    ...(symptom === undefined ? [] : [symptom.replaceAll("-", " ")]),
    ...(peer === undefined ? [] : [peer]),
    status,
  ];
  return parts.join(" · ");
}
