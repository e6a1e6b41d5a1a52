/** Which of a peer's earlier cases to tell of. */
import type { CaseHead, Store } from "../store/store.ts";

/** The same cause before others, one that was mended before one that was not, then the newest. */
export function likestOf(heads: readonly CaseHead[], cause: string | undefined): CaseHead | undefined {
  const weight = ({ summary }: CaseHead) =>
    (cause !== undefined && summary.cause === cause ? 2 : 0) + (summary.fixedAt === undefined ? 0 : 1);
  return heads.toSorted((one, other) => weight(other) - weight(one) || other.openedAt - one.openedAt)[0];
}

const MOST = 50;

/** The earlier case of the peer, or of the tunnel told from its other end, as `LockedCase.earlier` finds them. */
export async function earlierOf(
  store: Pick<Store, "cases">,
  { id, place, openedAt, summary: { peer, own, cause } }: CaseHead,
): Promise<CaseHead | undefined> {
  if (peer === undefined) return undefined;
  const all = await store.cases({ chat: place.chat, workspace: place.workspace, peer, limit: MOST });
  const before = all.filter(({ summary, ...head }) => {
    const isSame = summary.peer === peer || (own !== undefined && summary.peer === own && summary.own === peer);
    return head.id !== id && head.openedAt < openedAt && summary.cause !== undefined && isSame;
  });
  return likestOf(before, cause);
}
