/** Which of a peer's earlier cases to tell of. */
import type { CaseFilter, CaseHead, EarlierCase, Store } from "../store/store.ts";

/** The same cause before others, one that was mended before one that was not, then the newest. */
export function likestOf<T extends EarlierCase>(cases: readonly T[], cause: string | undefined): T | undefined {
  const weight = ({ summary }: EarlierCase) =>
    (cause !== undefined && summary.cause === cause ? 2 : 0) + (summary.fixedAt === undefined ? 0 : 1);
  return cases.toSorted((one, other) => weight(other) - weight(one) || other.openedAt - one.openedAt)[0];
}

const MOST = 50;

/** The earlier case of the peer, or of the tunnel told from its other end, as `LockedCase.earlier` finds them. */
export async function earlierOf(store: Pick<Store, "cases">, head: CaseHead): Promise<CaseHead | undefined> {
  const { chat, workspace } = head.place;
  return likestOf(await earlierIn(store, head, { chat, workspace }), head.summary.cause);
}

/** The case that others are before; `openedAt` where not all of them are. */
interface TheCase extends Pick<CaseHead, "summary"> {
  readonly id?: string | undefined;
  readonly openedAt?: number | undefined;
}

/** All of them; without a scope, of all chats. */
export async function earlierIn(
  store: Pick<Store, "cases">,
  { id, openedAt, summary: { peer, own } }: TheCase,
  scope: Pick<CaseFilter, "chat" | "workspace"> = {},
): Promise<CaseHead[]> {
  if (peer === undefined) return [];
  const all = await store.cases({ ...scope, peer, limit: MOST });
  return all.filter(({ summary, ...head }) => {
    const isSame = summary.peer === peer || (own !== undefined && summary.peer === own && summary.own === peer);
    const isBefore = openedAt === undefined || head.openedAt < openedAt;
    return head.id !== id && isBefore && summary.cause !== undefined && isSame;
  });
}
