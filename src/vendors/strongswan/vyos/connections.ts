/** `vpn ipsec site-to-site peer`, with its groups, as connections; keys with the identities that they are for. */
import { ANY_IPV4, canonicalAddress, networkFromText } from "../../../domain/network.ts";
import type {
  Connection,
  ConnectionAuth,
  ConnectionChild,
  EspProposal,
  IkeProposal,
} from "../../../domain/readings/connection.ts";
import type { Selector } from "../../../domain/readings/ipsec.ts";
import type { InterfaceState } from "../../../domain/readings/path.ts";
import { readSecret } from "../../../domain/secret.ts";
import { type Settings, type Statement, settingsBelow } from "../../../domain/set-lines.ts";
import { configuredAlgorithm, isAead } from "../algorithms.ts";
import type { OwnedKey } from "../configuration/secrets.ts";

export function connectionsOf(statements: readonly Statement[], interfaces: readonly InterfaceState[]): Connection[] {
  const named = (...level: readonly string[]) => settingsBelow(statements, "vpn", "ipsec", ...level);
  const groups = { ike: named("ike-group"), esp: named("esp-group") };
  return [...named("site-to-site", "peer").values()].map((peer) => connectionOf(peer, groups, interfaces));
}

interface Groups {
  readonly ike: ReadonlyMap<string, Settings>;
  readonly esp: ReadonlyMap<string, Settings>;
}

function connectionOf(peer: Settings, groups: Groups, interfaces: readonly InterfaceState[]): Connection {
  const at: Record<string, number> = {};
  const group = groups.ike.get(peer.value(["ike-group"], at, "proposals") ?? "");
  const exchange = group?.value(["key-exchange"], at, "version");
  // Up to release 1.3 the peer's name is its address.
  const remote = peer.value(["remote-address"], at, "remote") ?? peer.name.replace(/^@/, "");
  const local = peer.value(["local-address"], at, "local");
  const dpd = group?.value(["dead-peer-detection", "interval"], at, "dpdSeconds");
  const vti = peer.value(["vti", "bind"], at, "tunnelInterface");
  const ikeProposals = ikeProposalsOf(group, peer.line);
  const type = peer.value(["connection-type"], at, "responderOnly");
  return {
    name: peer.name,
    line: peer.line,
    version: exchange === "ikev2" ? 2 : exchange === "ikev1" ? 1 : "any",
    ...(exchange === "ikev1" && {
      exchange: group?.value(["mode"], at, "exchange") === "aggressive" ? "aggressive" : "main",
    }),
    local: local === undefined ? [] : [canonicalAddress(local) ?? local],
    remote: [remote === "any" || remote === "0.0.0.0" ? "%any" : (canonicalAddress(remote) ?? remote)],
    localAuth: authOf(peer, "local-id", "id"),
    remoteAuth: authOf(peer, "remote-id"),
    ikeProposals,
    ...(group && { ikePolicy: group.name }),
    children: childrenOf(peer, groups, ikeProposals),
    ...(group && { dpdSeconds: group.has("dead-peer-detection") ? Number(dpd ?? 30) : 0 }),
    natTraversal:
      peer.value(["force-udp-encapsulation"]) === undefined && !peer.has("force-udp-encapsulation") ? "on" : "forced",
    responderOnly: type === "respond" || type === "none" ? true : undefined,
    tunnelInterface: vti,
    interface: local === undefined ? undefined : interfaces.find(({ address }) => address === local)?.name,
    disabled: peer.has("disable") ? true : undefined,
    at,
  };
}

function authOf(peer: Settings, ...names: readonly string[]): ConnectionAuth {
  const at: Record<string, number> = {};
  const mode = peer.value(["authentication", "mode"], at, "method");
  const ids = names.flatMap((name) => peer.value(["authentication", name], at, "id") ?? []);
  const own = peer.value(["authentication", "pre-shared-secret"], at, "secret");
  const method = mode === "pre-shared-secret" ? "psk" : mode === "x509" || mode === "rsa" ? "rsa-sig" : undefined;
  const [id] = ids;
  return {
    method,
    ...(id !== undefined && { id: canonicalAddress(id) ?? id.replace(/^@/, "") }),
    ...(own !== undefined && { secret: readSecret(own) }),
    at,
  };
}

/** Keys of their own (release 1.4), with the identities that they serve. */
export function keysOf(statements: readonly Statement[]): OwnedKey[] {
  return [...settingsBelow(statements, "vpn", "ipsec", "authentication", "psk").values()].flatMap((key) => {
    const at: Record<string, number> = {};
    const secret = key.value(["secret"], at, "secret");
    if (secret === undefined) return [];
    const owners = key.below("id").map(({ name }) => canonicalAddress(name) ?? name.replace(/^@/, ""));
    return [{ line: at["secret"] ?? key.line, name: key.name, owners, secret: readSecret(secret) }];
  });
}

