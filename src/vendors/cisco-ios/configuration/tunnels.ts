/**
 * Tunnel interfaces with `tunnel protection ipsec profile`: route-based tunnels (VTI, GRE over IPsec, DMVPN), which have
 * no crypto ACL. Each is a connection; what goes into it is decided by routing.
 */
import { hostNetwork, networkFromNetmask } from "../../../domain/network.ts";
import type { Connection, ConnectionAuth, ConnectionChild, EspProposal } from "../../../domain/readings/connection.ts";
import type { IkeKey } from "../../../domain/readings/ike.ts";
import type { Selector } from "../../../domain/readings/ipsec.ts";
import { type Collected, mapKey, type OpenInterface, type OpenMapEntry, type OpenProfile } from "./collected.ts";
import type { Extent } from "./extent.ts";
import { keysOf } from "./ikev2-keyring.ts";
import { proposalsInUse } from "./ikev2-settings.ts";

const GRE = 47;
const EVERYTHING = networkFromNetmask("0.0.0.0", "0.0.0.0");

export function connectionsIn(collected: Collected, extent: Extent): Connection[] {
  return [...collected.interfaces.values()].flatMap((tunnel) => {
    if (tunnel.tunnelProtection === undefined) return [];
    return [toConnection(tunnel, collected, extent)];
  });
}

function toConnection(tunnel: OpenInterface, collected: Collected, extent: Extent): Connection {
  const entry = collected.maps.get(mapKey("profile", tunnel.tunnelProtection ?? ""))?.entries.get(0);
  const version = entry === undefined ? undefined : (entry.ikeVersion ?? 1);
  const profile = entry?.profile === undefined ? undefined : collected.profiles.get(entry.profile);
  const source = interfaceNamed(collected, tunnel.tunnelSource);
  const local = source?.address ?? tunnel.tunnelSource;
  const takesAny = tunnel.tunnelMode === "multipoint" && tunnel.tunnelDestination === undefined;
  const remote = takesAny || tunnel.tunnelDestination === "dynamic" ? ["%any"] : listOf(tunnel.tunnelDestination);
  const dpd = profile?.keepalive?.seconds ?? (version === 2 ? collected.ikeV2.dpd?.seconds : undefined);
  const auth =
    version === 2 && profile ? authOf(profile, keysFor(collected, profile, tunnel.tunnelDestination)) : undefined;
  return {
    name: tunnel.name,
    line: tunnel.line,
    ...(version !== undefined && { version }),
    local: listOf(local),
    remote,
    localAuth: auth?.local ?? {},
    remoteAuth: auth?.remote ?? {},
    ikeProposals: version === 2 ? proposalsInUse(collected, extent === "fragment") : [],
    children: [childOf(tunnel, entry, collected, { local, remote: tunnel.tunnelDestination }, extent)],
    ...(dpd !== undefined && { dpdSeconds: dpd }),
    ...(entry?.responderOnly === true && { responderOnly: true }),
    tunnelInterface: tunnel.name,
    ...(source && { interface: source.name }),
    ...(tunnel.shutdown === true && { disabled: true }),
    at: {
      ...(tunnel.at["tunnelSource"] !== undefined && { local: tunnel.at["tunnelSource"] }),
      ...(tunnel.at["tunnelDestination"] !== undefined && { remote: tunnel.at["tunnelDestination"] }),
      ...(tunnel.shutdown === true && tunnel.at["shutdown"] !== undefined && { disabled: tunnel.at["shutdown"] }),
      ...(entry?.at["profile"] !== undefined && { version: entry.at["profile"] }),
      ...(profile?.at["keepalive"] !== undefined && { dpdSeconds: profile.at["keepalive"] }),
    },
  };
}

function listOf(item: string | undefined): string[] {
  return item === undefined ? [] : [item];
}

function interfaceNamed(collected: Collected, name: string | undefined): OpenInterface | undefined {
  if (name === undefined) return undefined;
  const wanted = name.toLowerCase();
  return [...collected.interfaces.values()].find((item) => item.name.toLowerCase() === wanted || item.address === name);
}

/** The keys of the profile's keyring for the tunnel's destination; none where the keyring has several that could be meant. */
function keysFor(collected: Collected, profile: OpenProfile, peer: string | undefined): readonly IkeKey[] {
  const all = [...keysOf(collected.ikeV2Keys), ...collected.keys].filter(
    ({ version, keyring }) => version === 2 && keyring === profile.keyring,
  );
  const exact = all.filter(
    ({ address, mask }) => address === peer && (mask ?? "255.255.255.255") === "255.255.255.255",
  );
  if (exact.length > 0) return exact;
  const open = all.filter(({ address, mask }) => address === "0.0.0.0" && mask === "0.0.0.0");
  return all.length === open.length ? open : [];
}

