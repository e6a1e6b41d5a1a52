/** Which tunnel the case is about, when a device has many. */
import type { Side } from "../domain/ids.ts";
import { canonicalAddress } from "../domain/network.ts";
import type { Reading, ReadingValue } from "../domain/readings/index.ts";
import type { Ends } from "./ends.ts";
import { isStranger } from "./stranger.ts";
import { peersInTrouble } from "./trouble.ts";
import { takesAnybody, takesPeersUnnamed } from "./unnamed-peers.ts";

export interface Focus {
  /** The endpoint address of each end, where known. */
  readonly local?: string | undefined;
  readonly remote?: string | undefined;
  /** Peers of the local end among which only the person can choose; empty when the tunnel is clear. */
  readonly candidates: readonly string[];
  /** Several of them are in trouble, and nothing tells which one it is about. */
  readonly inTrouble: readonly string[];
  /** One end points at the other, which does not name it as far as is shown: another branch, not yet an end of this tunnel. */
  readonly isStranger: boolean;
  /** The one address from which each end runs the tunnels that were shown; most likely this one's as well. */
  readonly usual: { readonly local?: string | undefined; readonly remote?: string | undefined };
}

/** Finds the tunnel: the peer that was said, the pair of ends that point at each other, the only one, or the only one in trouble. */
export function findFocus(readings: readonly Reading[], ends: Ends, saidPeer: string | undefined): Focus {
  const said = saidPeer === undefined ? undefined : (canonicalAddress(saidPeer) ?? saidPeer);
  const remoteOwn = [...ends.remote.own].filter((address) => ends.local.peers.has(address));
  const localOwn = [...ends.local.own].filter((address) => ends.remote.peers.has(address));
  const peers = withoutStrangers(readings, [...ends.local.peers]);
  const pointedAt = localOwn.length > 0 ? mapEndpoint(readings, "remote") : undefined;
  const inTrouble = peersInTrouble(readings, peers);
  // A far end that points here and that this end does not name may be served by a dynamic map: the one peer that this end
  // does name is then somebody else.
  const isDynamic =
    localOwn.length > 0 && remoteOwn.length === 0 && ends.remote.own.size > 0 && hasDynamicMap(readings, "local");
  const remoteIsStranger =
    !hasDynamicMap(readings, "local") &&
    isStranger(readings, ends, "remote", said === undefined ? ends.local.peers : new Set([said]));
  const localIsStranger = !hasDynamicMap(readings, "remote") && isStranger(readings, ends, "local", ends.remote.peers);
  const isAnotherPeer = isDynamic || remoteIsStranger;
  const localIsDynamic =
    remoteOwn.length > 0 && localOwn.length === 0 && ends.local.own.size > 0 && hasDynamicMap(readings, "remote");
  const theirPeers = withoutStrangers(readings, [...ends.remote.peers]);
  const named = isAnotherPeer ? undefined : only(peers);
  // Somebody who shows a tunnel in trouble is there for that one, whosever configuration came along.
  const troubled = remoteIsStranger ? only(inTrouble) : undefined;
  const remote = said ?? only(remoteOwn) ?? named ?? troubled ?? pointedAt ?? only(isAnotherPeer ? [] : inTrouble);
  const local =
    only(localOwn) ??
    ownEndpoint(readings, "local", remote) ??
    (localIsStranger || localIsDynamic ? undefined : only(theirPeers)) ??
    // Of a far end's many peers the one in trouble, as long as this end has shown no address of its own.
    (localIsStranger || ends.local.own.size === 0 ? only(peersInTrouble(readings, theirPeers)) : undefined) ??
    mapEndpoint(readings, "local");
  const usual = { local: usualEndpoint(readings, "local", remote), remote: usualEndpoint(readings, "remote", local) };
  const common = { isStranger: remoteIsStranger || localIsStranger, usual };
  if (remote !== undefined) return { local, remote, candidates: [], inTrouble: [], ...common };
  if (peers.length < 2) {
    const shown = ownEndpoint(readings, "remote", local) ?? mapEndpoint(readings, "remote");
    return { local, remote: shown, candidates: [], inTrouble: [], ...common };
  }
  return { local, candidates: inTrouble.length > 0 ? inTrouble : peers, inTrouble, ...common };
}

/**
 * Where a configuration or a table names peers, an address that only a log shows is nobody's tunnel: every public address
 * is scanned. Where a configuration names them, a row of a table that is not up is no more than a log line. Who came
 * through phase 1 has proved who it is, and is none that scans.
 */
function withoutStrangers(readings: readonly Reading[], peers: readonly string[]): string[] {
  const configured = new Set<string>();
  const living = new Set<string>();
  const listed = new Set<string>();
  for (const { value } of readings) {
    if (value.kind === "crypto-maps")
      for (const { entries } of value.maps)
        for (const entry of entries) for (const peer of entry.peers) note(configured, peer);
    else if (value.kind === "connections")
      for (const connection of value.connections) for (const peer of connection.remote) note(configured, peer);
    else if (value.kind === "ike-keys") for (const { address } of value.keys) note(configured, address);
    else if (value.kind === "crypto-sessions") for (const { peer } of value.sessions) note(living, peer);
    else if (value.kind === "ipsec-sas") for (const flow of value.flows) note(living, flow.remoteEndpoint ?? flow.peer);
    else if (value.kind === "log") {
      for (const { peer, phase1CompleteLine } of value.attempts)
        if (phase1CompleteLine !== undefined) note(living, peer);
    } else if (value.kind === "ike-sas")
      for (const sa of value.sas)
        for (const address of [sa.remote, sa.initiator, sa.responder])
          note(sa.standing === "up" ? living : listed, address);
  }
  const isNamed = (peer: string) => configured.has(peer) || living.has(peer);
  const named = peers.filter((peer) => isNamed(peer) || (configured.size === 0 && listed.has(peer)));
  return named.length > 0 ? named : [...peers];
}

