/** The words of ASA show commands and configurations in the vocabulary of crypto.ts. */
import type { Encryption, Integrity } from "../../domain/crypto.ts";
import { integrityFromWord } from "../cisco-ios/ike-words.ts";

/** "aes-256", "AES256", "AES-CBC" with its key size, "3des", "AES-GCM-256" → the names of crypto.ts. */
export function asaEncryption(word: string, keySize?: string): Encryption {
  const plain = word
    .toLowerCase()
    .replace(/^(?:\(\d{1,3}\))?/, "")
    .replace(/_/g, "-");
  const aes = /^aes-?(?<mode>cbc|gcm|gmac)?-?(?<bits>128|192|256)?$/.exec(plain)?.groups;
  if (aes) {
    const mode = aes["mode"] === undefined || aes["mode"] === "cbc" ? "aes" : `aes-${aes["mode"]}`;
    return `${mode}-${aes["bits"] ?? keySize ?? "128"}`;
  }
  if (plain === "triple-des" || plain === "3des-cbc") return "3des";
  return plain === "des-cbc" ? "des" : plain;
}

/** "SHA", "SHA256", "sha-256", "MD5", "N/A" (an AEAD cipher) → the names of crypto.ts. */
export function asaIntegrity(word: string): Integrity {
  const plain = word.toLowerCase().replace(/^(?:\(\d{1,3}\))?/, "");
  if (plain === "n/a" || plain === "null" || plain === "none") return "none";
  return integrityFromWord(plain === "sha-1" ? "sha" : plain);
}

/** "preshared", "preshrd", "preSharedKeys", "rsa", "rsaCertificate", "PSK", "ECDSA" → the names of crypto.ts. */
export function asaAuth(word: string): string {
  const plain = word.toLowerCase();
  if (/^(?:psk|pre-?sha?re?d?)/.test(plain)) return "psk";
  if (plain.startsWith("rsa")) return "rsa-sig";
  return plain.startsWith("ecdsa") ? "ecdsa-sig" : plain;
}

/** Values of a line of labels: "Type    : L2L             Role    : initiator". `labels` finds them, with the group `label`. */
export function valuesIn(text: string, labels: RegExp): Map<string, string> {
  const found = [...text.matchAll(labels)];
  const values = new Map<string, string>();
  for (const [index, match] of found.entries()) {
    const from = match.index + match[0].length;
    const to = found[index + 1]?.index ?? text.length;
    values.set(match.groups?.["label"] ?? "", text.slice(from, to).trim());
  }
  return values;
}

/** A transform as the ASA prints it: "esp-aes-256 esp-sha-256-hmac no compression", "esp-aes-gcm-256 esp-null-hmac". */
export function asaTransform(text: string) {
  const found: { encryption?: string; integrity?: string; ah?: string; compression?: string } = {};
  const words = text
    .trim()
    .toLowerCase()
    .split(/[\s,]+/);
  for (const [index, word] of words.entries()) {
    const next = words[index + 1];
    const hmac = /^(?<use>esp|ah)-(?<hash>[a-z0-9-]{1,12})-hmac$/.exec(word)?.groups;
    if (hmac) {
      const hash = asaIntegrity(hmac["hash"] ?? "");
      if (hmac["use"] === "ah") found.ah = hash;
      // A cipher that protects both needs no hash, and the ASA writes one that is none.
      else if (hash !== "none") found.integrity = hash;
    } else if (word === "esp-none") continue;
    else if (word.startsWith("esp-")) found.encryption = asaEncryption(word.slice(4), numberOf(next));
    else if (word === "compression" && words[index - 1] !== "no") found.compression = "lzs";
  }
  return found.encryption === undefined && found.ah === undefined && found.integrity === undefined ? undefined : found;
}

function numberOf(word: string | undefined): string | undefined {
  return word !== undefined && /^(?:128|192|256)$/.test(word) ? word : undefined;
}
