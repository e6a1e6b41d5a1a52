/**
 * What is left of a key in redacted text: `<secret #3>` or `<secret ?>`. Parsers (`show crypto isakmp key`,
 * running-config) meet these where the device printed a key, and turn them into `Secret` with `readSecret`.
 * The placeholder holds a blank: match it with `SECRET_PLACEHOLDER`, not with `\S+`.
 */
import type { Secret } from "./readings/ike.ts";

/**
 * Source of a pattern for one placeholder, to build a parser's pattern from:
 * new RegExp(`^\\s*crypto isakmp key (?:[06] )?(?<key>${SECRET_PLACEHOLDER}) address (?<address>\\S+)`).
 */
export const SECRET_PLACEHOLDER = "<secret (?:#[a-z]{0,8}[0-9]{1,9}|\\?)>";

const TAGGED = /<secret (#[a-z]{0,8}[0-9]{1,9})>/;

/** The placeholder of a secret; without a tag, of one that can't be compared (masked, encrypted, hashed). */
export function secretPlaceholder(tag: string | undefined): string {
  return `<secret ${tag ?? "?"}>`;
}

/**
 * The first placeholder in `text` as a Secret. No tag for `<secret ?>`, and none where there is no placeholder: both
 * mean "unknown", which is never "different".
 */
export function readSecret(text: string): Secret {
  const tag = TAGGED.exec(text)?.[1];
  return tag === undefined ? {} : { tag };
}

/**
 * Whether two keys are equal; undefined where that can't be told: one is unknown, or the tags come from different
 * series (the letters of `#b2`; the bot was restarted between the two pastes and no longer knows the old tags).
 */
export function sameSecret(one: Secret, other: Secret): boolean | undefined {
  if (one.tag === undefined || other.tag === undefined) return undefined;
  if (series(one.tag) !== series(other.tag)) return undefined;
  return one.tag === other.tag;
}

function series(tag: string): string {
  return tag.replace(/[0-9]{1,9}$/, "");
}
