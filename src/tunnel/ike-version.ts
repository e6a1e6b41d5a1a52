/** Which version of IKE the tunnel uses, as each end shows it: commands and settings go by it. */
import type { Side } from "../domain/ids.ts";
import type { Evidence } from "../domain/verdict.ts";
import { type Answer, at, NOT_KNOWN, no, yes } from "./answer.ts";
import { connectionsForPeer } from "./compare/connection.ts";
import { linesOf } from "./compare/lines.ts";
import { entriesForPeer } from "./compare/map-entry.ts";
import { oncePerEnd, oncePerTunnel } from "./once-per-end.ts";
import { bothEnds, otherSide, type Tunnel } from "./tunnel.ts";
import type { EndView } from "./view.ts";

interface Shown {
  readonly version: 1 | 2;
  readonly evidence: readonly Evidence[];
}

/** The version this end goes by: what it shows itself, else what the other end shows; undefined where neither does. */
export function ikeVersionAt(tunnel: Tunnel, side: Side): 1 | 2 | undefined {
  return (shownBy(tunnel, tunnel[side]) ?? shownBy(tunnel, tunnel[otherSide(side)]))?.version;
}

/** Yes: an end shows the tunnel to be IKEv2, and the other does not show IKEv1. No: IKEv1, the same way. */
export const tunnelIsIkeV2 = oncePerTunnel((tunnel): Answer => {
  const shown = bothEnds(tunnel).flatMap((end) => shownBy(tunnel, end) ?? []);
  const [first] = shown;
  if (!first || shown.some(({ version }) => version !== first.version)) return NOT_KNOWN;
  const evidence = shown.flatMap((item) => item.evidence);
  return first.version === 2 ? yes(evidence) : no(evidence);
});

/**
 * The tables of IKE SAs that can tell of this tunnel: of two versions a device prints two tables, and the one of the
 * version that is not used is empty however well the tunnel is.
 */
export function tellingTables(tunnel: Tunnel, end: EndView): EndView["ikeSas"] {
  if (end.ikeSas.every(({ items }) => items.length > 0)) return end.ikeSas;
  const other = { 1: /\bikev2\b/, 2: /\b(?:isakmp|ikev1)\b/, 0: undefined }[ikeVersionAt(tunnel, end.side) ?? 0];
  return other ? end.ikeSas.filter(({ items, command }) => items.length > 0 || !other.test(command)) : end.ikeSas;
}

/** SAs before the configuration: what runs is what counts. */
const shownBy = oncePerEnd(
  (tunnel, end): Shown | undefined =>
    bySas(tunnel, end) ?? bySessions(tunnel, end) ?? byLog(tunnel, end) ?? byConfiguration(tunnel, end),
);

function bySas(tunnel: Tunnel, end: EndView): Shown | undefined {
  const held = end.ikeSas.findLast(({ items }) => items.length > 0)?.items[0];
  const version = held?.item.version;
  return held && version && { version, evidence: [at(tunnel, held, held.item.line)] };
}

function bySessions(tunnel: Tunnel, end: EndView): Shown | undefined {
  for (const held of (end.sessions.at(-1)?.items ?? []).toReversed()) {
    const sa = held.item.ikeSas.find(({ active }) => active) ?? held.item.ikeSas[0];
    if (sa) return { version: sa.version, evidence: [at(tunnel, held, sa.line)] };
  }
  return undefined;
}

function byLog(tunnel: Tunnel, end: EndView): Shown | undefined {
  const held = end.attempts.findLast(({ item }) => item.version !== undefined || item.furthestState !== undefined);
  if (!held) return undefined;
  const { version = 1, furthestStateLine, firstLine } = held.item;
  return { version, evidence: [at(tunnel, held, furthestStateLine ?? firstLine)] };
}

function byConfiguration(tunnel: Tunnel, end: EndView): Shown | undefined {
  const [connection] = connectionsForPeer(end);
  const version = connection?.item.version;
  if (connection && (version === 1 || version === 2))
    return { version, evidence: linesOf(tunnel, connection, "version") };
  const entry = entriesForPeer(end).find(({ item }) => item.ikeVersion !== undefined);
  if (entry?.item.ikeVersion !== undefined)
    return { version: entry.item.ikeVersion, evidence: linesOf(tunnel, entry, "profile") };
  // Nothing but proposals of IKEv2 was shown.
  const proposal = end.ikeProposals?.items.find(({ item }) => item.version === 2 && item.isDefault !== true);
  const showsMore = (end.policies?.items.length ?? 0) > 0 || (end.mapEntries?.items.length ?? 0) > 0;
  return proposal && !showsMore ? { version: 2, evidence: linesOf(tunnel, proposal) } : undefined;
}
