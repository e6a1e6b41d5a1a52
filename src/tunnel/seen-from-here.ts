/** Outputs that name both ends of an SA and not which of them they were taken on. */
import type { ReadingValue } from "../domain/readings/index.ts";

/**
 * The same reading once it is known which addresses are the end's own. Where that does not settle it: what is sure of
 * either end, and undefined where that is nothing, since no flows would mean that there are no SAs.
 */
export function seenFromHere(value: ReadingValue, own: ReadonlySet<string> | undefined): ReadingValue | undefined {
  if (value.kind !== "ipsec-sas" || !value.seenFrom) return value;
  const [here, ...others] = value.seenFrom.filter((view) => own?.has(view.own));
  if (here && others.length === 0) return { ...value, flows: here.flows };
  return value.flows.length > 0 ? value : undefined;
}
