/** Which interface of an end is the one towards the peer. */

import { containsNetwork, hostNetwork, prefixLengthOf } from "../../domain/network.ts";
import type { InterfaceState, StaticRoute } from "../../domain/readings/path.ts";
import { interfaceTowards, interfaceWith, isSameInterface } from "../../tunnel/compare/endpoints.ts";
import { cryptoInterfaces } from "../../tunnel/compare/map-entry.ts";
import { vrfOfCryptoInterface } from "../../tunnel/compare/routes.ts";
import type { EndView } from "../../tunnel/view.ts";

/** The interface with the crypto map, else the one with the endpoint address, else the one of the default route. */
export function outsideInterface(end: EndView): InterfaceState | undefined {
  const [used] = cryptoInterfaces(end);
  const all = end.interfaces?.items ?? [];
  if (used !== undefined) return all.find(({ item }) => isSameInterface(item.name, used))?.item;
  const byAddress = end.own === undefined ? undefined : interfaceWith(end, end.own);
  const hop = byAddress ? undefined : nextHopTowardsPeer(end);
  return (byAddress ?? (hop === undefined ? undefined : interfaceTowards(end, hop)))?.item;
}

/**
 * The next hop on the way to the peer: the peer itself where it is a neighbour, the best static route that covers it,
 * what the routing table said of it, or the gateway of last resort that it showed.
 */
export function nextHopTowardsPeer(end: EndView): string | undefined {
  const { peer } = end;
  const host = hostNetwork(peer ?? "");
  if (peer === undefined || host === undefined) return undefined;
  if (interfaceTowards(end, peer)) return peer;
  const vrf = vrfOfCryptoInterface(end);
  const statics = (end.staticRoutes?.items ?? [])
    .map(({ item }) => item)
    .filter((item) => item.vrf === vrf && item.nextHop !== undefined && containsNetwork(item.network, host));
  const longest = statics.reduce<StaticRoute | undefined>(
    (best, item) => (best === undefined || lengthOf(item) > lengthOf(best) ? item : best),
    undefined,
  );
  if (longest) return longest.nextHop;
  const asked = end.routes.findLast(({ item }) => item.asked === peer)?.item.routes[0]?.via[0]?.nextHop;
  return asked ?? (peer.includes(":") ? undefined : end.routes.at(-1)?.item.gatewayOfLastResort);
}

function lengthOf({ network }: StaticRoute): number {
  return prefixLengthOf(network) ?? 0;
}
