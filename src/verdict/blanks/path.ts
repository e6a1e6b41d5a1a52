/** Blanks about the way of the packets: routes, interfaces, filters, NAT. */
import type { Side } from "../../domain/ids.ts";
import { containsNetwork, formatForIosAcl, hostNetwork, type Network, prefixLengthOf } from "../../domain/network.ts";
import { decide } from "../../tunnel/compare/acl-decision.ts";
import { interfaceTowards } from "../../tunnel/compare/endpoints.ts";
import { cryptoInterfaces } from "../../tunnel/compare/map-entry.ts";
import { protectedFlows } from "../../tunnel/compare/protected-flows.ts";
import { otherSide, type Tunnel } from "../../tunnel/tunnel.ts";
import type { EndView } from "../../tunnel/view.ts";
import type { Blanks } from "../fill.ts";
import { nextHopTowardsPeer, outsideInterface } from "./interfaces.ts";

export function pathBlanks(tunnel: Tunnel, side: Side): Blanks {
  const end = tunnel[side];
  const { near, far } = protectedNetworks(tunnel, side);
  return {
    peer: end.peer,
    "own-address": end.own,
    "near-network": near && formatForIosAcl(near),
    "far-network": far && formatForIosAcl(far),
    "near-host": near && (ownAddressIn(end, near) ?? aHostOf(near)),
    "far-host": far && (ownAddressIn(tunnel[otherSide(side)], far) ?? aHostOf(far)),
    "crypto-interface": outsideInterface(end)?.name ?? cryptoInterfaces(end)[0],
    "inside-interface": insideInterface(end, near),
    "wan-acl-lines": wanLines(end),
    "route-to-add": far && routeLine(end, far),
  };
}

/** The networks of the tunnel's first flow, from this end's point of view. */
function protectedNetworks(tunnel: Tunnel, side: Side): { near?: Network | undefined; far?: Network | undefined } {
  const [own] = protectedFlows(tunnel, tunnel[side]) ?? [];
  if (own) return { near: own.source, far: own.destination };
  const [theirs] = protectedFlows(tunnel, tunnel[otherSide(side)]) ?? [];
  return theirs ? { near: theirs.destination, far: theirs.source } : {};
}

/** An address of the router itself in a network: a ping can only come from one of those, and it surely is somebody's. */
function ownAddressIn(end: EndView, network: Network): string | undefined {
  return end.interfaces?.items.find(({ item }) => {
    const host = hostNetwork(item.address ?? "");
    return host !== undefined && containsNetwork(network, host) && item.address !== end.own;
  })?.item.address;
}

/** The first host address of a network, for pings and look-ups. */
function aHostOf(network: Network): string | undefined {
  const length = prefixLengthOf(network);
  if (length === undefined || length === 0) return undefined;
  if (network.family === 6) return length === 128 ? network.address : `${network.address.replace(/::$/, "")}::1`;
  if (length >= 31) return network.address;
  const [a, b, c, d] = network.address.split(".").map(Number);
  return `${a}.${b}.${c}.${(d ?? 0) + 1}`;
}

/** What the filter on the outside interface has to pass from the peer and does not yet, to be entered before the rest. */
function wanLines(end: EndView): string | undefined {
  if (end.peer === undefined || end.peer.includes(":")) return undefined;
  const logged = end.events.findLast(({ item }) => item.signature === "acl-denied")?.item.captures["acl"];
  const name = outsideInterface(end)?.accessGroupIn ?? logged;
  const list = end.accessLists?.items.find(({ item }) => item.name === name)?.item;
  const own = end.own === undefined ? "any" : `host ${end.own}`;
  const needed = [
    {
      line: `permit udp host ${end.peer} ${own} eq isakmp`,
      packet: { protocol: "17", sourcePort: 500, destinationPort: 500 },
    },
    {
      line: `permit udp host ${end.peer} ${own} eq non500-isakmp`,
      packet: { protocol: "17", sourcePort: 4500, destinationPort: 4500 },
    },
    { line: `permit esp host ${end.peer} ${own}`, packet: { protocol: "50" } },
  ];
  const source = hostNetwork(end.peer);
  const destination = hostNetwork(end.own ?? "");
  const missing = needed.filter(({ packet }) => {
    if (!list || !source || !destination) return true;
    return decide(list.entries, { source, destination, ...packet }).action !== "permit";
  });
  const first = list?.entries[0]?.sequence ?? 10;
  if (missing.length === 0) return undefined;
  const lines = missing.map(({ line }, index) => ` ${index + 1} ${line}`);
  const resequence = list && first <= missing.length ? [`ip access-list resequence ${name} 10 10`] : [];
  return [...resequence, `ip access-list extended ${name ?? "<access list on the outside interface>"}`, ...lines].join(
    "\n",
  );
}

/** A static route by the next hop on the way to the peer, as the router shows it; else by the crypto interface. */
function routeLine(end: EndView, far: Network): string | undefined {
  if (far.family === 6) return undefined;
  const length = prefixLengthOf(far);
  if (length === undefined) return undefined;
  const mask = far.wildcard
    .split(".")
    .map((octet) => 255 - Number(octet))
    .join(".");
  const via = nextHopTowardsPeer(end) ?? `<next hop on ${cryptoInterfaces(end)[0] ?? "the outside interface"}>`;
  return `ip route ${far.address} ${mask} ${via}`;
}

/** The interface on the protected network, else the one that NAT calls inside. */
function insideInterface(end: EndView, near: Network | undefined): string | undefined {
  const host = near && aHostOf(near);
  const inside =
    (host === undefined ? undefined : interfaceTowards(end, host)) ??
    end.interfaces?.items.find(({ item }) => item.nat === "inside");
  return inside?.item.name;
}
