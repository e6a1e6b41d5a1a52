/** Readings of `show crypto session` and `show crypto engine connections active`: IKE, IPsec and counters in one look. */
import type { At } from "./ike.ts";
import type { Selector } from "./ipsec.ts";
import type { TunnelNames } from "./names.ts";

export interface SessionFlow {
  readonly line: number;
  /** "permit ip 3.1.1.0/255.255.255.0 4.1.1.0/255.255.255.0", as printed. */
  readonly text: string;
  readonly local?: Selector | undefined;
  readonly remote?: Selector | undefined;
  readonly activeSas?: number | undefined;
  readonly origin?: string | undefined;
  readonly decrypted?: number | undefined;
  readonly decryptDrops?: number | undefined;
  readonly encrypted?: number | undefined;
  readonly encryptDrops?: number | undefined;
  /** What went out and came in, where bytes are counted. */
  readonly bytesOut?: number | undefined;
  readonly bytesIn?: number | undefined;
  /** What is left of the SAs' lives; undefined where the volume is not limited. */
  readonly inboundKilobytesLeft?: number | undefined;
  readonly inboundSecondsLeft?: number | undefined;
  readonly outboundKilobytesLeft?: number | undefined;
  readonly outboundSecondsLeft?: number | undefined;
  readonly at: At;
}
export interface SessionIkeSa {
  readonly line: number;
  readonly version: 1 | 2;
  readonly local: string;
  readonly localPort: number;
  readonly remote: string;
  readonly remotePort: number;
  readonly active: boolean;
  readonly sessionId?: number | undefined;
  /** Capability letters as printed ("DN"), "" where the device says "(none)". */
  readonly capabilities?: string | undefined;
  readonly connectionId?: number | undefined;
  readonly lifetimeLeft?: string | undefined;
  readonly at: At;
}
export interface CryptoSession {
  readonly line: number;
  readonly interface?: string | undefined;
  readonly profile?: string | undefined;
  /** As printed: "00:01:49". */
  readonly uptime?: string | undefined;
  /** UP-ACTIVE, UP-IDLE, UP-NO-IKE, DOWN-NEGOTIATING, DOWN, as printed. */
  readonly status?: string | undefined;
  /** This end's own address, where the device has a tunnel on each of several. */
  readonly local?: string | undefined;
  readonly peer?: string | undefined;
  readonly peerPort?: number | undefined;
  readonly fvrf?: string | undefined;
  readonly ivrf?: string | undefined;
  readonly phase1Id?: string | undefined;
  readonly description?: string | undefined;
  /** Remote access: who is logged in, by which group, with which address. */
  readonly username?: string | undefined;
  readonly group?: string | undefined;
  readonly assignedAddress?: string | undefined;
  readonly ikeSas: readonly SessionIkeSa[];
  readonly flows: readonly SessionFlow[];
  readonly names?: TunnelNames | undefined;
  readonly at: At;
}
export interface CryptoSessions {
  readonly kind: "crypto-sessions";
  readonly sessions: readonly CryptoSession[];
  /** The peer the command asked for; an empty answer then speaks of this peer only. */
  readonly peer?: string | undefined;
  /** Another restriction of the command line ("interface Tunnel0"): what is absent may exist all the same. */
  readonly restrictedTo?: string | undefined;
  readonly detail: boolean;
}

export interface EngineConnection {
  readonly line: number;
  readonly id: number;
  readonly interface?: string | undefined;
  readonly address?: string | undefined;
  readonly type?: string | undefined;
  readonly algorithm?: string | undefined;
  readonly encrypt?: number | undefined;
  readonly decrypt?: number | undefined;
  readonly lastSequence?: number | undefined;
  /** Old releases: "set", "alloc". */
  readonly state?: string | undefined;
}
export interface EngineConnections {
  readonly kind: "engine-connections";
  readonly connections: readonly EngineConnection[];
}
