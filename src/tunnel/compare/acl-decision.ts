/** What an access list decides about packets: first match wins, and the end of the list denies. */
import { containsNetwork, type Network, overlaps } from "../../domain/network.ts";
import type { AclEntry } from "../../domain/readings/ipsec.ts";
import { flowOfEntry, protocolNumber } from "./flow.ts";

/** Packets that differ in nothing an access list is asked about, or a set of them. */
export interface Packets {
  readonly source: Network;
  readonly destination: Network;
  /** Number of the protocol as text; "ip" for all of them. */
  readonly protocol: string;
  /** undefined: any, or the protocol has none. */
  readonly sourcePort?: number | undefined;
  readonly destinationPort?: number | undefined;
}
export interface Decision {
  /** undefined: some packets are permitted and some denied, or an entry can't be resolved. */
  readonly action: "permit" | "deny" | undefined;
  /** The entry that decides; none where the end of the list does. */
  readonly by?: AclEntry | undefined;
}

export function decide(entries: readonly AclEntry[], packets: Packets): Decision {
  const partly = new Set<AclEntry["action"]>();
  for (const entry of entries) {
    const match = matches(entry, packets);
    if (match === "none") continue;
    partly.add(entry.action);
    if (match === "all") return { action: partly.size === 1 ? entry.action : undefined, by: entry };
  }
  return { action: partly.has("permit") ? undefined : "deny" };
}

function matches(entry: AclEntry, packets: Packets): "all" | "some" | "none" {
  const flow = flowOfEntry(entry);
  if (!flow) return mayTouch(entry, packets) ? "some" : "none";
  if (!overlaps(flow.source, packets.source) || !overlaps(flow.destination, packets.destination)) return "none";
  if (flow.protocol !== "ip" && packets.protocol !== "ip" && flow.protocol !== packets.protocol) return "none";
  const ports = [
    matchesPort(flow.sourcePort, packets.sourcePort),
    matchesPort(flow.destinationPort, packets.destinationPort),
  ];
  if (ports.includes(false)) return "none";
  const isWhole =
    containsNetwork(flow.source, packets.source) &&
    containsNetwork(flow.destination, packets.destination) &&
    (flow.protocol === "ip" || flow.protocol === packets.protocol) &&
    !ports.includes(undefined);
  return isWhole ? "all" : "some";
}

/** An entry with an object group or options, which may match some: not if its plain address or protocol rules it out. */
function mayTouch(entry: AclEntry, packets: Packets): boolean {
  const { source, destination } = entry;
  const protocol = protocolNumber(entry.protocol);
  const isOther = /^\d+$/.test(protocol) && packets.protocol !== "ip" && protocol !== packets.protocol;
  return !(
    isOther ||
    (source.network && !overlaps(source.network, packets.source)) ||
    (destination.network && !overlaps(destination.network, packets.destination))
  );
}

/** `port` is "" for any, "eq 500", "range 1 5" …; undefined: it may match. */
function matchesPort(port: string, actual: number | undefined): boolean | undefined {
  if (port === "") return true;
  if (actual === undefined) return undefined;
  const [operator, ...words] = port.split(" ");
  const numbers = words.map(Number);
  const [first = Number.NaN, second = Number.NaN] = numbers;
  switch (operator) {
    case "eq":
      return numbers.includes(actual);
    case "neq":
      return !numbers.includes(actual);
    case "gt":
      return actual > first;
    case "lt":
      return actual < first;
    case "range":
      return actual >= first && actual <= second;
    default:
      return undefined;
  }
}
