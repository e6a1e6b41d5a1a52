/**
 * IOS's names of IKEv2's algorithms in the vocabulary of domain/crypto.ts, as `show crypto ikev2 …` and the debug print
 * them. A value that is not known comes back as printed, in lower case.
 */
import { encryptionFromDebug, integrityFromWord } from "./ike-words.ts";

/** "AES-CBC-256", "AES-GCM-128", "3DES", or "AES-CBC" with the key size beside it. */
export function encryptionOfIkeV2(text: string, keySize?: number): string {
  return encryptionFromDebug(text.trim(), keySize);
}

/** "SHA256", "SHA96" (SHA-1 cut to 96 bits), "MD596"; "None" with an AEAD cipher is "none". */
export function integrityOfIkeV2(text: string): string {
  return integrityFromWord(text.trim());
}

/** "DH_GROUP_2048_MODP/Group 14", "Group 14", "14" → 14; undefined where no group number stands. */
export function groupOfIkeV2(text: string): number | undefined {
  const digits = /(?:\/ ?Group ?|^\s*(?:Group ?)?)(\d{1,2})\s*$/i.exec(text)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** "PSK", "RSA", "ECDSA", "EAP", "Digital Signature", "anyconnect-eap" …; undefined for "Unknown - 0". */
export function authOfIkeV2(text: string): string | undefined {
  const word = text.trim().toLowerCase();
  if (word === "" || word.startsWith("unknown")) return undefined;
  if (word === "psk" || word.startsWith("pre-share") || word.startsWith("preshare")) return "psk";
  if (word.startsWith("rsa")) return "rsa-sig";
  return word.startsWith("ecdsa") ? "ecdsa-sig" : word;
}
