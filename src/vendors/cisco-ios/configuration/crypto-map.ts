/** Headings of crypto maps, dynamic maps and IPsec profiles; an IPsec profile is a map of one entry of type "profile". */
import type { CryptoMapEntry } from "../../../domain/readings/ipsec.ts";
import { type Collected, mapKey, type OpenMap, type OpenMapEntry, type Taken } from "./collected.ts";
import { readMapField } from "./crypto-map-field.ts";
import type { Statement } from "./statements.ts";

const LOCAL_ADDRESS = /^crypto map (?:ipv6 )?(?<name>\S{1,100}) local-address (?<address>\S{1,100})$/;
const ENTRY =
  /^crypto map (?:ipv6 )?(?<name>\S{1,100}) (?<sequence>\d{1,5})(?: (?<type>ipsec-isakmp|ipsec-manual|gdoi))?(?: (?<rest>\S.*))?$/;
const DYNAMIC = /^crypto dynamic-map (?<name>\S{1,100}) (?<sequence>\d{1,5})$/;
const PROFILE = /^crypto ipsec profile (?<name>\S{1,100})$/;
const DYNAMIC_MAP = /^dynamic (?<name>\S{1,100})/;
const REMOVED = /^no crypto (?<kind>map|dynamic-map) (?<name>\S{1,100})(?: (?<sequence>\d{1,5})\b.*)?$/;
/** `crypto map NAME` alone is a line of some interface (`| section crypto` prints it so); the rest is for remote access. */
const ASIDE = /^crypto map \S{1,100}(?: (?:client|isakmp|redundancy|gdoi|map-config) ?.*)?$/;

export function takeCryptoMap(statement: Statement, collected: Collected): Taken {
  const { text, line } = statement;
  const removed = REMOVED.exec(text)?.groups;
  if (removed) return remove(collected, removed);
  const local = LOCAL_ADDRESS.exec(text)?.groups;
  if (local) {
    const map = openMap(collected, "map", local["name"] ?? "", line);
    map.localAddress = local["address"];
    map.at["localAddress"] = line;
    return "read";
  }
  const entry = ENTRY.exec(text)?.groups;
  if (entry) {
    const { name = "", sequence, rest = "" } = entry;
    const open = openEntry(openMap(collected, "map", name, line), Number(sequence), line, typeOf(entry["type"]));
    const dynamicMap = DYNAMIC_MAP.exec(rest)?.groups?.["name"];
    if (dynamicMap !== undefined) {
      open.dynamicMap = dynamicMap;
      open.at["dynamicMap"] = line;
    }
    return { mode: "crypto-map", tellsUnread: true, read: (field) => readMapField(open, field) };
  }
  const dynamic = DYNAMIC.exec(text)?.groups;
  const profile = PROFILE.exec(text)?.groups;
  const named = dynamic ?? profile;
  if (named) {
    const map = openMap(collected, dynamic ? "dynamic-map" : "profile", named["name"] ?? "", line);
    const open = openEntry(map, Number(dynamic?.["sequence"] ?? 0), line, dynamic ? "dynamic" : "profile");
    return { mode: "crypto-map", tellsUnread: true, read: (field) => readMapField(open, field) };
  }
  return ASIDE.test(text) ? "read" : undefined;
}

function typeOf(word: string | undefined): CryptoMapEntry["type"] {
  return word === "ipsec-isakmp" || word === "ipsec-manual" || word === "gdoi" ? word : "unknown";
}

function openMap(collected: Collected, kind: OpenMap["kind"], name: string, line: number): OpenMap {
  const key = mapKey(kind, name);
  const map = collected.maps.get(key) ?? { kind, name, line, entries: new Map(), at: {} };
  collected.maps.set(key, map);
  return map;
}

function openEntry(map: OpenMap, sequence: number, line: number, type: CryptoMapEntry["type"]): OpenMapEntry {
  const known = map.entries.get(sequence);
  if (known) {
    if (known.type === "unknown") known.type = type;
    return known;
  }
  const entry: OpenMapEntry = { map: map.name, sequence, line, type, peers: [], transformSets: [], at: {} };
  map.entries.set(sequence, entry);
  return entry;
}

function remove(collected: Collected, groups: Readonly<Record<string, string | undefined>>): Taken {
  const key = mapKey(groups["kind"] === "dynamic-map" ? "dynamic-map" : "map", groups["name"] ?? "");
  const sequence = groups["sequence"];
  if (sequence === undefined) collected.maps.delete(key);
  else collected.maps.get(key)?.entries.delete(Number(sequence));
  return "read";
}
