/** Whether traffic of the tunnel's networks arrives past the tunnel, unencrypted. */
import type { Evidence } from "../../domain/verdict.ts";
import { type Answer, at, NOT_KNOWN, type Question, yes } from "../answer.ts";
import { connectionForPeer } from "../compare/connection.ts";
import { wasAt } from "../compare/firewall-zones.ts";
import { areOfFlows } from "../compare/flow.ts";
import { protectedFlows } from "../compare/protected-flows.ts";
import { trafficOf } from "../traffic.ts";
import { bothEnds, otherSide, type Tunnel } from "../tunnel.ts";
import type { EndView } from "../view.ts";
import { isEsp, REQUESTS, wayOf } from "./captures.ts";

export const CLEAR_TRAFFIC_QUESTIONS: Readonly<Record<string, Question>> = {
  "captured-traffic-comes-in-clear": comesInClear,
  "protected-traffic-arrives-in-clear": arrivesInClear,
};

/**
 * By the interface towards the peer; only of a tunnel with an interface of its own, by which what was decrypted comes in.
 * Side: who sends it.
 */
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

/**
 * Packets of the far network come in while the SA decrypts nothing: what a capture shows behind decryption (Linux captures
 * a packet on its interface once more, as it comes out of ESP) would be counted. Side: the end that captured them.
 */
function comesInClear(tunnel: Tunnel): Answer {
  for (const end of bothEnds(tunnel)) {
    const flows = trafficOf(tunnel, end, "ipsec-sas");
    const decrypted = flows.reduce((sum, flow) => sum + (flow.decrypted ?? Number.NaN), 0);
    if (flows.length === 0 || decrypted !== 0) continue;
    const networks = protectedFlows(tunnel, end) ?? [];
    for (const held of end.captures.toReversed()) {
      const clear = held.item.streams.filter(
        ({ what, from, to, direction }) =>
          what === "other" &&
          direction !== "out" &&
          // Seen from this end it is the way back.
          areOfFlows(networks, to, from) === true,
      );
      const isEncrypted = held.item.streams.some((stream) => isEsp(stream) && wayOf(stream, end) === "in");
      if (isEncrypted || clear.reduce((sum, { packets }) => sum + packets, 0) < REQUESTS) continue;
      return yes([...clear.map(({ line }) => at(tunnel, held, line)), ...flows.map(({ lines }) => lines.decrypted)], {
        side: end.side,
      });
    }
  }
  return NOT_KNOWN;
}
