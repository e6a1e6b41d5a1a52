/** The tunnel as each end shows it: the latest word of each kind about the peer in question, with where it stands. */
import type { PlatformId, Side } from "../domain/ids.ts";
import type { Captures } from "../domain/readings/capture.ts";
import type { Certificates, Clock, TrustPoints } from "../domain/readings/certificate.ts";
import type { Connection, IkeProposal } from "../domain/readings/connection.ts";
import type {
  Admission,
  At,
  IkeKey,
  IkePeer,
  IkePolicy,
  IkeProfile,
  IkeSa,
  IkeSettings,
} from "../domain/readings/ike.ts";
import type { AccessList, CryptoMap, CryptoMapEntry, IpsecFlow, TransformSet } from "../domain/readings/ipsec.ts";
import type { Attempt, LogEvent, Typed } from "../domain/readings/log.ts";
import type {
  DropCounters,
  Forwarding,
  HostFilter,
  InterfaceState,
  KernelPolicies,
  NatRules,
  NatTranslations,
  PacketTrace,
  PathTrace,
  Ping,
  Routes,
  StaticRoute,
} from "../domain/readings/path.ts";
import type { SecurityPolicies, SecurityZones } from "../domain/readings/policy.ts";
import type { CryptoSession } from "../domain/readings/session.ts";
import type { HeldList, Look } from "./held.ts";
import type { Held, OrderedReading } from "./known.ts";
import type { UndatedLog } from "./undated-logs.ts";

export interface VersionedProposal extends IkeProposal {
  readonly version: 1 | 2 | "any";
}

export interface EndView {
  readonly side: Side;
  readonly platform: PlatformId | "unknown";
  readonly host?: string | undefined;
  /** Anything at all was read from this end. */
  readonly seen: boolean;
  /** This end's and its peer's endpoint addresses, where known. */
  readonly own?: string | undefined;
  readonly peer?: string | undefined;
  /** Each look at the SAs with this peer, oldest first. */
  readonly ikeSas: readonly Look<IkeSa>[];
  readonly flows: readonly Look<IpsecFlow>[];
  /** Looks that showed counters and nothing else: no SAs, no networks, no peer (Junos statistics). */
  readonly flowCounters: readonly Look<IpsecFlow>[];
  readonly sessions: readonly Look<CryptoSession>[];
  readonly ikePeers: readonly Held<IkePeer>[];
  /** The device said that IKE is off. */
  readonly ikeOff?: Held<number> | undefined;
  readonly policies?: HeldList<IkePolicy> | undefined;
  /** IKE proposals that the device names apart from its connections; "v2 NAME" is one name. */
  readonly ikeProposals?: HeldList<VersionedProposal> | undefined;
  /** Tunnels of a device without crypto maps, of whatever peer. */
  readonly connections?: HeldList<Connection> | undefined;
  readonly keys?: HeldList<IkeKey> | undefined;
  readonly profiles?: HeldList<IkeProfile> | undefined;
  readonly settings: readonly Held<IkeSettings>[];
  readonly admissions: readonly Held<Admission>[];
  readonly transformSets?: HeldList<TransformSet> | undefined;
  /** Entries of all crypto maps, by name and sequence number. */
  readonly mapEntries?: HeldList<CryptoMapEntry> | undefined;
  /** Crypto maps by name, as they were shown last. */
  readonly maps?: HeldList<CryptoMap> | undefined;
  /** For each map whose use was shown: the last word on the interfaces it is applied to. */
  readonly mapUses: readonly Held<CryptoMap>[];
  readonly accessLists?: HeldList<AccessList> | undefined;
  /** Names asked for by `show access-lists NAME` that came back empty, with the output's first line. */
  readonly missingAccessLists: readonly Held<string>[];
  /** As configured; those that no configuration showed, as listed by `show ip interface brief`. */
  readonly interfaces?: HeldList<InterfaceState> | undefined;
  /** The last listing of `show ip interface brief`, whatever the configuration says. */
  readonly interfaceStates?: HeldList<InterfaceState> | undefined;
  readonly routes: readonly Held<Routes>[];
  readonly forwarding: readonly Held<Forwarding>[];
  readonly pings: readonly Held<Ping>[];
  readonly packetTraces: readonly Held<PacketTrace>[];
  readonly pathTraces: readonly Held<PathTrace>[];
  readonly dropCounters: readonly Held<DropCounters>[];
  /** On what comes in for the host itself. */
  readonly hostFilters: readonly Held<HostFilter>[];
  /** On what it passes on. */
  readonly forwardFilters: readonly Held<HostFilter>[];
  readonly kernelPolicies?: Held<KernelPolicies> | undefined;
  readonly captures: readonly Held<Captures>[];
  readonly certificates: readonly Held<Certificates>[];
  readonly trustPoints: readonly Held<TrustPoints>[];
  readonly clocks: readonly Held<Clock>[];
  readonly natTranslations: readonly Held<NatTranslations>[];
  readonly natRules?: Held<NatRules> | undefined;
  /** All looks at the rules, of which `natRules` is the last. */
  readonly natLooks: readonly Held<NatRules>[];
  readonly staticRoutes?: HeldList<StaticRoute> | undefined;
  /** The firewall's zones and the policies between them, as they were shown last. */
  readonly zones?: Held<SecurityZones> | undefined;
  readonly securityPolicies?: Held<SecurityPolicies> | undefined;
  readonly typed: readonly Held<Typed>[];
  /** How long the box was up whenever it said so. */
  readonly uptimes: readonly Held<{ readonly seconds: number; readonly line: number }>[];
  /** Attempts with this peer (or with nobody named), in order. */
  readonly attempts: readonly Held<Attempt>[];
  readonly events: readonly Held<LogEvent>[];
  /** Any debug or log was read from this end. */
  readonly hasLog: boolean;
  /** A log of failed negotiations that may be older than the table before it; it is in none of the above. */
  readonly undatedLog?: UndatedLog | undefined;
  /** What was worked out from this view, by what worked it out: see once-per-end.ts. */
  readonly kept: Map<unknown, unknown>;
}

export interface EndFacts {
  readonly side: Side;
  readonly platform: PlatformId | "unknown";
  readonly host?: string | undefined;
  readonly own?: string | undefined;
  readonly peer?: string | undefined;
  readonly readings: readonly OrderedReading[];
  readonly undatedLog?: UndatedLog | undefined;
}

/** The latest line for a field of a record: its own line, or the record's. */
export function lineOf(record: { readonly line: number; readonly at?: At | undefined }, field: string): number {
  return record.at?.[field] ?? record.line;
}
