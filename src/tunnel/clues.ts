/** What an output tells of the device it was taken on: its own addresses and its peers'. */
import { type DeviceKind, kindOfDevice } from "../domain/device-kind.ts";
import { canonicalAddress } from "../domain/network.ts";
import type { ReadOutput } from "../domain/output.ts";
import type { ReadingValue } from "../domain/readings/index.ts";
import { keyCoverage } from "./compare/key-coverage.ts";

export interface Clues {
  readonly hosts: Set<string>;
  /** Addresses that are surely this device's. */
  readonly own: Set<string>;
  /** Addresses that are surely a peer's. */
  readonly peers: Set<string>;
  /** Pairs of which one is this device's and the other a peer's. */
  readonly pairs: [string, string][];
  /** What the device surely is; more than one where a line was taken for another platform's. */
  readonly kinds: Set<DeviceKind>;
}

export function noClues(): Clues {
  return { hosts: new Set(), own: new Set(), peers: new Set(), pairs: [], kinds: new Set() };
}

export function cluesOf(output: ReadOutput): Clues {
  const clues = noClues();
  if (output.host !== undefined) clues.hosts.add(output.host.toLowerCase());
  for (const value of output.values) gather(value, clues);
  const kind = kindOf(output);
  if (kind !== undefined) clues.kinds.add(kind);
  settlePairs(clues);
  return clues;
}

/** What surely printed it. A ping, or a table of routes, can be of whatever machine somebody sat at. */
function kindOf({ platform, alsoOf = [], values }: ReadOutput): DeviceKind | undefined {
  if (platform === "unknown" || values.length === 0) return undefined;
  const kind = kindOfDevice(platform);
  if (alsoOf.length === 0) return kind;
  const isFileOfBoth =
    kind === "linux" &&
    alsoOf.every((one) => kindOfDevice(one) === kind) &&
    values.some((one) => one.kind === "connections");
  return isFileOfBoth ? kind : undefined;
}

/** Adds all of `more` to `clues`; pairs are settled again with what is then known. */
export function mergeClues(clues: Clues, more: Clues): void {
  for (const host of more.hosts) clues.hosts.add(host);
  for (const address of more.own) clues.own.add(address);
  for (const address of more.peers) clues.peers.add(address);
  for (const pair of more.pairs) clues.pairs.push(pair);
  for (const kind of more.kinds) clues.kinds.add(kind);
  settlePairs(clues);
}

/** Whether they show devices of different makers. */
export function areOfTwoKinds(one: Clues, other: Clues): boolean {
  return one.kinds.size > 0 && other.kinds.size > 0 && ![...one.kinds].some((kind) => other.kinds.has(kind));
}

/** One of a pair known settles the other; an address common to all of two or more pairs is the device's own. */
function settlePairs(clues: Clues): void {
  const [first, ...rest] = clues.pairs;
  if (first && rest.length > 0) {
    const common = first.filter((address) => rest.every((pair) => pair.includes(address)));
    const distinct = new Set(clues.pairs.flat());
    if (common.length === 1 && distinct.size > 2) for (const address of common) clues.own.add(address);
  }
  for (const [one, other] of clues.pairs) {
    if (clues.own.has(one) || clues.peers.has(other)) settle(clues, one, other);
    else if (clues.own.has(other) || clues.peers.has(one)) settle(clues, other, one);
  }
}

function settle(clues: Clues, own: string, peer: string): void {
  clues.own.add(own);
  clues.peers.add(peer);
}

function gather(value: ReadingValue, clues: Clues): void {
  const own = (address: string | undefined) => add(clues.own, address);
  const peer = (address: string | undefined) => add(clues.peers, address);
  switch (value.kind) {
    case "device":
      if (value.hostname !== undefined) clues.hosts.add(value.hostname.toLowerCase());
      break;
    case "ike-sas":
      peer(value.peer);
      for (const sa of value.sas) {
        own(sa.local);
        peer(sa.remote);
        const one = canonicalAddress(sa.initiator ?? "");
        const other = canonicalAddress(sa.responder ?? "");
        if (one !== undefined && other !== undefined && one !== other) clues.pairs.push([one, other]);
      }
      break;
    case "ipsec-sas":
      peer(value.peer);
      for (const flow of value.flows) {
        own(flow.localAddress);
        own(flow.localEndpoint);
        peer(flow.peer);
        peer(flow.remoteEndpoint);
      }
      for (const { flows } of value.seenFrom ?? [])
        for (const { localEndpoint: one, remoteEndpoint: other } of flows)
          if (one !== undefined && other !== undefined) clues.pairs.push([one, other]);
      break;
    case "crypto-sessions":
      peer(value.peer);
      for (const session of value.sessions) {
        own(session.local);
        peer(session.peer);
        for (const sa of session.ikeSas) {
          own(sa.local);
          peer(sa.remote);
        }
      }
      break;
    case "crypto-maps":
      for (const map of value.maps) for (const entry of map.entries) for (const address of entry.peers) peer(address);
      break;
    case "connections":
      for (const item of value.connections) {
        item.local.forEach(own);
        item.remote.forEach(peer);
      }
      break;
    case "ike-keys":
      for (const key of value.keys) if (keyCoverage(key, key.address ?? "")?.isHost === true) peer(key.address);
      break;
    case "ike-peers":
      for (const item of value.peers) {
        own(item.local);
        peer(item.address);
      }
      break;
    case "interfaces":
      for (const item of value.interfaces) own(item.address);
      break;
    case "log":
      for (const attempt of value.attempts) {
        own(attempt.local);
        peer(attempt.peer);
      }
      for (const { signature, captures, peer: address } of value.events) {
        // A packet that came in clear names the hosts behind the ends, not the ends.
        if (signature === "not-ipsec-packet") continue;
        own(captures["local"]);
        peer(address);
      }
      break;
    case "captures":
      for (const { what, from, to, direction } of value.streams) {
        if (what === "other" || what === "icmp-error") continue;
        if (direction === undefined) clues.pairs.push([from, to]);
        own(direction === "out" ? from : direction === "in" ? to : undefined);
        peer(direction === "out" ? to : direction === "in" ? from : undefined);
      }
      break;
    case "ping":
      own(value.source);
      break;
    default:
      break;
  }
}

function add(to: Set<string>, address: string | undefined): void {
  const canonical = address === undefined ? undefined : canonicalAddress(address);
  if (canonical !== undefined && canonical !== "0.0.0.0" && canonical !== "::") to.add(canonical);
}
