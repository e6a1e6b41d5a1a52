/**
 * "This peer had this before." A reply names the earlier case by its id only; what it says of it is looked up when it is
 * sent, so that nothing of a case that is gone, or that may not be seen here, is told or kept.
 */
import type { Outgoing, Sender } from "../domain/chat.ts";
import type { Block } from "../domain/reply.ts";
import { likestOf } from "../looking-back/earlier.ts";
import { hadBefore } from "../speech/looking-back.ts";
import type { CaseHead, CaseSummary, LockedCase, Store } from "../store/store.ts";

/**
 * The earlier case to tell of with this turn: when the peer becomes known, or when a cause is found that it had before.
 * @returns its id
 */
export async function earlierToTell(
  locked: Pick<LockedCase, "earlier"> & { readonly head: Pick<CaseHead, "summary"> },
  now: CaseSummary,
): Promise<string | undefined> {
  const before = locked.head.summary;
  const { peer, own, cause } = now;
  if (peer === undefined) return undefined;
  const isNewPeer = peer !== before.peer;
  const isNewCause = now.verdict === "found" && cause !== before.cause;
  if (!isNewPeer && !isNewCause) return undefined;
  const all = await locked.earlier({ peer, own });
  return likestOf(isNewPeer ? all : all.filter((head) => head.summary.cause === cause), cause)?.id;
}

/** What is told of it, where it is still kept and may be seen at that place. */
export async function tellEarlier(
  earlier: string,
  store: Pick<Store, "caseById">,
  maySee: (head: CaseHead) => Promise<boolean>,
): Promise<readonly Block[]> {
  const head = await store.caseById(earlier);
  return head !== undefined && head.summary.cause !== undefined && (await maySee(head)) ? [hadBefore(head)] : [];
}

/** A row of the outbox with what it has to tell of an earlier case. */
export async function withEarlier<T extends Outgoing>(
  row: T,
  store: Pick<Store, "caseById">,
  { isOpenTo }: Pick<Sender, "isOpenTo">,
): Promise<T> {
  const { body } = row;
  if (body.type !== "reply" || body.earlier === undefined) return row;
  const told = await tellEarlier(body.earlier, store, async ({ place }) => {
    const isHere = place.chat === row.place.chat && place.workspace === row.place.workspace;
    return isHere && (isOpenTo === undefined || (await isOpenTo(place, row.place)));
  });
  return told.length === 0 ? row : { ...row, body: { ...body, reply: { blocks: [...told, ...body.reply.blocks] } } };
}
