/** Readings about IKE: SAs, policies, peers and keys. `line` is where a record starts, `at` where single fields stand. */
import type { AuthMethod, Encryption, Integrity } from "../crypto.ts";
import type { TunnelNames } from "./names.ts";

/** Line numbers of single fields of a record, by the field's name. */
export type At = Readonly<Record<string, number>>;

/**
 * How far a negotiation that is not done has come, whatever the device calls it. begun: the first message was sent (or
 * came) and nothing shows an answer; agreed: the proposals were agreed on; keyed: keys were exchanged, and the two
 * authenticate each other. IOS and ASA IKEv1 print states instead (MM_NO_STATE, MM_WAIT_MSG2 …).
 */
export type NegotiationProgress = "begun" | "agreed" | "keyed";

export interface IkeSa {
  /** Absent where the table does not say (RouterOS). */
  readonly version?: 1 | 2 | undefined;
  readonly line: number;
  /** Where the output tells who began (IOS `src`), the two addresses by role … */
  readonly initiator?: string | undefined;
  readonly responder?: string | undefined;
  /** What this end is in it, where the output says so in a word. */
  readonly role?: "initiator" | "responder" | undefined;
  /** … and where it tells whose they are, by end. */
  readonly local?: string | undefined;
  readonly remote?: string | undefined;
  readonly localPort?: number | undefined;
  readonly remotePort?: number | undefined;
  /** As printed: QM_IDLE, MM_NO_STATE, READY …; in `… sa detail` of IOS there is none. */
  readonly state?: string | undefined;
  /** up: authenticated; negotiating: on the way or stuck; deleted: being torn down or given up. */
  readonly standing: "up" | "negotiating" | "deleted";
  /** How far the negotiation has come, where it is not done; see {@link NegotiationProgress}. */
  readonly progress?: NegotiationProgress | undefined;
  /** As printed: "ACTIVE", "ACTIVE (deleted)". */
  readonly status?: string | undefined;
  readonly connectionId?: number | undefined;
  readonly vrf?: string | undefined;
  readonly encryption?: Encryption | undefined;
  readonly integrity?: Integrity | undefined;
  readonly prf?: string | undefined;
  readonly auth?: AuthMethod | undefined;
  readonly dhGroup?: number | undefined;
  readonly lifetimeSecondsLeft?: number | undefined;
  /** Dead peer detection negotiated (IKEv2: configured); undefined where the output does not say. */
  readonly dpd?: boolean | undefined;
  /** Who the two ends said they are, as printed. */
  readonly localId?: string | undefined;
  readonly remoteId?: string | undefined;
  /** How the peer has to prove who it is, where `auth` is how this end does. */
  readonly peerAuth?: AuthMethod | undefined;
  /** The IKE SPIs as printed; equal numbers at both ends are one SA. */
  readonly localSpi?: string | undefined;
  readonly remoteSpi?: string | undefined;
  /** IKE fragmentation is on; undefined where the output does not say. */
  readonly fragmentation?: boolean | undefined;
  /** NAT found on the way; undefined where the output does not say. */
  readonly natTraversal?: boolean | undefined;
  /** Capability letters as printed ("DN"), "" where the column is empty. */
  readonly capabilities?: string | undefined;
  readonly names?: TunnelNames | undefined;
  readonly at?: At | undefined;
}
export interface IkeSas {
  readonly kind: "ike-sas";
  readonly sas: readonly IkeSa[];
  /** The version whose SAs the command lists; absent: of both, or not said. */
  readonly version?: 1 | 2 | undefined;
  /** The peer the command asked for; an empty answer then speaks of this peer only. */
  readonly peer?: string | undefined;
  /** Another restriction of the command line ("vrf RED", "| include deleted"): what is absent may exist all the same. */
  readonly restrictedTo?: string | undefined;
  /** The device says that IKE is switched off. */
  readonly ikeOff?: boolean | undefined;
}
/** How many IKE SAs the device has, without saying which (`show crypto isakmp sa count`). */
export interface IkeSaCount {
  readonly kind: "ike-sa-count";
  readonly line: number;
  readonly active?: number | undefined;
  readonly standby?: number | undefined;
  readonly negotiating?: number | undefined;
  readonly dead?: number | undefined;
}

