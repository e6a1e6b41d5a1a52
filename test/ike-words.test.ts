import { expect, it } from "vitest";
import {
  authMethod,
  dhGroup,
  encryptionFromConfig,
  encryptionFromDebug,
  encryptionFromPolicy,
  integrityFromPolicy,
  integrityFromWord,
} from "../src/vendors/cisco-ios/ike-words.ts";

it.each([
  ["DES - Data Encryption Standard (56 bit keys).", "des"],
  ["Three key triple DES", "3des"],
  ["AES - Advanced Encryption Standard (128 bit keys).", "aes-128"],
  ["AES - Advanced Encryption Standard (256 bit keys)", "aes-256"],
  ["AES - Advanced Encryption Standard", "aes"],
  ["Camellia", "camellia"],
])("show crypto isakmp policy prints %s for %s", (printed, name) => {
  expect(encryptionFromPolicy(printed)).toBe(name);
});

it.each([
  ["des", "des"],
  ["3des", "3des"],
  ["aes", "aes-128"],
  ["aes  256", "aes-256"],
  ["aes-cbc-192", "aes-192"],
  ["aes-gcm-256", "aes-gcm-256"],
])("a configuration's encr %s is %s", (typed, name) => {
  expect(encryptionFromConfig(typed)).toBe(name);
});

it.each([
  ["AES-CBC", 256, "aes-256"],
  ["AES-CBC", undefined, "aes"],
  ["3DES-CBC", undefined, "3des"],
  ["DES-CBC", undefined, "des"],
  ["AES-GCM", 128, "aes-gcm-128"],
  ["AES-192", undefined, "aes-192"],
  ["aes", undefined, "aes"],
])("debug's encryption %s with keylength %s is %s", (printed, bits, name) => {
  expect(encryptionFromDebug(printed, bits)).toBe(name);
});

it.each([
  ["Secure Hash Standard", "sha1"],
  ["Secure Hash Standard 2 (256 bit)", "sha256"],
  ["Secure Hash Standard 2 (512 bit)", "sha512"],
  ["Message Digest 5", "md5"],
])("show crypto isakmp policy prints %s for %s", (printed, name) => {
  expect(integrityFromPolicy(printed)).toBe(name);
});

it.each([
  ["SHA", "sha1"],
  ["sha", "sha1"],
  ["SHA96", "sha1"],
  ["SHA-256", "sha256"],
  ["SHA384", "sha384"],
  ["MD5", "md5"],
])("the hash %s is %s", (printed, name) => {
  expect(integrityFromWord(printed)).toBe(name);
});

it.each([
  ["Pre-Shared Key", "psk"],
  ["pre-share", "psk"],
  ["psk", "psk"],
  ["XAUTHInitPreShared", "psk"],
  ["Rivest-Shamir-Adleman Signature", "rsa-sig"],
  ["RSA sig", "rsa-sig"],
  ["rsig", "rsa-sig"],
  ["RSA-SIG", "rsa-sig"],
  ["Rivest-Shamir-Adleman Encryption", "rsa-encr"],
  ["renc", "rsa-encr"],
  ["ecdsa-sig", "ecdsa-sig"],
])("the authentication method %s is %s", (printed, name) => {
  expect(authMethod(printed)).toBe(name);
});

it.each([
  ["#14 (2048 bit)", 14],
  ["14", 14],
  ["Group 5", 5],
  ["group19", 19],
  ["192.0.2.1", undefined],
  ["none", undefined],
])("the Diffie-Hellman group %s is %s", (printed, group) => {
  expect(dhGroup(printed)).toBe(group);
});
