/** IKE gateways with their policies and VPNs: one connection a gateway. Defaults are those of the Junos OS reference. */
import { ANY_IPV4, canonicalAddress, networkFromText } from "../../../domain/network.ts";
import type { Connection, ConnectionAuth, ConnectionChild } from "../../../domain/readings/connection.ts";
import type { Selector } from "../../../domain/readings/ipsec.ts";
import type { InterfaceState } from "../../../domain/readings/path.ts";
import { readSecret } from "../../../domain/secret.ts";
import type { Statement } from "../../../domain/set-lines.ts";
import { type Settings, settingsBelow } from "../../../domain/set-lines.ts";
import { addressBook } from "./addresses.ts";
import { espProposalsOf, ikeProposalsOf } from "./proposals.ts";

/** Seconds between probes where `dead-peer-detection` names none. */
const DPD_INTERVAL = 10;

/** `isWhole`: all that stands below "security" is here, so that what is missing does not exist. */
export function connectionsOf(
  statements: readonly Statement[],
  interfaces: readonly InterfaceState[],
  isWhole: boolean,
): Connection[] {
  const gateways = settingsBelow(statements, "security", "ike", "gateway");
  const vpns = [...settingsBelow(statements, "security", "ipsec", "vpn").values()];
  const policies = settingsBelow(statements, "security", "ike", "policy");
  const proposals = settingsBelow(statements, "security", "ike", "proposal");
  return [...gateways.values()].map((gateway) => {
    const own = vpns.filter((vpn) => vpn.value(["ike", "gateway"]) === gateway.name);
    const at: Record<string, number> = {};
    const policy = policies.get(gateway.value(["ike-policy"], at, "policy") ?? "");
    const ikeProposals = ikeProposalsOf(policy, proposals);
    const [only] = own;
    const tunnelInterface = own.length === 1 ? only?.value(["bind-interface"], at, "tunnelInterface") : undefined;
    const isResponder = own.length > 0 && own.every((vpn) => isResponderOnly(vpn, at));
    const leadsNowhere = isWhole && only !== undefined && own.every((vpn) => isUnused(vpn, statements));
    if (leadsNowhere) at["leadsNowhere"] = only.line;
    return {
      name: gateway.name,
      line: gateway.line,
      ...endpointsOf(gateway, interfaces, at),
      ...exchangeOf(gateway, policy, at),
      localAuth: authOf(gateway, "local-identity", policy, ikeProposals[0]?.auth),
      remoteAuth: authOf(gateway, "remote-identity", policy, ikeProposals[0]?.auth),
      ikeProposals,
      ...(policy && { ikePolicy: policy.name }),
      children: own.flatMap((vpn) => childrenOf(vpn, statements)),
      dpdSeconds: dpdOf(gateway, at),
      natTraversal:
        gateway.value(["no-nat-traversal"], at, "natTraversal") === undefined && !gateway.has("no-nat-traversal")
          ? "on"
          : "off",
      responderOnly: isResponder ? true : undefined,
      ...(leadsNowhere && { leadsNowhere }),
      tunnelInterface: tunnelInterface === undefined ? undefined : withUnit(tunnelInterface),
      at,
    };
  });
}

function isResponderOnly(vpn: Settings, at: Record<string, number>): boolean {
  const lines: Record<string, number> = {};
  if (vpn.value(["establish-tunnels"], lines, "responderOnly")?.startsWith("responder-only") !== true) return false;
  Object.assign(at, lines);
  return true;
}

/** A VPN takes what its st0 unit or a policy gives it, else nothing at all. */
function isUnused(vpn: Settings, statements: readonly Statement[]): boolean {
  const isNamed = statements.some(({ words }) => words.at(-2) === "ipsec-vpn" && words.at(-1) === vpn.name);
  return !vpn.has("bind-interface") && !isNamed;
}

/** "ge-0/0/0" is its unit 0. */
export function withUnit(name: string): string {
  return /\.\d{1,6}$/.test(name) ? name : `${name}.0`;
}

function endpointsOf(
  gateway: Settings,
  interfaces: readonly InterfaceState[],
  at: Record<string, number>,
): Pick<Connection, "local" | "remote" | "interface"> {
  const external = gateway.value(["external-interface"], at, "interface");
  const name = external === undefined ? undefined : withUnit(external);
  const local = gateway.value(["local-address"], at, "local") ?? interfaces.find((item) => item.name === name)?.address;
  const [first] = gateway.all("address");
  if (first) at["remote"] = first.line;
  const named = gateway.values("address").map((address) => canonicalAddress(address) ?? address);
  if (named.length === 0 && gateway.has("dynamic")) {
    gateway.value(["dynamic"], at, "remote");
    named.push("%any");
  }
  return { local: local === undefined ? [] : [canonicalAddress(local) ?? local], remote: named, interface: name };
}

