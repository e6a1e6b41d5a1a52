/**
 * One vocabulary of algorithms for every platform, so that two ends can be compared attribute by attribute.
 * Vendors translate what they print into these names; anything they do not know stays as printed, in lower case.
 *
 * encryption: des 3des aes-128 aes-192 aes-256 aes-gcm-128 aes-gcm-192 aes-gcm-256 aes-gmac-128 … seal null;
 *             "aes" where a device does not print the key size: any of them
 * integrity:  md5 sha1 sha256 sha384 sha512 none
 * auth:       psk rsa-sig rsa-encr ecdsa-sig
 * Diffie-Hellman groups are IANA's numbers (1, 2, 5, 14, 15, 16, 19, 20, 21, 24 …).
 */
export type Encryption = string;
export type Integrity = string;
export type AuthMethod = string;

export type IpsecMode = "tunnel" | "transport";

/** What an ESP or AH transform protects with; an absent attribute means that the transform does not have it. */
export interface Transform {
  readonly encryption?: Encryption | undefined;
  /** ESP authentication. */
  readonly integrity?: Integrity | undefined;
  /** AH authentication, where AH is used. */
  readonly ah?: Integrity | undefined;
  readonly compression?: string | undefined;
}

/** The names by which configurations and logs call the groups; the numbers are IANA's. */
const GROUPS: Readonly<Record<string, number>> = {
  modp768: 1,
  modp1024: 2,
  modp1536: 5,
  modp2048: 14,
  modp3072: 15,
  modp4096: 16,
  modp6144: 17,
  modp8192: 18,
  ecp256: 19,
  ecp384: 20,
  ecp521: 21,
  modp1024s160: 22,
  modp2048s224: 23,
  modp2048s256: 24,
  ecp192: 25,
  ecp224: 26,
  ecp224bp: 27,
  ecp256bp: 28,
  ecp384bp: 29,
  ecp512bp: 30,
  curve25519: 31,
  x25519: 31,
  curve448: 32,
  x448: 32,
};

/** The number of "modp2048", "ecp256", "curve25519", in lower case; undefined for a name that is none. */
export function groupNamed(name: string): number | undefined {
  return Object.hasOwn(GROUPS, name) ? GROUPS[name] : undefined;
}
