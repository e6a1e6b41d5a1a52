/** In what two crypto ACL entries that should mirror each other differ, and which end is likely to be wrong. */
import type { Side } from "../../domain/ids.ts";
import { formatNetwork, type Network, networkFromNetmask, overlaps, sameNetwork } from "../../domain/network.ts";
import type { AclEntry } from "../../domain/readings/ipsec.ts";
import type { Difference } from "../../domain/verdict.ts";
import type { Tunnel } from "../tunnel.ts";
import type { EndView } from "../view.ts";
import { type Flow, flowName, likeness, mirrored } from "./flow.ts";

export interface Unmatched {
  readonly entry?: AclEntry | undefined;
  /** From the point of view of the end it stands on. */
  readonly flow: Flow;
}
export interface FlowDifference {
  readonly differs: readonly Difference[];
  readonly side: Side | "both";
}

/**
 * Puts the two unmatched entries that are most alike beside each other: "local-network" is what each end says of the local
 * end's network, "remote-network" of the remote's. Each end is believed about its own network, unless its interfaces
 * speak against it: so the end that names the other's network wrongly should change.
 */
export function differenceOf(
  tunnel: Tunnel,
  local: readonly Unmatched[],
  remote: readonly Unmatched[],
): FlowDifference {
  const pair = mostAlike(local, remote);
  if (!pair) {
    const differs = [
      ...local
        .slice(0, 1)
        .map(({ flow }) => ({ attribute: "crypto-acl-entry", local: flowName(flow), remote: "none" })),
      ...remote
        .slice(0, 1)
        .map(({ flow }) => ({ attribute: "crypto-acl-entry", local: "none", remote: flowName(flow) })),
    ];
    return { differs, side: "both" };
  }
  const here = pair.local.flow;
  const there = mirrored(pair.remote.flow);
  const differs: Difference[] = [];
  addNetwork(differs, "local-network", here.source, there.source);
  addNetwork(differs, "remote-network", here.destination, there.destination);
  addText(differs, "protocol", here.protocol, there.protocol);
  addText(differs, "local-port", here.sourcePort, there.sourcePort);
  addText(differs, "remote-port", here.destinationPort, there.destinationPort);
  return { differs, side: sideOf(tunnel, pair, differs) };
}

function mostAlike(
  local: readonly Unmatched[],
  remote: readonly Unmatched[],
): { local: Unmatched; remote: Unmatched } | undefined {
  let best: { local: Unmatched; remote: Unmatched; score: number } | undefined;
  for (const one of local) {
    for (const other of remote) {
      const there = mirrored(other.flow);
      const related = overlaps(one.flow.source, there.source) || overlaps(one.flow.destination, there.destination);
      const score = likeness(one.flow, there);
      if (related && (best === undefined || score > best.score)) best = { local: one, remote: other, score };
    }
  }
  return (
    best ??
    (local[0] && remote[0] && local.length + remote.length === 2 ? { local: local[0], remote: remote[0] } : undefined)
  );
}

function sideOf(
  tunnel: Tunnel,
  pair: { readonly local: Unmatched; readonly remote: Unmatched },
  differs: readonly Difference[],
): Side | "both" {
  const localNetmask = pair.local.entry?.netmaskAsWildcard === true;
  const remoteNetmask = pair.remote.entry?.netmaskAsWildcard === true;
  if (localNetmask !== remoteNetmask) return localNetmask ? "local" : "remote";
  const [only, ...others] = differs;
  if (!only || others.length > 0) return "both";
  if (only.attribute === "remote-network")
    return knowsItsNetwork(tunnel.remote, pair.remote.flow.source, pair.local.flow.destination) ? "local" : "remote";
  if (only.attribute === "local-network")
    return knowsItsNetwork(tunnel.local, pair.local.flow.source, pair.remote.flow.destination) ? "remote" : "local";
  return "both";
}

/** Whether an end is to be believed about its own network: not when its interfaces lie in what the other end says instead. */
function knowsItsNetwork(end: EndView, own: Network, claimed: Network): boolean {
  const subnets = (end.interfaces?.items ?? []).flatMap(({ item }) =>
    item.address === undefined || item.mask === undefined ? [] : (networkFromNetmask(item.address, item.mask) ?? []),
  );
  return subnets.some((subnet) => overlaps(subnet, own)) || !subnets.some((subnet) => overlaps(subnet, claimed));
}

function addNetwork(differs: Difference[], attribute: string, local: Network, remote: Network): void {
  if (!sameNetwork(local, remote))
    differs.push({ attribute, local: formatNetwork(local), remote: formatNetwork(remote) });
}

function addText(differs: Difference[], attribute: string, local: string, remote: string): void {
  if (local !== remote) differs.push({ attribute, local: local || "any", remote: remote || "any" });
}
