/**
 * `aws ec2 describe-vpn-connections`: each tunnel's outside address, what it may negotiate, and whether it is up.
 * Options that are not printed are AWS's defaults, of which it accepts all: not shown, so not known.
 * Source: EC2 API reference (VpnConnection, TunnelOption, VgwTelemetry).
 */
import { canonicalAddress, networkFromText } from "../../domain/network.ts";
import type { Command, Output, Parsed } from "../../domain/output.ts";
import type { Connection, ConnectionChild, EspProposal, IkeProposal } from "../../domain/readings/connection.ts";
import type { ReadingValue } from "../../domain/readings/index.ts";
import type { Selector } from "../../domain/readings/ipsec.ts";
import type { CryptoSession } from "../../domain/readings/session.ts";
import { readSecret } from "../../domain/secret.ts";
import { encryptionOf, integrityOf } from "./aws-words.ts";
import { jsonLeaves, type Leaf } from "./json-leaves.ts";

export const describeVpnConnections: Command = {
  run: "aws ec2 describe-vpn-connections",
  looksLike: [/^\s*"VpnConnections":/, /^\{\s*"VpnConnections":/],
  mayStartWith: [/^\{$/],
  parse(output: Output): Parsed {
    const { leaves, isWhole, unread } = jsonLeaves(output.lines);
    const connections: Connection[] = [];
    const sessions: CryptoSession[] = [];
    for (const vpn of groups(leaves, "VpnConnections")) {
      const remote = customerGateway(vpn);
      for (const tunnel of groups(vpn, "TunnelOptions")) connections.push(connectionOf(vpn, tunnel, remote));
      for (const telemetry of groups(vpn, "VgwTelemetry")) sessions.push(...sessionOf(telemetry, remote));
    }
    const values: ReadingValue[] = [{ kind: "connections", connections, complete: isWhole }];
    if (sessions.length > 0) values.push({ kind: "crypto-sessions", sessions, detail: false });
    return { values, unread };
  },
};

/** The leaves below each place of the list of that name. */
function groups(leaves: readonly Leaf[], list: string): Leaf[][] {
  const found = new Map<string, Leaf[]>();
  for (const leaf of leaves) {
    const at = leaf.path.indexOf(list);
    if (at < 0) continue;
    const key = leaf.path.slice(0, at + 2).join("/");
    const group = found.get(key) ?? [];
    group.push({ ...leaf, path: leaf.path.slice(at + 2) });
    found.set(key, group);
  }
  return [...found.values()];
}

function first(leaves: readonly Leaf[], name: string): Leaf | undefined {
  return leaves.find(({ path }) => path.at(-1) === name);
}

function list(leaves: readonly Leaf[], name: string): Leaf[] {
  return leaves.filter(({ path }) => path.includes(name));
}

// Where lines were lost, a value may seem to stand in another list: only what such a list can hold is taken.
const ciphers = (leaves: readonly Leaf[], name: string) => listOf(leaves, name, /^AES\d{3}/i);
const hashes = (leaves: readonly Leaf[], name: string) => listOf(leaves, name, /^SHA/i);
const numbers = (leaves: readonly Leaf[], name: string) => listOf(leaves, name, /^\d{1,2}$/);

function listOf(leaves: readonly Leaf[], name: string, pattern: RegExp): Leaf[] {
  return leaves.filter(({ path, value }) => path.at(-3) === name && path.at(-1) === "Value" && pattern.test(value));
}

const GATEWAY =
  /<customer_gateway>[\s\\n]{0,80}<tunnel_outside_address>[\s\\n]{0,80}<ip_address>([0-9A-Fa-f.:]{3,45})</;

/** Only the configuration for the customer gateway tells its address. */
function customerGateway(vpn: readonly Leaf[]): string | undefined {
  const text = first(vpn, "CustomerGatewayConfiguration")?.value ?? "";
  return canonicalAddress(GATEWAY.exec(text)?.[1] ?? "");
}

function connectionOf(vpn: readonly Leaf[], tunnel: readonly Leaf[], remote: string | undefined): Connection {
  const id = first(vpn, "VpnConnectionId")?.value ?? "vpn";
  const outside = first(tunnel, "OutsideIpAddress");
  const line = outside?.line ?? tunnel[0]?.line ?? 1;
  const key = first(tunnel, "PreSharedKey");
  const versions = list(tunnel, "IkeVersions").map(({ value }) => value);
  const dpdAction = first(tunnel, "DpdTimeoutAction") ?? first(tunnel, "DPDTimeoutAction");
  const startup = first(tunnel, "StartupAction");
  const at = linesOf({ local: outside, version: list(tunnel, "IkeVersions")[0], secret: key, dpd: dpdAction });
  return {
    name: outside ? `${id} ${outside.value}` : id,
    line,
    version: versions.length === 1 ? (versions[0] === "ikev1" ? 1 : 2) : versions.length > 1 ? "any" : undefined,
    local: outside ? [outside.value] : [],
    remote: remote === undefined ? [] : [remote],
    localAuth: { method: "psk", ...(key && { secret: readSecret(key.value) }) },
    remoteAuth: { method: "psk", ...(key && { secret: readSecret(key.value) }) },
    ikeProposals: ikeProposals(tunnel, line),
    children: [childOf(vpn, tunnel, line)],
    dpdAction: dpdAction?.value,
    responderOnly: startup ? startup.value === "add" : undefined,
    at,
  };
}

function ikeProposals(tunnel: readonly Leaf[], line: number): IkeProposal[] {
  const encryption = ciphers(tunnel, "Phase1EncryptionAlgorithms");
  const integrity = hashes(tunnel, "Phase1IntegrityAlgorithms");
  const groups1 = numbers(tunnel, "Phase1DHGroupNumbers");
  if (encryption.length + integrity.length + groups1.length === 0) return [];
  const lifetime = first(tunnel, "Phase1LifetimeSeconds");
  return [
    {
      line: encryption[0]?.line ?? line,
      ...(encryption.length > 0 && { encryption: encryption.map(({ value }) => encryptionOf(value)) }),
      ...(integrity.length > 0 && { integrity: integrity.map(({ value }) => integrityOf(value)) }),
      ...(groups1.length > 0 && { dhGroups: groups1.map(({ value }) => Number(value)) }),
      ...(lifetime && { lifetimeSeconds: Number(lifetime.value) }),
      at: linesOf({
        encryption: encryption[0],
        integrity: integrity[0],
        dhGroups: groups1[0],
        lifetimeSeconds: lifetime,
      }),
    },
  ];
}

function childOf(vpn: readonly Leaf[], tunnel: readonly Leaf[], line: number): ConnectionChild {
  // The "local" network of these options is the customer's, seen from the customer gateway.
  const theirs = first(vpn, "LocalIpv4NetworkCidr") ?? first(vpn, "LocalIpv6NetworkCidr");
  const ours = first(vpn, "RemoteIpv4NetworkCidr") ?? first(vpn, "RemoteIpv6NetworkCidr");
  const window = first(tunnel, "ReplayWindowSize");
  const lifetime = first(tunnel, "Phase2LifetimeSeconds");
  return {
    name: "tunnel",
    line,
    mode: "tunnel",
    ...(ours && { local: selectorsOf(ours.value) }),
    ...(theirs && { remote: selectorsOf(theirs.value) }),
    proposals: espProposals(tunnel, line),
    ...(lifetime && { lifetimeSeconds: Number(lifetime.value) }),
    ...(window && { replayWindow: Number(window.value) }),
    startAction: first(tunnel, "StartupAction")?.value,
    at: linesOf({ local: ours, remote: theirs, lifetimeSeconds: lifetime }),
  };
}

function espProposals(tunnel: readonly Leaf[], line: number): EspProposal[] {
  const encryption = ciphers(tunnel, "Phase2EncryptionAlgorithms");
  const integrity = hashes(tunnel, "Phase2IntegrityAlgorithms");
  const groups2 = numbers(tunnel, "Phase2DHGroupNumbers");
  if (encryption.length + integrity.length + groups2.length === 0) return [];
  return [
    {
      line: encryption[0]?.line ?? line,
      protocol: "esp",
      ...(encryption.length > 0 && { encryption: encryption.map(({ value }) => encryptionOf(value)) }),
      ...(integrity.length > 0 && { integrity: integrity.map(({ value }) => integrityOf(value)) }),
      ...(groups2.length > 0 && { pfsGroups: groups2.map(({ value }) => Number(value)) }),
      at: linesOf({ encryption: encryption[0], integrity: integrity[0], pfsGroups: groups2[0] }),
    },
  ];
}

/** "UP" and "IPSEC IS DOWN" speak of the IPsec SA; of IKE alone nothing is said. */
function sessionOf(telemetry: readonly Leaf[], remote: string | undefined): CryptoSession[] {
  const status = first(telemetry, "Status");
  if (!status) return [];
  const message = first(telemetry, "StatusMessage");
  const isUp = status.value === "UP";
  return [
    {
      line: status.line,
      status: isUp ? "UP-ACTIVE" : (message?.value ?? "") || "IPSEC IS DOWN",
      ...(remote !== undefined && { peer: remote }),
      ikeSas: [],
      flows: [],
      at: linesOf({ status: message && !isUp ? message : status }),
    },
  ];
}

function selectorsOf(cidr: string): Selector[] {
  const network = networkFromText(cidr);
  return network ? [{ network, protocol: 0, port: 0 }] : [];
}

function linesOf(leaves: Readonly<Record<string, Leaf | undefined>>): Record<string, number> {
  return Object.fromEntries(Object.entries(leaves).flatMap(([name, leaf]) => (leaf ? [[name, leaf.line]] : [])));
}
