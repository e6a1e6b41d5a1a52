/** Traffic as crypto ACLs name it, and its mirror image. */
import {
  containsNetwork,
  formatNetwork,
  hostNetwork,
  type Network,
  overlaps,
  prefixLengthOf,
  sameNetwork,
} from "../../domain/network.ts";
import type { AclEntry, Selector } from "../../domain/readings/ipsec.ts";
import { PORT_NUMBERS } from "./port-numbers.ts";

export interface Flow {
  readonly source: Network;
  readonly destination: Network;
  /** "ip", or the number of the protocol as text. */
  readonly protocol: string;
  /** "" for any port; otherwise with port numbers: "eq 80", "range 1 5". */
  readonly sourcePort: string;
  readonly destinationPort: string;
}

const PROTOCOL_NUMBERS: ReadonlyMap<string, string> = new Map([
  ["ipv6", "ip"],
  ["0", "ip"],
  ["icmp", "1"],
  ["igmp", "2"],
  ["ipinip", "4"],
  ["tcp", "6"],
  ["udp", "17"],
  ["gre", "47"],
  ["esp", "50"],
  ["ahp", "51"],
  ["ah", "51"],
  ["eigrp", "88"],
  ["ospf", "89"],
  ["nos", "94"],
  ["pim", "103"],
  ["pcp", "108"],
  ["sctp", "132"],
]);
/** Options that change nothing in what an entry matches. */
const HARMLESS = /^(?:log|log-input)$/;

/** What an entry matches; undefined for object groups, and for options that limit it (established, dscp, time-range …). */
export function flowOfEntry(entry: AclEntry): Flow | undefined {
  const source = entry.source.network;
  const destination = entry.destination.network;
  const sourcePort = portOf(entry.source.port);
  const destinationPort = portOf(entry.destination.port);
  if (!source || !destination || sourcePort === undefined || destinationPort === undefined) return undefined;
  if (entry.protocol.startsWith("object-group") || !entry.options.every((option) => HARMLESS.test(option)))
    return undefined;
  return { source, destination, protocol: protocolNumber(entry.protocol), sourcePort, destinationPort };
}

/** A pair of proxy identities as a flow, from the point of view of the end that they are local to. */
export function flowOfSelectors(local: Selector, remote: Selector): Flow {
  const port = (selector: Selector) => (selector.port === 0 ? "" : `eq ${selector.port}`);
  return {
    source: local.network,
    destination: remote.network,
    protocol: local.protocol === 0 ? "ip" : String(local.protocol),
    sourcePort: port(local),
    destinationPort: port(remote),
  };
}

/** Whether a packet between these addresses is of one of the flows, seen from the same end; undefined where one is no address. */
export function areOfFlows(
  flows: readonly Pick<Flow, "source" | "destination">[],
  source: string | undefined,
  destination: string | undefined,
): boolean | undefined {
  const from = hostNetwork(source ?? "");
  const to = hostNetwork(destination ?? "");
  if (!from || !to) return undefined;
  return flows.some((flow) => containsNetwork(flow.source, from) && containsNetwork(flow.destination, to));
}

/** The same traffic as the other end sees it. */
export function mirrored(flow: Flow): Flow {
  return {
    ...flow,
    source: flow.destination,
    destination: flow.source,
    sourcePort: flow.destinationPort,
    destinationPort: flow.sourcePort,
  };
}

/** Equal flows have equal names. */
export function flowName(flow: Flow): string {
  const side = (network: Network, port: string) => `${formatNetwork(network)}${port === "" ? "" : ` ${port}`}`;
  const traffic = `${side(flow.source, flow.sourcePort)} → ${side(flow.destination, flow.destinationPort)}`;
  return flow.protocol === "ip" ? traffic : `protocol ${flow.protocol}: ${traffic}`;
}

/** Names are not enough of a key: IPv4 and IPv6 "any" are both called so. */
export function flowKey(flow: Flow): string {
  return `${flow.source.family} ${flowName(flow)}`;
}

/** Whether `outer` matches all that `inner` does. */
export function coversFlow(outer: Flow, inner: Flow): boolean {
  return (
    containsNetwork(outer.source, inner.source) &&
    containsNetwork(outer.destination, inner.destination) &&
    (outer.protocol === "ip" || outer.protocol === inner.protocol) &&
    (outer.sourcePort === "" || outer.sourcePort === inner.sourcePort) &&
    (outer.destinationPort === "" || outer.destinationPort === inner.destinationPort)
  );
}

/** Whether some packet may be in both; ports are not looked at. */
export function flowsOverlap(one: Flow, other: Flow): boolean {
  return (
    overlaps(one.source, other.source) &&
    overlaps(one.destination, other.destination) &&
    (one.protocol === "ip" || other.protocol === "ip" || one.protocol === other.protocol)
  );
}

/** From anywhere to anywhere: a tunnel by routes. */
export function isEverything({ source, destination }: Flow): boolean {
  return prefixLengthOf(source) === 0 && prefixLengthOf(destination) === 0;
}

/** How many of source, destination, protocol and ports two flows share. */
export function likeness(one: Flow, other: Flow): number {
  const equal = [
    sameNetwork(one.source, other.source),
    sameNetwork(one.destination, other.destination),
    one.protocol === other.protocol,
    one.sourcePort === other.sourcePort,
    one.destinationPort === other.destinationPort,
  ];
  return equal.filter(Boolean).length;
}

export function protocolNumber(word: string): string {
  return PROTOCOL_NUMBERS.get(word) ?? word;
}

/** "eq www" → "eq 80"; undefined where a port has a name that we do not know. */
function portOf(text: string | undefined): string | undefined {
  if (text === undefined) return "";
  const [operator = "", ...ports] = text.split(" ");
  const numbers = ports.map((port) => (/^\d+$/.test(port) ? port : PORT_NUMBERS.get(port)));
  return numbers.includes(undefined) ? undefined : [operator, ...numbers].join(" ");
}
