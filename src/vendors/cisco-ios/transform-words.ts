/** The words of an IOS transform ("esp-256-aes esp-sha256-hmac", "esp-aes 256") in the vocabulary of crypto.ts. */
import type { Transform } from "../../domain/crypto.ts";

const ESP_ENCRYPTION: ReadonlyMap<string, string> = new Map([
  ["esp-des", "des"],
  ["esp-3des", "3des"],
  ["esp-null", "null"],
  ["esp-seal", "seal"],
]);
const HASH: ReadonlyMap<string, string> = new Map([
  ["md5", "md5"],
  ["sha", "sha1"],
  ["sha256", "sha256"],
  ["sha384", "sha384"],
  ["sha512", "sha512"],
]);
const KEYED = /^esp-(?:(?<before>128|192|256)-)?(?<cipher>aes|gcm|gmac)$/;
const KEY_LENGTH = /^(?:128|192|256)$/;
const HMAC = /^(?<use>esp|ah)-(?<hash>[a-z0-9]{1,10})-hmac$/;
const CIPHER_NAME: Readonly<Record<string, string>> = { aes: "aes", gcm: "aes-gcm", gmac: "aes-gmac" };
/** What may stand between the words where they are printed: "esp-aes esp-sha-hmac ,", "{ esp-aes esp-sha-hmac  }". */
const SEPARATORS = /[\s,{}]+/;

/**
 * Reads transform words in show or configuration form; braces and commas around them do no harm.
 * A key length that is not written is 128 bits, as in IOS. An `esp-…` or `ah-…` word that is not known stays as printed.
 * @returns undefined where no transform word stands, or where a word stands that is none.
 */
export function readTransform(text: string): Transform | undefined {
  const words = text
    .toLowerCase()
    .split(SEPARATORS)
    .filter((word) => word !== "");
  const found: { -readonly [Key in keyof Transform]: Transform[Key] } = {};
  for (const [index, word] of words.entries()) {
    if (KEY_LENGTH.test(word) && KEYED.test(words[index - 1] ?? "")) continue;
    const keyed = KEYED.exec(word)?.groups;
    const hmac = HMAC.exec(word)?.groups;
    if (keyed) {
      const next = words[index + 1] ?? "";
      const bits = keyed["before"] ?? (KEY_LENGTH.test(next) ? next : "128");
      found.encryption = `${CIPHER_NAME[keyed["cipher"] ?? ""]}-${bits}`;
    } else if (hmac) {
      const hash = HASH.get(hmac["hash"] ?? "") ?? hmac["hash"];
      if (hmac["use"] === "esp") found.integrity = hash;
      else found.ah = hash;
    } else if (word.startsWith("comp-")) found.compression = word.slice("comp-".length);
    else if (word.startsWith("esp-")) found.encryption = ESP_ENCRYPTION.get(word) ?? word;
    else if (word.startsWith("ah-")) found.ah = word;
    else return undefined;
  }
  return words.length === 0 ? undefined : found;
}
