/** Does each end point at the other's address? */
import { canonicalAddress } from "../../domain/network.ts";
import type { Connection } from "../../domain/readings/connection.ts";
import type { AclEntry, CryptoMapEntry } from "../../domain/readings/ipsec.ts";
import type { Evidence } from "../../domain/verdict.ts";
import { type Answer, NOT_KNOWN, no, type Question, yes } from "../answer.ts";
import type { Held } from "../known.ts";
import { bothEnds, type Tunnel } from "../tunnel.ts";
import { takesAnybody } from "../unnamed-peers.ts";
import type { EndView } from "../view.ts";
import { entriesOfChild } from "./child-flows.ts";
import { cryptoAcls } from "./crypto-acl.ts";
import { farEnd, isSurelyOwn, natMayHide } from "./endpoints.ts";
import { flowOfEntry, flowsOverlap, isEverything, mirrored } from "./flow.ts";
import { keyCoverage } from "./key-coverage.ts";
import { distinct, linesOf } from "./lines.ts";
import { type MapEndpoint, mapEndpoint } from "./map-endpoint.ts";
import { servesPeersOtherwise, staticEntries } from "./map-entry.ts";
import { testMirror } from "./mirrors.ts";

/**
 * Yes: each end has a map entry (or, where no map is known, a key for just that host) with an address that the other
 * showed as its own. No: one end is pointed at by the other, and its only entry that can be meant points elsewhere; this
 * needs all addresses of the other end, and no address translation that could explain it. `side` is the end that points
 * elsewhere.
 */
export function peersPointAtEachOther(tunnel: Tunnel): Answer {
  const local = pointsAtFarEnd(tunnel, tunnel.local);
  const remote = pointsAtFarEnd(tunnel, tunnel.remote);
  if (local.length > 0 && remote.length > 0) {
    const isHidden = bothEnds(tunnel).some((end) => mapEndpoint(tunnel, end) === "hidden");
    return isHidden ? NOT_KNOWN : yes(distinct([...local, ...remote]));
  }
  if (remote.length > 0) return pointsElsewhere(tunnel, tunnel.local, remote);
  return local.length > 0 ? pointsElsewhere(tunnel, tunnel.remote, local) : NOT_KNOWN;
}

/**
 * Yes: as "no" to the above, but of a piece of a configuration: the only tunnel interface that was pasted points
 * elsewhere, and there may be another one.
 */
export function onlyTunnelSeemsToPointElsewhere(tunnel: Tunnel): Answer {
  for (const end of bothEnds(tunnel)) {
    const pointedBack = pointsAtFarEnd(tunnel, farEnd(tunnel, end));
    if (pointedBack.length === 0 || pointsAtFarEnd(tunnel, end).length > 0) continue;
    const answer = pointsElsewhere(tunnel, end, pointedBack, { evenOfAPiece: true });
    if (answer.is === false) return { ...answer, is: true };
  }
  return NOT_KNOWN;
}

export const PEER_COMPARISONS: Readonly<Record<string, Question>> = {
  "peers-point-at-each-other": peersPointAtEachOther,
  "only-tunnel-seems-to-point-elsewhere": onlyTunnelSeemsToPointElsewhere,
};

/** Lines by which an end points at an address that is surely the other's: the one its map uses, where that is sure. */
function pointsAtFarEnd(tunnel: Tunnel, end: EndView): Evidence[] {
  const far = farEnd(tunnel, end);
  const endpoint = mapEndpoint(tunnel, far);
  const isSure = endpoint !== undefined && endpoint !== "hidden" && endpoint.isSure;
  const addresses = isSure ? new Set([endpoint.address]) : tunnel.ends[far.side].own;
  const connections = liveConnections(end).filter(({ item }) => addressesOf(item).some((peer) => addresses.has(peer)));
  if (connections.length > 0 || !mayHaveMaps(end))
    return connections.flatMap((held) => linesOf(tunnel, held, "remote"));
  const entries = staticEntries(end).filter(({ item }) => peersOf(item).some((peer) => addresses.has(peer)));
  if (entries.length > 0 || end.mapEntries !== undefined)
    return entries.flatMap((entry) => linesOf(tunnel, entry, "peers"));
  const keys = (end.keys?.items ?? []).filter(({ item }) => {
    const address = canonicalAddress(item.address ?? "");
    return address !== undefined && addresses.has(address) && keyCoverage(item, address)?.isHost === true;
  });
  return keys.flatMap((key) => linesOf(tunnel, key));
}

function pointsElsewhere(
  tunnel: Tunnel,
  end: EndView,
  pointedBack: readonly Evidence[],
  { evenOfAPiece = false } = {},
): Answer {
  const far = farEnd(tunnel, end);
  const meant = claimOf(tunnel, end, far, evenOfAPiece);
  const claimed = meant?.peers;
  const real = endpointOf(tunnel, far);
  if (!meant || !claimed || claimed.length === 0 || !real) return NOT_KNOWN;
  // A device of connections alone serves nobody otherwise: its tunnel interface is the connection.
  if (mayHaveMaps(end) && servesPeersOtherwise(end)) return NOT_KNOWN;
  // A peer by host name can be any address. One that the far end showed as its own is not a translated one.
  const mayBeRight = (peer: string) =>
    canonicalAddress(peer) === undefined ||
    peer === real.address ||
    (!isSurelyOwn(tunnel, far, peer) && natMayHide(tunnel, peer, real.address));
  if (claimed.some(mayBeRight)) return NOT_KNOWN;
  const told = claimed.join(", ");
  return no(distinct([...meant.evidence, ...real.evidence, ...pointedBack]), {
    side: end.side,
    differs: [
      end.side === "local"
        ? { attribute: "peer", local: told, remote: real.address }
        : { attribute: "peer", local: real.address, remote: told },
    ],
  });
}

