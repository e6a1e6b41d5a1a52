/** Whether an end that points here is the one this end means, or a branch that this end does not name. */
import type { Side } from "../domain/ids.ts";
import { canonicalAddress } from "../domain/network.ts";
import type { Reading } from "../domain/readings/index.ts";
import type { AclEntry, CryptoMapEntry } from "../domain/readings/ipsec.ts";
import { isPublic } from "./address-kinds.ts";
import { flowsOfChild } from "./compare/child-flows.ts";
import { type Flow, flowOfEntry, flowOfSelectors, flowsOverlap, mirrored } from "./compare/flow.ts";
import type { Ends } from "./ends.ts";

/**
 * True: the shown end names an address of the other one, none of its own is among those that the other means (`named`),
 * and nothing makes it the same tunnel all the same: their protected networks do not meet. Where those are not known, only
 * address translation could explain it, which two public addresses leave no room for.
 */
export function isStranger(readings: readonly Reading[], ends: Ends, shown: Side, named: ReadonlySet<string>): boolean {
  const other: Side = shown === "local" ? "remote" : "local";
  const { own, peers } = ends[shown];
  const pointsHere = [...ends[other].own].some((address) => peers.has(address));
  if (!pointsHere || own.size === 0 || named.size === 0 || [...own].some((address) => named.has(address))) return false;
  const theirs = protectedBy(readings, shown, ends[other].own);
  const ours = protectedBy(readings, other, named);
  if (theirs.length > 0 && ours.length > 0)
    return !theirs.some((flow) => ours.some((item) => flowsOverlap(mirrored(flow), item)));
  return [...own].some(isPublic) && [...named].every(isPublic);
}

/** The flows that an end protects towards any of these peers, by its map entries, tables and sessions. */
function protectedBy(readings: readonly Reading[], side: Side, peers: ReadonlySet<string>): Flow[] {
  const entries: CryptoMapEntry[] = [];
  const lists = new Map<string, readonly AclEntry[]>();
  const flows: Flow[] = [];
  const isWanted = (peer: string | undefined) => peers.has(canonicalAddress(peer ?? "") ?? "");
  for (const { value, origin } of readings) {
    if (origin.side !== side) continue;
    if (value.kind === "crypto-maps") entries.push(...value.maps.flatMap((map) => map.entries));
    else if (value.kind === "connections")
      for (const { remote, children } of value.connections) {
        if (remote.some(isWanted)) flows.push(...children.flatMap(flowsOfChild));
      }
    else if (value.kind === "access-lists") for (const list of value.lists) lists.set(list.name, list.entries);
    else if (value.kind === "ipsec-sas")
      for (const { remoteEndpoint, peer, localIdent, remoteIdent } of value.flows)
        if (isWanted(remoteEndpoint ?? peer) && localIdent && remoteIdent)
          flows.push(flowOfSelectors(localIdent, remoteIdent));
  }
  for (const { peers: theirs, aclName = "", acl } of entries)
    if (theirs.some(isWanted))
      for (const entry of lists.get(aclName) ?? acl ?? []) {
        const flow = entry.action === "permit" ? flowOfEntry(entry) : undefined;
        if (flow) flows.push(flow);
      }
  return flows;
}
