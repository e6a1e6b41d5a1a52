/** Does a filter on the crypto interface drop the tunnel's own packets? */
import { hostNetwork, type Network } from "../../domain/network.ts";
import type { AccessList } from "../../domain/readings/ipsec.ts";
import type { InterfaceState } from "../../domain/readings/path.ts";
import { type Answer, at, NOT_KNOWN, no, type Question, yes } from "../answer.ts";
import type { Held } from "../known.ts";
import { tracedPacketIsDenied } from "../status/packet-traces.ts";
import { filterDropsTheTunnelsTraffic } from "../status/path.ts";
import { bothEnds, type Tunnel } from "../tunnel.ts";
import type { EndView } from "../view.ts";
import { type Decision, decide } from "./acl-decision.ts";
import { decryptedTrafficIsHeldBack } from "./decrypted-filters.ts";
import { interfaceWith, isSameInterface, natWasSeen } from "./endpoints.ts";
import { distinct, linesOf } from "./lines.ts";
import { provenEndpoint } from "./map-endpoint.ts";
import { cryptoInterfaces } from "./map-entry.ts";
import { askedOfEachEnd } from "./per-end.ts";
import { isWholeList, mayBeCutOff } from "./whole-list.ts";

/**
 * Does the inbound access list of the crypto interface deny UDP 500 or ESP from the peer to this end (with translation on
 * the way: UDP 4500 instead of ESP)? "No" needs all three permitted, or no list on the interface of a whole configuration.
 * ESP is IP protocol 50 and has no port (RFC 4303).
 */
function interfaceAclBlocksIpsec(tunnel: Tunnel, end: EndView): Answer {
  const carrier = cryptoInterface(end);
  const own = provenEndpoint(tunnel, end);
  if (!carrier || !own || end.peer === undefined) return NOT_KNOWN;
  const name = carrier.item.accessGroupIn;
  if (name === undefined)
    return end.interfaces?.complete === true && carrier.item.status === undefined
      ? no(linesOf(tunnel, carrier))
      : NOT_KNOWN;
  const list = end.accessLists?.items.find(({ item }) => item.name === name);
  const source = hostNetwork(end.peer);
  const destination = hostNetwork(own);
  if (!list || list.item.entries.length === 0 || !source || !destination) return NOT_KNOWN;
  return judge(tunnel, carrier, list, { source, destination }, wayOf(tunnel, end, end.peer));
}

function isDroppedElsewhere(tunnel: Tunnel): boolean {
  return (
    tracedPacketIsDenied(tunnel).is === true ||
    filterDropsTheTunnelsTraffic(tunnel).is === true ||
    bothEnds(tunnel).some((end) => decryptedTrafficIsHeldBack(tunnel, end).is === true)
  );
}

export const INTERFACE_ACL_COMPARISONS: Readonly<Record<string, Question>> = askedOfEachEnd(
  "interface-acl-blocks-ipsec",
  true,
  // That this filter permits it says nothing where another one was seen to drop the tunnel's traffic.
  (tunnel, end) => {
    const answer = interfaceAclBlocksIpsec(tunnel, end);
    return answer.is === false && isDroppedElsewhere(tunnel) ? NOT_KNOWN : answer;
  },
);

function judge(
  tunnel: Tunnel,
  carrier: Held<InterfaceState>,
  list: Held<AccessList>,
  hosts: { readonly source: Network; readonly destination: Network },
  way: ReturnType<typeof wayOf>,
): Answer {
  const udp = (port: number) =>
    decide(list.item.entries, { ...hosts, protocol: "17", sourcePort: port, destinationPort: port });
  const ike = udp(500);
  const natT = udp(4500);
  const esp = decide(list.item.entries, { ...hosts, protocol: "50" });
  // Where nobody knows which of the two it is, either will do.
  const either = natT.action === "deny" ? [ike, esp] : [ike];
  const needed = way === "translated" ? [ike, natT] : way === "direct" ? [ike, esp] : either;
  const linesFor = (decisions: readonly Decision[]) =>
    distinct([
      ...linesOf(tunnel, carrier, "accessGroupIn"),
      ...linesOf(tunnel, list),
      ...decisions.flatMap(({ by }) => (by ? [at(tunnel, list, by.line)] : [])),
    ]);
  // The end of the list denies, but only if that is where it ends.
  const isCut = mayBeCutOff(tunnel, list, list.item.entries);
  const blocked = needed.filter(({ action, by }) => action === "deny" && (by !== undefined || !isCut));
  if (blocked.length > 0 && isWholeList(tunnel, list, { ...list.item, heading: list.item.line }))
    return yes(linesFor(blocked));
  return [ike, natT, esp].every(({ action }) => action === "permit") ? no(linesFor([ike, natT, esp])) : NOT_KNOWN;
}

/** Whether ESP goes in UDP 4500: with translation on the way, which a far end without the peer's address also shows. */
function wayOf(tunnel: Tunnel, end: EndView, peer: string): "direct" | "translated" | undefined {
  const { own } = tunnel.ends[end.side === "local" ? "remote" : "local"];
  if (natWasSeen(tunnel)) return "translated";
  if (own.has(peer)) return "direct";
  return own.size > 0 ? "translated" : undefined;
}

/** The one interface with the map, else the one with the endpoint address. */
function cryptoInterface(end: EndView): Held<InterfaceState> | undefined {
  const names = cryptoInterfaces(end);
  const carriers = (end.interfaces?.items ?? []).filter(({ item }) =>
    names.some((name) => isSameInterface(name, item.name)),
  );
  if (names.length > 0) return carriers.length === 1 ? carriers[0] : undefined;
  return end.own === undefined ? undefined : interfaceWith(end, end.own);
}
