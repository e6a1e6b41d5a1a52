/** Has each end a way to its peer, outside of the tunnel? */
import { containsNetwork, hostNetwork, networkFromNetmask } from "../../domain/network.ts";
import { type Answer, NOT_KNOWN, type Question, yes } from "../answer.ts";
import type { Tunnel } from "../tunnel.ts";
import type { EndView } from "../view.ts";
import { frontDoor, linesOfFrontVrf } from "./front-door.ts";
import { distinct, linesOf } from "./lines.ts";
import { entriesForPeer } from "./map-entry.ts";
import { askedOfEachEnd } from "./per-end.ts";
import { mentionsOtherRouting } from "./routes.ts";

/**
 * Does a whole configuration have routes, and none to the peer in the table of the interface with the map? Nothing else may
 * bring one: no routing protocol, no address that is learnt, no connected network, no table that shows one. Where there is
 * no route of any kind, somebody may have taken them out of what was pasted.
 */
function hasNoRouteToPeer(tunnel: Tunnel, end: EndView): Answer {
  const front = frontDoor(end);
  const host = hostNetwork(end.peer ?? "");
  const routes = end.staticRoutes?.items ?? [];
  const isWhole = end.staticRoutes?.complete === true && end.interfaces?.complete === true;
  if (!front || !host || !isWhole || routes.length === 0) return NOT_KNOWN;
  if (front.interfaces.some(({ item }) => item.address === undefined || item.mask === undefined)) return NOT_KNOWN;
  const isServed = routes.some(({ item }) => item.vrf === front.vrf && containsNetwork(item.network, host));
  if (isServed || isConnected(end, front.vrf, host) || mayComeOtherwise(tunnel, end)) return NOT_KNOWN;
  return yes(
    distinct([
      ...entriesForPeer(end).flatMap((entry) => linesOf(tunnel, entry, "peers")),
      ...linesOfFrontVrf(tunnel, end),
      ...routes.slice(0, 5).flatMap((route) => linesOf(tunnel, route)),
    ]),
  );
}

export const PEER_ROUTE_COMPARISONS: Readonly<Record<string, Question>> = {
  ...askedOfEachEnd("configuration-has-no-route-to-the-peer", true, hasNoRouteToPeer),
};

/** On any interface of that table: also a neighbour across a point-to-point line needs no route. */
function isConnected(end: EndView, vrf: string | undefined, host: ReturnType<typeof hostNetwork>): boolean {
  return (end.interfaces?.items ?? []).some(({ item: { address, mask, vrf: table } }) => {
    const subnet = address === undefined || mask === undefined ? undefined : networkFromNetmask(address, mask);
    return table === vrf && host !== undefined && subnet !== undefined && containsNetwork(subnet, host);
  });
}

/** Also by a table of routes that was shown, whatever it says, and by what carries routes along with a line. */
function mayComeOtherwise(tunnel: Tunnel, end: EndView): boolean {
  const names = new Set((end.staticRoutes?.items ?? []).map(({ paste }) => paste));
  const carries = tunnel.known.pastes.some(
    ({ paste }) => names.has(paste.name) && paste.lines.some(({ text }) => CARRIES_ROUTES.test(text.trim())),
  );
  return carries || end.routes.length > 0 || end.forwarding.length > 0 || mentionsOtherRouting(tunnel, end);
}

const CARRIES_ROUTES =
  /^(?:encapsulation ppp|ppp |interface (?:dialer|cellular|virtual|multilink|tunnel|bvi)|mpls |lisp|event manager|ip mobile|ip dhcp client|import |\$)/i;
