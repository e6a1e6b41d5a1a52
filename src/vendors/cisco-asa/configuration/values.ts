/** From what was collected to readings: which kinds there are, and whether they are all the device has. */
import { canonicalAddress } from "../../../domain/network.ts";
import type { DecryptedFilter } from "../../../domain/readings/ike.ts";
import type { ReadingValue } from "../../../domain/readings/index.ts";
import type { AccessList, CryptoMap, CryptoMapEntry } from "../../../domain/readings/ipsec.ts";
import type { InterfaceState } from "../../../domain/readings/path.ts";
import { readAclLine } from "../acl-entry.ts";
import type { Collected, OpenMapEntry } from "./collected.ts";
import type { Extent } from "./extent.ts";
import { setOfProposal } from "./ipsec.ts";
import { natOf } from "./nat.ts";

export function valuesOf(collected: Collected, extent: Extent): ReadingValue[] {
  const { whole } = extent;
  const values = extent.filtered ? [] : sectionValues(collected, extent);
  const nat = natOf(collected);
  const read = accessLists(collected);
  const lists = [...read.lists, ...nat.lists];
  const interfaces = interfacesOf(collected, nat.sides);
  const { keys, staticRoutes, settings, device } = collected;
  // What no group says of itself it may have by default: the list is never whole.
  if (collected.groups.size > 0)
    values.push({ kind: "ike-profiles", profiles: [...collected.groups.values()], complete: false });
  if (extent.keys || keys.length > 0) values.push({ kind: "ike-keys", keys, complete: extent.keys });
  const decryptedFilters = decryptedFiltersOf(collected);
  if (extent.ike || Object.keys(settings.at).length > 0 || decryptedFilters.length > 0)
    values.push({
      kind: "ike-settings",
      ...settings,
      ...(decryptedFilters.length > 0 && { decryptedFilters }),
      ...enabledIn(collected, extent),
      complete: extent.ike,
    });
  if (whole || lists.length > 0) values.push({ kind: "access-lists", lists, complete: whole && read.isAll });
  if (whole || interfaces.length > 0)
    values.push({ kind: "interfaces", from: "configuration", interfaces, complete: whole });
  if (whole || nat.rules.length > 0)
    values.push({ kind: "nat-rules", rules: nat.rules, routeMaps: {}, complete: whole });
  if (whole || staticRoutes.length > 0) values.push({ kind: "static-routes", routes: staticRoutes, complete: whole });
  if (whole || Object.keys(device).length > 0) values.push({ kind: "device", ...device });
  return values;
}

function sectionValues(collected: Collected, { ike, ipsec, maps: allMaps }: Extent): ReadingValue[] {
  const values: ReadingValue[] = [];
  const policies = [...collected.policies.values()].sort((one, other) => one.priority - other.priority);
  const proposals = [...collected.proposals.values()];
  const sets = [
    ...collected.transformSets.values(),
    ...[...collected.espProposals.values()].flatMap((proposal) => setOfProposal(proposal) ?? []),
  ];
  const maps = mapsOf(collected, allMaps);
  if (ike || policies.length > 0) values.push({ kind: "ike-policies", version: 1, policies, complete: ike });
  if (ike || proposals.length > 0) values.push({ kind: "ike-proposals", version: 2, proposals, complete: ike });
  if (ipsec || sets.length > 0) values.push({ kind: "transform-sets", sets, complete: ipsec });
  if (allMaps || maps.length > 0) values.push({ kind: "crypto-maps", maps, complete: allMaps });
  return values;
}

function mapsOf({ entries, mapUses }: Collected, complete: boolean): CryptoMap[] {
  const maps = new Map<string, OpenMapEntry[]>();
  for (const entry of entries.values()) maps.set(entry.map, [...(maps.get(entry.map) ?? []), entry]);
  for (const { name } of mapUses) maps.set(name, maps.get(name) ?? []);
  return [...maps].map(([name, own]) => {
    const uses = mapUses.filter((use) => use.name === name);
    const isDynamic = own.some(({ type }) => type === "dynamic");
    const known = uses.length > 0 || (complete && !isDynamic);
    const sorted = own.sort((one, other) => one.sequence - other.sequence);
    return {
      name,
      line: sorted[0]?.line ?? uses[0]?.line ?? 1,
      ...(known && { interfaces: uses.map((use) => use.interface) }),
      entries: sorted.map((entry) => finished(entry, complete)),
      at: uses[0] ? { interfaces: uses[0].line } : {},
    };
  });
}

