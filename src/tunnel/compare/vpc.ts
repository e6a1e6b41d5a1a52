/** What a cloud's network does with the tunnel's traffic: its route tables, and the filters in front of its hosts. */
import { containsNetwork, type Network, overlaps, prefixLengthOf } from "../../domain/network.ts";
import type { AccessList } from "../../domain/readings/ipsec.ts";
import type { Route, Routes } from "../../domain/readings/path.ts";
import type { Evidence } from "../../domain/verdict.ts";
import { type Answer, at, NOT_KNOWN, no, type Question, yes } from "../answer.ts";
import type { Held } from "../known.ts";
import { otherSide, type Tunnel } from "../tunnel.ts";
import type { EndView } from "../view.ts";
import { connectionsForPeer } from "./connection.ts";
import { distinct } from "./lines.ts";
import { askedOfEachEnd } from "./per-end.ts";
import { protectedFlows } from "./protected-flows.ts";
import { mostSpecific } from "./route-evidence.ts";

/** The networks behind the peer: as this end protects them, as the other end does, or by the connection's static routes. */
function farNetworks(tunnel: Tunnel, end: EndView): Network[] {
  const own = (protectedFlows(tunnel, end) ?? []).map(({ destination }) => destination);
  const theirs = (protectedFlows(tunnel, tunnel[otherSide(end.side)]) ?? []).map(({ source }) => source);
  const listed = (end.staticRoutes?.items ?? [])
    .filter(({ item }) => item.vrf?.startsWith("vpn-") === true)
    .map(({ item }) => item.network);
  return ([own, theirs, listed].find(({ length }) => length > 0) ?? []).filter(
    (network) => prefixLengthOf(network) !== 0,
  );
}

/** By the last look at each route table. */
function tablesOf(end: EndView): Held<Routes>[] {
  const last = new Map<string, Held<Routes>>();
  for (const held of end.routes) if (held.item.vrf?.startsWith("rtb-") === true) last.set(held.item.vrf, held);
  return [...last.values()];
}

const GATEWAY = /^(?:vgw|tgw)-/;

/** Yes: in every table shown the best route to a far network leads to the VPN's gateway. No: in none. */
function routesLeadIn(tunnel: Tunnel, end: EndView): Answer {
  const tables = tablesOf(end);
  const networks = farNetworks(tunnel, end);
  if (tables.length === 0 || networks.length === 0) return NOT_KNOWN;
  const own = new Set(connectionsForPeer(end).flatMap(({ item }) => item.tunnelInterface ?? []));
  const leads = (route: Route | undefined) =>
    route !== undefined &&
    route.source !== "blackhole" &&
    route.via.some(({ interface: name = "" }) => (own.size > 0 ? own.has(name) : GATEWAY.test(name)));
  let found: Evidence[] = [];
  for (const network of networks) {
    const best = tables.map((held) => ({ held, route: mostSpecific(held.item.routes, network) }));
    // A network of the VPC itself is another matter: the ends overlap.
    if (best.some(({ route }) => route?.source === "connected")) return NOT_KNOWN;
    const evidence = best.map(({ held, route }) => at(tunnel, held, (route ?? held.item.routes[0])?.line ?? 1));
    const parts = tables.some(({ item }) => item.routes.some((route) => isPartOf(route, network) && leads(route)));
    if (best.every(({ route }) => !leads(route))) return parts ? NOT_KNOWN : no(distinct(evidence));
    if (!best.every(({ route }) => leads(route))) return NOT_KNOWN;
    found = [...found, ...evidence];
  }
  return yes(distinct(found));
}

function isPartOf(route: Route, network: Network): boolean {
  return containsNetwork(network, route.network);
}

const FILTER = /^(?:sg|acl)-/;

/** Does each security group shown, or a network ACL, let nothing in of a far network? */
function filtersShutOut(tunnel: Tunnel, end: EndView): Answer {
  const filters = (end.accessLists?.items ?? []).filter(({ item }) => FILTER.test(item.name));
  const groups = filters.filter(({ item }) => item.name.startsWith("sg-"));
  const lists = filters.filter(({ item }) => item.name.startsWith("acl-"));
  for (const network of farNetworks(tunnel, end)) {
    const closed = [groups, lists].find((kind) => kind.length > 0 && kind.every(({ item }) => shutsOut(item, network)));
    if (closed) return yes(closed.map((held) => at(tunnel, held, decidingLine(held.item, network))));
  }
  return NOT_KNOWN;
}

/** The first rule that concerns the network decides; none lets nothing in. A rule for a part of it leaves it open. */
function shutsOut({ entries }: AccessList, network: Network): boolean {
  const first = entries.find(({ source }) => source.network && overlaps(source.network, network));
  if (!first) return true;
  return (
    first.action === "deny" && first.source.network !== undefined && containsNetwork(first.source.network, network)
  );
}

function decidingLine({ entries, line }: AccessList, network: Network): number {
  return entries.find(({ source }) => source.network && overlaps(source.network, network))?.line ?? line;
}

export const VPC_COMPARISONS: Readonly<Record<string, Question>> = {
  ...askedOfEachEnd("vpc-routes-lead-in", false, routesLeadIn),
  ...askedOfEachEnd("vpc-filters-shut-out", true, filtersShutOut),
};
