/** From what was collected to readings: which kinds there are, and whether they are all the device has. */
import type { ReadingValue } from "../../../domain/readings/index.ts";
import type { CryptoMap, CryptoMapEntry } from "../../../domain/readings/ipsec.ts";
import { type Collected, mapKey, type OpenMap, type OpenMapEntry } from "./collected.ts";
import type { Extent } from "./extent.ts";
import { keysOf } from "./ikev2-keyring.ts";
import { proposalsInUse } from "./ikev2-settings.ts";
import { connectionsIn } from "./tunnels.ts";

/** The readings of a configuration; kinds of which nothing was seen are left out unless all of them would be here. */
export function valuesOf(collected: Collected, extent: Extent): ReadingValue[] {
  const isWhole = extent === "whole";
  const values = [...sectionValues(collected, extent), ...lineValues(collected, extent)];
  if (isWhole || collected.device.hostname !== undefined || collected.device.version !== undefined)
    values.push({ kind: "device", ...collected.device });
  return values;
}

/** Readings made of sections. `| include` tears them apart: what headings alone would say is not what the device has. */
function sectionValues(collected: Collected, extent: Extent): ReadingValue[] {
  if (extent === "filtered") return [];
  const complete = extent !== "fragment";
  const values: ReadingValue[] = [];
  const policies = [...collected.policies.values()].sort((one, other) => one.priority - other.priority);
  const profiles = [...collected.profiles.values()];
  const sets = [...collected.transformSets.values()];
  const carriers = carriersIn(collected);
  const maps = [...collected.maps.values()].map((map) => toMap(map, carriers, extent));
  if (complete || policies.length > 0) values.push({ kind: "ike-policies", version: 1, policies, complete });
  const usesIkeV2 = collected.ikeV2Proposals.size > 0 || collected.ikeV2Policies.size > 0;
  const proposals = proposalsInUse(collected, !complete);
  if (usesIkeV2 && proposals.length > 0) values.push({ kind: "ike-proposals", version: 2, proposals, complete });
  const connections = connectionsIn(collected, extent);
  // Beside crypto maps, tunnel interfaces are not all the tunnels there are.
  const areAll = extent === "whole" && ![...collected.maps.values()].some(({ kind }) => kind === "map");
  if (connections.length > 0) values.push({ kind: "connections", connections, complete: areAll });
  if (complete || profiles.length > 0) values.push({ kind: "ike-profiles", profiles, complete });
  if (complete || sets.length > 0) values.push({ kind: "transform-sets", sets, complete });
  if (complete || maps.length > 0) values.push({ kind: "crypto-maps", maps, complete });
  return values;
}

function lineValues(collected: Collected, extent: Extent): ReadingValue[] {
  const values: ReadingValue[] = [];
  const complete = extent === "whole";
  const isCryptoComplete = complete || extent === "crypto";
  const { settings, natRules, staticRoutes } = collected;
  const keys = [...collected.keys, ...keysOf(collected.ikeV2Keys)];
  const interfaces = [...collected.interfaces.values()];
  const lists = [...collected.accessLists.values()]
    .filter((list) => complete || list.entries.length > 0)
    .map(({ unread: _, ...list }) => list);
  if (isCryptoComplete || keys.length > 0) values.push({ kind: "ike-keys", keys, complete: isCryptoComplete });
  if (isCryptoComplete || Object.keys(settings.at).length > 0 || settings.aggressivePeers !== undefined)
    values.push({ kind: "ike-settings", ...settings, complete: isCryptoComplete });
  if (complete || lists.length > 0) values.push({ kind: "access-lists", lists, complete });
  if (complete || (interfaces.length > 0 && extent !== "filtered"))
    values.push({ kind: "interfaces", from: "configuration", interfaces, complete });
  if (complete || natRules.length > 0 || collected.routeMaps.size > 0)
    values.push({ kind: "nat-rules", rules: natRules, routeMaps: Object.fromEntries(collected.routeMaps), complete });
  if (complete || staticRoutes.length > 0) values.push({ kind: "static-routes", routes: staticRoutes, complete });
  return values;
}

function toMap(map: OpenMap, carriers: ReadonlyMap<string, readonly string[]>, extent: Extent): CryptoMap {
  const { kind, name, line, localAddress, at } = map;
  const entries = [...map.entries.values()].sort((one, other) => one.sequence - other.sequence);
  // A dynamic map is never applied itself; and interfaces that were not pasted may carry any other.
  const carrying = kind === "dynamic-map" ? undefined : carriers.get(mapKey(kind, name));
  const interfaces = carrying ?? (extent === "whole" && kind !== "dynamic-map" ? [] : undefined);
  return {
    name,
    line,
    ...(localAddress !== undefined && { localAddress }),
    ...(interfaces && { interfaces }),
    entries: entries.map((entry) => toEntry(entry, extent !== "fragment")),
    at,
  };
}

/** Interfaces by the crypto map they carry ("map NAME") and by the profile that protects them ("profile NAME"). */
function carriersIn(collected: Collected): ReadonlyMap<string, readonly string[]> {
  const carriers = new Map<string, string[]>();
  const add = (key: string, name: string) => {
    const names = carriers.get(key);
    if (names) names.push(name);
    else carriers.set(key, [name]);
  };
  for (const { name, cryptoMap, tunnelProtection } of collected.interfaces.values()) {
    if (cryptoMap !== undefined) add(mapKey("map", cryptoMap), name);
    if (tunnelProtection !== undefined) add(mapKey("profile", tunnelProtection), name);
  }
  return carriers;
}

function toEntry(entry: OpenMapEntry, complete: boolean): CryptoMapEntry {
  const isAllThere = entry.peers.length > 0 && entry.transformSets.length > 0 && entry.aclName !== undefined;
  // An entry that is there from peer to ACL and has no `set pfs` has it off; a piece of one does not say.
  const isOwn = entry.dynamicMap === undefined;
  return entry.pfs === undefined && isOwn && (complete || isAllThere) ? { ...entry, pfs: {} } : entry;
}
