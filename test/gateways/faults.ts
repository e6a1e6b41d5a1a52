/** What is broken, one thing at a time, and which verdicts are right for it. */
import type { Place } from "./network.ts";
import type { Settings } from "./sites.ts";

export interface Fault {
  readonly name: string;
  readonly a?: Partial<Settings>;
  readonly b?: Partial<Settings>;
  /** Commands after both daemons run and before gateway A begins: where, and what. */
  readonly before?: readonly (readonly [Place, ...string[]])[];
  /** The peer's daemon is killed once the tunnel is up. */
  readonly killsPeer?: boolean;
  /** The fault shows when the IPsec SA is renewed. */
  readonly rekeys?: boolean;
  /** The recommended fix is nothing that can be typed on the gateways: somebody else's filter, a process to be started. */
  readonly isMendedByHand?: boolean;
  /** Behind a translation the ends show each other by other addresses: to ask is right too. */
  readonly mayNeedMore?: boolean;
  /** Takes part in `npm test`; the others only in `npm run gateways`. */
  readonly isQuick?: boolean;
  /** Right findings for the paste of both ends; [] for a healthy tunnel. */
  readonly isNamed: readonly string[];
}

const drop = (...match: string[]) => ["router", "iptables", "-A", "FORWARD", ...match, "-j", "DROP"] as const;

export const FAULTS: readonly Fault[] = [
  { name: "nothing", isQuick: true, isNamed: [] },
  { name: "nothing (IKEv1)", a: { version: "1" }, b: { version: "1" }, isNamed: [] },
  { name: "wider networks at one end", b: { remoteNetwork: "10.10.0.0/16" }, isNamed: [] },
  {
    name: "NAT on the way",
    b: { remoteAddress: "%any" },
    before: [["router", "iptables", "-t", "nat", "-A", "POSTROUTING", "-o", "eth1", "-j", "MASQUERADE"]],
    mayNeedMore: true,
    isNamed: [],
  },
  { name: "IKE proposals", isQuick: true, b: { proposals: "aes128-sha1-modp2048" }, isNamed: ["ike-policy-mismatch"] },
  {
    name: "IKE group",
    isQuick: true,
    b: { proposals: "aes256-sha256-modp4096" },
    isNamed: ["ike-dh-mismatch", "ike-policy-mismatch"],
  },
  {
    name: "IKE proposals (IKEv1)",
    a: { version: "1" },
    b: { version: "1", proposals: "aes128-sha1-modp2048" },
    isNamed: ["ike-policy-mismatch"],
  },
  { name: "key", isQuick: true, b: { key: "green-quarry-77" }, isNamed: ["ike-psk-mismatch"] },
  {
    name: "key (IKEv1)",
    isQuick: true,
    a: { version: "1" },
    b: { version: "1", key: "green-quarry-77" },
    isNamed: ["ike-psk-mismatch"],
  },
  { name: "no key", isQuick: true, b: { keyFor: "203.0.113.77" }, isNamed: ["ike-psk-missing"] },
  { name: "identity", isQuick: true, a: { localId: "branch.example.net" }, isNamed: ["ike-identity-mismatch"] },
  { name: "method", b: { remoteAuth: "pubkey" }, isNamed: ["ike-auth-method-mismatch"] },
  { name: "version", isQuick: true, b: { version: "1" }, isNamed: ["ike-version-mismatch"] },
  { name: "peer address", b: { remoteAddress: "203.0.113.9", remoteId: "192.0.2.1" }, isNamed: ["ike-wrong-peer"] },
  {
    name: "aggressive mode",
    a: { version: "1", more: "aggressive = yes" },
    b: { version: "1" },
    isNamed: ["ike-mode-mismatch"],
  },
  { name: "networks", isQuick: true, b: { remoteNetwork: "10.10.9.0/24" }, isNamed: ["ipsec-proxy-mismatch"] },
  {
    name: "networks (IKEv1)",
    a: { version: "1" },
    b: { version: "1", remoteNetwork: "10.10.9.0/24" },
    isNamed: ["ipsec-proxy-mismatch"],
  },
  { name: "tunnel and transport", b: { mode: "transport" }, isNamed: ["ipsec-mode-mismatch"] },
  { name: "ESP proposals", isQuick: true, b: { espProposals: "aes128-sha1" }, isNamed: ["ipsec-transform-mismatch"] },
  {
    name: "PFS at one end (IKEv1)",
    isQuick: true,
    a: { version: "1" },
    b: { version: "1", espProposals: "aes256-sha256" },
    isNamed: ["ipsec-pfs-mismatch"],
  },
  { name: "PFS group", b: { espProposals: "aes256-sha256-modp4096" }, rekeys: true, isNamed: ["ipsec-pfs-mismatch"] },
  {
    name: "UDP 500 filtered on the way",
    before: [drop("-p", "udp", "--dport", "500")],
    isMendedByHand: true,
    isNamed: ["ike-no-response"],
  },
  {
    name: "UDP 4500 filtered on the way",
    before: [drop("-p", "udp", "--dport", "4500")],
    isMendedByHand: true,
    isNamed: ["ike-nat-t"],
  },
  {
    name: "UDP 500 filtered at the far end",
    isQuick: true,
    before: [["gateway-b", "iptables", "-A", "INPUT", "-p", "udp", "--dport", "500", "-j", "DROP"]],
    isNamed: ["ike-no-response"],
  },
  {
    name: "no route to the peer",
    before: [["gateway-a", "ip", "route", "del", "default"]],
    isMendedByHand: true,
    isNamed: ["ike-no-response"],
  },
  { name: "dead peer", killsPeer: true, isMendedByHand: true, isNamed: ["dpd-peer-dead"] },
];
