/** The blanks of command texts, filled from what the case knows of an end. */
import type { Side } from "../../domain/ids.ts";
import type { Tunnel } from "../../tunnel/tunnel.ts";
import type { Blanks } from "../fill.ts";
import { cryptoAclBlanks } from "./crypto-acl.ts";
import { filterBlanks } from "./filter.ts";
import { ikeBlanks } from "./ike.ts";
import { ipsecBlanks } from "./ipsec.ts";
import { mapEntryBlanks } from "./map-entry.ts";
import { mapOrderBlanks } from "./map-order.ts";
import { mapPlaceBlanks } from "./map-place.ts";
import { natBlanks } from "./nat.ts";
import { pathBlanks } from "./path.ts";
import { roleBlanks } from "./roles.ts";
import { routeBlanks } from "./route.ts";
import { tableBlanks } from "./tables.ts";

/** Each finding and each ask fills its own texts from the same blanks. */
const filled = new WeakMap<Tunnel, Partial<Record<Side, Blanks>>>();

export function blanksFor(tunnel: Tunnel, side: Side): Blanks {
  const known = filled.get(tunnel) ?? {};
  filled.set(tunnel, known);
  known[side] ??= {
    ...pathBlanks(tunnel, side),
    ...tableBlanks(tunnel, side),
    ...routeBlanks(tunnel, side),
    ...filterBlanks(tunnel, side),
    ...natBlanks(tunnel, side),
    ...ikeBlanks(tunnel, side),
    ...ipsecBlanks(tunnel, side),
    ...cryptoAclBlanks(tunnel, side),
    ...mapEntryBlanks(tunnel, side),
    ...mapPlaceBlanks(tunnel, side),
    ...mapOrderBlanks(tunnel, side),
    ...roleBlanks(tunnel, side),
  };
  return known[side];
}
