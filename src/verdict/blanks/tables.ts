/** Blanks that say in which table a command has to look: IPv4 or IPv6, the VRF of the tunnel or that of what is in it. */
import type { Side } from "../../domain/ids.ts";
import { frontDoor } from "../../tunnel/compare/front-door.ts";
import { protectedFlows } from "../../tunnel/compare/protected-flows.ts";
import { protectedVrf } from "../../tunnel/compare/routes.ts";
import { toldPathMtu } from "../../tunnel/status/packet-sizes.ts";
import { otherSide, type Tunnel } from "../../tunnel/tunnel.ts";
import type { EndView } from "../../tunnel/view.ts";
import type { Blanks } from "../fill.ts";
import { keyForPeer } from "./key-for-peer.ts";
import { peerAddress } from "./path.ts";

export function tableBlanks(tunnel: Tunnel, side: Side): Blanks {
  const end = tunnel[side];
  const peer = peerAddress(tunnel, side);
  const isIpv6Peer = peer?.includes(":") === true;
  const [flow] = protectedFlows(tunnel, end) ?? protectedFlows(tunnel, tunnel[otherSide(side)]) ?? [];
  const isIpv6Inside = (flow?.source.family ?? (isIpv6Peer ? 6 : 4)) === 6;
  const vrf = frontVrf(end);
  return {
    "peer-ip": isIpv6Peer ? "ipv6" : "ip",
    "peer-family": isIpv6Peer ? "ipv6" : "ipv4",
    "far-ip": isIpv6Inside ? "ipv6" : "ip",
    // IPv6 routers never fragment, so there is nothing to forbid (RFC 8200 section 5).
    "far-df-bit": isIpv6Inside ? undefined : "df-bit",
    "far-mss": `${segmentSize(tunnel, end, isIpv6Inside)}`,
    "front-vrf": vrf,
    "inside-vrf": protectedVrf(end),
    "peer-in-vrf": peer === undefined || vrf === undefined ? peer : `vrf ${vrf} ${peer}`,
  };
}

/** TCP's bytes in a packet of 1400, or of what the device said to pass where that is less: 40 of headers, with IPv6 60. */
function segmentSize(tunnel: Tunnel, end: EndView, isIpv6Inside: boolean): number {
  const packet = Math.min(
    1400,
    toldPathMtu(tunnel, end) ?? 1400,
    toldPathMtu(tunnel, tunnel[otherSide(end.side)]) ?? 1400,
  );
  return packet - (isIpv6Inside ? 60 : 40);
}

/** The VRF in which the peer is reached: of the interface with the map, of the session, else of the peer's key. */
export function frontVrf(end: EndView): string | undefined {
  const shown = end.sessions.at(-1)?.items.find(({ item }) => item.fvrf !== undefined)?.item.fvrf;
  if (shown !== undefined) return shown === "(none)" ? undefined : shown;
  const front = frontDoor(end);
  return front ? front.vrf : keyForPeer(end)?.key.vrf;
}
