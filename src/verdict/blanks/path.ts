/** Blanks about the way of the packets: routes, interfaces, filters, NAT. */
import type { Side } from "../../domain/ids.ts";
import { containsNetwork, formatForIosAcl, hostNetwork, type Network, prefixLengthOf } from "../../domain/network.ts";
import { interfaceTowards } from "../../tunnel/compare/endpoints.ts";
import { mapEndpoint } from "../../tunnel/compare/map-endpoint.ts";
import { cryptoInterfaces } from "../../tunnel/compare/map-entry.ts";
import { protectedFlows } from "../../tunnel/compare/protected-flows.ts";
import { routesPastTheTunnel } from "../../tunnel/compare/tunnel-interface-route.ts";
import { otherSide, type Tunnel } from "../../tunnel/tunnel.ts";
import type { EndView } from "../../tunnel/view.ts";
import type { Blanks } from "../fill.ts";
import { outsideInterface } from "./interfaces.ts";

export function pathBlanks(tunnel: Tunnel, side: Side): Blanks {
  const end = tunnel[side];
  const { near, far } = protectedNetworks(tunnel, side);
  return {
    peer: peerAddress(tunnel, side),
    "own-address": ownAddress(tunnel, side),
    "near-network": near && formatForIosAcl(near),
    "far-network": far && formatForIosAcl(far),
    "near-host": near && (ownAddressIn(end, near) ?? aHostOf(near)),
    "far-host":
      (far && (triedHostIn(end, far) ?? ownAddressIn(tunnel[otherSide(side)], far) ?? aHostOf(far))) ??
      routesPastTheTunnel(end).map(({ network }) => aHostOf(network))[0],
    "crypto-interface": outsideInterface(end)?.name ?? cryptoInterfaces(end)[0],
    "inside-interface": insideInterface(end, near) ?? tracedInterface(end, near),
  };
}

/** The peer's address; where this tunnel did not show it, the one from which the peer runs its others. */
export function peerAddress(tunnel: Tunnel, side: Side): string | undefined {
  return tunnel[side].peer ?? tunnel.focus.usual[otherSide(side)];
}

/**
 * The address from which this end's IKE goes out, as the device has it: not the one that the other end names, where that is
 * a translated or a wrong one.
 */
export function ownAddress(tunnel: Tunnel, side: Side): string | undefined {
  const end = tunnel[side];
  const shown = tunnel.ends[side].own;
  if (end.own === undefined || shown.size === 0 || shown.has(end.own)) return end.own;
  const endpoint = mapEndpoint(tunnel, end);
  return endpoint === "hidden" ? undefined : endpoint?.address;
}

/** The networks of the tunnel's first flow, from this end's point of view. */
export function protectedNetworks(
  tunnel: Tunnel,
  side: Side,
): { near?: Network | undefined; far?: Network | undefined } {
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

/** The host of a network that this end pinged last, or sent a traced packet to: the one that people miss. */
function triedHostIn({ pings, packetTraces }: EndView, network: Network): string | undefined {
  const isInside = (address: string | undefined) => {
    const host = hostNetwork(address ?? "");
    return host !== undefined && prefixLengthOf(network) !== 0 && containsNetwork(network, host);
  };
  return (
    pings.findLast(({ item }) => isInside(item.target))?.item.target ??
    packetTraces.findLast(({ item }) => isInside(item.destination))?.item.destination
  );
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

/** The interface on the protected network, else the one that NAT calls inside. */
function insideInterface(end: EndView, near: Network | undefined): string | undefined {
  const host = near && aHostOf(near);
  const inside =
    (host === undefined ? undefined : interfaceTowards(end, host)) ??
    end.interfaces?.items.find(({ item }) => item.nat === "inside");
  return inside?.item.name;
}

/** Where a packet of the protected network was let in when the way through the firewall was traced. */
function tracedInterface(end: EndView, near: Network | undefined): string | undefined {
  return end.packetTraces.findLast(({ item }) => {
    const source = hostNetwork(item.source ?? "");
    return near !== undefined && source !== undefined && containsNetwork(near, source);
  })?.item.input;
}