/** What the entry, or the connection, that was meant for the other end says of its address. */
function claimOf(
  tunnel: Tunnel,
  end: EndView,
  far: EndView,
  evenOfAPiece: boolean,
): { readonly peers: readonly string[]; readonly evidence: readonly Evidence[] } | undefined {
  if (!mayHaveMaps(end)) {
    const only = connectionMeant(end, cryptoAcls(tunnel, far));
    if (!only || !(evenOfAPiece || end.connections?.complete) || takesAnybody(only.item)) return undefined;
    return { peers: addressesOf(only.item), evidence: linesOf(tunnel, only, "remote") };
  }
  const entry = entryMeant(end, cryptoAcls(tunnel, far));
  return entry && { peers: peersOf(entry.item), evidence: linesOf(tunnel, entry, "peers") };
}

/** The connection that was meant for the other end: it protects the mirror of its networks, or it is the only one and not for others. */
function connectionMeant(end: EndView, farAcls: ReturnType<typeof cryptoAcls>): Held<Connection> | undefined {
  const connections = liveConnections(end);
  const theirs = namedEntries((farAcls ?? []).flatMap((acl) => acl.entries));
  const entriesOf = ({ item }: Held<Connection>) => namedEntries(item.children.flatMap(entriesOfChild));
  const mirroring = connections.filter((held) => testMirror(entriesOf(held), theirs).matched.length > 0);
  if (mirroring.length === 1) return mirroring[0];
  const [only, ...others] = connections;
  if (!only || others.length > 0) return undefined;
  const ours = entriesOf(only);
  const isForOtherTraffic =
    ours.length > 0 && theirs.length > 0 && !ours.some((one) => theirs.some((other) => meet(one, other)));
  return isForOtherTraffic ? undefined : only;
}

/** Those that name networks: a tunnel that carries whatever is routed into it may be for any. */
function namedEntries(entries: readonly AclEntry[]): AclEntry[] {
  return entries.filter((entry) => {
    const flow = flowOfEntry(entry);
    return entry.action === "permit" && flow !== undefined && !isEverything(flow);
  });
}

/** Whether they share traffic, seen from one end. */
function meet(one: AclEntry, other: AclEntry): boolean {
  const [flow, theirs] = [flowOfEntry(one), flowOfEntry(other)];
  return flow !== undefined && theirs !== undefined && flowsOverlap(flow, mirrored(theirs));
}

/** The entry that was meant for the other end: its ACL mirrors one of the other's, or it is the only one. */
function entryMeant(end: EndView, farAcls: ReturnType<typeof cryptoAcls>): Held<CryptoMapEntry> | undefined {
  const entries = staticEntries(end);
  const theirs = (farAcls ?? []).flatMap((acl) => acl.entries);
  const entriesOf = ({ item }: Held<CryptoMapEntry>) =>
    end.accessLists?.items.find((list) => list.item.name === item.aclName)?.item.entries ?? item.acl ?? [];
  const mirroring = entries.filter(
    (entry) => entriesOf(entry).length > 0 && testMirror(entriesOf(entry), theirs).matched.length > 0,
  );
  if (mirroring.length === 1) return mirroring[0];
  // An only entry for other traffic is another tunnel's: this one's is missing.
  const [only, ...others] = entries;
  const isForOtherTraffic = only !== undefined && entriesOf(only).length > 0 && theirs.length > 0;
  return others.length === 0 && !isForOtherTraffic && end.mapEntries?.complete === true ? only : undefined;
}

/** The address at which an end takes its tunnels, from outputs that leave no other: all interfaces, or `local-address`. */
function endpointOf(tunnel: Tunnel, end: EndView): MapEndpoint | undefined {
  const endpoint = mapEndpoint(tunnel, end);
  if (endpoint === undefined || endpoint === "hidden") return undefined;
  return endpoint.isSure || end.interfaces?.complete === true ? endpoint : undefined;
}

function peersOf(entry: CryptoMapEntry): string[] {
  return entry.peers.map((peer) => canonicalAddress(peer) ?? peer);
}

/** A router may have tunnel interfaces, which are connections, beside its crypto maps. */
function mayHaveMaps(end: EndView): boolean {
  return end.connections === undefined || (end.mapEntries?.items ?? []).some(({ item }) => item.type !== "profile");
}

function liveConnections(end: EndView): readonly Held<Connection>[] {
  return (end.connections?.items ?? []).filter(({ item }) => item.disabled !== true);
}

function addressesOf({ remote }: Connection): string[] {
  return remote.map((address) => canonicalAddress(address) ?? address);
}
