/** Which case somebody means, and whether they may see it. */
import type { CaseHead } from "../../store/store.ts";
import { caseOf, type Desk } from "./desk.ts";
import { isDirect, threadOf } from "./place.ts";
import { isPublic } from "./public-channel.ts";

export interface Asking {
  readonly workspace: string;
  readonly channel: string;
  readonly person: string;
}

/** Open cases of a channel and of a person; newest first. */
export async function openCasesFor(desk: Desk, { workspace, channel, person }: Asking): Promise<readonly CaseHead[]> {
  const heads = await desk.tools.cases.cases({ chat: "slack", workspace, status: "open", limit: 1_000 });
  return heads.filter((head) => threadOf(head.place).channel === channel || head.openedBy.id === person);
}

/** The one that is meant without its id: the only one of theirs in this channel, else the only one there. */
export async function meantCase(desk: Desk, asking: Asking): Promise<CaseHead | undefined> {
  const here = (await openCasesFor(desk, asking)).filter(({ place }) => threadOf(place).channel === asking.channel);
  const own = here.filter(({ openedBy }) => openedBy.id === asking.person);
  if (own.length === 1) return own[0];
  return own.length === 0 && here.length === 1 ? here[0] : undefined;
}

/** The case of an id, where this person may see it; undefined as if there were none. */
export async function visibleCase(
  desk: Desk,
  { workspace, channel, person }: Asking,
  caseId: string,
): Promise<CaseHead | undefined> {
  const head = await caseOf(desk, workspace, caseId);
  if (head === undefined) return undefined;
  const there = threadOf(head.place).channel;
  if (there === channel || head.openedBy.id === person) return head;
  return !isDirect(there) && (await isPublic(desk.client, there)) ? head : undefined;
}
