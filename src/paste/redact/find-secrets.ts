/** Everything that must go from one line of text, looked at by itself. */
import { ALONE, readContext, type Surroundings } from "./context.ts";
import { type Found, findKeywordSecrets } from "./keyword-secrets.ts";
import { findKnownForm, withoutForm } from "./known-forms.ts";
import { findOddForms } from "./odd-forms.ts";
import { findProseSecrets } from "./prose-secrets.ts";
import { mergeSpans, type Span } from "./span.ts";
import { findTokenSecrets } from "./token-secrets.ts";

export function findSecrets(text: string, around: Surroundings): Found {
  const known = findKnownForm(text);
  const rest = known ? withoutForm(text, known) : text;
  const { spans, awaits } = findKeywordSecrets(rest, readContext(rest, around));
  const all = [...findOddForms(rest), ...findTokenSecrets(rest), ...spans];
  if (known?.span) all.push(known.span);
  // What a form has already found is read better there.
  const prose = findProseSecrets(rest);
  if (prose.length > 0) {
    const isWithin = withinOneOf(all);
    for (const span of prose) if (!isWithin(span)) all.push(span);
  }
  return { spans: all.length > 1 ? mergeSpans(all) : all, awaits };
}

const MOST_REMEMBERED = 200;
const LONGEST_REMEMBERED = 200;

/** Finds the same, and looks once at a line that a paste repeats; the first lines are remembered, for as long as it lasts. */
export function rememberingFinder(): typeof findSecrets {
  const known = new Map<string, Found>();
  return (text, around) => {
    if (around !== ALONE || text.length > LONGEST_REMEMBERED) return findSecrets(text, around);
    const found = known.get(text) ?? findSecrets(text, around);
    if (known.size < MOST_REMEMBERED) known.set(text, found);
    return found;
  };
}

/** Tells whether a span lies within one of these, however many there are. */
function withinOneOf(spans: readonly Span[]): (span: Span) => boolean {
  const sorted = [...spans].sort((one, other) => one.start - other.start);
  const furthest: number[] = [];
  for (const { end } of sorted) furthest.push(Math.max(end, furthest.at(-1) ?? 0));
  return ({ start, end }) => {
    let low = 0;
    let high = sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sorted[middle]?.start ?? 0) <= start) low = middle + 1;
      else high = middle;
    }
    return low > 0 && (furthest[low - 1] ?? 0) >= end;
  };
}