/** What is not written is the release's default, and not known. */
function ikeProposalsOf(group: Settings | undefined, line: number): IkeProposal[] {
  const proposals = group?.below("proposal") ?? [];
  if (!group || proposals.length === 0)
    return [{ line: group?.line ?? line, name: group?.name ?? "default", isDefault: true }];
  const lifetime = Number(group.value(["lifetime"]) ?? Number.NaN);
  return proposals.map((proposal) => {
    const at: Record<string, number> = {};
    const dhGroup = proposal.value(["dh-group"], at, "dhGroups");
    const prf = proposal.value(["prf"], at, "prf");
    return {
      line: proposal.line,
      name: proposal.name,
      ...suiteOf(proposal, at),
      ...(prf !== undefined && { prf: [prf.replace(/^prf/, "")] }),
      ...(dhGroup !== undefined && { dhGroups: [Number(dhGroup)] }),
      ...(!Number.isNaN(lifetime) && { lifetimeSeconds: lifetime }),
      at,
    };
  });
}

function suiteOf(proposal: Settings, at: Record<string, number>): Pick<IkeProposal, "encryption" | "integrity"> {
  const cipher = proposal.value(["encryption"], at, "encryption");
  const hash = proposal.value(["hash"], at, "integrity");
  const encryption = cipher === undefined ? undefined : nameOf(cipher);
  const integrity = hash === undefined ? undefined : nameOf(hash);
  const isWhole = encryption !== undefined && isAead(encryption);
  return {
    ...(encryption !== undefined && { encryption: [encryption] }),
    ...(isWhole ? { integrity: ["none"] } : integrity !== undefined && { integrity: [integrity] }),
  };
}

function nameOf(keyword: string): string | undefined {
  const algorithm = configuredAlgorithm(keyword);
  return algorithm.is === "encryption" || algorithm.is === "integrity" ? algorithm.name : undefined;
}

const EVERYTHING: Selector = { network: ANY_IPV4, protocol: 0, port: 0 };

/** One child a tunnel; a VTI takes whatever is routed into it, unless it names networks. */
function childrenOf(peer: Settings, groups: Groups, ike: readonly IkeProposal[]): ConnectionChild[] {
  const tunnels = peer.below("tunnel").filter((tunnel) => !tunnel.has("disable"));
  const group = (own: string | undefined) => groups.esp.get(own ?? peer.value(["default-esp-group"]) ?? "");
  const children = tunnels.map((tunnel) => {
    const at: Record<string, number> = {};
    const local = networksOf(tunnel, "local", at);
    const remote = networksOf(tunnel, "remote", at);
    return childOf(
      `tunnel ${tunnel.name}`,
      tunnel.line,
      { local, remote },
      group(tunnel.value(["esp-group"], at, "proposals")),
      ike,
      at,
    );
  });
  if (!peer.has("vti")) return children;
  const at: Record<string, number> = {};
  const esp = group(peer.value(["vti", "esp-group"], at, "proposals"));
  const hasSelectors = peer.has("vti", "traffic-selector");
  const networks = hasSelectors ? {} : { local: [EVERYTHING], remote: [EVERYTHING] };
  return [...children, childOf("vti", peer.line, networks, esp, ike, at)];
}

function networksOf(tunnel: Settings, side: "local" | "remote", at: Record<string, number>): Selector[] | undefined {
  const networks = tunnel.below(side, "prefix").flatMap(({ name, line }) => {
    at[side] = line;
    const network = networkFromText(name);
    return network ? [{ network, protocol: 0, port: 0 }] : [];
  });
  // Narrowed by a protocol or port that is not read here.
  const isNarrow = tunnel.has("protocol") || tunnel.has(side, "port");
  return networks.length === 0 || isNarrow ? undefined : networks;
}

function childOf(
  name: string,
  line: number,
  networks: Pick<ConnectionChild, "local" | "remote">,
  group: Settings | undefined,
  ike: readonly IkeProposal[],
  at: Record<string, number>,
): ConnectionChild {
  const mode = group?.value(["mode"], at, "mode");
  const lifetime = Number(group?.value(["lifetime"], at, "lifetime") ?? Number.NaN);
  return {
    name,
    line,
    ...networks,
    ...(group && { mode: mode === "transport" ? ("transport" as const) : ("tunnel" as const), policy: group.name }),
    proposals: espProposalsOf(group, line, ike, at),
    ...(!Number.isNaN(lifetime) && { lifetimeSeconds: lifetime }),
    at,
  };
}

/** "enable" takes the group of IKE's proposal; without the setting it is the release's default, and not known. */
function espProposalsOf(
  group: Settings | undefined,
  line: number,
  ike: readonly IkeProposal[],
  at: Record<string, number>,
): EspProposal[] {
  const proposals = group?.below("proposal") ?? [];
  if (!group || proposals.length === 0)
    return [{ line: group?.line ?? line, name: group?.name ?? "default", protocol: "esp", isDefault: true }];
  const pfs = group.value(["pfs"], at, "pfs");
  const number = /^dh-group(\d{1,2})$/.exec(pfs ?? "")?.[1];
  const ofIke = ike.flatMap(({ dhGroups = [] }) => dhGroups);
  const groupsOfIke = pfs === "enable" && ofIke.length > 0 ? ofIke : undefined;
  const pfsGroups = number !== undefined ? [Number(number)] : pfs === "disable" ? [] : groupsOfIke;
  return proposals.map((proposal) => {
    const own: Record<string, number> = {};
    return {
      line: proposal.line,
      name: proposal.name,
      protocol: "esp" as const,
      ...suiteOf(proposal, own),
      ...(pfsGroups && { pfsGroups }),
      at: { ...own, ...(at["pfs"] !== undefined && { pfs: at["pfs"] }) },
    };
  });
}
