/** The crypto map entries that serve this tunnel on an end. */
import { canonicalAddress } from "../../domain/network.ts";
import type { CryptoMapEntry } from "../../domain/readings/ipsec.ts";
import type { Held } from "../known.ts";
import { oncePerView } from "../once-per-end.ts";
import { takesPeersUnnamed } from "../unnamed-peers.ts";
import type { EndView } from "../view.ts";
import { connectionsForPeer } from "./connection.ts";
import { isSameInterface } from "./endpoints.ts";

/** Entries written for one peer each, of all maps; neither dynamic entries nor IPsec profiles. */
export const staticEntries = oncePerView((end): readonly Held<CryptoMapEntry>[] =>
  (end.mapEntries?.items ?? []).filter(
    ({ item }) =>
      (item.type === "ipsec-isakmp" || item.type === "unknown" || item.type === "ipsec-manual") &&
      !takesPeersUnnamed(item),
  ),
);

/** Whether something other than a static entry can serve a peer here: a dynamic map, GDOI, or a tunnel interface. */
export function servesPeersOtherwise(end: EndView): boolean {
  return (
    (end.mapEntries?.items ?? []).some(({ item }) => item.type !== "ipsec-isakmp" || takesPeersUnnamed(item)) ||
    (end.interfaces?.items ?? []).some(({ item }) => item.tunnelProtection !== undefined)
  );
}

/**
 * The entries with this tunnel's peer; where no peer is known, the only entry there is, unless the tunnel may be one that
 * a dynamic entry serves. Entries of maps that are applied are preferred to entries of maps that are not. Empty: not
 * known, or there is none (see `mapEntries.complete`).
 */
export const entriesForPeer = oncePerView((end): readonly Held<CryptoMapEntry>[] => {
  const entries = staticEntries(end);
  if (end.peer === undefined) return entries.length === 1 && !servesPeersOtherwise(end) ? entries : [];
  const ours = entries.filter(({ item }) => hasPeer(item, end.peer));
  const applied = ours.filter(({ item }) => interfacesOfMap(end, item.map).length > 0);
  return applied.length > 0 ? applied : ours;
});

/** The one entry for the peer; undefined where there are none or several. */
export function entryForPeer(end: EndView): Held<CryptoMapEntry> | undefined {
  const entries = entriesForPeer(end);
  return entries.length === 1 ? entries[0] : undefined;
}

export function hasPeer(entry: CryptoMapEntry, peer: string | undefined): boolean {
  return peer !== undefined && entry.peers.some((item) => (canonicalAddress(item) ?? item) === peer);
}

/** Names of the interfaces on which a map was seen in use, by whatever output showed it. */
export function interfacesOfMap(end: EndView, map: string): readonly string[] {
  const use = end.mapUses.findLast(({ item }) => item.name === map)?.item.interfaces ?? [];
  const configured = (end.interfaces?.items ?? []).filter(({ item }) => item.cryptoMap === map);
  const flows = (end.flows.at(-1)?.items ?? []).filter(({ item }) => item.mapTag === map);
  const names = [
    ...use,
    ...configured.map(({ item }) => item.name),
    ...flows.flatMap(({ item }) => item.interface ?? []),
  ];
  return names.filter((name, index) => names.findIndex((other) => isSameInterface(name, other)) === index);
}

/** The interfaces that carry this tunnel's crypto map, or that its connection goes out by, where known. */
export const cryptoInterfaces = oncePerView((end): readonly string[] => {
  const maps = new Set(entriesForPeer(end).map(({ item }) => item.map));
  if (maps.size > 0) return [...maps].flatMap((map) => interfacesOfMap(end, map));
  const outside = connectionsForPeer(end).flatMap(({ item }) => item.interface ?? []);
  if (outside.length > 0) return [...new Set(outside)];
  return [...new Set((end.flows.at(-1)?.items ?? []).flatMap(({ item }) => item.interface ?? []))];
});
