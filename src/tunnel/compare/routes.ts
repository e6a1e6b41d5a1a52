/** Has each end a way to the network that the other end protects? */
import { containsNetwork, type Network, networkFromNetmask } from "../../domain/network.ts";
import { type Answer, NOT_KNOWN, no, type Question, yes } from "../answer.ts";
import type { Tunnel } from "../tunnel.ts";
import type { EndView } from "../view.ts";
import { childrenForPeer } from "./connection.ts";
import { isSameInterface } from "./endpoints.ts";
import type { Flow } from "./flow.ts";
import { distinct, outputLine } from "./lines.ts";
import { cryptoInterfaces, entriesForPeer, entryForPeer } from "./map-entry.ts";
import { askedOfEachEnd } from "./per-end.ts";
import { protectedFlows } from "./protected-flows.ts";
import { type RouteWord, routeWords, staticWords } from "./route-evidence.ts";

/**
 * Is there a route to the far protected networks, so that packets reach the crypto map? A default route counts unless it
 * leads elsewhere. "No": CEF drops, or the route leads to Null0 or to an interface without the map. "% Network not in
 * table" alone is not enough: IOS says so for an address that only the default route serves; see `route-is-not-in-table`.
 */
function routeExists(tunnel: Tunnel, end: EndView): Answer {
  const answers = networksBehindPeer(tunnel, end).map((network) => routeTo(tunnel, end, network));
  const denied = answers.find(({ is }) => is === false);
  if (denied) return denied;
  if (answers.length === 0 || answers.some(({ is }) => is !== true)) return NOT_KNOWN;
  return yes(distinct(answers.flatMap(({ evidence }) => evidence)));
}

/** Did the routing table have no match for an address of the far protected network, when it was last asked? */
function routeIsNotInTable(tunnel: Tunnel, end: EndView): Answer {
  let found: Answer = NOT_KNOWN;
  for (const network of networksBehindPeer(tunnel, end)) {
    const last = wordsOf(tunnel, end, network).at(-1);
    const missing = wordsOf(tunnel, end, network).findLast(({ notInTable }) => notInTable === true);
    if (missing && last?.leads !== true) return yes(missing.evidence);
    if (last?.leads === true) found = no(last.evidence);
  }
  return found;
}

/**
 * Does the best static route to a far network lead elsewhere, with nothing in the whole configuration that could overrule it:
 * no routing protocol, no policy routing, no reverse route injection?
 */
function staticRouteLeadsElsewhere(tunnel: Tunnel, end: EndView): Answer {
  const isOverruled = entriesForPeer(end).some(({ item }) => item.reverseRoute !== undefined);
  if (isOverruled || mentionsOtherRouting(tunnel, end)) return NOT_KNOWN;
  for (const network of networksBehindPeer(tunnel, end)) {
    const words = staticWords(tunnel, end, network, protectedVrf(end));
    const isLater = wordsOf(tunnel, end, network).at(-1)?.leads !== false;
    if (!isLater && words.length > 0 && words.every(({ leads }) => leads === false))
      return yes(words.flatMap(({ evidence }) => evidence));
  }
  return NOT_KNOWN;
}

/**
 * Does a whole configuration bring no route at all to a far network: no static one, none that is learnt, injected or comes
 * with an address, no interface on it, and no table that shows one?
 */
function configurationHasNoRoute(tunnel: Tunnel, end: EndView): Answer {
  const isWhole = end.staticRoutes?.complete === true && end.interfaces?.complete === true;
  const isOverruled = entriesForPeer(end).some(({ item }) => item.reverseRoute !== undefined);
  if (!isWhole || isOverruled || cryptoInterfaces(end).length === 0 || mentionsOtherRouting(tunnel, end))
    return NOT_KNOWN;
  const vrf = protectedVrf(end);
  const lacking = networksBehindPeer(tunnel, end).find(
    (network) =>
      !(end.staticRoutes?.items ?? []).some(({ item }) => item.vrf === vrf && mayServe(item.network, network)) &&
      !isConnected(end, network) &&
      wordsOf(tunnel, end, network).length === 0,
  );
  if (!lacking) return NOT_KNOWN;
  const flows = (protectedFlows(tunnel, end) ?? []).filter(({ destination }) => destination === lacking);
  const looked = outputLine(tunnel, end.side, "static-routes", ({ complete }) => complete);
  return yes(distinct([...flows.slice(0, 1).flatMap(({ evidence }) => evidence), ...looked]));
}

