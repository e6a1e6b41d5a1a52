/** A stretch of a line that is to be removed. */
import { secretPlaceholder } from "../../domain/secret.ts";
import type { SecretTagger } from "../secret-tagger.ts";

export interface Span {
  readonly start: number;
  readonly end: number;
  /** What equal secrets are known by; undefined where nothing can be compared (masked, encrypted, hashed). */
  readonly secret?: string | undefined;
  /** The device or the author had masked it already: there was nothing to remove. */
  readonly masked: boolean;
}

export interface KnownForm {
  /** The stretch of the line that the form explains: nothing else is to be looked for in it. */
  readonly from: number;
  readonly to: number;
  /** None where the form shows that the value which follows a keyword is no secret. */
  readonly span?: Span | undefined;
}

/** Spans in order; of those that overlap, one span over all of them that can't be compared. */
export function mergeSpans(spans: readonly Span[]): Span[] {
  const merged: Span[] = [];
  for (const span of [...spans].sort((a, b) => a.start - b.start || b.end - a.end)) {
    const last = merged.at(-1);
    if (!last || span.start >= last.end) merged.push(span);
    else if (span.end > last.end) {
      merged.pop();
      merged.push({ start: last.start, end: span.end, masked: last.masked && span.masked });
    }
  }
  return merged;
}

/** The text with placeholders for `spans`, which are in order and do not overlap. */
export function removeSpans(text: string, spans: readonly Span[], tagger: SecretTagger): string {
  const parts: string[] = [];
  let at = 0;
  for (const span of spans) {
    parts.push(text.slice(at, span.start), secretPlaceholder(tagOf(span, tagger)));
    at = span.end;
  }
  parts.push(text.slice(at));
  return parts.join("");
}

function tagOf(span: Span, tagger: SecretTagger): string | undefined {
  return span.secret === undefined ? undefined : tagger.tag(span.secret);
}
