/** What an end shows about its way to a network: routing table, CEF, static routes, reverse route injection. */
import { canonicalAddress, containsNetwork, hostNetwork, type Network, prefixLengthOf } from "../../domain/network.ts";
import type { Forwarding, Route, Routes, RouteVia } from "../../domain/readings/path.ts";
import type { Evidence } from "../../domain/verdict.ts";
import { at } from "../answer.ts";
import type { Held } from "../known.ts";
import type { Tunnel } from "../tunnel.ts";
import type { EndView } from "../view.ts";
import { connectionsForPeer } from "./connection.ts";
import { misplacedMap } from "./crypto-map.ts";
import { interfaceTowards, isSameInterface } from "./endpoints.ts";
import { linesOf } from "./lines.ts";
import { cryptoInterfaces, entriesForPeer } from "./map-entry.ts";

/** A word on the way to a network, in the order of the pastes. */
export interface RouteWord {
  /** true: packets for it can reach the crypto map; false: they can't; undefined: no specific route, a default may do. */
  readonly leads: boolean | undefined;
  /** The device's answer that nothing matches. */
  readonly notInTable?: boolean | undefined;
  readonly order: number;
  readonly evidence: readonly Evidence[];
}

/** All words on the way to a protected network, oldest first; outputs of other VRFs are left out. */
export function routeWords(tunnel: Tunnel, end: EndView, network: Network, vrf: string | undefined): RouteWord[] {
  const words = [
    ...end.routes.filter(({ item }) => item.vrf === vrf).flatMap((held) => tableWords(tunnel, end, held, network)),
    ...end.forwarding.filter(({ item }) => item.vrf === vrf).flatMap((held) => cefWords(tunnel, end, held, network)),
    ...staticWords(tunnel, end, network, vrf),
    ...reverseRouteWords(tunnel, end),
  ];
  return words.sort((a, b) => a.order - b.order);
}

function tableWords(tunnel: Tunnel, end: EndView, held: Held<Routes>, network: Network): RouteWord[] {
  const { item, order } = held;
  // Asked for the default route, the answer is about all that no other route serves.
  const isDefault = item.asked === "0.0.0.0" && item.notInTableLine === undefined;
  const concerns = item.asked === undefined || isDefault || isIn(item.asked, network);
  if (!concerns) return [];
  if (item.notInTableLine !== undefined)
    return [{ leads: undefined, notInTable: true, order, evidence: [at(tunnel, held, item.notInTableLine)] }];
  const route = mostSpecific(item.routes, network);
  if (!route || route.source === "connected" || route.source === "local") return [];
  return [{ leads: leadsToMap(end, route.via), order, evidence: linesAt(tunnel, held, route) }];
}

function cefWords(tunnel: Tunnel, end: EndView, held: Held<Forwarding>, network: Network): RouteWord[] {
  const { item, order } = held;
  if (item.asked !== undefined && !isIn(item.asked, network)) return [];
  const entry = mostSpecific(item.entries, network);
  if (!entry || /^(?:receive|punt|glean)/i.test(entry.drops ?? "")) return [];
  const evidence = linesAt(tunnel, held, { line: entry.line, via: entry.nextHops });
  if (entry.drops !== undefined) return [{ leads: false, order, evidence }];
  return entry.nextHops.length === 0 ? [] : [{ leads: leadsToMap(end, entry.nextHops), order, evidence }];
}

/**
 * What a configuration lacks, a routing protocol may bring; so only a route that is there says something: that it leads
 * to the map, or that the best one leads elsewhere. A floating one (a distance of its own) may not be in use at all.
 */
