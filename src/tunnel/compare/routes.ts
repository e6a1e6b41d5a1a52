/** Has each end a way to the network that the other end protects? */
import type { Network } from "../../domain/network.ts";
import { type Answer, NOT_KNOWN, no, type Question, yes } from "../answer.ts";
import type { Tunnel } from "../tunnel.ts";
import type { EndView } from "../view.ts";
import { distinct } from "./lines.ts";
import { entryForPeer } from "./map-entry.ts";
import { askedOfEachEnd } from "./per-end.ts";
import { protectedFlows } from "./protected-flows.ts";
import { type RouteWord, routeWords } from "./route-evidence.ts";

/**
 * Is there a route to the far protected networks, so that packets reach the crypto map? A default route counts unless it
 * leads elsewhere. "No": CEF drops, or the route leads to Null0 or to an interface without the map. "% Network not in
 * table" alone is not enough: IOS says so for an address that only the default route serves; see `route-is-not-in-table`.
 */
function routeExists(tunnel: Tunnel, end: EndView): Answer {
  const answers = networksBehindPeer(tunnel, end).map((network) => answerFor(wordsOf(tunnel, end, network)));
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

export const ROUTE_COMPARISONS: Readonly<Record<string, Question>> = {
  ...askedOfEachEnd("route-to-protected-network-exists", false, routeExists),
  ...askedOfEachEnd("route-is-not-in-table", true, routeIsNotInTable),
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

function wordsOf(tunnel: Tunnel, end: EndView, network: Network): RouteWord[] {
  return routeWords(tunnel, end, network, protectedVrf(end));
}

function networksBehindPeer(tunnel: Tunnel, end: EndView): Network[] {
  const networks = (protectedFlows(tunnel, end) ?? []).map(({ destination }) => destination);
  return [...new Map(networks.map((network) => [JSON.stringify(network), network])).values()];
}

/** The VRF of the protected traffic: of the flows, else of the entry's profile. */
function protectedVrf(end: EndView): string | undefined {
  const flow = end.flows.at(-1)?.items.find(({ item }) => item.vrf !== undefined)?.item.vrf;
  if (flow !== undefined) return flow === "(none)" ? undefined : flow;
  const profile = entryForPeer(end)?.item.profile;
  return end.profiles?.items.find(({ item }) => item.name === profile)?.item.vrf;
}