export interface IkePolicy {
  readonly priority: number;
  readonly line: number;
  /** The platform's default suite, tried last. */
  readonly isDefault: boolean;
  readonly encryption: Encryption;
  readonly integrity: Integrity;
  readonly auth: AuthMethod;
  readonly dhGroup: number;
  readonly lifetimeSeconds: number;
  /** Lines of the fields that were written down; a field without one is the platform's default. */
  readonly at: At;
}
export interface IkePolicies {
  readonly kind: "ike-policies";
  readonly version: 1 | 2;
  readonly policies: readonly IkePolicy[];
  /** All policies of the device are here, so that what is missing does not exist. */
  readonly complete: boolean;
  readonly ikeOff?: boolean | undefined;
}

/**
 * What is known of a key without keeping it. `tag` is equal for equal keys within a case; a masked or encrypted key
 * (asterisks, type 6, 8, 9) has none: unknown, never different.
 */
export interface Secret {
  readonly tag?: string | undefined;
}
export interface IkeKey {
  readonly line: number;
  /** With IKEv2 a key may be for one direction: "local" proves this end, "remote" the peer. Absent: both. */
  readonly use?: "local" | "remote" | undefined;
  /** Which version it is for, where a device has keys of each apart; absent: of the only kind that it has (IOS: IKEv1). */
  readonly version?: 1 | 2 | undefined;
  /** The name of the block in its keyring that holds it (IOS IKEv2: `peer NAME`). */
  readonly block?: string | undefined;
  /** "default" or the keyring's name. */
  readonly keyring: string;
  readonly vrf?: string | undefined;
  /** The peer address the key is for; 0.0.0.0 with mask 0.0.0.0 for any. */
  readonly address?: string | undefined;
  readonly mask?: string | undefined;
  readonly hostname?: string | undefined;
  /** The key's keyring serves only IKE that goes out from here: an address, or an interface by name. */
  readonly localAddress?: string | undefined;
  readonly noXauth?: boolean | undefined;
  readonly secret: Secret;
}
export interface IkeKeys {
  readonly kind: "ike-keys";
  readonly keys: readonly IkeKey[];
  readonly complete: boolean;
}

export interface IkeProfile {
  readonly name: string;
  readonly line: number;
  readonly keyring?: string | undefined;
  /** Keyrings named after the first one; all of them are searched. */
  readonly moreKeyrings?: readonly string[] | undefined;
  readonly selfIdentity?: string | undefined;
  /** IKEv2: how this end proves who it is, and how the peer has to; absent where several will do, or none is written. */
  readonly version?: 1 | 2 | undefined;
  readonly localAuth?: AuthMethod | undefined;
  readonly remoteAuth?: AuthMethod | undefined;
  /** "address 192.0.2.1 255.255.255.255", "host example.net", "group X", as written. */
  readonly matchIdentity: readonly string[];
  readonly vrf?: string | undefined;
  readonly keepalive?: { readonly seconds: number; readonly retry?: number | undefined } | undefined;
  readonly initiateMode?: string | undefined;
  /** Trust points whose certificates it uses, where it names some. */
  readonly trustPoints?: readonly string[] | undefined;
  readonly at: At;
}
export interface IkeProfiles {
  readonly kind: "ike-profiles";
  readonly profiles: readonly IkeProfile[];
  readonly complete: boolean;
}