function finished(entry: OpenMapEntry, complete: boolean): CryptoMapEntry {
  const isAllThere = entry.peers.length > 0 && entry.transformSets.length > 0 && entry.aclName !== undefined;
  const isStatic = entry.type === "ipsec-isakmp" && entry.dynamicMap === undefined;
  // Without a set or proposal the ASA passes the entry over, as without a peer or a list.
  if (complete && isStatic && entry.transformSets.length === 0)
    return { ...entry, incomplete: true, at: { ...entry.at, incomplete: entry.line } };
  // An entry that is there from peer to ACL and has no `set pfs` has it off; a piece of one does not say.
  return entry.pfs === undefined && entry.dynamicMap === undefined && (complete || isAllThere)
    ? { ...entry, pfs: {} }
    : entry;
}

/** A list of which a line could not be read (cut, or of a form that is not known) is neither here nor known to be absent. */
function accessLists(collected: Collected): { lists: AccessList[]; isAll: boolean } {
  const unread = new Set<string>();
  const lists = new Map<string, AccessList & { readonly entries: AccessList["entries"][number][] }>();
  for (const { text, line, lines } of collected.accessLines) {
    const name = /^access-list (\S{1,241}) /.exec(text)?.[1] ?? "";
    const read = readAclLine(text, line, collected.objects);
    const list = lists.get(name) ?? { name, line, type: read?.type ?? ("extended" as const), entries: [] };
    lists.set(name, list);
    if (read) list.entries.push(...read.entries);
    else if (!/ (?:remark|ethertype|webtype) /.test(text)) {
      unread.add(name);
      collected.unread.push(...lines);
    }
  }
  const whole = [...lists.values()].filter(({ name, entries }) => entries.length > 0 && !unread.has(name));
  return { lists: whole, isAll: unread.size === 0 };
}

function interfacesOf(
  { interfaces, accessGroups, mapUses }: Collected,
  sides: ReadonlyMap<string, "inside" | "outside">,
): InterfaceState[] {
  return [...interfaces.values()].map((item) => {
    const map = mapUses.find((use) => use.interface === item.name);
    const filterIn = accessGroups.find((group) => group.interface === item.name && group.way === "in");
    const filterOut = accessGroups.find((group) => group.interface === item.name && group.way === "out");
    const nat = sides.get(item.name);
    return {
      ...item,
      ...(map && { cryptoMap: map.name }),
      // Packets of IPsec to the ASA itself are not held against it: Cisco ASA command reference, "access-group".
      ...(filterIn && !map && { accessGroupIn: filterIn.name }),
      ...(filterOut && { accessGroupOut: filterOut.name }),
      ...(nat && { nat }),
      at: {
        ...item.at,
        ...(map && { cryptoMap: map.line }),
        ...(filterIn && !map && { accessGroupIn: filterIn.line }),
        ...(filterOut && { accessGroupOut: filterOut.line }),
      },
    };
  });
}

/** The `vpn-filter` of each peer, and the list of the map's interface where decrypted packets do not pass it by. */
function decryptedFiltersOf(collected: Collected): DecryptedFilter[] {
  const { policyOfGroup, filterOfPolicy, permitVpnOffLine, accessGroups, mapUses } = collected;
  const own = [...policyOfGroup].flatMap(([group, policy]) => {
    const filter = filterOfPolicy.get(policy.name);
    const peer = canonicalAddress(group);
    return filter && peer !== undefined
      ? [{ aclName: filter.name, peer, line: filter.line, holdsLine: policy.line }]
      : [];
  });
  if (permitVpnOffLine === undefined) return own;
  const lists = accessGroups.filter(
    (group) => group.way === "in" && mapUses.some((use) => use.interface === group.interface),
  );
  return [...own, ...lists.map(({ name, line }) => ({ aclName: name, line, holdsLine: permitVpnOffLine }))];
}

/** IKE is off where a map is applied on an interface on which no version that it uses is enabled. */
function enabledIn({ mapUses, enabled, entries, settings }: Collected, { ike, maps }: Extent) {
  if (!ike || !maps) return {};
  for (const use of mapUses) {
    const versions = new Set(
      [...entries.values()].filter(({ map }) => map === use.name).map(({ ikeVersion }) => ikeVersion),
    );
    const on = enabled.filter((one) => one.interface === use.interface).map(({ name }) => (name === "ikev2" ? 2 : 1));
    const isServed = versions.has(undefined) ? on.length > 0 : on.some((version) => versions.has(version as 1 | 2));
    if (!isServed) return { enabled: false, at: { ...settings.at, enabled: use.line } };
  }
  return {};
}
