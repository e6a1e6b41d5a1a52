/** Readings about IPsec: SAs, transform sets, crypto maps, crypto ACLs, sessions. */
import type { IpsecMode, Transform } from "../crypto.ts";
import type { Network } from "../network.ts";
import type { At } from "./ike.ts";
import type { TunnelNames } from "./names.ts";

/** One side of a proxy identity: addresses, IP protocol (0: any) and port (0: any). */
export interface Selector {
  readonly network: Network;
  readonly protocol: number;
  readonly port: number;
}

export interface IpsecSa {
  readonly line: number;
  readonly direction: "inbound" | "outbound";
  readonly protocol: "esp" | "ah" | "pcp";
  /** "0x16C58DD4"; undefined where the device prints "Not Available". */
  readonly spi?: string | undefined;
  readonly transform?: Transform | undefined;
  /** Words between the braces of `in use settings`, as printed. */
  readonly settings: readonly string[];
  readonly mode?: IpsecMode | undefined;
  readonly udpEncapsulated?: boolean | undefined;
  readonly connectionId?: number | undefined;
  readonly flowId?: string | undefined;
  readonly secondsLeft?: number | undefined;
  readonly kilobytesLeft?: number | undefined;
  readonly replayDetection?: boolean | undefined;
  readonly replayWindow?: number | undefined;
  readonly status?: string | undefined;
}

/** Packet counters of a flow by their printed meaning; only those that were printed. Lines are in the flow's `at`. */
export interface FlowCounters {
  readonly encaps?: number | undefined;
  readonly encrypt?: number | undefined;
  readonly digest?: number | undefined;
  readonly decaps?: number | undefined;
  readonly decrypt?: number | undefined;
  readonly verify?: number | undefined;
  readonly compressed?: number | undefined;
  readonly decompressed?: number | undefined;
  readonly sendErrors?: number | undefined;
  readonly recvErrors?: number | undefined;
  readonly noSaSend?: number | undefined;
  readonly invalidSaReceive?: number | undefined;
  readonly encapsFailed?: number | undefined;
  readonly decapsFailed?: number | undefined;
  readonly invalidProtocol?: number | undefined;
  readonly verifyFailed?: number | undefined;
  readonly invalidIdentity?: number | undefined;
  readonly invalidLength?: number | undefined;
  readonly replayRolloverSend?: number | undefined;
  readonly replayRolloverReceive?: number | undefined;
  readonly replayFailed?: number | undefined;
  readonly internalErrorSend?: number | undefined;
  readonly internalErrorReceive?: number | undefined;
}

/** One proxy identity pair with its SAs and counters. */
export interface IpsecFlow {
  readonly line: number;
  readonly interface?: string | undefined;
  readonly mapTag?: string | undefined;
  readonly localAddress?: string | undefined;
  readonly vrf?: string | undefined;
  readonly localIdent?: Selector | undefined;
  readonly remoteIdent?: Selector | undefined;
  readonly peer?: string | undefined;
  readonly peerPort?: number | undefined;
  /** false for DENY idents. */
  readonly permit?: boolean | undefined;
  readonly flags: readonly string[];
  readonly counters: FlowCounters;
  readonly localEndpoint?: string | undefined;
  readonly remoteEndpoint?: string | undefined;
  readonly pathMtu?: number | undefined;
  readonly ipMtu?: number | undefined;
  readonly plaintextMtu?: number | undefined;
  /** "0x0" where there is no SA. */
  readonly outboundSpi?: string | undefined;
  readonly pfs?: boolean | undefined;
  readonly pfsGroup?: number | undefined;
  readonly sas: readonly IpsecSa[];
  readonly names?: TunnelNames | undefined;
  readonly at: At;
}
export interface IpsecSas {
  readonly kind: "ipsec-sas";
  readonly flows: readonly IpsecFlow[];
  /** Where the output names two addresses and not which of them is its own: the flows if `own` is. */
  readonly seenFrom?: readonly { readonly own: string; readonly flows: readonly IpsecFlow[] }[] | undefined;
  readonly peer?: string | undefined;
  /** "interface Tunnel0", "map X", "vrf X": what else the command was narrowed to; an empty answer speaks of that only. */
  readonly asked?: string | undefined;
  /** The form with every drop reason counted apart. */
  readonly detail: boolean;
  /** When the output was taken, in seconds since any fixed moment, where the paste tells. */
  readonly takenAtSeconds?: number | undefined;
}

