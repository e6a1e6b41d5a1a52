/**
 * The ids that other programs rely on (the contract). Lists are the single source; the types follow from them.
 */
export const PLATFORM_IDS = [
  "cisco-ios",
  "cisco-asa",
  "strongswan",
  "libreswan",
  "junos",
  "fortios",
  "panos",
  "aws",
  "routeros",
] as const;
export type PlatformId = (typeof PLATFORM_IDS)[number];

/** One of the tunnel's two gateways: the one the person is on, or the far one. */
export const SIDES = ["local", "remote"] as const;
export type Side = (typeof SIDES)[number];

export const SYMPTOM_IDS = [
  "tunnel-down",
  "up-no-traffic",
  "one-way",
  "intermittent",
  "flapping",
  "slow",
  "unknown",
] as const;
export type SymptomId = (typeof SYMPTOM_IDS)[number];

/** The stages of the tree, in the order in which it is walked. */
export const STAGES = ["ike-sa", "ipsec-sa", "routing", "dead-peer", "replay"] as const;
export type Stage = (typeof STAGES)[number];

/** How far down the tree a stage is, from 0. */
export function stageIndex(stage: Stage): number {
  return STAGES.indexOf(stage);
}

/** Root causes by the part of the tunnel they break; a new id may be added, one that stands is not renamed. */
export const ROOT_CAUSE_IDS = [
  "ike-no-response",
  "ike-not-enabled",
  "crypto-map-not-applied",
  "crypto-map-incomplete",
  "ike-wrong-peer",
  "ike-policy-mismatch",
  "ike-weak-crypto-blocked",
  "ike-psk-mismatch",
  "ike-psk-missing",
  "ike-auth-method-mismatch",
  "ike-identity-mismatch",
  "ike-mode-mismatch",
  "ike-version-mismatch",
  "ike-nat-t",
  "ike-cert-failure",
  "ike-fragmentation",
  "ike-dh-mismatch",
  "ike-admission-limit",
  "role-deadlock",
  "ipsec-transform-mismatch",
  "ipsec-proxy-mismatch",
  "ipsec-pfs-mismatch",
  "ipsec-no-interesting-traffic",
  "ipsec-no-crypto-map-entry",
  "ipsec-mode-mismatch",
  "ipsec-lifetime-mismatch",
  "routing-missing-route",
  "routing-far-side",
  "nat-exemption-missing",
  "esp-blocked",
  "acl-blocked",
  "peer-cleartext",
  "mtu-fragmentation",
  "invalid-spi",
  "sa-half-open",
  "overlap",
  "dpd-disabled",
  "dpd-peer-dead",
  "sa-flapping",
  "replay-drops",
  "integrity-failure",
] as const;
export type RootCauseId = (typeof ROOT_CAUSE_IDS)[number];
