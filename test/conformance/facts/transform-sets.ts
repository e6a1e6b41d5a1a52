import type { Transform } from "../../../src/domain/crypto.ts";

/** What the transforms of the fixtures are in the words of domain/crypto.ts; IOS means AES-128 where it prints no key length. */
const TRANSFORMS: Readonly<Record<string, Transform>> = {
  "esp-aes esp-sha-hmac": { encryption: "aes-128", integrity: "sha1" },
  "esp-256-aes esp-sha-hmac": { encryption: "aes-256", integrity: "sha1" },
  "esp-256-aes esp-sha256-hmac": { encryption: "aes-256", integrity: "sha256" },
  "esp-gcm": { encryption: "aes-gcm-128" },
  "esp-gcm 256": { encryption: "aes-gcm-256" },
  "esp-3des": { encryption: "3des" },
  "ah-md5-hmac": { ah: "md5" },
};

/** Undefined for a text that the table does not have: then there is nothing to compare with, which is a difference. */
export function transformOf(text: string): Transform | undefined {
  return TRANSFORMS[text.trim()];
}
