/** Readings about the way of the packets: routes, CEF, pings, NAT, interfaces. */
import type { Network } from "../network.ts";
import type { AclAddress, AclEntry } from "./ipsec.ts";

export interface RouteVia {
  readonly line: number;
  readonly nextHop?: string | undefined;
  readonly interface?: string | undefined;
}
export interface Route {
  readonly line: number;
  readonly network: Network;
  /** "static", "connected", "ospf 1", "bgp 65000" …, in lower case. */
  readonly source?: string | undefined;
  readonly distance?: number | undefined;
  readonly metric?: number | undefined;
  readonly via: readonly RouteVia[];
}
export interface Routes {
  readonly kind: "routes";
  /** The destination asked for ("show ip route 4.1.1.1"); undefined for the whole table. */
  readonly asked?: string | undefined;
  readonly vrf?: string | undefined;
  readonly routes: readonly Route[];
  /** The device says there is none ("% Network not in table"), with the line that says so. */
  readonly notInTableLine?: number | undefined;
  readonly gatewayOfLastResort?: string | undefined;
}

/** CEF's answer for a destination. */
export interface ForwardingEntry {
  readonly line: number;
  readonly network: Network;
  readonly nextHops: readonly RouteVia[];
  /** Drop, null, no route: packets to it go nowhere. */
  readonly drops?: string | undefined;
}
export interface Forwarding {
  readonly kind: "forwarding";
  readonly asked?: string | undefined;
  readonly vrf?: string | undefined;
  readonly entries: readonly ForwardingEntry[];
}

export interface Ping {
  readonly kind: "ping";
  readonly line: number;
  readonly target: string;
  readonly source?: string | undefined;
  /** As typed; may be an interface name. */
  readonly sourceTyped?: string | undefined;
  readonly vrf?: string | undefined;
  readonly sent?: number | undefined;
  readonly received?: number | undefined;
  readonly bytes?: number | undefined;
  readonly dfBit?: boolean | undefined;
  /** The marks as printed: ".....", "!!.!!", "MMMMM", "U.U.U". */
  readonly marks: string;
  readonly successLine?: number | undefined;
}

export interface NatTranslation {
  readonly line: number;
  readonly protocol: string;
  readonly insideGlobal?: string | undefined;
  readonly insideLocal?: string | undefined;
  readonly outsideLocal?: string | undefined;
  readonly outsideGlobal?: string | undefined;
}
export interface NatTranslations {
  readonly kind: "nat-translations";
  /** Addresses are "A" or "A:PORT" as printed; "---" is left out. */
  readonly translations: readonly NatTranslation[];
}

export interface InterfaceState {
  readonly line: number;
  readonly name: string;
  readonly address?: string | undefined;
  /** "up", "down", "administratively down". */
  readonly status?: string | undefined;
  readonly protocol?: string | undefined;
  readonly mask?: string | undefined;
  readonly vrf?: string | undefined;
  readonly cryptoMap?: string | undefined;
  readonly tunnelProtection?: string | undefined;
  /** Of a tunnel interface: where its packets come from (an address or an interface) and go to, and what they are. */
  readonly tunnelSource?: string | undefined;
  readonly tunnelDestination?: string | undefined;
  readonly tunnelMode?: "gre" | "multipoint" | "ipsec" | "other" | undefined;
  readonly tunnelVrf?: string | undefined;
  readonly accessGroupIn?: string | undefined;
  readonly accessGroupOut?: string | undefined;
  readonly nat?: "inside" | "outside" | undefined;
  readonly shutdown?: boolean | undefined;
  readonly adjustMss?: number | undefined;
  readonly ipMtu?: number | undefined;
  readonly at: Readonly<Record<string, number>>;
}
/** From `show ip interface brief` (no configuration fields) or from a configuration (no status). */
export interface Interfaces {
  readonly kind: "interfaces";
  readonly from: "brief" | "configuration";
  readonly interfaces: readonly InterfaceState[];
  readonly complete: boolean;
}

export interface StaticRoute {
  readonly line: number;
  readonly network: Network;
  readonly nextHop?: string | undefined;
  readonly interface?: string | undefined;
  readonly vrf?: string | undefined;
  readonly distance?: number | undefined;
}
export interface StaticRoutes {
  readonly kind: "static-routes";
  readonly routes: readonly StaticRoute[];
  readonly complete: boolean;
}

