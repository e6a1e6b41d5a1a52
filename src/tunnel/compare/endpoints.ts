/** Endpoint addresses and interfaces of the two ends. */
import { containsNetwork, hostNetwork, networkFromNetmask } from "../../domain/network.ts";
import type { InterfaceState } from "../../domain/readings/path.ts";
import { isPublic } from "../address-kinds.ts";
import type { Held } from "../known.ts";
import { bothEnds, otherSide, type Tunnel } from "../tunnel.ts";
import type { EndView } from "../view.ts";

/** Whether the address is surely the end's own: it printed it as its own. `EndView.own` may be only what its peer claims. */
export function isSurelyOwn(tunnel: Tunnel, end: EndView, address: string): boolean {
  return tunnel.ends[end.side].own.has(address);
}

/**
 * Whether the peer may be known here under another address than its own. Only two public addresses, or two of one
 * subnet, rule address translation out, and only while nothing printed speaks of it.
 */
export function natMayHide(tunnel: Tunnel, one: string, other: string): boolean {
  if (natWasSeen(tunnel)) return true;
  if (isPublic(one) && isPublic(other)) return false;
  return !isSameSubnet(tunnel, one, other);
}

/** Anything printed on either end shows address translation between the two. */
export function natWasSeen(tunnel: Tunnel): boolean {
  return bothEnds(tunnel).some(
    (end) =>
      end.attempts.some(({ item }) => item.natFoundLine !== undefined || item.usesPort4500Line !== undefined) ||
      end.ikeSas.some((look) => look.items.some(({ item }) => item.natTraversal === true)) ||
      end.flows.some((look) => look.items.some(({ item }) => item.peerPort === 4500)) ||
      end.sessions.some((look) => look.items.some(({ item }) => item.peerPort === 4500)),
  );
}

/** Interfaces by their address; the exact one or none. */
export function interfaceWith(end: EndView, address: string): Held<InterfaceState> | undefined {
  return end.interfaces?.items.find(({ item }) => item.address === address);
}

/** The interface on whose subnet an address lies; undefined where masks are not known. */
export function interfaceTowards(end: EndView, address: string): Held<InterfaceState> | undefined {
  return end.interfaces?.items.find(({ item }) => subnetHas(item, address));
}

/**
 * "Gi0/1" and "GigabitEthernet0/1" are one interface: equal numbers, and one word begins the other. Names without a
 * number ("outside") are somebody's own and are not abbreviated.
 */
export function isSameInterface(one: string, other: string): boolean {
  const [a, b] = [splitName(one), splitName(other)];
  if (a.number === "" || b.number === "") return one.toLowerCase() === other.toLowerCase();
  return a.number === b.number && (a.word.startsWith(b.word) || b.word.startsWith(a.word));
}

/** The view of the other end. */
export function farEnd(tunnel: Tunnel, end: EndView): EndView {
  return tunnel[otherSide(end.side)];
}

function isSameSubnet(tunnel: Tunnel, one: string, other: string): boolean {
  return bothEnds(tunnel).some((end) =>
    (end.interfaces?.items ?? []).some(({ item }) => subnetHas(item, one) && subnetHas(item, other)),
  );
}

function subnetHas({ address, mask }: InterfaceState, candidate: string): boolean {
  const subnet = address === undefined || mask === undefined ? undefined : networkFromNetmask(address, mask);
  const host = hostNetwork(candidate);
  return subnet !== undefined && host !== undefined && containsNetwork(subnet, host);
}

function splitName(name: string): { word: string; number: string } {
  const digit = name.search(/\d/);
  const cut = digit === -1 ? name.length : digit;
  return { word: name.slice(0, cut).trim().toLowerCase(), number: name.slice(cut) };
}
