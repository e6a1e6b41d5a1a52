/** What an end's readings come to: of each kind the latest word, or all looks, about the peer in question. */
import { canonicalAddress } from "../domain/network.ts";
import type { IkeSa } from "../domain/readings/ike.ts";
import type { ReadingKind } from "../domain/readings/index.ts";
import type { IpsecFlow } from "../domain/readings/ipsec.ts";
import type { InterfaceState } from "../domain/readings/path.ts";
import { type HeldList, hold, look, merge } from "./held.ts";
import type { Held, OrderedReading } from "./known.ts";
import type { EndFacts, EndView } from "./view.ts";

/** Builds an end's view; `readings` are this end's only, in order. */
export function viewEnd(facts: EndFacts): EndView {
  const { readings, peer, own } = facts;
  const kinds = new Set(readings.map(({ value }) => value.kind));
  const of = <K extends ReadingKind>(kind: K): OrderedReading<K>[] =>
    kinds.has(kind) ? readings.filter((reading): reading is OrderedReading<K> => reading.value.kind === kind) : [];
  const isOurs = (address: string | undefined) => concernsPeer(address, peer);
  // A device may have a tunnel on each of several addresses.
  const isOwn = (address: string | undefined) => address === undefined || own === undefined || address === own;
  const logs = of("log");
  const attempts = logs.flatMap((log) =>
    log.value.attempts.filter((item) => isOurs(item.peer)).map((item) => hold(log, item)),
  );
  const tables = of("ipsec-sas")
    .filter(({ value }) => isOurs(value.peer))
    .map((reading) => ({
      ...look(reading, reading.value.flows, (flow) => isOurs(flow.remoteEndpoint ?? flow.peer)),
      takenAtSeconds: reading.value.takenAtSeconds,
    }));
  const filters = of("host-filter").map((reading) => hold(reading, reading.value));
  const natLooks = of("nat-rules").map((reading) => hold(reading, reading.value));
  // Written out, not spread: this object is made for every turn.
  return {
    side: facts.side,
    platform: facts.platform,
    host: facts.host,
    own,
    peer,
    seen: readings.length > 0,
    ikeSas: withoutOtherVersions(of("ike-sas").filter(({ value }) => isOurs(value.peer))).map((reading) =>
      look(reading, reading.value.sas, (sa) => isSaOurs(sa, peer, own)),
    ),
    flows: tables.filter(({ items }) => !areCounters(items)),
    flowCounters: tables.filter(({ items }) => areCounters(items)),
    sessions: of("crypto-sessions")
      .filter(({ value }) => isOurs(value.peer))
      .map((reading) =>
        look(reading, reading.value.sessions, ({ peer: address, local }) => isOurs(address) && isOwn(local)),
      ),
    ikePeers: of("ike-peers").flatMap((reading) =>
      reading.value.peers.filter((item) => isOurs(item.address)).map((item) => hold(reading, item)),
    ),
    ikeOff: latestIkeOff(readings),
    policies: merge(
      of("ike-policies"),
      (value) => value.policies,
      (policy, { version }) => `v${version} ${policy.priority}`,
    ),
    ikeProposals: merge(
      of("ike-proposals"),
      ({ proposals, version }) => proposals.map((proposal) => ({ ...proposal, version })),
      ({ version, name, line }) => `v${version} ${name ?? line}`,
    ),
    connections: merge(
      of("connections"),
      (value) => value.connections,
      ({ name }) => name,
    ),
    keys: merge(
      of("ike-keys"),
      (value) => value.keys,
      (key) => [key.keyring, key.address ?? key.hostname, key.mask, key.vrf, key.use, key.version].join(" "),
    ),
    profiles: merge(
      of("ike-profiles"),
      (value) => value.profiles,
      (profile) => profile.name,
    ),
    admissions: of("admission").map((reading) => hold(reading, reading.value)),
    settings: of("ike-settings").map((reading) => hold(reading, reading.value)),
    transformSets: merge(
      of("transform-sets"),
      (value) => value.sets,
      (set) => set.name,
    ),
    mapEntries: merge(
      of("crypto-maps"),
      (value) => value.maps.flatMap((map) => map.entries),
      (entry) => `${entry.map} ${entry.sequence}`,
    ),
    maps: merge(
      of("crypto-maps"),
      (value) => value.maps,
      (map) => map.name,
    ),
    mapUses:
      merge(
        of("crypto-maps"),
        (value) => value.maps.filter((map) => map.interfaces !== undefined),
        (map) => map.name,
      )?.items ?? [],
    accessLists: merge(
      of("access-lists"),
      (value) => value.lists,
      (list) => list.name,
    ),
    missingAccessLists: of("access-lists")
      .filter(({ value }) => value.asked !== undefined && value.lists.length === 0)
      .map((reading) => hold(reading, reading.value.asked ?? "")),
    interfaces: configuredFirst(of("interfaces")),
    interfaceStates: mergeInterfaces(of("interfaces").filter(({ value }) => value.from === "brief")),
    routes: of("routes").map((reading) => hold(reading, reading.value)),
    forwarding: of("forwarding").map((reading) => hold(reading, reading.value)),
    pings: of("ping").map((reading) => hold(reading, reading.value)),
    packetTraces: of("packet-trace").map((reading) => hold(reading, reading.value)),
    pathTraces: of("path-trace").map((reading) => hold(reading, reading.value)),
    dropCounters: of("drop-counters").map((reading) => hold(reading, reading.value)),
    hostFilters: filters.filter(({ item }) => item.on === undefined),
    forwardFilters: filters.filter(({ item }) => item.on === "forwarded"),
    kernelPolicies: of("kernel-policies")
      .map((reading) => hold(reading, reading.value))
      .at(-1),
    captures: of("captures").map((reading) => hold(reading, reading.value)),
    certificates: of("certificates").map((reading) => hold(reading, reading.value)),
    trustPoints: of("trust-points").map((reading) => hold(reading, reading.value)),
    clocks: of("clock").map((reading) => hold(reading, reading.value)),
    natTranslations: of("nat-translations").map((reading) => hold(reading, reading.value)),
    natRules: natLooks.at(-1),
    natLooks,
    staticRoutes: merge(
      of("static-routes"),
      (value) => value.routes,
      (route) => JSON.stringify([route.network, route.nextHop, route.interface, route.vrf]),
    ),
    zones: of("security-zones")
      .map((reading) => hold(reading, reading.value))
      .at(-1),
    securityPolicies: of("security-policies")
      .map((reading) => hold(reading, reading.value))
      .at(-1),
    typed: of("typed").map((reading) => hold(reading, reading.value)),
    uptimes: of("device").flatMap((reading) => {
      const { uptimeSeconds: seconds, uptimeLine: line } = reading.value;
      return seconds === undefined || line === undefined ? [] : [hold(reading, { seconds, line })];
    }),
    attempts,
    events: logs.flatMap((log) =>
      log.value.events
        .filter((item) => item.signature === "not-ipsec-packet" || isOurs(item.peer))
        .map((item) => hold(log, item)),
    ),
    hasLog: logs.length > 0,
    undatedLog: facts.undatedLog,
    kept: new Map(),
  };
}

