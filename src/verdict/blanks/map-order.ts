/** The blank about the order of a crypto map: the tunnel's entry made again before the one that takes its traffic. */
import type { Side } from "../../domain/ids.ts";
import type { CryptoMapEntry } from "../../domain/readings/ipsec.ts";
import { entryForPeer } from "../../tunnel/compare/map-entry.ts";
import { stealingEntry } from "../../tunnel/compare/map-order.ts";
import type { Tunnel } from "../../tunnel/tunnel.ts";
import type { EndView } from "../../tunnel/view.ts";
import type { Blanks } from "../fill.ts";
import { mapEntryLine } from "./ios-words.ts";

export function mapOrderBlanks(tunnel: Tunnel, side: Side): Blanks {
  const end = tunnel[side];
  const entry = entryForPeer(end)?.item;
  const thief = stealingEntry(tunnel, end);
  const number = thief && numberBefore(end, thief);
  if (!entry || number === undefined) return { "map-entry-moved-up": undefined };
  const old = mapEntryLine(entry.map, entry.sequence, end.peer).replace(/ ipsec-isakmp$/, "");
  const lines = [mapEntryLine(entry.map, number, end.peer), ...bodyOf(entry), " exit", `no ${old}`];
  return { "map-entry-moved-up": lines.join("\n") };
}

/** A free number right before an entry, so that what stands before that one stays first. */
function numberBefore(end: EndView, { map, sequence }: CryptoMapEntry): number | undefined {
  const before = (end.mapEntries?.items ?? [])
    .map(({ item }) => item)
    .filter((item) => item.map === map && item.sequence < sequence);
  const last = Math.max(0, ...before.map((item) => item.sequence));
  return sequence - last < 2 ? undefined : Math.floor((last + sequence) / 2);
}

function bodyOf(entry: CryptoMapEntry): string[] {
  const { pfs, profile, reverseRoute, lifetimeSeconds, lifetimeKilobytes, replayWindow } = entry;
  const remotePeer = reverseRoute?.remotePeer === undefined ? "" : ` remote-peer ${reverseRoute.remotePeer}`;
  const lifetime = "set security-association lifetime";
  return [
    ...entry.peers.map((peer) => ` set peer ${peer}`),
    ...(entry.transformSets.length === 0 ? [] : [` set transform-set ${entry.transformSets.join(" ")}`]),
    ...(lifetimeSeconds === undefined ? [] : [` ${lifetime} seconds ${lifetimeSeconds}`]),
    ...(lifetimeKilobytes === undefined ? [] : [` ${lifetime} kilobytes ${lifetimeKilobytes}`]),
    ...(replayWindow === undefined ? [] : [` set security-association replay window-size ${replayWindow}`]),
    ...(pfs?.group === undefined ? [] : [` set pfs group${pfs.group}`]),
    ...(profile === undefined ? [] : [` set isakmp-profile ${profile}`]),
    ...(reverseRoute === undefined ? [] : [` reverse-route${remotePeer}${reverseRoute.static ? " static" : ""}`]),
    ...(entry.aclName === undefined ? [] : [` match address ${entry.aclName}`]),
  ];
}