function hasDynamicMap(readings: readonly Reading[], side: Side): boolean {
  return readings.some(
    ({ value, origin }) =>
      origin.side === side &&
      ((value.kind === "crypto-maps" && value.maps.some(({ entries }) => entries.some(takesPeersUnnamed))) ||
        (value.kind === "connections" && value.connections.some(takesAnybody))),
  );
}

function note(addresses: Set<string>, address: string | undefined): void {
  const canonical = canonicalAddress(address ?? "");
  if (canonical !== undefined) addresses.add(canonical);
}

/** The address a device uses towards a peer, as its SAs print it. */
function ownEndpoint(readings: readonly Reading[], side: Side, peer: string | undefined): string | undefined {
  const found = new Set<string>();
  for (const { value, origin } of readings) {
    if (origin.side !== side) continue;
    for (const [own, other] of endpointPairs(value)) if (peer === undefined || other === peer) found.add(own);
    // A table that only tells who began shows this end's address beside the peer's.
    if (value.kind !== "ike-sas" || peer === undefined) continue;
    for (const { initiator, responder } of value.sas) {
      const pair = [canonicalAddress(initiator ?? ""), canonicalAddress(responder ?? "")];
      const own = pair.find((address) => address !== peer);
      if (own !== undefined && pair.includes(peer)) found.add(own);
    }
  }
  return only([...found]);
}

/** The one address of all tunnels that were shown; of sessions only those on the interface on which the peer's stands. */
function usualEndpoint(readings: readonly Reading[], side: Side, peer: string | undefined): string | undefined {
  const found = new Set<string>();
  for (const { value, origin } of readings) {
    if (origin.side !== side) continue;
    if (value.kind !== "crypto-sessions") for (const [own] of endpointPairs(value)) found.add(own);
    else {
      const at = value.sessions.find((session) => canonicalAddress(session.peer ?? "") === peer)?.interface;
      const sessions = value.sessions.filter((session) => at === undefined || session.interface === at);
      for (const [own] of endpointPairs({ ...value, sessions })) found.add(own);
    }
  }
  return only([...found]);
}

/** The address of the one interface that carries a crypto map, or that `local-address` names for one. */
function mapEndpoint(readings: readonly Reading[], side: Side): string | undefined {
  const carriers = new Set<string>();
  const named = new Set<string>();
  const addresses = new Map<string, string>();
  for (const { value, origin } of readings) {
    if (origin.side !== side) continue;
    if (value.kind === "crypto-maps")
      for (const { localAddress } of value.maps) if (localAddress !== undefined) named.add(localAddress);
    if (value.kind === "connections")
      for (const { local, interface: name } of value.connections)
        for (const address of local.length > 0 ? local : name === undefined ? [] : [name])
          if (!address.startsWith("%")) named.add(address);
    if (value.kind !== "interfaces") continue;
    for (const { name, address, cryptoMap } of value.interfaces) {
      if (address === undefined) continue;
      addresses.set(name.toLowerCase(), canonicalAddress(address) ?? address);
      if (cryptoMap !== undefined) carriers.add(canonicalAddress(address) ?? address);
    }
  }
  const [local] = named;
  if (local === undefined) return only([...carriers]);
  return named.size === 1 ? (canonicalAddress(local) ?? addresses.get(local.toLowerCase())) : undefined;
}

function endpointPairs(value: ReadingValue): [string, string][] {
  const pairs: [string | undefined, string | undefined][] = [];
  if (value.kind === "ipsec-sas") {
    for (const flow of value.flows)
      pairs.push([flow.localEndpoint ?? flow.localAddress, flow.remoteEndpoint ?? flow.peer]);
  } else if (value.kind === "ike-sas") {
    for (const sa of value.sas) pairs.push([sa.local, sa.remote]);
  } else if (value.kind === "crypto-sessions") {
    for (const session of value.sessions) for (const sa of session.ikeSas) pairs.push([sa.local, sa.remote]);
  } else if (value.kind === "ike-peers") {
    for (const peer of value.peers) pairs.push([peer.local, peer.address]);
  } else if (value.kind === "connections") {
    for (const { local, remote } of value.connections)
      for (const own of local) for (const other of remote) pairs.push([own, other]);
  } else if (value.kind === "captures") {
    for (const { what, from, to, direction } of value.streams)
      if (what !== "other" && what !== "icmp-error" && direction !== undefined)
        pairs.push(direction === "out" ? [from, to] : [to, from]);
  } else if (value.kind === "log") {
    for (const attempt of value.attempts) pairs.push([attempt.local, attempt.peer]);
    for (const event of value.events)
      if (event.signature !== "not-ipsec-packet") pairs.push([event.captures["local"], event.peer]);
  }
  return pairs.flatMap(([own, other]): [string, string][] => {
    const one = canonicalAddress(own ?? "");
    const two = canonicalAddress(other ?? "");
    return one !== undefined && two !== undefined ? [[one, two]] : [];
  });
}

function only<T>(items: readonly T[]): T | undefined {
  return items.length === 1 ? items[0] : undefined;
}
