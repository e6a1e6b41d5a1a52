/** The lines of one entry of `show crypto map`. */

import type { Transform } from "../../../domain/crypto.ts";
import { canonicalAddress } from "../../../domain/network.ts";
import type { AclEntry, CryptoMapEntry } from "../../../domain/readings/ipsec.ts";
import { readAclEntry } from "../acl-entry.ts";
import { readTransform } from "../transform-words.ts";

export type EntryDraft = {
  -readonly [Field in keyof Omit<CryptoMapEntry, "acl" | "transforms">]: CryptoMapEntry[Field];
} & {
  peers: string[];
  acl?: AclEntry[];
  transforms?: Transform[];
  transformSets: string[];
  at: Record<string, number>;
  /** Between "Transform sets={" and its closing brace. */
  inTransformSets: boolean;
};

const PEER = /^Peer = (?<peer>\S{1,255})/;
const ACL = /^(?:Extended IP|IPv6|IP) access list ?(?<name>\S{1,200})?$/i;
const LIFETIME =
  /^Security association lifetime: ?(?:(?<kilobytes>\d{1,15}) kilobytes|kilobyte volume rekey disabled)?\/? ?(?:(?<seconds>\d{1,15}) seconds)?/i;
const PROFILE = /^(?<kind>ISAKMP|IKEv2|IKE) Profile: ?(?<name>\S{1,200})/i;
const DYNAMIC = /^Dynamic map template tag: ?(?<name>\S{1,200})/i;
const DH_GROUP = /^DH group: {1,4}group(?<group>\d{1,3})/i;
const RESPONDER_ONLY = /^Responder-Only \(Y\/N\): ?(?<word>[YN])/i;
const WINDOW = /^(?:Anti-?replay window size ?[=:]|replay window size ?[=:]) ?(?<size>\d{1,6})/i;
const SET = /(?<name>[^\s:,{}]{1,100})(?:: {0,4}\{(?<words>[^{}]{0,200})\})?/g;
/** Lines without a meaning for a fault. */
const PLAIN =
  /^(?:Current peer:|Access-List SS dynamic:|Dualstack \(Y\/N\):|Mixed-mode ?:|No matching address list set|Extended IP access check|\(missing peer or access-list definitions\)|Description:|Security association idletime:|Security association level|Profile name:|Map is a PROFILE INSTANCE|dynamic \(created from dynamic map|Group Name:|identity number|server address|Kilobyte|Tunnel-protection|QOS pre-classification|Default peer:)/i;
/** What people write over an address they do not want to show: no host name of theirs. */
const MASKED = /^[\dx*.]{1,20}$/i;

/**
 * Reads one trimmed line of an entry.
 * @returns false where it is none, or where a value in it could not be read
 */
export function readEntryLine(entry: EntryDraft, text: string, line: number): boolean {
  // The closing brace may have been lost: a sentence is no name of a set.
  if (entry.inTransformSets && !/[{},]/.test(text) && /\S\s+\S/.test(text)) entry.inTransformSets = false;
  if (entry.inTransformSets) return readTransformSets(entry, text);
  if (/^Transform sets ?=/i.test(text)) {
    entry.at["transformSets"] = line;
    entry.inTransformSets = true;
    return readTransformSets(entry, text.slice(text.indexOf("=") + 1));
  }
  const peer = PEER.exec(text)?.groups?.["peer"];
  if (peer !== undefined) return readPeer(entry, peer, line);
  const acl = ACL.exec(text);
  if (acl) {
    entry.at["aclName"] = line;
    const name = acl.groups?.["name"];
    if (name !== undefined) entry.aclName = name;
    return true;
  }
  const rule = /^(?:access-list |permit |deny |\d{1,10} (?:permit|deny) )/i.test(text) && readAclEntry(text, line);
  if (!rule) return readSetting(entry, text, line);
  entry.acl ??= [];
  entry.acl.push(rule);
  return true;
}

function readPeer(entry: EntryDraft, word: string, line: number): boolean {
  const address = canonicalAddress(word);
  if (address === undefined && MASKED.test(word)) return false;
  entry.peers.push(address ?? word);
  entry.at["peers"] ??= line;
  return true;
}

function readSetting(entry: EntryDraft, text: string, line: number): boolean {
  const responderOnly = RESPONDER_ONLY.exec(text)?.groups?.["word"];
  if (responderOnly !== undefined) {
    entry.responderOnly = responderOnly.toUpperCase() === "Y";
    entry.at["responderOnly"] = line;
    return true;
  }
  if (/^PFS \(Y\/N\): ?[YN]/i.test(text)) {
    entry.at["pfs"] = line;
    // With "Y", the group stands on the next line.
    if (/^PFS \(Y\/N\): ?N/i.test(text)) entry.pfs = {};
    return true;
  }
  const group = DH_GROUP.exec(text)?.groups?.["group"];
  if (group !== undefined) {
    entry.pfs = { group: Number(group) };
    entry.at["pfsGroup"] = line;
    return true;
  }
  const lifetime = LIFETIME.exec(text)?.groups;
  if (lifetime) return readLifetime(entry, lifetime["kilobytes"], lifetime["seconds"], line);
  const profile = PROFILE.exec(text)?.groups;
  if (profile) {
    entry.profile = profile["name"];
    if (!/^IKE$/i.test(profile["kind"] ?? "")) entry.ikeVersion = /v2$/i.test(profile["kind"] ?? "") ? 2 : 1;
    entry.at["profile"] = line;
    return true;
  }
  return readRarer(entry, text, line);
}

function readLifetime(entry: EntryDraft, kilobytes: string | undefined, seconds: string | undefined, line: number) {
  if (kilobytes !== undefined) entry.lifetimeKilobytes = Number(kilobytes);
  if (seconds !== undefined) entry.lifetimeSeconds = Number(seconds);
  entry.at["lifetimeSeconds"] = line;
  return seconds !== undefined;
}

function readRarer(entry: EntryDraft, text: string, line: number): boolean {
  const dynamic = DYNAMIC.exec(text)?.groups?.["name"];
  const window = WINDOW.exec(text)?.groups?.["size"];
  if (dynamic !== undefined) {
    entry.type = "dynamic";
    entry.dynamicMap = dynamic;
    entry.at["dynamicMap"] = line;
  } else if (window !== undefined) {
    entry.replayWindow = Number(window);
    entry.at["replayWindow"] = line;
  } else if (/^Reverse Route Injection/i.test(text)) {
    entry.reverseRoute = { static: /\bstatic\b/i.test(text) };
    entry.at["reverseRoute"] = line;
  } else if (/^WARNING: This crypto map is in an incomplete state/i.test(text)) {
    entry.incomplete = true;
    entry.at["incomplete"] = line;
  } else {
    if (/^(?:Profile name:|Map is a PROFILE INSTANCE)/i.test(text)) entry.type = "profile";
    return PLAIN.test(text);
  }
  return true;
}

/** "{ TS: { esp-aes esp-sha-hmac  } ,", "TS,", "}" — on one line or on one line each. */
function readTransformSets(entry: EntryDraft, text: string): boolean {
  if (text.length > 2000) return false;
  const list = text.replace(/^\s{0,9}\{/, "");
  for (const found of list.matchAll(SET)) {
    entry.transformSets.push(found.groups?.["name"] ?? "");
    const transform = readTransform(found.groups?.["words"] ?? "");
    if (transform === undefined) continue;
    entry.transforms ??= [];
    entry.transforms.push(transform);
  }
  if (list.replace(SET, "").includes("}")) entry.inTransformSets = false;
  return true;
}
