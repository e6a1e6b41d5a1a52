/** The two ends side by side, attribute by attribute. */
import type { ComparedRow } from "../../domain/comparison.ts";
import { answering, areUnrelated } from "../questions.ts";
import type { Tunnel } from "../tunnel.ts";
import { peerRows, perEndRows, spiRows } from "./table/end-rows.ts";
import { ikeRows, keyRows } from "./table/ike-rows.ts";
import { mapRows, transformRows } from "./table/ipsec-rows.ts";
import { trafficRows } from "./table/traffic-rows.ts";

/**
 * Rows of everything of which at least one end shows something, in the order of a negotiation; each with both values,
 * its verdict and the lines on each end. None for two routers that are not the ends of one tunnel.
 */
export function compareEnds(tunnel: Tunnel): readonly ComparedRow[] {
  if (areUnrelated(tunnel)) return [];
  const ask = answering(tunnel);
  return [
    ...peerRows(tunnel, ask),
    ...ikeRows(tunnel, ask),
    ...keyRows(tunnel, ask),
    ...transformRows(tunnel, ask),
    ...mapRows(tunnel, ask),
    ...trafficRows(tunnel, ask),
    ...perEndRows(tunnel, ask),
    ...spiRows(tunnel, ask),
  ];
}
