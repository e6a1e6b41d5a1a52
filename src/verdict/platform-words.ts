/** In which platform's words an end is spoken to. */
import type { PlatformId, Side } from "../domain/ids.ts";
import type { WordFile } from "../knowledge/finding-schema.ts";
import { otherSide, type Tunnel } from "../tunnel/tunnel.ts";
import type { BlankOf } from "./fill.ts";

/**
 * An end's own platform. Where it is not known: the other end's, since most tunnels have the same at both ends, else
 * IOS; the reply says "unknown" beside it.
 */
export function platformOfWords(tunnel: Tunnel, side: Side): PlatformId {
  const [own, other] = [tunnel[side].platform, tunnel[otherSide(side)].platform];
  if (own !== "unknown") return own;
  return other === "unknown" ? "cisco-ios" : other;
}

/** Whether nothing is known of the end's platform, and the other end is no IOS: commands to change things would be a guess. */
export function isGuessed(tunnel: Tunnel, side: Side): boolean {
  return tunnel[side].platform === "unknown" && platformOfWords(tunnel, side) !== "cisco-ios";
}

/** What people call a device of a platform, with its article. */
const DEVICES: Readonly<Record<PlatformId, string>> = {
  "cisco-ios": "a Cisco router",
  "cisco-asa": "an ASA",
  strongswan: "strongSwan",
  libreswan: "Libreswan",
  junos: "an SRX",
  fortios: "a FortiGate",
  panos: "a Palo Alto",
  aws: "AWS",
  routeros: "a MikroTik",
};

/** What to say beside a command that is in the other end's words, as nothing is known of this one: "" where its own are. */
export function inBorrowedWords(tunnel: Tunnel, side: Side): string {
  const { platform } = tunnel[otherSide(side)];
  if (tunnel[side].platform !== "unknown" || platform === "unknown") return "";
  return ` (If that end is ${DEVICES[platform]} too; on another device, its equivalent.)`;
}

/** Blanks that hold one of our names of an algorithm, and which words of the platform they are put into. */
const KINDS: Readonly<Record<string, keyof WordFile>> = {
  "ike-encryption-there": "encryption",
  "ike-integrity-there": "integrity",
  "ike-hash-there": "integrity",
  "ike-prf-there": "prf",
  "ike-group-there": "group",
  "ike-method-there": "method",
  "esp-encryption-there": "esp-encryption",
  "esp-integrity-there": "esp-integrity",
  "pfs-group-there": "pfs-group",
  "pfs-or-off-there": "pfs-group",
};
/** VyOS has words of its own for ciphers; it calls hashes and groups as we do. */
export const VYOS_WORDS: WordFile = {
  encryption: {
    "aes-128": "aes128",
    "aes-192": "aes192",
    "aes-256": "aes256",
    "aes-gcm-128": "aes128gcm128",
    "aes-gcm-192": "aes192gcm128",
    "aes-gcm-256": "aes256gcm128",
  },
};

/** Words that are those of IKE unless the platform has others. */
const ELSE: Partial<Readonly<Record<keyof WordFile, keyof WordFile>>> = {
  prf: "integrity",
  "esp-encryption": "encryption",
  "esp-integrity": "integrity",
  "pfs-group": "group",
};

/** The same blanks, with algorithms as the platform writes them. */
export function inPlatformWords(blankOf: BlankOf, words: WordFile | undefined): BlankOf {
  if (!words) return blankOf;
  return (name) => {
    const value = blankOf(name);
    const kind = KINDS[name];
    if (value === undefined || kind === undefined) return value;
    return words[kind]?.[value] ?? words[ELSE[kind] ?? kind]?.[value] ?? value;
  };
}
