/**
 * Readings about tunnels as devices without crypto maps configure them: one connection a peer (a swanctl connection, an
 * IKE gateway with its VPN, a tunnel group's settings, a cloud's VPN connection), with what it proposes and protects.
 * Proposals are also what IKEv2 on IOS and ASA has. Values are in the vocabulary of ../crypto.ts.
 */
import type { IpsecMode } from "../crypto.ts";
import type { At, Secret } from "./ike.ts";
import type { Selector } from "./ipsec.ts";

/** What may be used for IKE; of each list one is chosen. A list that is absent was not shown (or is the platform's default). */
export interface IkeProposal {
  readonly line: number;
  /** The proposal's name, or its place ("10"), where it has one. */
  readonly name?: string | undefined;
  readonly encryption?: readonly string[] | undefined;
  /** "none" with an AEAD cipher. */
  readonly integrity?: readonly string[] | undefined;
  readonly prf?: readonly string[] | undefined;
  readonly dhGroups?: readonly number[] | undefined;
  /** IKEv1 only: the method is part of the proposal. */
  readonly auth?: string | undefined;
  readonly lifetimeSeconds?: number | undefined;
  /** The policy that lets it be used, where the platform has such (IOS). */
  readonly boundBy?: string | undefined;
  /** The platform's default proposal, not written by anybody. */
  readonly isDefault?: boolean | undefined;
  readonly at?: At | undefined;
}

/** Proposals of a device that names them apart from its connections (IOS and ASA IKEv2, Junos, PAN-OS profiles). */
export interface IkeProposals {
  readonly kind: "ike-proposals";
  readonly version: 1 | 2 | "any";
  readonly proposals: readonly IkeProposal[];
  /** All proposals of the device are here. */
  readonly complete: boolean;
}

/** What may protect packets; of each list one is chosen. */
export interface EspProposal {
  readonly line: number;
  readonly name?: string | undefined;
  readonly protocol: "esp" | "ah";
  readonly encryption?: readonly string[] | undefined;
  readonly integrity?: readonly string[] | undefined;
  /** PFS groups; empty: off; absent: not shown. */
  readonly pfsGroups?: readonly number[] | undefined;
  readonly isDefault?: boolean | undefined;
  readonly at?: At | undefined;
}

/** A pair of networks (or several against several) that a connection protects, with its own proposals. */
export interface ConnectionChild {
  readonly name: string;
  readonly line: number;
  readonly mode?: IpsecMode | undefined;
  /** From this end's point of view; absent where not shown; empty means "dynamic": the endpoints themselves. */
  readonly local?: readonly Selector[] | undefined;
  readonly remote?: readonly Selector[] | undefined;
  readonly proposals: readonly EspProposal[];
  readonly lifetimeSeconds?: number | undefined;
  readonly lifetimeKilobytes?: number | undefined;
  /** "trap", "start", "none", "on-traffic" …, as printed. */
  readonly startAction?: string | undefined;
  readonly replayWindow?: number | undefined;
  /** The policy or profile that names its proposals, where the platform has such (Junos, PAN-OS). */
  readonly policy?: string | undefined;
  /** Lines by field: "local", "remote", "mode", "pfs" … */
  readonly at: At;
}

/** How one side of a connection proves who it is, or is asked to. */
export interface ConnectionAuth {
  /** "psk", "rsa-sig", "ecdsa-sig", "eap" …; absent: not shown. */
  readonly method?: string | undefined;
  /** The identity as configured, without quotes: "192.0.2.1", "gw.example.net", "C=…"; "%any" for whatever comes. */
  readonly id?: string | undefined;
  readonly secret?: Secret | undefined;
  readonly at?: At | undefined;
}

export interface Connection {
  readonly name: string;
  readonly line: number;
  readonly version?: 1 | 2 | "any" | undefined;
  /** IKEv1 exchange mode. */
  readonly exchange?: "main" | "aggressive" | undefined;
  /** This end's addresses, or names of interfaces; "%any" where it does not matter. */
  readonly local: readonly string[];
  /** The peer's addresses or names; "%any" for whoever comes. */
  readonly remote: readonly string[];
  readonly localAuth: ConnectionAuth;
  readonly remoteAuth: ConnectionAuth;
  readonly ikeProposals: readonly IkeProposal[];
  /** The policy or profile that names its proposals, where the platform has such (Junos, with its key; PAN-OS). */
  readonly ikePolicy?: string | undefined;
  readonly children: readonly ConnectionChild[];
  /** Seconds between probes; 0: off; absent: not shown. */
  readonly dpdSeconds?: number | undefined;
  readonly dpdAction?: string | undefined;
  readonly natTraversal?: "on" | "off" | "forced" | undefined;
  readonly fragmentation?: boolean | undefined;
  /** It answers, and never begins. */
  readonly responderOnly?: boolean | undefined;
  /** No interface leads into it, and no policy sends anything through it (Junos, RouterOS). */
  readonly leadsNowhere?: boolean | undefined;
  /** Nothing is entered by which it could authenticate: no identity, and so no key (RouterOS). */
  readonly lacksKey?: boolean | undefined;
  /** Route-based: the tunnel interface that carries the traffic ("st0.0", "tunnel.1", "Tunnel0"). */
  readonly tunnelInterface?: string | undefined;
  /** The routing table that the tunnel interface is in, where a device has several by name (PAN-OS' virtual router). */
  readonly virtualRouter?: string | undefined;
  /** The outside interface, where it is named. */
  readonly interface?: string | undefined;
  readonly disabled?: boolean | undefined;
  /** The device has none of the addresses that the connection has for it, so that it is in use nowhere (libreswan). */
  readonly isNowhere?: boolean | undefined;
  /** In the whole configuration nothing says which networks it protects, and without that it never comes up. */
  readonly lacksChild?: boolean | undefined;
  readonly at: At;
}
export interface Connections {
  readonly kind: "connections";
  readonly connections: readonly Connection[];
  /** The device's whole configuration of tunnels is here, so that what is missing does not exist. */
  readonly complete: boolean;
  /** The system that configures the platform's daemon in its own words: there a fix has to be typed in those. */
  readonly dialect?: Dialect | undefined;
}

/** Systems that run a platform's daemon and have commands of their own. */
export type Dialect = "vyos";