export function staticWords(tunnel: Tunnel, end: EndView, network: Network, vrf: string | undefined): RouteWord[] {
  const held = (end.staticRoutes?.items ?? []).filter(
    ({ item }) => item.vrf === vrf && containsNetwork(item.network, network),
  );
  const longest = Math.max(...held.map(({ item }) => prefixLengthOf(item.network) ?? 0));
  const best = held.filter(({ item }) => prefixLengthOf(item.network) === longest);
  const words = best.map((route) => ({
    leads: leadsToMap(end, [route.item]),
    order: route.order,
    evidence: linesOf(tunnel, route),
  }));
  const good = words.filter(({ leads }) => leads);
  if (good.length > 0) return good;
  // A route to a part of it leads to the tunnel: for the rest, nobody may have asked.
  const parts = (end.staticRoutes?.items ?? []).filter(
    ({ item }) => item.vrf === vrf && containsNetwork(network, item.network) && leadsToMap(end, [item]),
  );
  if (parts.length > 0) return [];
  // Where the map is on the wrong interface, the route is measured against the wrong one too.
  const isMisplaced = entriesForPeer(end).some(({ item }) => misplacedMap(tunnel, end, item.map) !== undefined);
  const isPlain = best.every(({ item }) => (item.distance ?? 1) === 1);
  const isInUse = end.staticRoutes?.complete === true && isPlain && !isMisplaced;
  return isInUse ? words : [];
}

/** `reverse-route static` holds the route always, plain `reverse-route` while there is an SA (catalogue section 6, 31). */
function reverseRouteWords(tunnel: Tunnel, end: EndView): RouteWord[] {
  const hasSa = (end.flows.at(-1)?.items ?? []).some(({ item }) => item.sas.length > 0);
  return entriesForPeer(end)
    .filter(({ item }) => item.reverseRoute !== undefined && (item.reverseRoute.static || hasSa))
    .map((entry) => ({ leads: true, order: entry.order, evidence: linesOf(tunnel, entry, "reverseRoute") }));
}

/**
 * Whether a path leads out of an interface with the crypto map or towards the peer. Not out of an interface known to
 * have no map; where the interface is not known, or its map may be on what carries it, the path counts as good.
 */
function leadsToMap(end: EndView, paths: readonly Omit<RouteVia, "line">[]): boolean {
  return paths.length === 0 || paths.some((path) => !leadsElsewhere(end, path));
}

/** These carry others or are carried by them: PPPoE dialers, tunnels, virtual access. */
const CARRIED = /^(?:tunnel|tu\d|virtual|vi\d|dialer|di\d|loopback|lo\d|multilink)/i;

/** Tunnel interfaces by which alone packets come into a route-based tunnel (Junos st0.N, PAN-OS tunnel.N, FortiOS: its own name). */
function boundInterfaces(end: EndView): string[] {
  return connectionsForPeer(end).flatMap(({ item: { name, tunnelInterface = "" } }) =>
    /^(?:st0|tunnel)\.\d/.test(tunnelInterface) || tunnelInterface === name ? tunnelInterface : [],
  );
}

function leadsElsewhere(end: EndView, { nextHop, interface: name }: Omit<RouteVia, "line">): boolean {
  if (name !== undefined && /^(?:null\d|discard$|reject$)/i.test(name)) return true;
  if (nextHop !== undefined && nextHop === end.peer) return false;
  const exit = name ?? (nextHop === undefined ? undefined : interfaceTowards(end, nextHop)?.item.name);
  const bound = boundInterfaces(end);
  if (exit !== undefined && bound.length > 0) return !bound.some((item) => isSameInterface(item, exit));
  const mapped = cryptoInterfaces(end);
  if (exit === undefined || mapped.length === 0 || [exit, ...mapped].some((item) => CARRIED.test(item))) return false;
  return !mapped.some((item) => isSameInterface(item, exit));
}

/** A route that covers all of the network, the longest first; a part of it says nothing about the whole. */
export function mostSpecific<T extends { readonly network: Network }>(
  items: readonly T[],
  network: Network,
): T | undefined {
  const covering = items.filter((item) => containsNetwork(item.network, network));
  const lengthOf = (item: T) => prefixLengthOf(item.network) ?? 0;
  return covering.reduce<T | undefined>(
    (best, item) => (best === undefined || lengthOf(item) > lengthOf(best) ? item : best),
    undefined,
  );
}

function isIn(asked: string, network: Network): boolean {
  const host = hostNetwork(canonicalAddress(asked) ?? "");
  return host !== undefined && containsNetwork(network, host);
}

function linesAt(tunnel: Tunnel, held: Held<unknown>, item: Pick<Route, "line" | "via">): Evidence[] {
  const lines = new Set([item.line, ...item.via.map(({ line }) => line)]);
  return [...lines].map((line) => at(tunnel, held, line));
}
