/** Proposals as `show vpn gateway` and `show vpn tunnel` print them: "[PSK][DH14,DH2][AES256,AES128][SHA256]28800-sec". */
import { panosCipher, panosGroup, panosHash, panosMethod } from "./algorithms.ts";

export interface Bracketed {
  readonly auth?: string | undefined;
  readonly encryption?: readonly string[] | undefined;
  readonly integrity?: readonly string[] | undefined;
  /** Empty for "no-pfs". */
  readonly dhGroups?: readonly number[] | undefined;
}

export function bracketed(text: string): Bracketed {
  const lists = (text.match(/\[[^\][]{1,120}\]/g) ?? []).map((list) =>
    list
      .slice(1, -1)
      .split(",")
      .map((word) => word.trim()),
  );
  const found: { -readonly [K in keyof Bracketed]: Bracketed[K] } = {};
  for (const words of lists) {
    const [first = ""] = words;
    const groups = words.flatMap((word) => panosGroup(word) ?? []);
    const hashes = words.flatMap((word) => panosHash(word) ?? []);
    if (/^(?:PSK|RSA|DSA|ECDSA|Cert)$/i.test(first)) found.auth = panosMethod(first);
    else if (groups.length === words.length) found.dhGroups = groups.filter((group) => group > 0);
    else if (hashes.length === words.length) found.integrity = hashes;
    else if (found.encryption === undefined) found.encryption = words.map(panosCipher);
  }
  return found;
}

/** "28800-sec", "3600-sec 0-kb". */
export function lifetimeIn(text: string): number | undefined {
  const seconds = /(\d{1,9})-sec/.exec(text)?.[1];
  return seconds === undefined ? undefined : Number(seconds);
}
