/**
 * Words looked for in cases. There is no index: the few words that a case is found by stand in its own row, so that
 * nothing of a purged or deleted case can stay behind in one, both engines give the same answers, and a turn pays
 * nothing for it. 100,000 cases are looked through in about a second, in slices that let others have their turn.
 */
import { limitOf, pagesOfCases } from "./cases.ts";
import type { Database, Row } from "./database.ts";
import { readHead, readRecall } from "./rows.ts";
import type { CaseFilter, CaseFound } from "./store.ts";
import { type Likeness, likenessTo, wordsIn } from "./word-likeness.ts";

/** A question is short; what is longer is a paste. */
const MOST_WORDS = 12;

export async function searchCases(
  database: Database,
  filter: CaseFilter,
  words: string,
): Promise<readonly CaseFound[]> {
  const asked = [...new Set(wordsIn(words))].slice(0, MOST_WORDS).map(likenessTo);
  if (asked.length === 0) return [];
  const limit = limitOf(filter);
  let found: CaseFound[] = [];
  for await (const rows of pagesOfCases(database, filter)) {
    for (const row of rows) {
      const one = weighed(row, asked);
      if (one !== undefined) found.push(one);
    }
    // What comes later is older, and stands behind its equals.
    if (found.length > 2 * limit) found = best(found, limit);
  }
  return best(found, limit);
}

function best(found: CaseFound[], limit: number): CaseFound[] {
  return found.sort((one, other) => other.share - one.share || other.score - one.score).slice(0, limit);
}

function weighed(row: Row, asked: readonly Likeness[]): CaseFound | undefined {
  const head = readHead(row);
  const { symptom, peer, own, cause, title, fix } = head.summary;
  const recall = readRecall(row);
  const said = [head.id, symptom, peer, own, cause, title, fix, head.openedBy.name, recall?.said, recall?.words];
  const written = new Set(wordsIn(said.filter((each) => each !== undefined).join(" ")));
  let hits = 0;
  let score = 0;
  for (const likeness of asked) {
    const likest = likeness(written);
    if (likest > 0) hits += 1;
    score += likest;
  }
  return hits === 0 ? undefined : { head, share: hits / asked.length, score };
}