function exchangeOf(
  gateway: Settings,
  policy: Settings | undefined,
  at: Record<string, number>,
): Pick<Connection, "version" | "exchange"> {
  const written = gateway.value(["version"], at, "version");
  const version = written === "v2-only" ? 2 : 1;
  const mode = policy?.value(["mode"], at, "exchange");
  // With IKEv2 the mode of the policy means nothing.
  return { version, exchange: version === 2 ? undefined : mode === "aggressive" ? "aggressive" : "main" };
}

function dpdOf(gateway: Settings, at: Record<string, number>): number {
  const all = gateway.all("dead-peer-detection");
  const [first] = all;
  if (!first) return 0;
  at["dpdSeconds"] = first.line;
  const seconds = Number(gateway.value(["dead-peer-detection", "interval"], at, "dpdSeconds") ?? DPD_INTERVAL);
  return Number.isNaN(seconds) ? DPD_INTERVAL : seconds;
}

/** "inet 192.0.2.1", "hostname gw.example.net", "user-at-hostname …", "distinguished-name …". */
function authOf(
  gateway: Settings,
  which: "local-identity" | "remote-identity",
  policy: Settings | undefined,
  method: string | undefined,
): ConnectionAuth {
  const at: Record<string, number> = {};
  const identity = gateway.all(which).at(-1) ?? (which === "remote-identity" ? dynamicName(gateway) : undefined);
  const key = policy?.all("pre-shared-key").at(-1);
  const [address, another] = which === "remote-identity" && !identity ? gateway.all("address") : [];
  const isAny = gateway.has("general-ikeid") && which === "remote-identity";
  // A peer that is to be at an address has to name that address.
  const id = isAny
    ? "%any"
    : (identityIn(identity?.words) ?? canonicalAddress((another ? undefined : address)?.words[0] ?? ""));
  const idLine = identity?.line ?? address?.line;
  if (idLine !== undefined && id !== undefined) at["id"] = idLine;
  if (key) at["secret"] = key.line;
  if (policy) at["method"] = key?.line ?? policy.line;
  return {
    method: method ?? (key ? "psk" : undefined),
    id,
    ...(key && { secret: readSecret(key.words.join(" ")) }),
    at,
  };
}

function dynamicName(gateway: Settings) {
  return gateway.all("dynamic").find(({ words }) => /^(?:hostname|inet|user-at-hostname)$/.test(words[0] ?? ""));
}

function identityIn(words: readonly string[] | undefined): string | undefined {
  const [kind = "", value] = words ?? [];
  if (value === undefined || !/^(?:inet6?|hostname|user-at-hostname|key-id)$/.test(kind)) return undefined;
  return canonicalAddress(value) ?? value;
}

/** One child a traffic selector; without any, the proxy-identity, the networks of the policies that use the VPN, or everything. */
function childrenOf(vpn: Settings, statements: readonly Statement[]): ConnectionChild[] {
  const at: Record<string, number> = {};
  const policies = settingsBelow(statements, "security", "ipsec", "policy");
  const all = settingsBelow(statements, "security", "ipsec", "proposal");
  const policy = policies.get(vpn.value(["ike", "ipsec-policy"], at, "proposals") ?? "");
  const proposals = espProposalsOf(policy, all);
  const pfs = policy?.all("perfect-forward-secrecy").at(-1)?.line ?? policy?.line;
  if (pfs !== undefined) at["pfs"] = pfs;
  const [first] = policy?.values("proposals") ?? [];
  const lifetime = all.get(first ?? "")?.value(["lifetime-seconds"], at, "lifetimeSeconds");
  const volume = all.get(first ?? "")?.value(["lifetime-kilobytes"]);
  const base = {
    name: vpn.name,
    line: vpn.line,
    mode: "tunnel" as const,
    proposals,
    ...(policy && { policy: policy.name }),
    lifetimeSeconds: lifetime === undefined ? undefined : Number(lifetime),
    lifetimeKilobytes: volume === undefined ? undefined : Number(volume),
    startAction: vpn.value(["establish-tunnels"], at, "startAction") ?? "on-traffic",
    replayWindow: vpn.has("ike", "no-anti-replay") ? 0 : undefined,
  };
  return networksOf(vpn, statements).map(({ local, remote, lines }) => ({
    ...base,
    local,
    remote,
    at: { ...at, ...lines },
  }));
}

