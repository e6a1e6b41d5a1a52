/** One search over what is known and over the cases of a place. */
import type { Reference } from "../domain/explanation.ts";
import { type CasesListed, type CasesStore, listCases, type Scope } from "./list.ts";

export interface FoundEverywhere {
  /** What can be explained, the best first. */
  readonly known: readonly Reference[];
  readonly cases: CasesListed;
}

export async function searchEverywhere(
  store: CasesStore,
  knowledge: (words: string) => readonly Reference[],
  words: string,
  scope: Scope,
): Promise<FoundEverywhere> {
  const cases = await listCases(store, { status: "all", words: words.slice(0, 60) }, scope);
  return { known: knowledge(words), cases };
}
