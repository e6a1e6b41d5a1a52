/** The blank about the way into the tunnel: the static routes that lead the far networks out of the crypto interface. */
import type { Side } from "../../domain/ids.ts";
import { hostNetwork, type Network, netmaskOf, prefixLengthOf, sameNetwork } from "../../domain/network.ts";
import type { StaticRoute } from "../../domain/readings/path.ts";
import { interfaceTowards } from "../../tunnel/compare/endpoints.ts";
import { mirrored } from "../../tunnel/compare/flow.ts";
import { cryptoInterfaces, entryForPeer } from "../../tunnel/compare/map-entry.ts";
import { protectedFlows } from "../../tunnel/compare/protected-flows.ts";
import { networksBehindPeer, protectedVrf, routeTo } from "../../tunnel/compare/routes.ts";
import { carrierOf, routesPastTheTunnel } from "../../tunnel/compare/tunnel-interface-route.ts";
import { otherSide, type Tunnel } from "../../tunnel/tunnel.ts";
import type { EndView } from "../../tunnel/view.ts";
import type { Blanks } from "../fill.ts";
import { nextHopTowardsPeer, outsideInterface } from "./interfaces.ts";
import { mapEntryLine } from "./ios-words.ts";
import { frontVrf } from "./tables.ts";

export function routeBlanks(tunnel: Tunnel, side: Side): Blanks {
  const end = tunnel[side];
  const own = networksBehindPeer(tunnel, end);
  const theirs = (protectedFlows(tunnel, tunnel[otherSide(side)]) ?? []).map((flow) => mirrored(flow).destination);
  const past = routesPastTheTunnel(end).map(({ network }) => network);
  const networks = [past, own, theirs.slice(0, 1)].find(({ length }) => length > 0) ?? [];
  const way = wayInto(end);
  const lacking = networks.filter((network) => routeTo(tunnel, end, network).is !== true);
  const lines = (lacking.length > 0 ? lacking : networks).flatMap((network) => routeLines(end, network));
  return {
    "route-to-add": lines.length === 0 ? undefined : lines.join("\n"),
    "peer-route-to-add": peerRoute(end),
    "wrong-route-warning": lines.some((line) => line.startsWith("no "))
      ? "The static route that leads elsewhere is taken out first: see that nobody else needs it."
      : way.note,
    "way-in-note": way.also,
    "way-in": way.name,
    "reverse-route-lines": lines.some((line) => line.startsWith("no ")) ? undefined : reverseRouteLines(end),
  };
}

interface WayInto {
  /** Out of what a packet has to leave. */
  readonly name: string;
  /** Of the route that is entered. */
  readonly note: string;
  readonly also: string;
}

/** What a route has to lead to for its packets to be encrypted. */
function wayInto(end: EndView): WayInto {
  const carrier = carrierOf(end);
  if (carrier !== undefined)
    return {
      name: `${carrier}, the tunnel interface`,
      note: "This takes the network for one behind the peer.",
      also: `What is routed into ${carrier} is encrypted, and nothing else.`,
    };
  const outside = outsideInterface(end)?.name ?? cryptoInterfaces(end)[0] ?? "<outside interface>";
  return {
    name: `${outside}, the interface with the crypto map`,
    note: "The next hop is the one on the way to the peer.",
    also: 'The map can bring the route as well: "reverse-route static" under its entry, from 12.4T on.',
  };
}

/** Reverse route injection in the peer's entry, where it has none and no static route is in its way. */
function reverseRouteLines(end: EndView): string | undefined {
  const entry = entryForPeer(end)?.item;
  if (!entry || entry.reverseRoute !== undefined) return undefined;
  return `${mapEntryLine(entry.map, entry.sequence, end.peer)}\n reverse-route static`;
}

/** The route to enter, after the static one to the same network that leads elsewhere was taken out. */
function routeLines(end: EndView, network: Network): string[] {
  const length = prefixLengthOf(network);
  // An access list may have a wildcard with holes, and "any" is the default route's business.
  if (length === undefined || length === 0) return [];
  const vrf = protectedVrf(end);
  const statics = (end.staticRoutes?.items ?? []).map(({ item }) => item);
  const printed = routesPastTheTunnel(end).filter(({ source }) => source === "static");
  const asPrinted = printed.flatMap((route) => route.via.map((via) => ({ ...via, network: route.network, vrf })));
  const configured = statics.filter((route) => route.vrf === vrf);
  const wrong = [...configured, ...(configured.length > 0 ? [] : asPrinted)].filter((route) =>
    sameNetwork(route.network, network),
  );
  return [...wrong.map((route) => `no ${routeCommand(route)}`), routeCommand(newRoute(end, network, vrf))];
}

/** By the next hop on the way to the peer; where what is inside has another table than the tunnel, by the interface too. */
function newRoute(end: EndView, network: Network, vrf: string | undefined): RouteText {
  const tunnelInterface = carrierOf(end);
  if (tunnelInterface !== undefined) return { network, vrf, interface: tunnelInterface };
  const [carrier] = cryptoInterfaces(end);
  const nextHop = nextHopTowardsPeer(end) ?? `<next hop on ${carrier ?? "the outside interface"}>`;
  const front = frontVrf(end);
  if (vrf === front) return { network, vrf, nextHop };
  return front === undefined && network.family === 4
    ? { network, vrf, nextHop: `${nextHop} global` }
    : { network, vrf, interface: carrier, nextHop };
}

/** The route to the peer itself; its next hop by any route that goes by the outside interface. */
function peerRoute(end: EndView): string | undefined {
  const network = hostNetwork(end.peer ?? "");
  const outside = outsideInterface(end)?.name;
  if (!network) return undefined;
  const hops = (end.staticRoutes?.items ?? []).flatMap(({ item: { nextHop } }) => nextHop ?? []);
  const onOutside = hops.find((hop) => interfaceTowards(end, hop)?.item.name === outside);
  const nextHop = onOutside ?? `<next hop on ${outside ?? "the outside interface"}>`;
  return routeCommand({ network, vrf: frontVrf(end), nextHop });
}

type RouteText = Pick<StaticRoute, "network" | "vrf" | "nextHop" | "interface">;

function routeCommand({ network, vrf, nextHop, interface: name }: RouteText): string {
  const family = network.family === 6 ? "ipv6" : "ip";
  const table = vrf === undefined ? "" : ` vrf ${vrf}`;
  const via = [name, nextHop].filter((word) => word !== undefined).join(" ");
  return `${family} route${table} ${destinationWords(network)} ${via}`;
}

function destinationWords(network: Network): string {
  if (network.family === 6) return `${network.address}/${network.prefixLength}`;
  return `${network.address} ${netmaskOf(network)}`;
}