/** A route to all of a network, or to a part of it. */
function mayServe(route: Network, network: Network): boolean {
  return containsNetwork(route, network) || containsNetwork(network, route);
}

function isConnected(end: EndView, network: Network): boolean {
  return (end.interfaces?.items ?? []).some(({ item: { address, mask } }) => {
    const subnet = address === undefined || mask === undefined ? undefined : networkFromNetmask(address, mask);
    return subnet !== undefined && mayServe(subnet, network);
  });
}

/** Where else routes come from: protocols, policies, and what an interface gets along with its address. */
const OTHER_ROUTING =
  /^(?:router |ip policy route-map |ip local policy |ipv6 policy route-map |ip address (?:dhcp|negotiated)|ipv6 address (?:autoconfig|dhcp)|ppp ipcp route default|ip default-(?:gateway|network) |no ip routing|ip (?:unnumbered|nhrp) )/;

/** Whether a configuration of the end has lines by which routes can come that it does not show. */
export function mentionsOtherRouting(tunnel: Tunnel, end: EndView): boolean {
  const shown = [...(end.staticRoutes?.items ?? []), ...(end.interfaces?.items ?? [])];
  const names = new Set(shown.map(({ paste }) => paste));
  return tunnel.known.pastes.some(
    ({ paste }) => names.has(paste.name) && paste.lines.some(({ text }) => OTHER_ROUTING.test(text.trim())),
  );
}

export const ROUTE_COMPARISONS: Readonly<Record<string, Question>> = {
  ...askedOfEachEnd("route-to-protected-network-exists", false, routeExists),
  ...askedOfEachEnd("route-is-not-in-table", true, routeIsNotInTable),
  ...askedOfEachEnd("static-route-leads-elsewhere", true, staticRouteLeadsElsewhere),
  ...askedOfEachEnd("configuration-has-no-route", true, configurationHasNoRoute),
};

/** The last word that tells counts; "not in table" after a route was seen makes that one stale. */
function answerFor(words: readonly RouteWord[]): Answer {
  const lastGood = words.findLastIndex(({ leads }) => leads === true);
  const since = words.slice(lastGood + 1);
  const bad = since.filter(({ leads }) => leads === false);
  const missing = since.filter(({ notInTable }) => notInTable === true);
  if (bad.length > 0) return no(distinct([...missing, ...bad].flatMap(({ evidence }) => evidence)));
  const good = words[lastGood];
  return good && since.length === 0 ? yes(good.evidence) : NOT_KNOWN;
}

/** Whether a protected network can be reached by way of the crypto map, as the last word on it says. */
export function routeTo(tunnel: Tunnel, end: EndView, network: Network): Answer {
  return answerFor(wordsOf(tunnel, end, network));
}

function wordsOf(tunnel: Tunnel, end: EndView, network: Network): RouteWord[] {
  return routeWords(tunnel, end, network, protectedVrf(end));
}

/** What a GRE tunnel interface protects is itself, between the endpoints: no network lies behind the peer by that. */
function isGre({ protocol }: Flow): boolean {
  return protocol === "47";
}

/** The far networks of the tunnel, each once. */
export function networksBehindPeer(tunnel: Tunnel, end: EndView): Network[] {
  const networks = (protectedFlows(tunnel, end) ?? [])
    .filter((flow) => !(isGre(flow) && childrenForPeer(end).length > 0))
    .map(({ destination }) => destination);
  return [...new Map(networks.map((network) => [JSON.stringify(network), network])).values()];
}

/** The VRF of the protected traffic: of the flows, else of the entry's profile, else that of the interface with the map. */
export function protectedVrf(end: EndView): string | undefined {
  const flow = end.flows.at(-1)?.items.find(({ item }) => item.vrf !== undefined)?.item.vrf;
  if (flow !== undefined) return flow === "(none)" ? undefined : flow;
  const profile = entryForPeer(end)?.item.profile;
  return end.profiles?.items.find(({ item }) => item.name === profile)?.item.vrf ?? vrfOfCryptoInterface(end);
}

/** The VRF of the interface that carries the tunnel's crypto map; undefined: the global table, or not known. */
export function vrfOfCryptoInterface(end: EndView): string | undefined {
  const [name] = cryptoInterfaces(end);
  if (name === undefined) return undefined;
  return end.interfaces?.items.find(({ item }) => isSameInterface(item.name, name))?.item.vrf;
}
