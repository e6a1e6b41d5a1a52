/** A server's cases, as a list with links. */
import { canonicalAddress } from "../../domain/network.ts";
import type { CaseFilter, CaseHead } from "../../store/store.ts";
import type { Sendable } from "./api.ts";
import type { Desk, From } from "./desk.ts";
import { escapedLine, shortened } from "./markdown.ts";
import { CHAT, directWorkspace, linkTo } from "./place.ts";

export interface CasesWanted {
  readonly status?: "open" | "closed" | undefined;
  readonly mine?: boolean | undefined;
  readonly peer?: string | undefined;
  readonly cause?: string | undefined;
}

/** As many as a phone shows. */
const MOST_LISTED = 10;
/** Private ones of others are left out, so more than that are looked at. */
const MOST_LOOKED_AT = 30;

export async function listCases(desk: Desk, from: From, wanted: CasesWanted): Promise<Sendable> {
  const filter: CaseFilter = {
    chat: CHAT,
    workspace: from.guildId ?? directWorkspace(from.channelId),
    status: wanted.status,
    openedBy: wanted.mine === true ? from.person.id : undefined,
    peer: wanted.peer === undefined ? undefined : (canonicalAddress(wanted.peer) ?? wanted.peer),
    cause: wanted.cause,
    limit: MOST_LOOKED_AT,
  };
  const seen = await visible(desk, from, await desk.tools.cases.cases(filter), MOST_LISTED + 1);
  if (seen.length === 0) {
    const which = wanted.status === undefined ? "" : `${wanted.status} `;
    return { content: `There is no ${which}case like that here. \`/ipsec start\` begins one.` };
  }
  const lines = seen.slice(0, MOST_LISTED).map(lineOf);
  if (seen.length > MOST_LISTED) lines.push("-# There are more; name a peer or a cause to narrow it down.");
  return { content: lines.join("\n") };
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
  const { symptom, peer, title } = head.summary;
  const parts = [
    `**${head.id}** ${linkTo(head.place)}`,
    ...(head.status === "closed" ? ["closed"] : []),
    (symptom ?? "no symptom yet").replaceAll("-", " "),
    ...(peer === undefined ? [] : [`\`${peer}\``]),
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
