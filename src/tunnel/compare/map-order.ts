/** Does an entry that comes first in the crypto map take this tunnel's traffic? */
import type { AclEntry, CryptoMapEntry } from "../../domain/readings/ipsec.ts";
import { type Answer, at, NOT_KNOWN, no, type Question, yes } from "../answer.ts";
import type { Held } from "../known.ts";
import type { Tunnel } from "../tunnel.ts";
import type { EndView } from "../view.ts";
import { coversFlow, type Flow, flowOfEntry, flowsOverlap } from "./flow.ts";
import { linesOf } from "./lines.ts";
import { entryForPeer, hasPeer } from "./map-entry.ts";
import { askedOfEachEnd } from "./per-end.ts";
import { type ProtectedFlow, protectedFlows } from "./protected-flows.ts";
import { isWholeList } from "./whole-list.ts";

interface Lower {
  readonly acl: readonly AclEntry[];
  readonly held: Held<unknown>;
  readonly isWhole: boolean;
}

/**
 * Yes: an entry with a lower sequence number of the same map, for another peer, permits all of a flow of this tunnel
 * (catalogue, ipsec-no-crypto-map-entry). No: no lower entry touches any of its flows. Partial overlap is not known.
 */
function lowerEntryStealsFlow(tunnel: Tunnel, end: EndView): Answer {
  const own = entryForPeer(end);
  const flows = protectedFlows(tunnel, end);
  if (!own || !flows || flows.length === 0) return NOT_KNOWN;
  const lower = lowerEntries(end, own);
  let allKnown = end.mapEntries?.complete === true;
  for (const entry of lower) {
    const resolved = resolve(tunnel, end, entry);
    const taken = resolved && flows.map((flow) => ({ flow, ...firstTouch(resolved.acl, flow) }));
    const stolen = taken?.find(isStolen);
    if (resolved?.isWhole && stolen?.by)
      return yes([
        ...linesOf(tunnel, entry),
        at(tunnel, resolved.held, stolen.by.line),
        ...linesOf(tunnel, own),
        ...stolen.flow.evidence,
      ]);
    if (
      !taken ||
      !resolved.isWhole ||
      taken.some(({ by, covers }) => by !== undefined && !(covers && by.action === "deny"))
    )
      allKnown = false;
  }
  return allKnown ? no([...linesOf(tunnel, own), ...flows.slice(0, 5).flatMap(({ evidence }) => evidence)]) : NOT_KNOWN;
}

/** The first entry that takes a whole flow of this tunnel before its own entry does. */
export function stealingEntry(tunnel: Tunnel, end: EndView): CryptoMapEntry | undefined {
  const own = entryForPeer(end);
  const flows = protectedFlows(tunnel, end) ?? [];
  const thief =
    own &&
    lowerEntries(end, own).find((entry) => {
      const resolved = resolve(tunnel, end, entry);
      return resolved?.isWhole === true && flows.some((flow) => isStolen(firstTouch(resolved.acl, flow)));
    });
  return thief?.item;
}

/** Complete entries of the same map for other peers, which are tried before the tunnel's own. */
function lowerEntries(end: EndView, own: Held<CryptoMapEntry>): Held<CryptoMapEntry>[] {
  return (end.mapEntries?.items ?? []).filter(
    ({ item }) =>
      item.map === own.item.map &&
      item.sequence < own.item.sequence &&
      !hasPeer(item, end.peer) &&
      item.incomplete !== true,
  );
}

function isStolen({ by, covers }: ReturnType<typeof firstTouch>): boolean {
  return by?.action === "permit" && covers;
}

export const MAP_ORDER_COMPARISONS: Readonly<Record<string, Question>> = askedOfEachEnd(
  "lower-entry-steals-flow",
  true,
  lowerEntryStealsFlow,
);

function resolve(tunnel: Tunnel, end: EndView, entry: Held<CryptoMapEntry>): Lower | undefined {
  const list = end.accessLists?.items.find(({ item }) => item.name === entry.item.aclName);
  const acl = list?.item.entries ?? entry.item.acl;
  if (!acl || acl.length === 0) return undefined;
  const held = list ?? entry;
  const isWhole = isWholeList(tunnel, held, { name: entry.item.aclName ?? "", entries: acl, heading: list?.item.line });
  return { acl, held, isWhole };
}

/** The first entry that matches some of a flow, or may, and whether it surely matches all of it. */
function firstTouch(
  acl: readonly AclEntry[],
  flow: ProtectedFlow,
): { readonly by?: AclEntry | undefined; readonly covers: boolean } {
  for (const entry of acl) {
    const rule: Flow | undefined = flowOfEntry(entry);
    if (!rule) return { by: entry, covers: false };
    if (coversFlow(rule, flow)) return { by: entry, covers: true };
    if (flowsOverlap(rule, flow)) return { by: entry, covers: false };
  }
  return { covers: false };
}
