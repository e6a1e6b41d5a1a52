/** When two algorithms are the same, and which is the weaker, in the vocabulary of domain/crypto.ts. */
import type { Side } from "../../domain/ids.ts";
import type { Difference } from "../../domain/verdict.ts";

export type AlgorithmKind = "encryption" | "integrity" | "prf" | "auth" | "dh-group";

/**
 * Ranks of strength; equal rank: neither is to be preferred. RFC 8247 (IKE) and RFC 8221 (ESP) for what must not and
 * should not be used, NIST SP 800-57 part 1 table 2 for the strength of Diffie-Hellman groups.
 */
const STRENGTH: Readonly<Record<Exclude<AlgorithmKind, "auth" | "prf">, ReadonlyMap<string, number>>> = {
  encryption: new Map([
    ["none", 0],
    ["null", 0],
    ["des", 1],
    ["3des", 2],
    ["aes-128", 3],
    ["aes-gcm-128", 3],
    ["aes-192", 4],
    ["aes-gcm-192", 4],
    ["aes-256", 5],
    ["aes-gcm-256", 5],
  ]),
  integrity: new Map([
    ["md5", 1],
    ["sha1", 2],
    ["sha256", 3],
    ["sha384", 4],
    ["sha512", 5],
  ]),
  "dh-group": new Map([
    ["1", 1],
    ["2", 2],
    ["5", 3],
    ["14", 4],
    ["15", 5],
    ["19", 5],
    ["16", 6],
    ["20", 7],
    ["21", 8],
  ]),
};
const OTHER_KNOWN: ReadonlySet<string> = new Set([
  "seal",
  "none",
  "aes-gmac-128",
  "aes-gmac-192",
  "aes-gmac-256",
  "psk",
  "rsa-sig",
  "rsa-encr",
  "ecdsa-sig",
  "chacha20-poly1305",
  "camellia-128",
  "camellia-192",
  "camellia-256",
  "aes-ctr-128",
  "aes-ctr-192",
  "aes-ctr-256",
  "aes-ccm-128",
  "aes-ccm-192",
  "aes-ccm-256",
  "aes-xcbc",
  "aes-cmac",
]);
/** Names that leave the key size open. */
const OPEN: ReadonlySet<string> = new Set(["aes", "aes-gcm", "aes-gmac"]);

/** Ciphers that authenticate what they encrypt, so that no integrity algorithm stands beside them (RFC 5282). */
export function isAead(encryption: string): boolean {
  return /^(?:aes-(?:gcm|ccm|gmac)|chacha20)/.test(encryption);
}

/**
 * Whether two values are the same; undefined where that can't be told: a key size was not printed, or a name is not of
 * the common vocabulary, so that two vendors may call one algorithm by two names.
 */
export function sameAlgorithm(kind: AlgorithmKind, one: string, other: string): boolean | undefined {
  if (one === other) return OPEN.has(one) ? undefined : true;
  if (OPEN.has(one)) return mayBe(one, other);
  if (OPEN.has(other)) return mayBe(other, one);
  return isKnown(kind, one) && isKnown(kind, other) ? false : undefined;
}

/** The end that is the weaker in every attribute in which the two differ, otherwise "both": fixes go to the stronger side. */
export function weakerEnd(differences: readonly Difference[]): Side | "both" {
  const weaker = new Set(differences.map(weakerIn));
  const [only] = weaker;
  return weaker.size === 1 && only !== undefined ? only : "both";
}

function weakerIn({ attribute, local, remote }: Difference): Side | "both" {
  const ranks = ranksOf(attribute);
  const one = strongestOf(local, ranks);
  const other = strongestOf(remote, ranks);
  if (one === undefined || other === undefined || one === other) return "both";
  return one < other ? "local" : "remote";
}

function ranksOf(attribute: string): ReadonlyMap<string, number> | undefined {
  if (attribute === "prf") return STRENGTH.integrity;
  return attribute === "encryption" || attribute === "integrity" || attribute === "dh-group"
    ? STRENGTH[attribute]
    : undefined;
}

/** The rank of the best of a list ("aes-256, aes-128"); undefined where one of them has none. */
function strongestOf(values: string, ranks: ReadonlyMap<string, number> | undefined): number | undefined {
  const found = values.split(", ").map((value) => ranks?.get(value));
  const known = found.filter((rank) => rank !== undefined);
  return known.length === found.length ? Math.max(...known) : undefined;
}

function mayBe(open: string, value: string): boolean | undefined {
  if (OPEN.has(value)) return false;
  if (value.startsWith(`${open}-`) && /^\d{3}$/.test(value.slice(open.length + 1))) return undefined;
  return isKnown("encryption", value) ? false : undefined;
}

function isKnown(kind: AlgorithmKind, value: string): boolean {
  if (kind === "dh-group") return /^\d{1,2}$/.test(value);
  return OTHER_KNOWN.has(value) || (kind !== "auth" && ranksOf(kind)?.has(value) === true);
}
