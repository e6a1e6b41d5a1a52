/**
 * Algorithms as PAN-OS writes them, in tables (A256, AES256, SHA256, DH14) and in profiles (aes-256-cbc, sha256, group14),
 * in the vocabulary of src/domain/crypto.ts. Source: PAN-OS administrator's guide, "Define Cryptographic Profiles"; the
 * short forms of the tables are from knowledge base articles on the VPN commands.
 */

/** "A256", "AES256", "AES-256-CBC", "aes-256-gcm", "G256" (ESP in Galois/counter mode), "3DES", "NULL". */
export function panosCipher(word: string): string {
  const plain = word.toLowerCase();
  const groups = /^(?<short>[ag])(?:es)?-?(?<bits>128|192|256)-?(?<mode>cbc|gcm|ccm)?(?:-?16)?$/.exec(plain)?.groups;
  if (!groups) return plain.replace(/-cbc$/, "");
  const mode = groups["short"] === "g" ? "gcm" : groups["mode"];
  return mode === undefined || mode === "cbc" ? `aes-${groups["bits"]}` : `aes-${mode}-${groups["bits"]}`;
}

/** "SHA256", "sha256", "SHA1", "MD5"; "SHA2" is cut off, so that nothing is known but that it is none of the old ones. */
export function panosHash(word: string): string | undefined {
  const plain = word.toLowerCase();
  if (/^(?:sha1|sha256|sha384|sha512|md5|none)$/.test(plain)) return plain;
  if (plain === "non-auth" || plain === "null") return "none";
  return plain === "sha" ? "sha1" : undefined;
}

/** "DH14", "group14"; 0 for "no-pfs"; undefined for anything else. */
export function panosGroup(word: string): number | undefined {
  const number = /^(?:dh|group) ?(\d{1,2})$/i.exec(word)?.[1];
  if (number !== undefined) return Number(number);
  return /^no-?pfs$/i.test(word) ? 0 : undefined;
}

/** "PSK", "RSA", "DSA", "ECDSA", "Cert", as the tables have them. */
export function panosMethod(word: string): string {
  const plain = word.toLowerCase();
  if (plain === "psk" || plain === "pre-shared-key") return "psk";
  if (/^(?:rsa|cert|certificate|sig)/.test(plain)) return "rsa-sig";
  return plain.startsWith("ecd") ? "ecdsa-sig" : plain;
}

/** "PSK/ DH14/A256/SHA256" of an IKE SA. */
export function ikeAlgorithms(text: string): {
  readonly auth?: string | undefined;
  readonly dhGroup?: number | undefined;
  readonly encryption?: string | undefined;
  readonly integrity?: string | undefined;
} {
  const [method = "", ...words] = text.split("/").map((word) => word.trim());
  const groups = words.flatMap((word) => panosGroup(word) ?? []);
  const others = words.filter((word) => panosGroup(word) === undefined);
  return {
    auth: panosMethod(method),
    dhGroup: groups[0],
    encryption: others[0] === undefined ? undefined : panosCipher(others[0]),
    integrity: others[1] === undefined ? undefined : panosHash(others[1]),
  };
}
