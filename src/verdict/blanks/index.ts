/** The blanks of command texts, filled from what the case knows of an end. */
import type { Side } from "../../domain/ids.ts";
import { oncePerEnd } from "../../tunnel/once-per-end.ts";
import { type Tunnel, viewTunnel } from "../../tunnel/tunnel.ts";
import type { BlankOf, Blanks } from "../fill.ts";
import { aggressiveModeBlanks } from "./aggressive-mode.ts";
import { asaBlanks } from "./asa.ts";
import { awsBlanks } from "./aws.ts";
import { certificateBlanks } from "./certificates.ts";
import { cryptoAclBlanks } from "./crypto-acl.ts";
import { filterBlanks } from "./filter.ts";
import { firewallBlanks } from "./firewall.ts";
import { ikeBlanks } from "./ike.ts";
import { ikeV2Blanks } from "./ikev2.ts";
import { ipsecBlanks } from "./ipsec.ts";
import { junosBlanks } from "./junos.ts";
import { mapEntryBlanks } from "./map-entry.ts";
import { mapOrderBlanks } from "./map-order.ts";
import { mapPlaceBlanks } from "./map-place.ts";
import { natBlanks } from "./nat.ts";
import { neutralBlanks } from "./neutral.ts";
import { pathBlanks } from "./path.ts";
import { roleBlanks } from "./roles.ts";
import { routeBlanks } from "./route.ts";
import { routerosBlanks } from "./routeros.ts";
import { swanBlanks } from "./swan.ts";
import { tableBlanks } from "./tables.ts";

/** Blanks that are worked out together. Their names do not depend on the tunnel; no two groups have one in common. */
export const BLANK_GROUPS: readonly ((tunnel: Tunnel, side: Side) => Blanks)[] = [
  pathBlanks,
  tableBlanks,
  routeBlanks,
  filterBlanks,
  natBlanks,
  ikeBlanks,
  aggressiveModeBlanks,
  ikeV2Blanks,
  certificateBlanks,
  ipsecBlanks,
  cryptoAclBlanks,
  mapEntryBlanks,
  mapPlaceBlanks,
  mapOrderBlanks,
  roleBlanks,
  neutralBlanks,
  swanBlanks,
  asaBlanks,
  firewallBlanks,
  junosBlanks,
  awsBlanks,
  routerosBlanks,
];

let groups: ReadonlyMap<string, number> | undefined;

/** The name of every blank, with the number of its group. */
export function blankNames(): ReadonlyMap<string, number> {
  if (!groups) {
    const nothing = viewTunnel({ pastes: [], platforms: {}, cannot: [] });
    const names = BLANK_GROUPS.flatMap((fill, group) =>
      Object.keys(fill(nothing, "local")).map((name) => [name, group] as const),
    );
    groups = new Map(names);
  }
  return groups;
}

/** Each finding and each ask fills its own texts from the same blanks; a text needs few of them. */
export function blanksFor(tunnel: Tunnel, side: Side): BlankOf {
  return blanksOfEnd(tunnel, tunnel[side]);
}

const blanksOfEnd = oncePerEnd((tunnel, { side }): BlankOf => {
  const known: Blanks[] = [];
  return (name) => {
    const group = blankNames().get(name);
    if (group === undefined) return undefined;
    known[group] ??= BLANK_GROUPS[group]?.(tunnel, side) ?? {};
    return known[group][name];
  };
});
