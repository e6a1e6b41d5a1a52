/**
 * Tags for a service: nothing has to be remembered, so every replica that has the key, and the same one after a
 * restart, gives the same tag. Without a shared key the series differs, and tags of the two are never compared.
 */
import { createHmac } from "node:crypto";
import type { SecretTagger } from "./secret-tagger.ts";

/** 30 bits of the digest: as many as nine digits hold. Two different keys of a case look equal once in 10^9. */
const TAGS = 1_000_000_000;
const SERIES_LETTERS = 6;

/**
 * @param key at least 32 bytes that are not in the database: without them a tag says nothing about its secret
 * @param caseId keys are compared within a case, so that a tag seen elsewhere says nothing either
 */
export function createKeyedSecretTagger(key: Uint8Array, caseId: string): SecretTagger {
  let ofCase: Buffer | undefined;
  return {
    tag(secret) {
      const series = seriesOf(key);
      // Few messages hold a secret.
      ofCase ??= createHmac("sha256", key).update(`case ${caseId}`).digest();
      const number = createHmac("sha256", ofCase).update(secret).digest().readUIntBE(0, 6) % TAGS;
      return `#${series}${number}`;
    },
  };
}

function seriesOf(key: Uint8Array): string {
  return [...createHmac("sha256", key).update("series").digest().subarray(0, SERIES_LETTERS)]
    .map((byte) => String.fromCharCode(97 + (byte % 26)))
    .join("");
}
