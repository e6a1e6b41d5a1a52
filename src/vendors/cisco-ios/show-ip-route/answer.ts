/** A routing answer while it is being read. */
import type { Network } from "../../../domain/network.ts";
import type { RouteVia } from "../../../domain/readings/path.ts";

export interface OpenVia {
  line: number;
  nextHop?: string | undefined;
  interface?: string | undefined;
}
export interface OpenRoute {
  readonly line: number;
  readonly network: Network;
  source?: string | undefined;
  distance?: number | undefined;
  metric?: number | undefined;
  readonly via: OpenVia[];
}
export interface Answer {
  vrf: string | undefined;
  gateway: string | undefined;
  notInTableLine: number | undefined;
  /** Something that only a table prints was seen, so that no routes means an empty table. */
  seen: boolean;
  /** The answer is about one destination ("Routing entry for"), not rows of a table. */
  isEntry: boolean;
  /** The row above could not be read, so that its further paths can't be either. */
  isRowLost: boolean;
  /** Prefix length of rows that print none, from the "is subnetted" heading above them. */
  subnetLength: number | undefined;
  readonly routes: OpenRoute[];
}

export function newAnswer(vrf: string | undefined): Answer {
  return {
    vrf,
    gateway: undefined,
    notInTableLine: undefined,
    seen: false,
    isEntry: false,
    isRowLost: false,
    subnetLength: undefined,
    routes: [],
  };
}

/** A next hop as read, without the fields the text does not have. */
export function via(line: number, nextHop: string | undefined, name: string | undefined): RouteVia {
  return { line, ...(nextHop !== undefined && { nextHop }), ...(name !== undefined && { interface: name }) };
}