function authOf(profile: OpenProfile, keys: readonly IkeKey[]): { local: ConnectionAuth; remote: ConnectionAuth } {
  const side = (use: "local" | "remote"): ConnectionAuth => {
    const method = use === "local" ? profile.localAuth : profile.remoteAuth;
    const id = use === "local" ? idOf(profile.selfIdentity) : idOf(onlyOf(profile.matchIdentity));
    const matching = keys.filter((key) => key.use === use || key.use === undefined);
    const key = matching.length === 1 ? matching[0] : undefined;
    const at: Record<string, number> = {};
    const methodLine = profile.at[use === "local" ? "localAuth" : "remoteAuth"];
    const idLine = profile.at[use === "local" ? "selfIdentity" : "matchIdentity"];
    if (methodLine !== undefined) at["method"] = methodLine;
    if (id !== undefined && idLine !== undefined) at["id"] = idLine;
    if (key) at["secret"] = key.line;
    return {
      ...(method !== undefined && { method }),
      ...(id !== undefined && { id }),
      ...(key && method === "psk" && { secret: key.secret }),
      at,
    };
  };
  return { local: side("local"), remote: side("remote") };
}

function onlyOf(texts: readonly string[]): string | undefined {
  return texts.length === 1 ? texts[0] : undefined;
}

/** "remote address 192.0.2.1 255.255.255.255", "fqdn gw.example.net" → the identity; undefined for ranges, domains and "any". */
function idOf(text: string | undefined): string | undefined {
  const [kind, value, mask] = (text ?? "").replace(/^remote /, "").split(" ");
  if (kind === "any") return "%any";
  if (kind === undefined || value === undefined || value === "domain") return undefined;
  if (kind === "address") {
    if (mask === undefined || mask === "255.255.255.255") return value;
    return mask === "0.0.0.0" ? "%any" : undefined;
  }
  return /^(?:fqdn|email|key-id)$/.test(kind) ? value : undefined;
}

function childOf(
  tunnel: OpenInterface,
  entry: OpenMapEntry | undefined,
  collected: Collected,
  ends: { readonly local: string | undefined; readonly remote: string | undefined },
  extent: Extent,
): ConnectionChild {
  const names = entry?.transformSets ?? [];
  const sets = names.flatMap((name) => collected.transformSets.get(name) ?? []);
  const isPfsKnown = entry?.pfs !== undefined || (entry !== undefined && extent !== "fragment");
  const pfsGroups = entry?.pfs?.group === undefined ? [] : [entry.pfs.group];
  const mode = sets.length > 0 && sets.every((set) => set.mode === sets[0]?.mode) ? sets[0]?.mode : undefined;
  const selectors = selectorsOf(tunnel, ends);
  return {
    name: tunnel.tunnelProtection ?? "",
    line: tunnel.at["tunnelProtection"] ?? tunnel.line,
    ...(mode && { mode }),
    ...(selectors && { local: [selectors.local], remote: [selectors.remote] }),
    proposals:
      sets.length < names.length
        ? []
        : sets.map(
            ({ name, line, transform }): EspProposal => ({
              line,
              name,
              protocol: transform.encryption === undefined ? "ah" : "esp",
              ...(transform.encryption !== undefined && { encryption: [transform.encryption] }),
              integrity: [transform.integrity ?? transform.ah ?? "none"],
              ...(isPfsKnown && { pfsGroups }),
            }),
          ),
    ...(entry?.lifetimeSeconds !== undefined && { lifetimeSeconds: entry.lifetimeSeconds }),
    ...(entry?.lifetimeKilobytes !== undefined && { lifetimeKilobytes: entry.lifetimeKilobytes }),
    at: {
      ...(entry?.at["pfs"] !== undefined && { pfs: entry.at["pfs"] }),
      ...(entry?.at["lifetimeSeconds"] !== undefined && { lifetimeSeconds: entry.at["lifetimeSeconds"] }),
    },
  };
}

/** `tunnel mode ipsec` protects everything; GRE, the default, only itself, between the two endpoints. */
function selectorsOf(
  tunnel: OpenInterface,
  { local, remote }: { readonly local: string | undefined; readonly remote: string | undefined },
): { local: Selector; remote: Selector } | undefined {
  if (tunnel.tunnelMode === "ipsec") {
    if (!EVERYTHING) return undefined;
    const any: Selector = { network: EVERYTHING, protocol: 0, port: 0 };
    return { local: any, remote: any };
  }
  if (tunnel.tunnelMode !== undefined && tunnel.tunnelMode !== "gre") return undefined;
  const here = hostNetwork(local ?? "");
  const there = hostNetwork(remote ?? "");
  if (!here || !there) return undefined;
  return {
    local: { network: here, protocol: GRE, port: 0 },
    remote: { network: there, protocol: GRE, port: 0 },
  };
}
