/** Gives equal secrets of one case equal tags, without a way back; what it knows lives in memory only. */
export interface SecretTagger {
  /** "#1", "#2" … by order of first sight, equal for equal secrets; the tag is a running number and nothing more. */
  tag(secret: string): string;
}

/**
 * One tagger for each case. `series` (letters a–z, or nothing) goes into every tag ("#b1"): a tagger made for a case
 * that already holds tags of an earlier process must get another series, because numbers start again at 1.
 */
export function createSecretTagger(series = ""): SecretTagger {
  let key: Buffer | undefined;
  const seen = new Map<string, string>();
  return {
    tag(secret) {
      // Loaded with the first secret: most pastes have none, and it takes its time at every start.
      const { createHmac, randomBytes } = process.getBuiltinModule("node:crypto");
      key ??= randomBytes(32);
      const digest = createHmac("sha256", key).update(secret).digest("base64");
      const known = seen.get(digest) ?? `#${series}${seen.size + 1}`;
      seen.set(digest, known);
      return known;
    },
  };
}
