/** What a capture shows of traffic that should have come through the tunnel, and did not. */
import { type Answer, at, NOT_KNOWN, type Question, yes } from "../answer.ts";
import { areOfFlows } from "../compare/flow.ts";
import { protectedFlows } from "../compare/protected-flows.ts";
import { trafficOf } from "../traffic.ts";
import { bothEnds, type Tunnel } from "../tunnel.ts";
import { isEsp, REQUESTS, wayOf } from "./captures.ts";

export const CLEAR_TRAFFIC_QUESTIONS: Readonly<Record<string, Question>> = {
  "captured-traffic-comes-in-clear": comesInClear,
};

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
