/** `crypto map NAME N …` and `crypto dynamic-map NAME N …`: one line a field. */
import { canonicalAddress } from "../../../domain/network.ts";
import type { Statement } from "../../cisco-ios/configuration/statements.ts";
import { dhGroup } from "../../cisco-ios/ike-words.ts";
import type { Collected, OpenMapEntry, Taken } from "./collected.ts";

const LINE =
  /^(?<no>no )?crypto (?<kind>map|dynamic-map) (?<name>\S{1,100}) (?<sequence>\d{1,5}) (?<rest>(?:match|set|ipsec-isakmp|annotation) .*)$/;
const INTERFACE = /^crypto map (?<name>\S{1,100}) interface (?<interface>\S{1,60})$/;
const LIFETIME =
  /^set security-association lifetime (?:seconds (?<seconds>\d{1,10})|kilobytes (?<kilobytes>\d{1,10}|unlimited))$/;
const ASIDE =
  /^(?:annotation|set (?:trustpoint|validate-icmp-errors|tfc-packets|df-bit|inheritance|ikev2 (?:pre-shared|preshared)|security-association))/;

export function takeCryptoMap({ text, line }: Statement, collected: Collected): Taken {
  const use = INTERFACE.exec(text)?.groups;
  if (use) {
    collected.mapUses.push({ name: use["name"] ?? "", interface: use["interface"] ?? "", line });
    return "read";
  }
  const groups = LINE.exec(text)?.groups;
  if (groups === undefined) return undefined;
  const { name = "", sequence = "", rest = "" } = groups;
  if (groups["no"] !== undefined) {
    removeField(collected, `${name} ${sequence}`, rest);
    return "read";
  }
  const entry = openEntry(collected, name, Number(sequence), line, groups["kind"] === "dynamic-map");
  return takeField(entry, rest, line) || ASIDE.test(rest) ? "read" : undefined;
}

function openEntry(
  collected: Collected,
  map: string,
  sequence: number,
  line: number,
  isDynamic: boolean,
): OpenMapEntry {
  const key = `${map} ${sequence}`;
  const known = collected.entries.get(key);
  if (known) return known;
  const type = isDynamic ? ("dynamic" as const) : ("ipsec-isakmp" as const);
  const entry: OpenMapEntry = { map, sequence, line, type, peers: [], transformSets: [], at: {} };
  collected.entries.set(key, entry);
  return entry;
}

function removeField(collected: Collected, key: string, rest: string): void {
  const entry = collected.entries.get(key);
  if (entry === undefined) return;
  if (rest.startsWith("set peer")) {
    const gone = rest.split(" ").slice(2);
    entry.peers = gone.length === 0 ? [] : entry.peers.filter((peer) => !gone.includes(peer));
  } else if (rest.startsWith("match address")) {
    delete entry.aclName;
  } else if (rest.startsWith("set pfs")) entry.pfs = {};
}

function takeField(entry: OpenMapEntry, text: string, line: number): boolean {
  const words = text.split(" ");
  const put = (field: string) => {
    entry.at[field] = line;
    return true;
  };
  const [verb, field, ...values] = words;
  if (verb === "match") {
    entry.aclName = values[0];
    return field === "address" && put("aclName");
  }
  if (verb === "ipsec-isakmp") {
    entry.dynamicMap = values[0];
    return field === "dynamic" && put("dynamicMap");
  }
  const lifetime = LIFETIME.exec(text)?.groups;
  if (lifetime) {
    if (lifetime["seconds"] !== undefined) entry.lifetimeSeconds = Number(lifetime["seconds"]);
    else if (lifetime["kilobytes"] !== "unlimited") entry.lifetimeKilobytes = Number(lifetime["kilobytes"]);
    return put(lifetime["seconds"] !== undefined ? "lifetimeSeconds" : "lifetimeKilobytes");
  }
  switch (field) {
    case "peer":
      entry.peers.push(...values.map((peer) => canonicalAddress(peer) ?? peer));
      return put("peers");
    case "transform-set":
      return takeSets(entry, values, 1) && put("transformSets");
    case "ikev1":
      if (values[0] === "transform-set") return takeSets(entry, values.slice(1), 1) && put("transformSets");
      if (values[0] === "phase1-mode") {
        if (values[1] === "aggressive") entry.aggressive = true;
        return put("aggressive");
      }
      return false;
    case "ikev2":
      if (values[0] === "ipsec-proposal") return takeSets(entry, values.slice(1), 2) && put("transformSets");
      return values[0] === "mode" || values[0] === "pre-shared-key";
    case "pfs":
      // Cisco ASA command reference, "crypto map set pfs": without a group, group 14 (group 2 before 9.13).
      entry.pfs = { group: values[0] === undefined ? 14 : (dhGroup(values[0]) ?? 14) };
      return put("pfs");
    case "reverse-route":
      entry.reverseRoute = { static: values[0] !== "dynamic" };
      return put("reverseRoute");
    case "connection-type":
      if (values[0] === "answer-only") entry.responderOnly = true;
      return put("responderOnly");
    case "nat-t-disable":
      entry.natTraversalOff = true;
      return put("natTraversalOff");
    default:
      return false;
  }
}

function takeSets(entry: OpenMapEntry, names: readonly string[], version: 1 | 2): boolean {
  entry.ikeVersion = entry.transformSets.length === 0 || entry.ikeVersion === version ? version : undefined;
  for (const name of names) if (!entry.transformSets.includes(name)) entry.transformSets.push(name);
  return true;
}