export interface TransformSet {
  readonly name: string;
  readonly line: number;
  readonly transform: Transform;
  /** IKEv2: one of these may be chosen as well as `transform`; their names are the same. */
  readonly alternatives?: readonly Transform[] | undefined;
  /** As printed: "esp-aes esp-sha-hmac". */
  readonly text: string;
  readonly mode: IpsecMode;
  readonly isDefault?: boolean | undefined;
  readonly at?: At | undefined;
}
export interface TransformSets {
  readonly kind: "transform-sets";
  readonly sets: readonly TransformSet[];
  readonly complete: boolean;
}

export interface AclAddress {
  /** Undefined for an object group. */
  readonly network?: Network | undefined;
  readonly objectGroup?: string | undefined;
  /** "eq 80", "range 1 5", as printed. */
  readonly port?: string | undefined;
}
export interface AclEntry {
  readonly line: number;
  /** Where the destination stands, if on a line of its own. */
  readonly destinationLine?: number | undefined;
  readonly sequence?: number | undefined;
  readonly action: "permit" | "deny";
  /** "ip", "tcp", "esp", "47" …; for a standard ACL "ip". */
  readonly protocol: string;
  readonly source: AclAddress;
  readonly destination: AclAddress;
  /** Words after the addresses ("established", "log", "dscp ef"). */
  readonly options: readonly string[];
  readonly matches?: number | undefined;
  /** The wildcards as typed, where they look like netmasks. */
  readonly netmaskAsWildcard?: boolean | undefined;
  /** The entry as IOS would show it, without sequence number and match count. */
  readonly text: string;
}
export interface AccessList {
  readonly name: string;
  readonly line: number;
  readonly type: "standard" | "extended" | "ipv6" | "unknown";
  readonly entries: readonly AclEntry[];
}
export interface AccessLists {
  readonly kind: "access-lists";
  readonly lists: readonly AccessList[];
  /** The name or number asked for: an empty answer means that it does not exist. */
  readonly asked?: string | undefined;
  readonly complete: boolean;
}

export interface CryptoMapEntry {
  readonly map: string;
  readonly sequence: number;
  readonly line: number;
  readonly type: "ipsec-isakmp" | "ipsec-manual" | "dynamic" | "gdoi" | "profile" | "unknown";
  readonly peers: readonly string[];
  readonly aclName?: string | undefined;
  /** Entries printed under the map by `show crypto map`. */
  readonly acl?: readonly AclEntry[] | undefined;
  /** Names of transform or proposal sets, in order of preference. */
  readonly transformSets: readonly string[];
  /** Their transforms where `show crypto map` prints them. */
  readonly transforms?: readonly Transform[] | undefined;
  /** undefined: not seen; group undefined: off. */
  readonly pfs?: { readonly group?: number | undefined } | undefined;
  readonly lifetimeSeconds?: number | undefined;
  readonly lifetimeKilobytes?: number | undefined;
  readonly profile?: string | undefined;
  /** By the kind of profile it names; where it names none, the entry does not say. */
  readonly ikeVersion?: 1 | 2 | undefined;
  readonly reverseRoute?: { readonly static: boolean; readonly remotePeer?: string | undefined } | undefined;
  readonly replayWindow?: number | undefined;
  readonly replayDisabled?: boolean | undefined;
  /** The device says the entry is incomplete. */
  readonly incomplete?: boolean | undefined;
  readonly dynamicMap?: string | undefined;
  /** IKEv1 in aggressive mode, where the entry says so. */
  readonly aggressive?: boolean | undefined;
  /** UDP encapsulation is switched off for this peer, whatever is on the way. */
  readonly natTraversalOff?: boolean | undefined;
  /** It answers, and never begins a negotiation. */
  readonly responderOnly?: boolean | undefined;
  readonly at: At;
}
export interface CryptoMap {
  readonly name: string;
  readonly line: number;
  readonly localAddress?: string | undefined;
  /** undefined: this output does not say where the map is applied. */
  readonly interfaces?: readonly string[] | undefined;
  readonly entries: readonly CryptoMapEntry[];
  readonly at: At;
}
export interface CryptoMaps {
  readonly kind: "crypto-maps";
  readonly maps: readonly CryptoMap[];
  readonly complete: boolean;
}
