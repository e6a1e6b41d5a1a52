/** Blanks of AWS: the ids by which its commands name things. */

import type { Side } from "../../domain/ids.ts";
import { connectionsForPeer } from "../../tunnel/compare/connection.ts";
import { shownNames } from "../../tunnel/shown-names.ts";
import type { Tunnel } from "../../tunnel/tunnel.ts";
import type { Blanks } from "../fill.ts";
import { onlyOne } from "./neutral.ts";

export function awsBlanks(tunnel: Tunnel, side: Side): Blanks {
  const end = tunnel[side];
  const connections = (end.connections?.items ?? []).map(({ item }) => item);
  const ours = connectionsForPeer(end).map(({ item }) => item);
  const shown = ours.length > 0 ? ours : connections;
  const tables = end.routes.flatMap(({ item: { vrf } }) => (vrf?.startsWith("rtb-") === true ? [vrf] : []));
  const groups = (end.accessLists?.items ?? [])
    .map(({ item }) => item.name)
    .filter((name) => /^(?:sg|acl)-/.test(name));
  return {
    "vpn-id": onlyOne([...shown.map(({ name }) => name), shownNames(end).connection ?? ""].flatMap(vpnIn)),
    "vpn-gateway": onlyOne(shown.flatMap(({ tunnelInterface }) => tunnelInterface ?? [])),
    "route-table": onlyOne(tables),
    "vpc-filter": onlyOne(groups),
  };
}

function vpnIn(name: string): string[] {
  return /^vpn-[0-9a-f]{8,17}/.exec(name)?.slice(0, 1) ?? [];
}
