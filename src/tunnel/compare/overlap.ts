/** Do the two protected networks share their addresses? */
import { formatNetwork, type Network, overlaps, prefixLengthOf, sameNetwork } from "../../domain/network.ts";
import { type Answer, NOT_KNOWN, no, type Question, yes } from "../answer.ts";
import type { Tunnel } from "../tunnel.ts";
import { distinct } from "./lines.ts";
import { type ProtectedFlow, protectedFlows } from "./protected-flows.ts";

/** More pairs of networks than this are not tried one by one. */
const MOST_PAIRS = 50_000;

/**
 * Yes: a flow of an end has the same network as source and destination, or each end names the same network as its own.
 * A network within the other is not known: a spoke's 10.1.1.0/24 towards 10.0.0.0/8 is good design. No: nothing shared.
 */
export function protectedNetworksOverlap(tunnel: Tunnel): Answer {
  const local = protectedFlows(tunnel, tunnel.local) ?? [];
  const remote = protectedFlows(tunnel, tunnel.remote) ?? [];
  const flows = [...local, ...remote];
  const toItself = flows.find(({ source, destination }) => isNetwork(source) && sameNetwork(source, destination));
  const here = bySource(local);
  const there = bySource(remote);
  const [shared] = [...here.keys()].filter((name) => there.has(name));
  const claimants = shared === undefined ? [toItself] : [here.get(shared), there.get(shared)];
  const evidence = claimants.flatMap((flow) => flow?.evidence ?? []);
  if (evidence.length > 0) return yes(distinct(evidence), { side: "both" });

  if (flows.length === 0 || here.size * there.size > MOST_PAIRS) return NOT_KNOWN;
  if (flows.some(({ source, destination }) => overlaps(source, destination))) return NOT_KNOWN;
  const theirs = [...there.values()];
  const touch = [...here.values()].some((one) => theirs.some((other) => overlaps(one.source, other.source)));
  return touch ? NOT_KNOWN : no(distinct(flows.slice(0, 10).flatMap((flow) => flow.evidence)));
}

export const OVERLAP_COMPARISONS: Readonly<Record<string, Question>> = {
  "protected-networks-overlap": protectedNetworksOverlap,
};

/** Flows by the networks they come from; "any" and wildcards with holes are nobody's network. */
function bySource(flows: readonly ProtectedFlow[]): ReadonlyMap<string, ProtectedFlow> {
  const found = new Map<string, ProtectedFlow>();
  for (const flow of flows) if (isNetwork(flow.source)) found.set(formatNetwork(flow.source), flow);
  return found;
}

function isNetwork(network: Network): boolean {
  return (prefixLengthOf(network) ?? 0) > 0;
}
