/** Readings about what a firewall's own rules make of a tunnel's traffic: zones and the policies between them. */
import type { At } from "./ike.ts";
import type { AclAddress } from "./ipsec.ts";

export interface ZoneInterface {
  readonly line: number;
  readonly name: string;
  /** What the device itself answers on this interface; overrules the zone's list. */
  readonly services?: readonly string[] | undefined;
}
export interface SecurityZone {
  readonly line: number;
  readonly name: string;
  readonly interfaces: readonly ZoneInterface[];
  /** What the device itself answers in this zone ("ike", "ping", "all"); absent where the platform has no such list. */
  readonly services?: readonly string[] | undefined;
  readonly at: At;
}
export interface SecurityZones {
  readonly kind: "security-zones";
  readonly zones: readonly SecurityZone[];
  /** What a tunnel interface that is in no zone lacks: it never comes up ("tunnel"), or passes nothing ("traffic"). */
  readonly neededFor?: "tunnel" | "traffic" | undefined;
  /** All zones of the device are here, with all that is in them. */
  readonly complete: boolean;
}

export interface SecurityPolicy {
  readonly line: number;
  readonly name: string;
  /** Zones or interfaces; "any" for all of them. */
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly source: readonly AclAddress[];
  readonly destination: readonly AclAddress[];
  readonly action: "permit" | "deny";
  /** It translates the source of what it lets pass. */
  readonly translates?: boolean | undefined;
  readonly at: At;
}
export interface SecurityPolicies {
  readonly kind: "security-policies";
  /** Those that are in use, in their order. */
  readonly policies: readonly SecurityPolicy[];
  /** A tunnel stays down until a policy names its interface (FortiOS). */
  readonly tunnelNeedsOne?: boolean | undefined;
  /** What no policy names may pass all the same. */
  readonly permitsTheRest?: boolean | undefined;
  /** All policies of the device are here. */
  readonly complete: boolean;
}
