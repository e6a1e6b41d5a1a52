/**
 * IOS's names of IKE algorithms in the vocabulary of domain/crypto.ts. Every function takes one printed value and gives
 * the common name; a value that it does not know comes back as printed, in lower case. Never throws.
 *
 * IOS leaves the AES key size out in `show crypto isakmp sa detail`: such a value is "aes", which is any key size.
 */
import type { AuthMethod, Encryption, Integrity } from "../../domain/crypto.ts";

const PLAIN_ENCRYPTIONS: Readonly<Record<string, Encryption>> = {
  des: "des",
  "des-cbc": "des",
  "3des": "3des",
  "3des-cbc": "3des",
  aes: "aes",
  "aes-cbc": "aes",
  "aes-gcm": "aes-gcm",
  seal: "seal",
  null: "null",
};

const INTEGRITIES: Readonly<Record<string, Integrity>> = {
  md5: "md5",
  md596: "md5",
  sha: "sha1",
  sha1: "sha1",
  sha96: "sha1",
  sha196: "sha1",
  sha256: "sha256",
  sha384: "sha384",
  sha512: "sha512",
};

const AUTH_METHODS: Readonly<Record<string, AuthMethod>> = {
  psk: "psk",
  preshare: "psk",
  preshared: "psk",
  presharedkey: "psk",
  xauthinitpreshared: "psk",
  xauthresppreshared: "psk",
  rsig: "rsa-sig",
  rsasig: "rsa-sig",
  rivestshamiradlemansignature: "rsa-sig",
  xauthinitrsa: "rsa-sig",
  xauthresprsa: "rsa-sig",
  renc: "rsa-encr",
  rsaencr: "rsa-encr",
  rivestshamiradlemanencryption: "rsa-encr",
  ecsig: "ecdsa-sig",
  ecdsasig: "ecdsa-sig",
};

/** `show crypto isakmp policy`: "AES - Advanced Encryption Standard (256 bit keys)." → "aes-256". */
export function encryptionFromPolicy(text: string): Encryption {
  const printed = text.trim().replace(/\.$/, "");
  if (/^AES\b/i.test(printed)) return withKeySize("aes", /\((\d{3}) bit/i.exec(printed)?.[1]);
  if (/^(?:3DES\b|(?:Three|triple)[ -]key triple DES|triple DES)/i.test(printed)) return "3des";
  if (/^DES\b/i.test(printed)) return "des";
  return printed.toLowerCase();
}

/** A configuration's words after `encr` or `encryption`: "aes 256" → "aes-256", "aes" → "aes-128", "aes-cbc-192" → "aes-192". */
export function encryptionFromConfig(text: string): Encryption {
  const words = squeeze(text);
  if (words === "aes") return "aes-128";
  const gcm = /^aes-gcm[- ](128|192|256)$/.exec(words)?.[1];
  if (gcm !== undefined) return `aes-gcm-${gcm}`;
  const cbc = /^aes(?:-cbc)?[- ](128|192|256)$/.exec(words)?.[1];
  return cbc === undefined ? plainEncryption(words) : `aes-${cbc}`;
}

/**
 * `debug crypto isakmp` and `show … detail`: an algorithm with the key length in bits that stands beside it, if any:
 * ("AES-CBC", 256) → "aes-256", ("3DES-CBC") → "3des"; without a key length ("aes") → "aes".
 */
export function encryptionFromDebug(text: string, keyLength?: number): Encryption {
  const words = squeeze(text).replaceAll("_", "-");
  const sized = /^(aes(?:-gcm)?)(?:-cbc)?[- ]?(128|192|256)$/.exec(words);
  if (sized) return `${sized[1]}-${sized[2]}`;
  const name = plainEncryption(words);
  return name === "aes" || name === "aes-gcm" ? withKeySize(name, keyLength) : name;
}

/** `show crypto isakmp policy`: "Secure Hash Standard 2 (256 bit)" → "sha256", "Message Digest 5" → "md5". */
export function integrityFromPolicy(text: string): Integrity {
  const printed = text.trim().replace(/\.$/, "");
  const sha2 = /^Secure Hash Standard 2 \((\d{3}) bit/i.exec(printed)?.[1];
  if (sha2 !== undefined) return `sha${sha2}`;
  if (/^Secure Hash Standard\b/i.test(printed)) return "sha1";
  if (/^Message Digest 5\b/i.test(printed)) return "md5";
  return integrityFromWord(printed);
}

/** One word of a configuration, a debug line or a table: "sha" → "sha1", "SHA256" → "sha256", "MD5" → "md5". */
export function integrityFromWord(text: string): Integrity {
  const word = squeeze(text);
  return INTEGRITIES[word.replace(/[-_ ]/g, "").replace(/^hmac/, "")] ?? word;
}

/** As printed anywhere in IKEv1: "Pre-Shared Key", "pre-share", "psk", "RSA sig", "rsig", "XAUTHInitPreShared" … */
export function authMethod(text: string): AuthMethod {
  const word = squeeze(text).replace(/\.$/, "");
  const known = AUTH_METHODS[word.replace(/[-_ ]/g, "")];
  if (known !== undefined) return known;
  return /^(?:elliptic curve digital signature|ecdsa)/.test(word) ? "ecdsa-sig" : word;
}

/** "#14 (2048 bit)", "14", "Group 14" or "group14" → 14; undefined where no group number stands. */
export function dhGroup(text: string): number | undefined {
  const digits = /^(?:#|group ?|dh group |modp group )?(\d{1,2})(?![\d.:])/i.exec(text.trim())?.[1];
  return digits === undefined ? undefined : Number(digits);
}

function withKeySize(name: string, bits: string | number | undefined): Encryption {
  return bits === undefined ? name : `${name}-${bits}`;
}

function plainEncryption(words: string): Encryption {
  return PLAIN_ENCRYPTIONS[words] ?? words;
}

function squeeze(text: string): string {
  return text.trim().toLowerCase().replace(/\s+/g, " ");
}
