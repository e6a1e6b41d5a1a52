/** Every kind of reading, and a reading with where it came from. */
import type { PlatformId, Side } from "../ids.ts";
import type { Captures } from "./capture.ts";
import type { Certificates, Clock, TrustPoints } from "./certificate.ts";
import type { Connections, IkeProposals } from "./connection.ts";
import type { Admission, IkeKeys, IkePeers, IkePolicies, IkeProfiles, IkeSaCount, IkeSas, IkeSettings } from "./ike.ts";
import type { AccessLists, CryptoMaps, IpsecSas, TransformSets } from "./ipsec.ts";
import type { Device, Log, Typed } from "./log.ts";
import type {
  DropCounters,
  Forwarding,
  HostFilter,
  Interfaces,
  KernelPolicies,
  NatRules,
  NatTranslations,
  NhrpMappings,
  PacketTrace,
  PathTrace,
  Ping,
  Routes,
  StaticRoutes,
} from "./path.ts";
import type { SecurityPolicies, SecurityZones } from "./policy.ts";
import type { CryptoSessions, EngineConnections } from "./session.ts";

export type ReadingValue =
  | IkeSas
  | IkeSaCount
  | Admission
  | IkePolicies
  | IkeProposals
  | Connections
  | IkeKeys
  | IkeProfiles
  | IkePeers
  | IkeSettings
  | IpsecSas
  | TransformSets
  | AccessLists
  | CryptoMaps
  | CryptoSessions
  | EngineConnections
  | Routes
  | Forwarding
  | Ping
  | PacketTrace
  | PathTrace
  | NhrpMappings
  | HostFilter
  | KernelPolicies
  | DropCounters
  | Captures
  | Certificates
  | TrustPoints
  | Clock
  | NatTranslations
  | NatRules
  | Interfaces
  | StaticRoutes
  | SecurityZones
  | SecurityPolicies
  | Log
  | Typed
  | Device;
export type ReadingKind = ReadingValue["kind"];
export type ReadingOf<K extends ReadingKind> = Extract<ReadingValue, { kind: K }>;

/** Where a reading comes from. */
export interface Origin {
  /** The paste's name. */
  readonly paste: string;
  /** The end it was taken on; undefined while nothing tells. */
  readonly side: Side | undefined;
  readonly host?: string | undefined;
  readonly platform: PlatformId | "unknown";
  readonly command: string;
  readonly firstLine: number;
  readonly lastLine: number;
}
/** A typed value with where it was read. Readings of a case are kept in the order in which they were given. */
export interface Reading<K extends ReadingKind = ReadingKind> {
  readonly value: ReadingOf<K>;
  readonly origin: Origin;
}
