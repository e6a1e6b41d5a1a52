/** Packets as a capture shows them (tcpdump, the ASA's `show capture`, a sniffer), gathered into streams. */

/** What travels in a stream. "ike" and "esp" also inside of UDP 4500; "fragment": a later piece of an IP packet. */
export type CapturedKind = "ike" | "esp" | "ah" | "udp-4500" | "keep-alive" | "fragment" | "icmp-error" | "other";

/** An exchange of IKE as the capture names it, in one vocabulary for both versions. */
export type CapturedExchange =
  | "main-mode"
  | "aggressive-mode"
  | "quick-mode"
  | "informational"
  | "ike-sa-init"
  | "ike-auth"
  | "create-child-sa";

/** What an ICMP message says of a packet that was sent. */
export type CapturedError = "port-unreachable" | "prohibited" | "unreachable" | "too-big";

/** A packet between two addresses. */
export interface CapturedPacket {
  readonly line: number;
  readonly what: CapturedKind;
  readonly from: string;
  readonly to: string;
  /** 500 or 4500, where it travels in UDP. */
  readonly port?: number | undefined;
  readonly version?: 1 | 2 | undefined;
  readonly exchange?: CapturedExchange | undefined;
  /** IKEv2: it is a response. */
  readonly isResponse?: boolean | undefined;
  readonly error?: CapturedError | undefined;
  /** The UDP port that an ICMP error speaks of. */
  readonly errorPort?: number | undefined;
  /** Whether it came in or went out, where the capture says so. */
  readonly direction?: "in" | "out" | undefined;
  /** Of other packets: by which interface, where the capture says so. */
  readonly interface?: string | undefined;
  readonly seconds?: number | undefined;
  /** Why the capturing device dropped it, where it captures what it drops: "acl-drop". */
  readonly dropReason?: string | undefined;
}

/** Packets of one kind that go one way. */
export interface CapturedStream extends Omit<CapturedPacket, "line" | "seconds"> {
  readonly packets: number;
  readonly line: number;
  readonly lastLine: number;
  /** From its first packet to its last; undefined without time stamps. */
  readonly lastsSeconds?: number | undefined;
}

export interface Captures {
  readonly kind: "captures";
  /** In the order in which they began. */
  readonly streams: readonly CapturedStream[];
  readonly packets: number;
  /** The filter, or a switch, let packets of one direction through only: what is silent here may not be. */
  readonly oneWay?: boolean | undefined;
  /** Hardware of the device passes ESP by what captures: that none is seen says nothing. */
  readonly mayMissEsp?: boolean | undefined;
}
