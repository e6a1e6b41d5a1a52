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
