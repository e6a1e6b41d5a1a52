/**
 * Does a host's own filter drop what the tunnel needs of the peer? Never for certain: answers to what the host sent itself
 * may pass by the state that the kernel keeps, so that the tunnel still comes up when this end begins.
 */
import { hostNetwork } from "../../domain/network.ts";
import { type Answer, at, NOT_KNOWN, type Question, yes } from "../answer.ts";
import { decide } from "../compare/acl-decision.ts";
import { protectedFlows } from "../compare/protected-flows.ts";
import { bothEnds, type Tunnel } from "../tunnel.ts";

export const HOST_FILTER_QUESTIONS: Readonly<Record<string, Question>> = {
  "host-filter-drops-ipsec": dropsIpsec,
  "host-filter-drops-the-tunnels-traffic": dropsTraffic,
  "fasttrack-takes-the-traffic": (tunnel) => {
    for (const end of bothEnds(tunnel)) {
      // The whole chain was shown by the last look at it.
      const held = end.forwardFilters.at(-1);
      const line = held?.item.fasttrackLine;
      if (held && line !== undefined) return yes([at(tunnel, held, line)], { side: end.side });
    }
    return NOT_KNOWN;
  },
};

/** UDP 500, and UDP 4500 together with ESP: with NAT on the way ESP is not needed, without it 4500 is not. */
function dropsIpsec(tunnel: Tunnel): Answer {
  for (const end of bothEnds(tunnel)) {
    const held = end.hostFilters.at(-1);
    const [source, destination] = [hostNetwork(end.peer ?? ""), hostNetwork(end.own ?? "")];
    if (!held || !source || !destination) continue;
    const { rules, dropsTheRest, complete, line } = held.item;
    const decided = (protocol: string, port?: number) => {
      const { action, by } = decide(rules, { source, destination, protocol, sourcePort: port, destinationPort: port });
      // What no rule takes, the chain's policy decides.
      const isDropped = action === "deny" && (by !== undefined || (dropsTheRest && complete));
      return { isDropped, line: by?.line ?? line };
    };
    const ike = decided("17", 500);
    const [natT, esp] = [decided("17", 4500), decided("50")];
    const dropped = ike.isDropped ? [ike] : natT.isDropped && esp.isDropped ? [natT, esp] : [];
    if (dropped.length === 0) continue;
    const lines = new Set(dropped.map((one) => one.line));
    return yes(
      [...lines].map((number) => at(tunnel, held, number)),
      { side: end.side },
    );
  }
  return NOT_KNOWN;
}

/** What is passed on between the networks of every flow, new connections from either side: a filter for one way is a choice. */
function dropsTraffic(tunnel: Tunnel): Answer {
  for (const end of bothEnds(tunnel)) {
    const held = end.forwardFilters.at(-1);
    const flows = protectedFlows(tunnel, end);
    if (!held || !flows || flows.length === 0) continue;
    const { rules, dropsTheRest, complete, line } = held.item;
    const decisions = flows.flatMap(({ source, destination, protocol }) =>
      [
        { source, destination, protocol },
        { source: destination, destination: source, protocol },
      ].map((packets) => decide(rules, packets)),
    );
    const areDropped = decisions.every(
      ({ action, by }) => action === "deny" && (by !== undefined || (dropsTheRest && complete)),
    );
    if (!areDropped) continue;
    const lines = new Set(decisions.map(({ by }) => by?.line ?? line));
    return yes(
      [...lines].map((number) => at(tunnel, held, number)),
      { side: end.side },
    );
  }
  return NOT_KNOWN;
}
