/**
 * `aws ec2 describe-vpn-connections`: each tunnel's outside address, what it may negotiate, and whether it is up.
 * Options that are not printed are AWS's defaults, of which it accepts all: not shown, so not known.
 * Source: EC2 API reference (VpnConnection, TunnelOption, VgwTelemetry).
 */
import { canonicalAddress, networkFromText } from "../../domain/network.ts";
import type { Command, Output, Parsed, ParseTools } from "../../domain/output.ts";
import type { Connection, ConnectionChild, EspProposal, IkeProposal } from "../../domain/readings/connection.ts";
import type { ReadingValue } from "../../domain/readings/index.ts";
import type { Selector } from "../../domain/readings/ipsec.ts";
import type { StaticRoute } from "../../domain/readings/path.ts";
import type { CryptoSession } from "../../domain/readings/session.ts";
import { readSecret } from "../../domain/secret.ts";
import { readNegotiations } from "../../negotiations/negotiations.ts";
import { CLI_OPTIONS, encryptionOf, integrityOf } from "./aws-words.ts";
import { groupsOf, jsonLeaves, type Leaf } from "./json-leaves.ts";

export const describeVpnConnections: Command = {
  run: `aws ec2 describe-vpn-connections [--vpn-connection-ids ID] ${CLI_OPTIONS}`,
  looksLike: [/^\s*"VpnConnections":/, /^\{\s*"VpnConnections":/],
  mayStartWith: [/^\{$/],
  parse(output: Output, { signatures }: ParseTools): Parsed {
    const { leaves, isWhole, unread } = jsonLeaves(output.lines);
    const connections: Connection[] = [];
    const sessions: CryptoSession[] = [];
    const routes: StaticRoute[] = [];
    const messages: { line: number; text: string }[] = [];
    for (const vpn of groupsOf(leaves, "VpnConnections")) {
      const remote = customerGateway(vpn);
      for (const tunnel of groupsOf(vpn, "TunnelOptions")) connections.push(connectionOf(vpn, tunnel, remote));
      for (const telemetry of groupsOf(vpn, "VgwTelemetry")) {
        sessions.push(...sessionOf(telemetry, remote));
        messages.push(...bgpMessages(vpn, telemetry));
      }
      routes.push(...routesOf(vpn));
      if (isWhole) messages.push(...missingRoutes(vpn));
    }
    // "--query VpnConnections[].VgwTelemetry[]" leaves the tunnels' states alone, in a list of their own, or one in another.
    for (const telemetry of listItems(leaves)) {
      sessions.push(...sessionOf(telemetry, undefined));
      messages.push(...bgpMessages([], telemetry));
    }
    const isQueried = connections.length === 0 && sessions.length > 0;
    const values: ReadingValue[] = isQueried ? [] : [{ kind: "connections", connections, complete: isWhole }];
    if (sessions.length > 0) values.push({ kind: "crypto-sessions", sessions, detail: false });
    if (routes.length > 0) values.push({ kind: "static-routes", routes, complete: false });
    if (messages.length > 0) values.push(readNegotiations(messages, signatures, "syslog"));
    return { values, unread };
  },
};

/** The items of a list that has no name, or of the lists in it. */
function listItems(leaves: readonly Leaf[]): Leaf[][] {
  const found = new Map<string, Leaf[]>();
  for (const { path, ...leaf } of leaves) {
    const named = path.findIndex((step) => typeof step !== "number");
    const place = path.slice(0, named).join(" ");
    if (named > 0) found.set(place, [...(found.get(place) ?? []), { ...leaf, path: path.slice(named) }]);
  }
  return [...found.values()].filter((item) => item.some(({ path }) => path[0] === "OutsideIpAddress"));
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
  const gateway = first(vpn, "VpnGatewayId") ?? first(vpn, "TransitGatewayId");
  const state = vpn.find(({ path }) => path.length === 1 && path[0] === "State");
  const isGone = /^delet(?:ed|ing)$/.test(state?.value ?? "");
  const isAccelerated = first(vpn, "EnableAcceleration");
  const auth = key && { method: "psk", secret: readSecret(key.value) };
  const dpdAction = first(tunnel, "DpdTimeoutAction") ?? first(tunnel, "DPDTimeoutAction");
  const startup = first(tunnel, "StartupAction");
  const at = linesOf({
    local: outside,
    version: list(tunnel, "IkeVersions")[0],
    exchange: list(tunnel, "IkeVersions")[0],
    secret: key,
    dpd: dpdAction,
    dpdSeconds: dpdAction,
    responderOnly: startup,
    tunnelInterface: gateway,
    ...(isGone && { disabled: state }),
    natTraversal: isAccelerated,
  });
  return {
    name: outside ? `${id} ${outside.value}` : id,
    line,
    version: versions.length === 1 ? (versions[0] === "ikev1" ? 1 : 2) : versions.length > 1 ? "any" : undefined,
    local: outside ? [outside.value] : [],
    remote: remote === undefined ? [] : [remote],
    // Of IKEv1 AWS takes main mode alone.
    ...(versions.includes("ikev1") && { exchange: "main" as const }),
    // AWS says who it is by its outside address.
    localAuth: { ...auth, id: outside?.value, at: linesOf({ id: outside, secret: key, method: key }) },
    remoteAuth: { ...auth, at: linesOf({ secret: key, method: key }) },
    ikeProposals: ikeProposals(tunnel, line),
    children: [childOf(vpn, tunnel, line)],
    dpdAction: dpdAction?.value,
    // Without an action nothing becomes of a peer that is gone.
    ...(dpdAction?.value === "none" && { dpdSeconds: 0 }),
    responderOnly: startup ? startup.value === "add" : undefined,
    tunnelInterface: gateway?.value,
    ...(isGone && { disabled: true }),
    ...(isAccelerated?.value === "true" && { natTraversal: "forced" as const }),
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

/** The far networks of a connection with static routes; in a table of its own, since a VPC has others. */
function routesOf(vpn: readonly Leaf[]): StaticRoute[] {
  const id = first(vpn, "VpnConnectionId")?.value ?? "vpn";
  const gateway = first(vpn, "VpnGatewayId")?.value;
  return vpn.flatMap(({ path, value, line }) => {
    const network = path[0] === "Routes" && path[2] === "DestinationCidrBlock" ? networkFromText(value) : undefined;
    return network ? [{ line, network, interface: gateway, vrf: id }] : [];
  });
}

/** With static routes alone, and on a virtual private gateway, what the connection does not list is not sent into it. */
function missingRoutes(vpn: readonly Leaf[]) {
  const isStatic = first(vpn, "StaticRoutesOnly");
  const hasRoutes = vpn.some(({ path }) => path[0] === "Routes");
  const isOfVpc = first(vpn, "VpnGatewayId") !== undefined;
  if (isStatic?.value !== "true" || hasRoutes || !isOfVpc) return [];
  return [{ line: isStatic.line, text: "StaticRoutesOnly, and no static routes" }];
}

/** With BGP a tunnel counts as up when BGP is: "IPSEC IS UP" on one that is down means that only BGP is not. */
function bgpMessages(vpn: readonly Leaf[], telemetry: readonly Leaf[]) {
  const [status, message, accepted] = ["Status", "StatusMessage", "AcceptedRouteCount"].map((name) =>
    first(telemetry, name),
  );
  if (status?.value === "DOWN" && /^IPSEC IS UP/i.test(message?.value ?? ""))
    return [{ line: message?.line ?? status.line, text: "IPSEC IS UP, and BGP is not" }];
  const isStatic = first(vpn, "StaticRoutesOnly")?.value !== "false";
  return status?.value === "UP" && !isStatic && accepted?.value === "0"
    ? [{ line: accepted.line, text: "AcceptedRouteCount 0 by BGP" }]
    : [];
}

/** "UP" and "IPSEC IS DOWN" speak of the IPsec SA; of IKE alone nothing is said. */
function sessionOf(telemetry: readonly Leaf[], remote: string | undefined): CryptoSession[] {
  const status = first(telemetry, "Status");
  if (!status) return [];
  const message = first(telemetry, "StatusMessage");
  const outside = first(telemetry, "OutsideIpAddress");
  const isUp = status.value === "UP" || /^IPSEC IS UP/i.test(message?.value ?? "");
  return [
    {
      line: status.line,
      status: isUp ? "UP-ACTIVE" : (message?.value ?? "") || "IPSEC IS DOWN",
      ...(outside && { local: outside.value }),
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
