/**
 * Algorithms as charon prints them (AES_CBC_256, PRF_HMAC_SHA2_256, MODP_2048) and as swanctl.conf and ipsec.conf write
 * them (aes256, prfsha256, modp2048), in the vocabulary of src/domain/crypto.ts.
 * Sources: strongSwan, proposal_keywords_static.txt and the enum names of crypters, signers, prfs and key exchange methods.
 */
import { groupNamed } from "../../domain/crypto.ts";

/** What one word of a proposal is. */
export type Algorithm =
  | { readonly is: "encryption" | "integrity" | "prf"; readonly name: string }
  | { readonly is: "group"; readonly number: number }
  | { readonly is: "other" };

const OTHER: Algorithm = { is: "other" };

/** charon's names of the groups with subgroups have no "s". */
const PRINTED_GROUPS: Readonly<Record<string, number>> = { modp1024160: 22, modp2048224: 23, modp2048256: 24 };

const PRINTED_CIPHER =
  /^(?<name>AES_CBC|AES_CTR|AES_GCM_(?:8|12|16)|AES_CCM_(?:8|12|16)|CAMELLIA_CBC|3DES_CBC|DES_CBC|NULL|NULL_AES_GMAC|CHACHA20_POLY1305|BLOWFISH_CBC|CAST_CBC)(?:[_-](?<bits>\d{2,3}))?$/;

/** A word of a proposal as charon prints it. */
export function printedAlgorithm(word: string): Algorithm {
  const cipher = PRINTED_CIPHER.exec(word)?.groups;
  if (cipher) return { is: "encryption", name: cipherName(cipher["name"] ?? "", cipher["bits"]) };
  const prf = /^PRF_(\w{2,20})$/.exec(word)?.[1];
  if (prf !== undefined) return { is: "prf", name: hashName(prf) };
  if (/^(?:HMAC_|AES_(?:XCBC|CMAC)_)/.test(word)) return { is: "integrity", name: hashName(word) };
  const group = word.toLowerCase().replaceAll("_", "");
  const number = groupNamed(group) ?? PRINTED_GROUPS[group];
  return number === undefined ? OTHER : { is: "group", number };
}

function cipherName(name: string, bits: string | undefined): string {
  const size = bits === undefined ? "" : `-${bits}`;
  if (name === "AES_CBC") return `aes${size}`;
  if (name.startsWith("AES_GCM")) return `aes-gcm${size}`;
  if (name.startsWith("AES_CCM")) return `aes-ccm${size}`;
  if (name === "AES_CTR") return `aes-ctr${size}`;
  if (name === "NULL_AES_GMAC") return `aes-gmac${size}`;
  if (name === "CHACHA20_POLY1305") return "chacha20-poly1305";
  return `${name.replace("_CBC", "").toLowerCase()}${size}`;
}

function hashName(word: string): string {
  const sha2 = /SHA2_(\d{3})/.exec(word)?.[1];
  if (sha2 !== undefined) return `sha${sha2}`;
  if (word.includes("SHA1")) return "sha1";
  if (word.includes("MD5")) return "md5";
  return word
    .replace(/^HMAC_/, "")
    .toLowerCase()
    .replaceAll("_", "-");
}

const CIPHER_KEYWORD =
  /^(?<name>aes|camellia|3des|des|null|chacha20poly1305|blowfish|cast128)(?<bits>128|192|256)?(?<mode>ctr|gcm|ccm|gmac)?(?<icv>8|12|16|64|96|128)?$/;
const HASH_KEYWORD =
  /^(?<prf>prf)?(?<hash>sha1|sha2_256|sha2_384|sha2_512|sha256|sha384|sha512|sha|md5|aesxcbc|aescmac)(?:_\d{2,3})?$/;

/** A word of a proposal as a configuration writes it. */
export function configuredAlgorithm(keyword: string): Algorithm {
  const word = keyword.toLowerCase();
  const number = groupNamed(word);
  if (number !== undefined) return { is: "group", number };
  const hash = HASH_KEYWORD.exec(word)?.groups;
  if (hash) return { is: hash["prf"] === undefined ? "integrity" : "prf", name: configuredHash(hash["hash"] ?? "") };
  const cipher = CIPHER_KEYWORD.exec(word)?.groups;
  return cipher ? { is: "encryption", name: configuredCipher(cipher) } : OTHER;
}

function configuredHash(hash: string): string {
  if (hash === "sha") return "sha1";
  if (hash === "aesxcbc" || hash === "aescmac") return `aes-${hash.slice(3)}`;
  return hash.replace("sha2_", "sha");
}

function configuredCipher({ name = "", bits, mode }: Readonly<Record<string, string | undefined>>): string {
  if (name === "chacha20poly1305") return "chacha20-poly1305";
  const kind = mode === undefined ? name : `${name}-${mode}`;
  // "aes" alone is AES-128.
  return name === "aes" || name === "camellia" ? `${kind}-${bits ?? "128"}` : kind;
}

/** Whether a cipher brings its own integrity. */
export function isAead(encryption: string): boolean {
  return /gcm|ccm|gmac|chacha/.test(encryption);
}
