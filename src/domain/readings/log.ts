/** Readings from debug and syslog: negotiations as exchanges, not as lone lines. */
import type { Transform } from "../crypto.ts";
import type { EspProposal, IkeProposal } from "./connection.ts";
import type { NegotiationProgress } from "./ike.ts";
import type { Selector } from "./ipsec.ts";
import type { TunnelNames } from "./names.ts";

/** A log line that means something: a signature with what its named groups caught. */
export interface LogEvent {
  readonly line: number;
  readonly signature: string;
  readonly captures: Readonly<Record<string, string>>;
  /** Healthy tunnels print it too: by itself it does not show that anything came of an attempt. */
  readonly noise?: true | undefined;
  /** Nobody has seen it printed in these words: by itself it makes nothing sure. */
  readonly unseen?: true | undefined;
  /** The device's time stamp as printed. */
  readonly time?: string | undefined;
  /** Seconds within the paste's own clock, for intervals; undefined without a time stamp. */
  readonly seconds?: number | undefined;
  /** The IKE connection ("1017"), where the line carries one other than 0. */
  readonly connection?: string | undefined;
  readonly peer?: string | undefined;
  readonly names?: TunnelNames | undefined;
}

/** What one end offered, and what the other said to it. */
export interface OfferedIkePolicy {
  readonly line: number;
  /** Priority of the local policy it was checked against. */
  readonly against?: number | undefined;
  readonly encryption?: string | undefined;
  readonly integrity?: string | undefined;
  readonly auth?: string | undefined;
  readonly dhGroup?: number | undefined;
  readonly lifetimeSeconds?: number | undefined;
  readonly accepted?: boolean | undefined;
  /** The attribute the device named when it refused: "encryption", "hash", "group", "auth", "key-length". */
  readonly refusedFor?: string | undefined;
  readonly refusedLine?: number | undefined;
}
export interface OfferedIpsecProposal {
  readonly line: number;
  readonly transform: Transform;
  /** "tunnel", "transport", "tunnel-udp", "transport-udp". */
  readonly encapsulation?: string | undefined;
  readonly lifetimeSeconds?: number | undefined;
  readonly pfsGroup?: number | undefined;
  readonly accepted?: boolean | undefined;
  readonly refusedLine?: number | undefined;
}

/** Two lists of proposals that a device printed because they do not meet. */
export interface Compared<T> {
  readonly received: readonly T[];
  readonly configured: readonly T[];
}

/** One try to bring up (or keep up) an IKE SA, with all that happened in it. */
export interface Attempt {
  readonly firstLine: number;
  readonly lastLine: number;
  readonly peer?: string | undefined;
  readonly local?: string | undefined;
  readonly role?: "initiator" | "responder" | undefined;
  readonly connections: readonly string[];
  /** IKE's version, where the log shows it. */
  readonly version?: 1 | 2 | undefined;
  /** The furthest IKE state seen, as printed ("MM_KEY_EXCH"), and its line. */
  readonly furthestState?: string | undefined;
  readonly furthestStateLine?: number | undefined;
  /** How far it came, where the log has no states; its line is `furthestStateLine`. */
  readonly progress?: NegotiationProgress | undefined;
  /** Line that shows phase 1 complete. */
  readonly phase1CompleteLine?: number | undefined;
  /** Line that shows quick mode begun, and complete. */
  readonly phase2StartedLine?: number | undefined;
  readonly phase2CompleteLine?: number | undefined;
  readonly ikeOffers: readonly OfferedIkePolicy[];
  readonly ipsecOffers: readonly OfferedIpsecProposal[];
  /** What the peer proposed and what this end would have taken, where a refusal prints both. */
  readonly ikeCompared?: Compared<IkeProposal> | undefined;
  readonly espCompared?: Compared<EspProposal> | undefined;
  /** Proxy identities the peer asked for, from this end's point of view. */
  readonly proxies: readonly { readonly line: number; readonly local: Selector; readonly remote: Selector }[];
  /** A line that shows a message of the peer was received in this attempt. */
  readonly heardFromPeerLine?: number | undefined;
  readonly usesPort4500Line?: number | undefined;
  readonly natFoundLine?: number | undefined;
  /** As the log calls the tunnel; the last name of each kind. */
  readonly names?: TunnelNames | undefined;
  readonly events: readonly LogEvent[];
}
export interface Log {
  readonly kind: "log";
  /** "isakmp", "ipsec", "syslog", or both of the first, joined by "+". */
  readonly topic: string;
  /** In the order of the log; the last one is what counts. */
  readonly attempts: readonly Attempt[];
  /** Every event, also those of no attempt. */
  readonly events: readonly LogEvent[];
  /** Lines read as plain talk of the daemon, with no meaning of their own. */
  readonly chatter: number;
}

/** `clear crypto …`, `debug …` or a fix typed between outputs. */
export interface Typed {
  readonly kind: "typed";
  readonly line: number;
  readonly command: string;
  /** What it drops: counters only, one peer, or everything. */
  readonly clears?: "counters" | "peer" | "everything" | undefined;
  readonly peer?: string | undefined;
}

/** Host name and the like from a configuration or `show version`. */
export interface Device {
  readonly kind: "device";
  readonly hostname?: string | undefined;
  readonly hostnameLine?: number | undefined;
  readonly version?: string | undefined;
  readonly uptimeSeconds?: number | undefined;
  readonly uptimeLine?: number | undefined;
}
