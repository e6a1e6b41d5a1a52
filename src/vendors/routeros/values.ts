/** Values as RouterOS writes them: algorithms, groups, durations, addresses, in the vocabulary of src/domain/crypto.ts. */
import { groupNamed } from "../../domain/crypto.ts";
import { canonicalAddress } from "../../domain/network.ts";

/** "modp2048,ecp256"; "none" is no group. */
export function groupsIn(text: string): number[] {
  return words(text).flatMap((word) => groupNamed(word.toLowerCase()) ?? []);
}

/** "aes-256", "aes-256-cbc", "aes-128-gcm", "3des", "camellia-256", "null". */
export function ciphersIn(text: string): string[] {
  return words(text).map((word) => {
    const aes = /^aes-(128|192|256)(?:-(cbc|ctr|gcm))?$/.exec(word);
    if (!aes) return word;
    return aes[2] === undefined || aes[2] === "cbc" ? `aes-${aes[1]}` : `aes-${aes[2]}-${aes[1]}`;
  });
}

/** "sha256,sha1"; "null" is none. */
export function hashesIn(text: string): string[] {
  return words(text).map((word) => (word === "null" ? "none" : word));
}

export function methodOf(text: string): string {
  if (text === "pre-shared-key") return "psk";
  if (/^(?:rsa-|digital-signature|rsa-signature)/.test(text)) return "rsa-sig";
  return text;
}

function words(text: string): string[] {
  return text
    .split(",")
    .map((word) => word.trim())
    .filter((word) => word !== "");
}

const UNITS: Readonly<Record<string, number>> = { w: 604_800, d: 86_400, h: 3600, m: 60, s: 1 };

/** "1d", "8h30m", "30s", "1d02:03:04"; undefined for anything else. */
export function secondsIn(text: string): number | undefined {
  const clock = /^(?:(?<days>\d{1,4})d)?(?<hours>\d{1,2}):(?<minutes>\d\d):(?<seconds>\d\d)$/.exec(text)?.groups;
  if (clock) {
    const of = (name: string) => Number(clock[name] ?? 0);
    return of("days") * 86_400 + of("hours") * 3600 + of("minutes") * 60 + of("seconds");
  }
  if (!/^(?:\d{1,6}[wdhms]){1,5}$/.test(text)) return undefined;
  let seconds = 0;
  for (const [, amount, unit] of text.matchAll(/(\d{1,6})([wdhms])/g))
    seconds += Number(amount) * (UNITS[unit ?? ""] ?? 0);
  return seconds;
}

/** "198.51.100.1", "198.51.100.1:4500", "[2001:db8::1]:500"; without its port. */
export function addressIn(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const plain = /^\[(?<six>[^\]]{2,45})\]/.exec(text)?.groups?.["six"] ?? text;
  return canonicalAddress(plain) ?? canonicalAddress(plain.replace(/:\d{1,5}$/, ""));
}

const PROTOCOLS: Readonly<Record<string, number>> = {
  all: 0,
  icmp: 1,
  tcp: 6,
  udp: 17,
  gre: 47,
  "ipsec-esp": 50,
  l2tp: 115,
};

export function protocolNumber(text = "all"): number {
  return PROTOCOLS[text] ?? (/^\d{1,3}$/.test(text) ? Number(text) : 0);
}