/** `show crypto isakmp peers [detail]`. */
export interface IkePeer {
  readonly line: number;
  readonly address: string;
  readonly port?: number | undefined;
  readonly local?: string | undefined;
  readonly phase1Id?: string | undefined;
  readonly flags?: string | undefined;
  readonly dpd?:
    | {
        readonly line: number;
        readonly lastReceivedSeconds?: number | undefined;
        readonly sentAndWaiting?: boolean | undefined;
        readonly mySequence?: string | undefined;
        readonly peersSequence?: string | undefined;
      }
    | undefined;
  readonly ikeSas?: number | undefined;
  readonly ipsecBundles?: number | undefined;
  readonly description?: string | undefined;
  readonly vrf?: string | undefined;
  /** What `show crypto isakmp peers config` prints on top. */
  readonly version?: 1 | 2 | undefined;
  readonly auth?: AuthMethod | undefined;
  readonly encryption?: Encryption | undefined;
  readonly integrity?: Integrity | undefined;
  readonly dhGroup?: number | undefined;
  readonly lifetimeSeconds?: number | undefined;
  readonly localId?: string | undefined;
  /** Remote-access client: the address it was given, its group and its user. */
  readonly assignedAddress?: string | undefined;
  readonly group?: string | undefined;
  readonly username?: string | undefined;
  readonly at?: At | undefined;
}
export interface IkePeers {
  readonly kind: "ike-peers";
  readonly peers: readonly IkePeer[];
  /** The peer the command asked for. */
  readonly peer?: string | undefined;
  /** Another restriction of the command line, as in IkeSas. */
  readonly restrictedTo?: string | undefined;
}

/** How many negotiations the device refused since it started, by reason (call admission control, IKEv2's own limits). */
export interface Admission {
  readonly kind: "admission";
  readonly line: number;
  readonly rejected?: number | undefined;
  readonly lowResources?: number | undefined;
  readonly saLimit?: number | undefined;
  readonly negotiationLimit?: number | undefined;
  readonly queueLimit?: number | undefined;
  /** Refused because the algorithms were too weak for what they should protect. */
  readonly tooWeak?: number | undefined;
  /** How many SAs there are now, and how many there may be; a limit that is absent is none. */
  readonly activeSas?: number | undefined;
  readonly mostSas?: number | undefined;
  /** The same of those in negotiation; the limit is that of incoming ones. */
  readonly negotiating?: number | undefined;
  readonly mostNegotiating?: number | undefined;
  readonly at: At;
}

/** A peer that an end may begin in aggressive mode with; IOS does so where both lines are there. */
export interface AggressivePeer {
  readonly line: number;
  readonly address?: string | undefined;
  readonly hostname?: string | undefined;
  readonly vrf?: string | undefined;
  /** Lines of "clientEndpoint" and "password", where they are. */
  readonly at: At;
}

/** An access list that the packets which come out of a tunnel are held against. */
export interface DecryptedFilter {
  readonly aclName: string;
  /** undefined: those of every peer. */
  readonly peer?: string | undefined;
  /** The line that names the list. */
  readonly line: number;
  /** The one by which it holds for what comes out of a tunnel. */
  readonly holdsLine: number;
}

/** Global IKE settings found in a configuration; an absent field was not seen. */
export interface IkeSettings {
  readonly kind: "ike-settings";
  /** false: `no crypto isakmp enable`. */
  readonly enabled?: boolean | undefined;
  readonly keepalive?:
    | { readonly seconds: number; readonly retry?: number | undefined; readonly mode: "periodic" | "on-demand" }
    | undefined;
  readonly natKeepaliveSeconds?: number | undefined;
  readonly identity?: string | undefined;
  readonly aggressiveModeDisabled?: boolean | undefined;
  readonly aggressivePeers?: readonly AggressivePeer[] | undefined;
  readonly invalidSpiRecovery?: boolean | undefined;
  readonly fragmentation?: boolean | undefined;
  /** false: `no crypto ipsec nat-transparency udp-encapsulation`. */
  readonly natTransparency?: boolean | undefined;
  readonly replayWindow?: number | undefined;
  readonly replayDisabled?: boolean | undefined;
  readonly saLifetimeSeconds?: number | undefined;
  readonly saLifetimeKilobytes?: number | undefined;
  readonly dfBit?: "clear" | "copy" | "set" | undefined;
  readonly decryptedFilters?: readonly DecryptedFilter[] | undefined;
  /** The whole configuration was read, so that what is absent is not configured. */
  readonly complete: boolean;
  readonly at: At;
}
