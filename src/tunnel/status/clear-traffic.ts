/** Whether traffic of the tunnel's networks arrives by the interface towards the peer, past the tunnel: unencrypted. */
import type { Evidence } from "../../domain/verdict.ts";
import { type Answer, at, NOT_KNOWN, type Question, yes } from "../answer.ts";
import { connectionForPeer } from "../compare/connection.ts";
import { wasAt } from "../compare/firewall-zones.ts";
import { areOfFlows } from "../compare/flow.ts";
import { protectedFlows } from "../compare/protected-flows.ts";
import { bothEnds, otherSide, type Tunnel } from "../tunnel.ts";
import type { EndView } from "../view.ts";

export const PAST_THE_TUNNEL_QUESTIONS: Readonly<Record<string, Question>> = {
  "protected-traffic-arrives-in-clear": arrivesInClear,
};

/** Only of a tunnel with an interface of its own: what was decrypted then comes in by that one. Side: who sends it. */
function arrivesInClear(tunnel: Tunnel): Answer {
  for (const end of bothEnds(tunnel)) {
    const { interface: outside, tunnelInterface } = connectionForPeer(end)?.item ?? {};
    if (outside === undefined || tunnelInterface === undefined) continue;
    const evidence = [...traced(tunnel, end, outside, tunnelInterface), ...captured(tunnel, end, outside)];
    if (evidence.length > 0) return yes(evidence.slice(0, 3), { side: otherSide(end.side) });
  }
  return NOT_KNOWN;
}

/** Packets that the firewall was made to trace. */
function traced(tunnel: Tunnel, end: EndView, outside: string, tunnelInterface: string): Evidence[] {
  return end.events
    .filter(
      ({ item: { signature, captures } }) =>
        signature === "packet-trace-received" &&
        wasAt(end, captures["entrance"], outside) === true &&
        wasAt(end, captures["entrance"], tunnelInterface) === false,
    )
    .filter(({ item: { captures } }) => isFromTheFarNetwork(tunnel, end, captures["source"], captures["destination"]))
    .map((held) => tunnel.lines.evidence(held.paste, held.item.line));
}

function captured(tunnel: Tunnel, end: EndView, outside: string): Evidence[] {
  return end.captures.flatMap((held) =>
    held.item.streams
      .filter((stream) => stream.what === "other" && stream.direction === "in" && stream.interface === outside)
      .filter(({ from, to }) => isFromTheFarNetwork(tunnel, end, from, to))
      .map(({ line }) => at(tunnel, held, line)),
  );
}

function isFromTheFarNetwork(tunnel: Tunnel, end: EndView, from: string | undefined, to: string | undefined): boolean {
  // Seen from this end it is the way back.
  return areOfFlows(protectedFlows(tunnel, end) ?? [], to, from) === true;
}
