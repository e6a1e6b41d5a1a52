/** Which interface of an end is the one towards the peer. */

import { prefixLengthOf } from "../../domain/network.ts";
import type { InterfaceState } from "../../domain/readings/path.ts";
import { interfaceTowards, interfaceWith, isSameInterface } from "../../tunnel/compare/endpoints.ts";
import { cryptoInterfaces } from "../../tunnel/compare/map-entry.ts";
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

/** The next hop of the static default route, else the gateway of last resort that the routing table shows. */
export function nextHopTowardsPeer(end: EndView): string | undefined {
  const statics = (end.staticRoutes?.items ?? []).map(({ item }) => item);
  const byDefault = statics.find(({ network }) => prefixLengthOf(network) === 0);
  return byDefault?.nextHop ?? end.routes.at(-1)?.item.gatewayOfLastResort;
}
