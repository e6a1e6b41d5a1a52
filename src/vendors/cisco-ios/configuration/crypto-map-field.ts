/** The lines under a crypto map entry, a dynamic map or an IPsec profile. */
import { canonicalAddress } from "../../../domain/network.ts";
import { dhGroup } from "../ike-words.ts";
import type { OpenMapEntry } from "./collected.ts";
import type { Statement } from "./statements.ts";

const LIFETIME =
  /^set security-association lifetime (?:seconds (?<seconds>\d{1,10})|kilobytes (?<kilobytes>\d{1,10}|disable))$/;
const REPLAY = /^set security-association replay (?:window-size (?<size>\d{1,5})|disable)$/;
const PFS = /^set pfs(?: (?<group>\S{1,20}))?$/;
const PEER = /^set peer (?<peer>\S{1,100})(?: (?:default|dynamic))*$/;
const WORD = /^(?<what>set isakmp-profile|set ikev2-profile|match address) (?<name>\S{1,100})$/;
/** The angle brackets are how some articles print an optional word. */
const REVERSE_ROUTE =
  /^reverse-route(?<static> <?static>?)?(?: remote-peer (?<peer>[0-9a-fA-F.:]{2,45}))?(?<after>(?: gateway)?(?: static)?)$/;
/** Of crypto maps and IPsec profiles alike; `no` in front takes it back. */
const RESPONDER_ONLY = /^(?<no>no )?(?:set )?(?:ikev1 )?responder-only$/;
const ASIDE =
  /^(?:description |qos |set (?:nat|ip|identity|mixed-mode|group|reverse-route|security-association (?:idle-time|level|dummy|ecn|dfbit)|security-policy|aggressive-mode|session-key|fail-close)|no )/;

/** Takes one line into `entry`; false if it is none of a map's lines. */
export function readMapField(entry: OpenMapEntry, { text, line }: Statement): boolean {
  if (text === "! Incomplete") {
    entry.incomplete = true;
    entry.at["incomplete"] = line;
    return true;
  }
  if (text.startsWith("set peer ")) return readPeer(entry, text, line);
  if (text.startsWith("set transform-set ")) {
    entry.transformSets = text.slice("set transform-set ".length).split(" ");
    entry.at["transformSets"] = line;
    return true;
  }
  const word = WORD.exec(text)?.groups;
  if (word) {
    const field = word["what"] === "match address" ? "aclName" : "profile";
    entry[field] = word["name"];
    entry.at[field] = line;
    if (field === "profile") entry.ikeVersion = word["what"] === "set ikev2-profile" ? 2 : 1;
    return true;
  }
  const lifetime = LIFETIME.exec(text)?.groups;
  if (lifetime) return readLifetime(entry, lifetime, line);
  const responderOnly = RESPONDER_ONLY.exec(text);
  if (responderOnly) {
    entry.responderOnly = responderOnly.groups?.["no"] === undefined;
    entry.at["responderOnly"] = line;
    return true;
  }
  const replay = REPLAY.exec(text);
  if (replay) {
    const size = replay.groups?.["size"];
    if (size === undefined) entry.replayDisabled = true;
    else entry.replayWindow = Number(size);
    entry.at[size === undefined ? "replayDisabled" : "replayWindow"] = line;
    return true;
  }
  return readPfs(entry, text, line) || readReverseRoute(entry, text, line) || ASIDE.test(text);
}

function readPeer(entry: OpenMapEntry, text: string, line: number): boolean {
  const peer = PEER.exec(text)?.groups?.["peer"];
  if (peer === undefined) return false;
  const address = canonicalAddress(peer) ?? peer;
  if (!entry.peers.includes(address)) entry.peers.push(address);
  entry.at["peers"] ??= line;
  return true;
}

function readLifetime(entry: OpenMapEntry, lifetime: Record<string, string | undefined>, line: number): boolean {
  const { seconds, kilobytes } = lifetime;
  if (seconds !== undefined) {
    entry.lifetimeSeconds = Number(seconds);
    entry.at["lifetimeSeconds"] = line;
  } else if (kilobytes !== "disable") {
    entry.lifetimeKilobytes = Number(kilobytes);
    entry.at["lifetimeKilobytes"] = line;
  }
  return true;
}

function readPfs(entry: OpenMapEntry, text: string, line: number): boolean {
  if (text === "no set pfs" || text.startsWith("no set pfs ")) {
    entry.pfs = {};
    entry.at["pfs"] = line;
    return true;
  }
  const pfs = PFS.exec(text);
  if (pfs === null) return false;
  const word = pfs.groups?.["group"];
  // Cisco IOS Security Command Reference, "set pfs": without a group, group 1.
  const group = word === undefined ? 1 : dhGroup(word);
  if (group === undefined) return false;
  entry.pfs = { group };
  entry.at["pfs"] = line;
  return true;
}

function readReverseRoute(entry: OpenMapEntry, text: string, line: number): boolean {
  const groups = REVERSE_ROUTE.exec(text)?.groups;
  if (groups === undefined) return false;
  const remotePeer = canonicalAddress(groups["peer"] ?? "");
  const isStatic = groups["static"] !== undefined || (groups["after"] ?? "").endsWith("static");
  entry.reverseRoute = { static: isStatic, ...(remotePeer !== undefined && { remotePeer }) };
  entry.at["reverseRoute"] = line;
  return true;
}