/** That there is no SA of one version says nothing where the other version's table has some. */
function withoutOtherVersions(readings: readonly OrderedReading<"ike-sas">[]): readonly OrderedReading<"ike-sas">[] {
  return readings.filter(({ value: { version, sas } }) => {
    if (version === undefined || sas.length > 0) return true;
    const other = readings.findLast(({ value }) => value.version !== undefined && value.version !== version);
    return other === undefined || other.value.sas.length === 0;
  });
}

function areCounters(items: readonly Held<IpsecFlow>[]): boolean {
  return (
    items.length > 0 &&
    items.every(
      ({ item }) =>
        item.peer === undefined &&
        item.remoteEndpoint === undefined &&
        item.localIdent === undefined &&
        item.outboundSpi === undefined &&
        item.sas.length === 0,
    )
  );
}

function concernsPeer(address: string | undefined, peer: string | undefined): boolean {
  if (address === undefined || peer === undefined) return true;
  return (canonicalAddress(address) ?? address) === peer;
}

function isSaOurs(sa: IkeSa, peer: string | undefined, own: string | undefined): boolean {
  if (peer === undefined) return true;
  const addresses = [sa.local, sa.remote, sa.initiator, sa.responder].map((item) => canonicalAddress(item ?? ""));
  return addresses.includes(peer) && (own === undefined || addresses.includes(own) || sa.local === undefined);
}

function latestIkeOff(readings: readonly OrderedReading[]): Held<number> | undefined {
  let found: Held<number> | undefined;
  for (const reading of readings) {
    const { value, origin } = reading;
    if (value.kind === "ike-sas" || value.kind === "ike-policies")
      found = value.ikeOff === true ? hold(reading, origin.firstLine) : undefined;
    if (value.kind === "ike-settings" && value.enabled !== undefined)
      found = value.enabled ? undefined : hold(reading, value.at["enabled"] ?? origin.firstLine);
  }
  return found;
}

type InterfaceReading = OrderedReading<"interfaces">;

function mergeInterfaces(readings: readonly InterfaceReading[]): HeldList<InterfaceState> | undefined {
  return merge(
    readings,
    (value) => value.interfaces,
    (item) => item.name,
  );
}

/** A listing knows addresses and no more: it must not take away what a configuration showed of an interface. */
function configuredFirst(readings: readonly InterfaceReading[]): HeldList<InterfaceState> | undefined {
  const configured = mergeInterfaces(readings.filter(({ value }) => value.from === "configuration"));
  const listed = mergeInterfaces(readings.filter(({ value }) => value.from === "brief"));
  if (!configured || !listed) return configured ?? listed;
  const names = new Set(configured.items.map(({ item }) => item.name));
  const others = listed.items.filter(({ item }) => !names.has(item.name));
  return { items: [...configured.items, ...others], complete: configured.complete || listed.complete };
}
