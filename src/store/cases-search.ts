/**
 * Words looked for in cases. There is no index: the few words that a case is found by stand in its own row, so that
 * nothing of a purged or deleted case can stay behind in one, both engines give the same answers, and a turn pays
 * nothing for it. 100,000 cases are looked through in a second or two, misspelt words in a few, in slices that let others
 * have their turn.
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
  const asked = [...new Set(wordsIn(words))].slice(0, MOST_WORDS);
  if (asked.length === 0) return [];
  // Spelt right, as most are, they stand in the row as they are: then nothing needs to be taken apart.
  const whole = await look(database, filter, asked, (row) => asked.every((word) => textOf(row).includes(word)));
  const exact = whole.filter(({ share }) => share === 1);
  return exact.length > 0 ? exact : look(database, filter, asked, () => true);
}

async function look(
  database: Database,
  filter: CaseFilter,
  words: readonly string[],
  comesIntoQuestion: (row: Row) => boolean,
): Promise<readonly CaseFound[]> {
  const asked = words.map(likenessTo);
  const limit = limitOf(filter);
  let found: CaseFound[] = [];
  for await (const rows of pagesOfCases(database, filter)) {
    for (const row of rows) {
      const one = comesIntoQuestion(row) ? weighed(row, asked) : undefined;
      if (one !== undefined) found.push(one);
    }
    // What comes later is older, and stands behind its equals.
    if (found.length > 2 * limit) found = best(found, limit);
  }
  return best(found, limit);
}

/** Everything that words are looked for in, and a little more. */
function textOf(row: Row): string {
  return `${SAID.map((column) => row[column] ?? "").join(" ")} ${String(row["recall"] ?? "")}`.toLowerCase();
}

function best(found: CaseFound[], limit: number): CaseFound[] {
  return found.sort((one, other) => other.share - one.share || other.score - one.score).slice(0, limit);
}

/** Beside what is kept for looking back, whose words are made already. */
const SAID = ["id", "symptom", "peer", "own", "cause", "title", "fix", "opened_by_name"];

function weighed(row: Row, asked: readonly Likeness[]): CaseFound | undefined {
  const recall = readRecall(row);
  const said = SAID.map((column) => row[column] ?? "").join(" ");
  const written = wordsIn(`${said} ${recall?.said ?? ""}`).concat(recall?.words.split(" ") ?? []);
  let hits = 0;
  let score = 0;
  for (const likeness of asked) {
    const likest = likeness(written);
    if (likest > 0) hits += 1;
    score += likest;
  }
  return hits === 0 ? undefined : { head: readHead(row), share: hits / asked.length, score };
}
