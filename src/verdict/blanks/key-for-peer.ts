/** Which key of an end is meant for its peer. */
import type { IkeKey } from "../../domain/readings/ike.ts";
import { keyCoverage } from "../../tunnel/compare/key-coverage.ts";
import type { EndView } from "../../tunnel/view.ts";

/** The key of this end that is in use for the peer, or that was meant to be. */
export function keyForPeer(
  end: EndView,
  peer = end.peer,
): { readonly key: IkeKey; readonly isHost: boolean } | undefined {
  if (peer === undefined) return undefined;
  let best: { readonly key: IkeKey; readonly isHost: boolean; readonly length: number } | undefined;
  for (const { item } of end.keys?.items ?? []) {
    const coverage = keyCoverage(item, peer);
    if (coverage && coverage.length > (best?.length ?? -1)) best = { key: item, ...coverage };
  }
  return best;
}