interface Networks {
  readonly local: readonly Selector[] | undefined;
  readonly remote: readonly Selector[] | undefined;
  readonly lines: Readonly<Record<string, number>>;
}

const EVERYTHING: Selector = { network: ANY_IPV4, protocol: 0, port: 0 };

function networksOf(vpn: Settings, statements: readonly Statement[]): Networks[] {
  const names = [...new Set(vpn.values("traffic-selector"))];
  if (names.length > 0)
    return names.map((name) =>
      selectorOf(vpn, ["traffic-selector", name, "local-ip"], ["traffic-selector", name, "remote-ip"]),
    );
  if (vpn.has("ike", "proxy-identity"))
    return [pairOf(vpn, ["ike", "proxy-identity", "local"], ["ike", "proxy-identity", "remote"])];
  const bound = vpn.all("bind-interface").at(-1);
  if (bound) return [{ local: [EVERYTHING], remote: [EVERYTHING], lines: { local: bound.line, remote: bound.line } }];
  const ofPolicies = policyNetworks(vpn.name, statements);
  return ofPolicies.length > 0 ? ofPolicies : [{ local: undefined, remote: undefined, lines: {} }];
}

/** A traffic selector; `selector` among its lines tells it from what else a tunnel may ask for. */
function selectorOf(vpn: Settings, here: readonly string[], there: readonly string[]): Networks {
  const { lines, ...pair } = pairOf(vpn, here, there);
  return { ...pair, lines: { ...lines, selector: lines["local"] ?? vpn.line } };
}

function pairOf(vpn: Settings, here: readonly string[], there: readonly string[]): Networks {
  const lines: Record<string, number> = {};
  const read = (words: readonly string[], field: string) => {
    const network = networkFromText(vpn.value(words, lines, field) ?? "");
    return network && [{ network, protocol: 0, port: 0 }];
  };
  return { local: read(here, "local"), remote: read(there, "remote"), lines };
}

/** A policy that names the VPN: what it matches is protected; with several addresses the tunnel asks for everything. */
function policyNetworks(vpn: string, statements: readonly Statement[]): Networks[] {
  const find = addressBook(statements);
  const uses = statements.filter(
    ({ words }) => words.at(-2) === "ipsec-vpn" && words.at(-1) === vpn && words[1] === "policies",
  );
  return uses.flatMap(({ line, words }) => {
    const policy = words.slice(0, words.indexOf("then"));
    const matches = (kind: string) =>
      statements.filter(({ words: own }) => policy.every((word, at) => own[at] === word) && own.at(-2) === kind);
    const [source, destination] = [matches("source-address"), matches("destination-address")];
    const networks = (some: readonly Statement[]): readonly Selector[] | undefined => {
      if (some.length !== 1) return some.length === 0 ? undefined : [EVERYTHING];
      const found = find(some[0]?.words.at(-1) ?? "");
      return found && (found.length === 1 ? found.map((network) => ({ network, protocol: 0, port: 0 })) : [EVERYTHING]);
    };
    // A policy from the far zone to the near one is the same tunnel seen from behind.
    const pair = policy[3] === undefined ? undefined : { local: networks(source), remote: networks(destination) };
    const lines = { local: source[0]?.line ?? line, remote: destination[0]?.line ?? line };
    return pair && isOutgoing(policy, uses, statements) ? [{ ...pair, lines }] : [];
  });
}

/** Of the two policies of a pair the first one that is written leads out, unless the zone of an external interface shows it. */
function isOutgoing(policy: readonly string[], uses: readonly Statement[], statements: readonly Statement[]): boolean {
  const outside = new Set(
    [...settingsBelow(statements, "security", "ike", "gateway").values()]
      .flatMap((gateway) => gateway.values("external-interface"))
      .map(withUnit),
  );
  const zone = statements.find(
    ({ words }) => words[1] === "zones" && words[4] === "interfaces" && outside.has(withUnit(words[5] ?? "")),
  )?.words[3];
  const from = policy[policy.indexOf("from-zone") + 1];
  if (zone !== undefined) return from !== zone;
  return uses[0]?.words[3] === from;
}
