/** Everything that must go from one line of text, looked at by itself. */
import { readContext, type Surroundings } from "./context.ts";
import { type Found, findKeywordSecrets } from "./keyword-secrets.ts";
import { findKnownForm, withoutForm } from "./known-forms.ts";
import { findOddForms } from "./odd-forms.ts";
import { findProseSecrets } from "./prose-secrets.ts";
import { mergeSpans } from "./span.ts";
import { findTokenSecrets } from "./token-secrets.ts";

export function findSecrets(text: string, around: Surroundings): Found {
  const known = findKnownForm(text);
  const rest = known ? withoutForm(text, known) : text;
  const { spans, awaits } = findKeywordSecrets(rest, readContext(rest, around));
  const all = [...findOddForms(rest), ...findTokenSecrets(rest), ...spans];
  if (known?.span) all.push(known.span);
  // What a form has already found is read better there.
  for (const span of findProseSecrets(rest))
    if (!all.some(({ start, end }) => start <= span.start && span.end <= end)) all.push(span);
  return { spans: all.length > 1 ? mergeSpans(all) : all, awaits };
}
