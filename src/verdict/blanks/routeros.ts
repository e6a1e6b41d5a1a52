/** Blanks of RouterOS: the gateway on the way to the peer. */
import type { Side } from "../../domain/ids.ts";
import { prefixLengthOf } from "../../domain/network.ts";
import type { Tunnel } from "../../tunnel/tunnel.ts";
import type { EndView } from "../../tunnel/view.ts";
import type { Blanks } from "../fill.ts";
import { nextHopTowardsPeer } from "./interfaces.ts";

export function routerosBlanks(tunnel: Tunnel, side: Side): Blanks {
  const end = tunnel[side];
  return { "outside-gateway": nextHopTowardsPeer(end) ?? defaultGateway(end) };
}

/** By the last table that has a default route. */
function defaultGateway(end: EndView): string | undefined {
  const routes = end.routes.flatMap(({ item }) => (item.vrf === undefined ? item.routes : []));
  return routes.findLast(({ network }) => prefixLengthOf(network) === 0)?.via[0]?.nextHop;
}
