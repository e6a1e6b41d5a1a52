/** What has been read of an ASA configuration so far. Fields are open while reading; the values that leave are read-only. */
import type { Line } from "../../../domain/output.ts";
import type { IkeProposal } from "../../../domain/readings/connection.ts";
import type { IkeKey, IkePolicy, IkeProfile, IkeSettings } from "../../../domain/readings/ike.ts";
import type { CryptoMapEntry, TransformSet } from "../../../domain/readings/ipsec.ts";
import type { InterfaceState, StaticRoute } from "../../../domain/readings/path.ts";
import type { Statement } from "../../cisco-ios/configuration/statements.ts";
import { Objects } from "./objects.ts";

type Fields<T> = { -readonly [K in keyof T]: T[K] };
export type Open<T extends { readonly at?: unknown }> = Fields<Omit<T, "at">> & { at: Record<string, number> };
export type OpenMapEntry = Open<Omit<CryptoMapEntry, "peers" | "transformSets">> & {
  peers: string[];
  transformSets: string[];
};
export interface OpenProposal extends Fields<Omit<TransformSet, "transform" | "alternatives" | "text">> {
  encryption: string[];
  integrity: string[];
  words: string[];
}
/** A line that says something of a named interface, a name and where it stands. */
export interface Placed {
  readonly name: string;
  readonly interface: string;
  readonly line: number;
}

export interface Collected {
  readonly policies: Map<number, Open<IkePolicy>>;
  readonly proposals: Map<number, Open<IkeProposal>>;
  readonly keys: IkeKey[];
  /** Tunnel groups by name, as far as they say how IKEv2 authenticates or that nobody probes the peer. */
  readonly groups: Map<string, Open<IkeProfile>>;
  /** The group policy of each tunnel group, and the `vpn-filter` of each group policy. */
  readonly policyOfGroup: Map<string, { readonly name: string; readonly line: number }>;
  readonly filterOfPolicy: Map<string, { readonly name: string; readonly line: number }>;
  /** `no sysopt connection permit-vpn`: what is decrypted is held against the list of the interface, too. */
  permitVpnOffLine?: number | undefined;
  readonly settings: Open<Omit<IkeSettings, "kind" | "complete">>;
  readonly transformSets: Map<string, Fields<TransformSet>>;
  readonly espProposals: Map<string, OpenProposal>;
  /** By map and sequence number; dynamic maps by their own name. */
  readonly entries: Map<string, OpenMapEntry>;
  readonly mapUses: Placed[];
  /** `crypto ikev1|ikev2 enable INTERFACE`; `name` is the version. */
  readonly enabled: Placed[];
  readonly accessLines: Statement[];
  readonly accessGroups: (Placed & { readonly way: "in" | "out" })[];
  readonly objects: Objects;
  readonly interfaces: Map<string, Open<InterfaceState>>;
  readonly nat: Statement[];
  /** `nat (…) …` under an object, with the object's name. */
  readonly objectNat: { readonly name: string; readonly statement: Statement }[];
  readonly staticRoutes: StaticRoute[];
  readonly device: { hostname?: string; hostnameLine?: number; version?: string };
  readonly unread: Line[];
}

export function newCollected(): Collected {
  return {
    policies: new Map(),
    proposals: new Map(),
    keys: [],
    groups: new Map(),
    policyOfGroup: new Map(),
    filterOfPolicy: new Map(),
    settings: { at: {} },
    transformSets: new Map(),
    espProposals: new Map(),
    entries: new Map(),
    mapUses: [],
    enabled: [],
    accessLines: [],
    accessGroups: [],
    objects: new Objects(),
    interfaces: new Map(),
    nat: [],
    objectNat: [],
    staticRoutes: [],
    device: {},
    unread: [],
  };
}

/** Reads one line under a heading; false: it is none of the section's lines. */
export type SectionReader = (statement: Statement) => boolean;
/** What a topic says to a global line: a section begins, the line is read and done, or it is none of its lines. */
export type Taken = SectionReader | "read" | undefined;
export type Topic = (statement: Statement, collected: Collected) => Taken;
