/** The connections that serve this tunnel on an end without crypto maps. */
import { canonicalAddress } from "../../domain/network.ts";
import type { Connection, ConnectionChild } from "../../domain/readings/connection.ts";
import { isPublic } from "../address-kinds.ts";
import type { Held } from "../known.ts";
import { oncePerView } from "../once-per-end.ts";
import { takesAnybody } from "../unnamed-peers.ts";
import type { EndView } from "../view.ts";

/**
 * The connections that name this tunnel's peer; where none does, or no peer is known, those for whoever comes ("%any"), and
 * where no peer is known, or it is behind a NAT, the only one there is. Disabled ones are none. Empty: not known, or there is none.
 */
export const connectionsForPeer = oncePerView((end): readonly Held<Connection>[] => {
  const all = (end.connections?.items ?? []).filter(({ item }) => item.disabled !== true);
  const { peer } = end;
  const named = peer === undefined ? [] : all.filter(({ item }) => namesPeer(item, peer));
  if (named.length > 0) return named;
  // A router may have a crypto map beside its tunnel interfaces; the entry that names the peer is the one.
  const isOfMap = (end.mapEntries?.items ?? []).some(({ item }) =>
    item.peers.some((address) => (canonicalAddress(address) ?? address) === peer),
  );
  if (isOfMap) return [];
  // A router may have crypto maps and tunnel interfaces: an entry that names the peer goes before whoever comes.
  const isMapped = (end.mapEntries?.items ?? []).some(({ item }) => peer !== undefined && item.peers.includes(peer));
  if (isMapped) return [];
  const open = all.filter(({ item }) => takesAnybody(item));
  if (open.length > 0) return open;
  const [only, ...others] = all;
  if (!only || others.length > 0) return [];
  // Behind a NAT the peer is named by another address than it has.
  const isBehindNat = peer !== undefined && !isPublic(peer) && only.item.remote.every(isPublic);
  return peer === undefined || isBehindNat ? [only] : [];
});

/** The one connection for the peer; undefined where there are none or several. */
export function connectionForPeer(end: EndView): Held<Connection> | undefined {
  const connections = connectionsForPeer(end);
  return connections.length === 1 ? connections[0] : undefined;
}

/**
 * The connections that name the peer, or nobody (AWS), where all of them are switched off; of an end whose peer is not known, all
 * it has.
 */
export function switchedOffConnections(end: EndView): readonly Held<Connection>[] {
  const { peer } = end;
  const named = (end.connections?.items ?? []).filter(
    ({ item }) => peer === undefined || item.remote.length === 0 || namesPeer(item, peer),
  );
  return named.every(({ item }) => item.disabled === true) ? named : [];
}

/** What the connections for the peer protect. */
export function childrenForPeer(end: EndView): readonly Held<ConnectionChild>[] {
  return connectionsForPeer(end).flatMap((held) => held.item.children.map((item) => ({ ...held, item })));
}

export function namesPeer({ remote }: Connection, peer: string): boolean {
  return remote.some((address) => (canonicalAddress(address) ?? address) === peer);
}
