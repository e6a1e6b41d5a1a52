/**
 * Junos' names of algorithms, as configured ("aes-256-cbc", "hmac-sha-256-128", "group14") and as printed ("aes256-cbc",
 * "aes-cbc (256 bits)", "hmac-sha256-128", "DH-group-14"), in the vocabulary of src/domain/crypto.ts.
 */

const CIPHER = /^(?:aes-?(?<mode>cbc|gcm)[- (]{1,2}(?<size>128|192|256)|aes-?(?<bits>128|192|256)-(?<kind>cbc|gcm))/;

/** The cipher; undefined for none; a name that is not known stays as it is, in lower case. */
export function encryptionName(text: string): string | undefined {
  const word = text.trim().toLowerCase();
  if (word === "" || word === "none" || word === "-") return undefined;
  const groups = CIPHER.exec(word)?.groups;
  if (groups) {
    const bits = groups["size"] ?? groups["bits"] ?? "";
    return (groups["mode"] ?? groups["kind"]) === "gcm" ? `aes-gcm-${bits}` : `aes-${bits}`;
  }
  return word.replace(/-cbc$/, "");
}

/** "sha-256", "hmac-sha256-128", "sha1"; "none" where the cipher brings its own. */
export function integrityName(text: string): string | undefined {
  const word = text.trim().toLowerCase();
  if (word === "" || word === "-") return undefined;
  if (word === "none" || word.includes("gcm")) return "none";
  const hash = /^(?:hmac-)?(?<hash>md5|sha-?1|sha-?(?:256|384|512))(?:-\d{2,3})?$/.exec(word)?.groups?.["hash"];
  return hash?.replace("-", "") ?? word;
}

/** "group14", "DH-group-14"; undefined for what is none. */
export function groupNumber(text: string): number | undefined {
  const digits = /group-?(\d{1,2})$/i.exec(text.trim())?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** "pre-shared-keys", "RSA-signatures", "ecdsa-signatures-256". */
export function authMethod(text: string): string {
  const word = text.trim().toLowerCase();
  if (word.startsWith("pre-shared-key")) return "psk";
  if (word.startsWith("rsa-sig")) return "rsa-sig";
  if (word.startsWith("ecdsa")) return "ecdsa-sig";
  return word;
}
