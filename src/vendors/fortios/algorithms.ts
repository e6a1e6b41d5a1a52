/**
 * Algorithms as FortiOS writes them in proposals (aes256-sha256, aes256gcm-prfsha384, chacha20poly1305-prfsha256) and
 * beside an SA's keys (aes, aes-gcm, sha256, null), in the vocabulary of src/domain/crypto.ts.
 * Source: FortiOS CLI Reference, config vpn ipsec phase1-interface and phase2-interface, "proposal".
 */
import { groupNamed, type Transform } from "../../domain/crypto.ts";

/** One choice of a `proposal` list. */
export interface Suite {
  readonly encryption: string;
  /** "none" with an AEAD cipher. */
  readonly integrity?: string | undefined;
  readonly prf?: string | undefined;
}

const CIPHER = /^(?<name>aes|camellia|aria)(?<bits>128|192|256)(?<gcm>gcm)?$/;
const HASHES: ReadonlySet<string> = new Set(["md5", "sha1", "sha256", "sha384", "sha512"]);

/** "aes256-sha256", "aes128gcm-prfsha256", "aes256gcm" (IPsec), "des-md5", "null-sha1"; undefined for what is none. */
export function suiteOf(text: string): Suite | undefined {
  const [cipher = "", hash, ...rest] = text.toLowerCase().split("-");
  if (rest.length > 0) return undefined;
  const encryption = encryptionOf(cipher);
  if (encryption === undefined) return undefined;
  const isAead = /gcm|chacha/.test(encryption);
  if (hash === undefined) return isAead ? { encryption, integrity: "none" } : undefined;
  const prf = /^prf(\w{3,6})$/.exec(hash)?.[1];
  if (prf !== undefined) return HASHES.has(prf) ? { encryption, integrity: "none", prf } : undefined;
  if (hash === "null") return { encryption, integrity: "none" };
  return HASHES.has(hash) ? { encryption, integrity: hash, prf: hash } : undefined;
}

function encryptionOf(word: string): string | undefined {
  if (word === "des" || word === "3des" || word === "null" || word === "seed") return word;
  if (word === "chacha20poly1305") return "chacha20-poly1305";
  const groups = CIPHER.exec(word)?.groups;
  if (!groups) return undefined;
  return `${groups["name"]}${groups["gcm"] === undefined ? "" : "-gcm"}-${groups["bits"]}`;
}

/**
 * What an SA protects packets with, by the names and key lengths that its list prints: "aes" with 32 bytes is AES-256; an
 * AEAD cipher's key has 4 bytes of salt behind it, and its `ah` is "null". Lengths in bytes.
 */
export function transformOf(cipher: string, keyBytes: number | undefined, hash: string | undefined): Transform {
  const isAead = /gc|chacha/.test(cipher);
  const integrity = isAead ? undefined : hash === "null" ? undefined : hash;
  return { encryption: encryptionWithKey(cipher, keyBytes), ...(integrity !== undefined && { integrity }) };
}

/** `get vpn ipsec tunnel details` cuts the names short: "aes-cb", "aes-gc", "3des-c". */
function encryptionWithKey(cipher: string, keyBytes: number | undefined): string {
  if (/^aes-?gc/.test(cipher)) return `aes-gcm${keyBytes === undefined ? "" : `-${String((keyBytes - 4) * 8)}`}`;
  if (cipher.startsWith("chacha")) return "chacha20-poly1305";
  const name = cipher.replace(/-c\w{0,2}$/, "");
  const hasSizes = /^(?:aes|camellia|aria)$/.test(name);
  return hasSizes && keyBytes !== undefined ? `${name}-${String(keyBytes * 8)}` : name;
}

/** "MODP2048", "ECP256", "14"; undefined for a name that is not known. */
export function groupOf(text: string): number | undefined {
  if (/^\d{1,2}$/.test(text)) return Number(text);
  const name = text.toLowerCase();
  return groupNamed(name === "ecp25519" ? "curve25519" : name);
}

/**
 * Values as `debug application ike` prints them: "AES_CBC" with a key length of 256, "3DES_CBC", "AES_GCM_16",
 * "CHACHA20_POLY1305", "NULL".
 */
export function printedCipher(value: string, keyLength: string | undefined): string {
  const size = keyLength === undefined ? "" : `-${keyLength}`;
  const name = value.replace(/^ESP_/, "");
  if (name === "AES" || name === "AES_CBC") return `aes${size}`;
  if (name.startsWith("AES_GCM")) return `aes-gcm${size}`;
  if (name.startsWith("CHACHA20")) return "chacha20-poly1305";
  return `${name.replace(/_CBC$/, "").toLowerCase()}${/^(?:CAMELLIA|ARIA)/.test(name) ? size : ""}`;
}

/** "SHA", "SHA2_256", "SHA256", "AUTH_HMAC_SHA2_256_128", "PRF_HMAC_SHA", "MD5", "NULL". */
export function printedHash(value: string): string {
  const sha2 = /SHA2?_?(256|384|512)/.exec(value)?.[1];
  if (sha2 !== undefined) return `sha${sha2}`;
  if (/SHA/.test(value)) return "sha1";
  if (value.includes("MD5")) return "md5";
  return /^(?:NULL|NONE)/.test(value) ? "none" : value.toLowerCase();
}
