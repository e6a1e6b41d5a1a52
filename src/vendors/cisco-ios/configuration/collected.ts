/** What has been read of a configuration so far. Fields are open while reading; the values that leave are read-only. */
import type { Line } from "../../../domain/output.ts";
import type { IkeProposal } from "../../../domain/readings/connection.ts";
import type {
  AggressivePeer,
  IkeKey,
  IkePolicy,
  IkeProfile,
  IkeSettings,
  Secret,
} from "../../../domain/readings/ike.ts";
import type { AclEntry, CryptoMapEntry, TransformSet } from "../../../domain/readings/ipsec.ts";
import type { InterfaceState, NatRule, RouteMapClause, StaticRoute } from "../../../domain/readings/path.ts";
import type { Statement } from "./statements.ts";
import type { Mode } from "./typed-words.ts";

type Fields<T> = { -readonly [K in keyof T]: T[K] };
/** A record while it is being read: its fields and, open as well, the lines they stand on. */
export type Open<T extends { readonly at?: unknown }> = Fields<Omit<T, "at">> & { at: Record<string, number> };

export type OpenPolicy = Open<IkePolicy>;
export type OpenProfile = Open<Omit<IkeProfile, "matchIdentity">> & { matchIdentity: string[] };
export type OpenAggressivePeer = Open<AggressivePeer>;
export type OpenTransformSet = Open<TransformSet>;
export type OpenMapEntry = Open<Omit<CryptoMapEntry, "peers" | "transformSets">> & {
  peers: string[];
  transformSets: string[];
};
export type OpenInterface = Open<InterfaceState>;
export type OpenClause = Fields<Omit<RouteMapClause, "lists">> & { readonly lists: string[] };

export type OpenIkeV2Proposal = Open<IkeProposal> & { readonly name: string };

/** A peer of an IKEv2 keyring. */
export interface OpenKeyPeer {
  readonly keyring: string;
  readonly name: string;
  readonly line: number;
  address?: string | undefined;
  mask?: string | undefined;
  hostname?: string | undefined;
  readonly secrets: {
    readonly line: number;
    readonly use: "local" | "remote" | undefined;
    readonly secret: Secret;
  }[];
}

export interface OpenMap {
  readonly kind: "map" | "dynamic-map" | "profile";
  readonly name: string;
  readonly line: number;
  localAddress?: string | undefined;
  readonly entries: Map<number, OpenMapEntry>;
  readonly at: Record<string, number>;
}
export interface OpenAccessList {
  readonly name: string;
  readonly line: number;
  readonly type: "standard" | "extended" | "ipv6" | "unknown";
  readonly entries: AclEntry[];
  readonly unread: Line[];
}

export interface Collected {
  readonly policies: Map<number, OpenPolicy>;
  readonly keys: IkeKey[];
  /** What `local-address` of a keyring names, by the keyring's name. */
  readonly keyringLimits: Map<string, string>;
  readonly profiles: Map<string, OpenProfile>;
  readonly ikeV2Proposals: Map<string, OpenIkeV2Proposal>;
  /** The names of the proposals that each policy binds. */
  readonly ikeV2Policies: Map<string, string[]>;
  readonly ikeV2Keys: OpenKeyPeer[];
  readonly ikeV2: { dpd?: { readonly seconds: number; readonly line: number } };
  readonly settings: Open<Omit<IkeSettings, "kind" | "complete" | "aggressivePeers">> & {
    aggressivePeers?: OpenAggressivePeer[];
  };
  readonly transformSets: Map<string, OpenTransformSet>;
  /** By `mapKey`: a crypto map, a dynamic map and a profile may have one name. */
  readonly maps: Map<string, OpenMap>;
  readonly accessLists: Map<string, OpenAccessList>;
  readonly interfaces: Map<string, OpenInterface>;
  readonly natRules: NatRule[];
  readonly routeMaps: Map<string, OpenClause[]>;
  readonly staticRoutes: StaticRoute[];
  readonly device: { hostname?: string; hostnameLine?: number; version?: string };
  readonly unread: Line[];
}

export function newCollected(): Collected {
  return {
    policies: new Map(),
    keys: [],
    keyringLimits: new Map(),
    profiles: new Map(),
    ikeV2Proposals: new Map(),
    ikeV2Policies: new Map(),
    ikeV2Keys: [],
    ikeV2: {},
    settings: { at: {} },
    transformSets: new Map(),
    maps: new Map(),
    accessLists: new Map(),
    interfaces: new Map(),
    natRules: [],
    routeMaps: new Map(),
    staticRoutes: [],
    device: {},
    unread: [],
  };
}

export function mapKey(kind: OpenMap["kind"], name: string): string {
  return `${kind} ${name}`;
}

/** Reads one line under a heading; false: it is none of the section's lines. */
export type SectionReader = (statement: Statement) => boolean;

export interface Section {
  readonly read: SectionReader;
  /** Lines under the heading that `read` refuses are worth telling the person. */
  readonly tellsUnread: boolean;
  /** The configuration mode that the section is typed in. */
  readonly mode?: Mode;
}

/** What a topic says to a global line: a section begins, the line is read and done, or it is none of its lines. */
export type Taken = Section | "read" | undefined;
export type Topic = (statement: Statement, collected: Collected) => Taken;
