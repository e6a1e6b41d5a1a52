/** The table, global or a VRF, in which an end reaches its peer: that of the interface with the crypto map. */
import type { InterfaceState } from "../../domain/readings/path.ts";
import type { Evidence } from "../../domain/verdict.ts";
import type { Held } from "../known.ts";
import type { Tunnel } from "../tunnel.ts";
import type { EndView } from "../view.ts";
import { isSameInterface } from "./endpoints.ts";
import { linesOf } from "./lines.ts";
import { cryptoInterfaces } from "./map-entry.ts";

export interface FrontDoor {
  /** undefined: the global table. */
  readonly vrf: string | undefined;
  readonly interfaces: readonly Held<InterfaceState>[];
}

/** Undefined where no configuration shows the interfaces with the tunnel's map, or they are not all in one table. */
export function frontDoor(end: EndView): FrontDoor | undefined {
  const names = cryptoInterfaces(end);
  const interfaces = (end.interfaces?.items ?? []).filter(
    ({ item }) => item.status === undefined && names.some((name) => isSameInterface(name, item.name)),
  );
  const [first] = interfaces;
  if (!first || !interfaces.every(({ item }) => item.vrf === first.item.vrf)) return undefined;
  return { vrf: first.item.vrf, interfaces };
}

/** The lines that put the interfaces with the map into a VRF; none where they are in the global table. */
export function linesOfFrontVrf(tunnel: Tunnel, end: EndView): Evidence[] {
  const front = frontDoor(end);
  return front?.vrf === undefined ? [] : front.interfaces.flatMap((held) => linesOf(tunnel, held, "vrf"));
}
