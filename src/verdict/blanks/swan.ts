/** Blanks for devices with connections: the key's place, the identity that the peer showed, the networks that it wants. */
import type { Side } from "../../domain/ids.ts";
import { maskOf, type Network, prefixLengthOf } from "../../domain/network.ts";
import { connectionForPeer } from "../../tunnel/compare/connection.ts";
import { identitySentBy } from "../../tunnel/compare/identities.ts";
import { protectedFlows } from "../../tunnel/compare/protected-flows.ts";
import { shownNames } from "../../tunnel/shown-names.ts";
import { decidingAttempt } from "../../tunnel/status/attempts.ts";
import { otherSide, type Tunnel } from "../../tunnel/tunnel.ts";
import type { Blanks } from "../fill.ts";

export function swanBlanks(tunnel: Tunnel, side: Side): Blanks {
  const end = tunnel[side];
  const keys = (end.keys?.items ?? []).map(({ item }) => item);
  const key = keys.find(({ address }) => address !== undefined && address === end.peer) ?? keys[0];
  const all = end.connections?.items ?? [];
  // A connection with a wrong address does not name this peer; where it is the only one, it is meant.
  const connection = (connectionForPeer(end) ?? (all.length === 1 ? all[0] : undefined))?.item;
  const shown = end.events.findLast(({ item }) => item.captures["peerid"] !== undefined)?.item.captures["peerid"];
  const peerId = shown ?? identitySentBy(tunnel, tunnel[otherSide(side)])?.texts[0] ?? end.peer;
  const wanted = networksWanted(tunnel, side);
  return {
    "swan-connection": connection?.name ?? shownNames(end).connection,
    "swan-child":
      (connection?.children.length === 1 ? connection.children[0]?.name : undefined) ?? shownNames(end).child,
    "key-name": key?.keyring,
    "peer-id-shown": peerId,
    "peer-id-with-at": peerId !== undefined && NAME.test(peerId) ? `@${peerId}` : peerId,
    "ts-near": wanted && cidr(wanted.near),
    "ts-far": wanted && cidr(wanted.far),
    "ts-near-netmask-pair": wanted && netmaskPair(wanted.near),
    "ts-far-netmask-pair": wanted && netmaskPair(wanted.far),
  };
}

/** A name of a host: libreswan looks its address up unless an "@" stands before it. */
const NAME = /^(?=[\w.-]*[A-Za-z])[\w-]{1,63}(?:\.[\w-]{1,63}){0,10}$/;

/** What the other end protects, seen from here; else what it asked for in the last negotiation. */
function networksWanted(tunnel: Tunnel, side: Side): { near: Network; far: Network } | undefined {
  const [theirs] = protectedFlows(tunnel, tunnel[otherSide(side)]) ?? [];
  if (theirs) return { near: theirs.destination, far: theirs.source };
  const [proxy] = decidingAttempt(tunnel[side])?.item.proxies ?? [];
  return proxy && { near: proxy.local.network, far: proxy.remote.network };
}

function netmaskPair(network: Network): string | undefined {
  const mask = maskOf(network);
  return mask === undefined ? undefined : `${network.address} ${mask}`;
}

function cidr(network: Network): string | undefined {
  const length = prefixLengthOf(network);
  return length === undefined ? undefined : `${network.address}/${length}`;
}
