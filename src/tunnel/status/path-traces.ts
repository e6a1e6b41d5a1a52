/** How far packets come on their way to the peer. That nobody answers proves little: many devices never do. */
import type { TracedHop } from "../../domain/readings/path.ts";
import { type Answer, at, NOT_KNOWN, no, type Question, yes } from "../answer.ts";
import { bothEnds, otherSide, type Tunnel } from "../tunnel.ts";

/** So many silent hops at the end are not a router or two that keep quiet. */
const SILENT_HOPS = 3;
/** An Ethernet's; a path of less leaves less for the tunnel than both ends reckon with. */
const WHOLE = 1500;

export const PATH_TRACE_QUESTIONS: Readonly<Record<string, Question>> = {
  "trace-to-the-peer-arrives": traceArrives,
  "trace-to-the-peer-finds-no-route": (tunnel) => traceIsRefused(tunnel, "unreachable"),
  "trace-to-the-peer-is-prohibited": (tunnel) => traceIsRefused(tunnel, "prohibited"),
  "path-to-the-peer-is-narrow": pathIsNarrow,
};

function tracesToPeer(tunnel: Tunnel) {
  return bothEnds(tunnel).flatMap((end) => {
    const held = end.pathTraces.findLast(({ item }) => end.peer !== undefined && item.target === end.peer);
    return held ? [{ end, held }] : [];
  });
}

/** No: it ends in silence, far from the peer; the last hop that answered is where it was seen last. */
function traceArrives(tunnel: Tunnel): Answer {
  for (const { end, held } of tracesToPeer(tunnel)) {
    const { hops, target } = held.item;
    const arrived = hops.find(({ address }) => address === target);
    if (arrived) return yes([at(tunnel, held, arrived.line)], { side: end.side });
    const lastIndex = hops.findLastIndex(({ address }) => address !== undefined);
    if (hops.length - 1 - lastIndex < SILENT_HOPS) continue;
    const last = hops[lastIndex];
    const silent = hops[lastIndex + 1];
    const lines = [last?.line, silent?.line].flatMap((line) => line ?? []);
    return no(
      lines.map((line) => at(tunnel, held, line)),
      { side: otherSide(end.side) },
    );
  }
  return NOT_KNOWN;
}

/**
 * Somebody on the way says that he has no route, or that a filter forbids it; the latter of what was sent to find the way,
 * which may not be so for IKE.
 */
function traceIsRefused(tunnel: Tunnel, how: TracedHop["refusal"]): Answer {
  for (const { held } of tracesToPeer(tunnel)) {
    const refusing = held.item.hops.find(({ refusal, address }) => refusal === how && address !== held.item.target);
    if (refusing) return yes([at(tunnel, held, refusing.line)], { side: "both" });
  }
  return NOT_KNOWN;
}

function pathIsNarrow(tunnel: Tunnel): Answer {
  for (const { held } of tracesToPeer(tunnel)) {
    const { pathMtu, pathMtuLine } = held.item;
    if (pathMtu === undefined || pathMtuLine === undefined) continue;
    const evidence = [at(tunnel, held, pathMtuLine)];
    return pathMtu < WHOLE ? yes(evidence, { side: "both" }) : no(evidence);
  }
  return NOT_KNOWN;
}