/** `ip nat inside source …`. */
export interface NatRule {
  readonly line: number;
  readonly text: string;
  readonly type: "dynamic" | "static";
  readonly aclName?: string | undefined;
  readonly routeMap?: string | undefined;
  readonly overload: boolean;
  readonly interface?: string | undefined;
  readonly pool?: string | undefined;
  readonly insideLocal?: AclAddress | undefined;
  readonly insideGlobal?: string | undefined;
  /** UDP or TCP port of a static port forward, e.g. 4500. */
  readonly protocol?: string | undefined;
  readonly port?: number | undefined;
}
/** `route-map NAME permit 10` with what it matches. */
export interface RouteMapClause {
  readonly line: number;
  readonly action: "permit" | "deny";
  readonly sequence: number;
  /** Access lists of `match ip address`; one of them is enough. */
  readonly lists: readonly string[];
  /** It chooses by something else as well: an interface, a next hop, a prefix list … */
  readonly byMore: boolean;
}
/** A rule that leaves what it takes as it is, with how often it was met, in either direction. */
export interface NatExemption {
  readonly line: number;
  readonly hitsLine: number;
  readonly hits: number;
  readonly sources: readonly Network[];
  readonly destinations: readonly Network[];
}
export interface NatRules {
  readonly kind: "nat-rules";
  readonly rules: readonly NatRule[];
  /** Where their hits are counted. */
  readonly exemptions?: readonly NatExemption[] | undefined;
  /** Each route map's clauses, in the order of their numbers. */
  readonly routeMaps: Readonly<Record<string, readonly RouteMapClause[]>>;
  readonly complete: boolean;
}

/** A step of a packet's way through a firewall, as it decides about it ("Phase: 4, Type: NAT …, Result: ALLOW"). */
export interface TracedPhase {
  readonly line: number;
  /** As printed: "ROUTE-LOOKUP", "ACCESS-LIST", "NAT", "VPN". */
  readonly type: string;
  /** As printed: "encrypt", "rpf-check". */
  readonly subtype?: string | undefined;
  readonly isDropped: boolean;
  /** The line that says what was done: a translation, the rule. */
  readonly detailLine?: number | undefined;
  /** The source address is another one afterwards. */
  readonly translatesSource?: boolean | undefined;
}
/** What a firewall would do with a packet that somebody described (ASA `packet-tracer`). */
export interface PacketTrace {
  readonly kind: "packet-trace";
  readonly line: number;
  /** The interface by which the packet comes in. */
  readonly input?: string | undefined;
  readonly source?: string | undefined;
  readonly destination?: string | undefined;
  readonly phases: readonly TracedPhase[];
  /** The trace came to its end; undefined: it was cut. */
  readonly action?: "allow" | "drop" | undefined;
  /** "acl-drop", "no-route" … */
  readonly dropReason?: string | undefined;
  readonly dropLine?: number | undefined;
}

/** How many packets a device dropped by reason, of all tunnels together, since it started or was told to count anew. */
export interface DropCounters {
  readonly kind: "drop-counters";
  readonly counters: readonly { readonly name: string; readonly count: number; readonly line: number }[];
  /** They count since the look before. */
  readonly isDelta?: boolean | undefined;
}

/** One answer in a trace: who answered, nobody where `address` is absent. Several may answer for one step. */
export interface TracedHop {
  readonly line: number;
  readonly hop: number;
  readonly address?: string | undefined;
  /** A mark behind the answer: "prohibited" (!X, !A), "unreachable" (!N, !H, !U). */
  readonly refusal?: "prohibited" | "unreachable" | undefined;
}
/** `traceroute`, `tracepath`: the way to an address, hop by hop. */
export interface PathTrace {
  readonly kind: "path-trace";
  readonly line: number;
  readonly target?: string | undefined;
  readonly hops: readonly TracedHop[];
  /** The largest packet that passes the whole way, in bytes, where it was tried. */
  readonly pathMtu?: number | undefined;
  readonly pathMtuLine?: number | undefined;
}

/** A host's own filter on what comes in for itself, or on what it passes on (iptables, nftables). */
export interface HostFilter {
  readonly kind: "host-filter";
  /** Absent: on what comes in for itself. */
  readonly on?: "forwarded" | undefined;
  /** Where it says what becomes of what no rule takes. */
  readonly line: number;
  readonly dropsTheRest: boolean;
  /** In their order; one with options chooses by more than is read of it. */
  readonly rules: readonly AclEntry[];
  /** All rules are here. */
  readonly complete: boolean;
  /** A rule that lets connections past everything else, IPsec as well, before one that keeps the tunnel's out of it (RouterOS). */
  readonly fasttrackLine?: number | undefined;
}

/** A policy that the kernel holds packets against, `ip xfrm policy`. */
export interface KernelPolicy {
  readonly line: number;
  readonly direction: "in" | "out" | "fwd";
  readonly source: Network;
  readonly destination: Network;
  /** It chooses by protocol, port, mark or interface as well. */
  readonly byMore: boolean;
  /** The lower, the sooner it is tried. */
  readonly priority: number;
  readonly action: "allow" | "block";
  /** Endpoints of the SA that it wants; none: the packets pass as they are. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}
export interface KernelPolicies {
  readonly kind: "kernel-policies";
  readonly line: number;
  readonly policies: readonly KernelPolicy[];
  readonly complete: boolean;
}

/** A tunnel address and the outside address that it is behind. */
export interface NhrpMapping {
  readonly line: number;
  readonly tunnel?: string | undefined;
  readonly nbma?: string | undefined;
  readonly type?: "static" | "dynamic" | "incomplete" | undefined;
  readonly interface?: string | undefined;
}
/** `show ip nhrp`. */
export interface NhrpMappings {
  readonly kind: "nhrp-mappings";
  readonly mappings: readonly NhrpMapping[];
}
