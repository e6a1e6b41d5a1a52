/**
 * Words looked for in cases. There is no index: the few words that a case is found by stand in its own row, so that
 * nothing of a purged or deleted case can stay behind in one, both engines give the same answers, and a turn pays
 * nothing for it. The engine looks for words as they are; only where it finds none are words taken apart here, in slices
 * that let others have their turn.
 */
import { z } from "zod";
import { headsOf, limitOf, pagesOfCases } from "./cases.ts";
import { type Database, places, type Row } from "./database.ts";
import type { CaseFilter, CaseFound } from "./store.ts";
import { type Likeness, likenessTo, MISSPELT, slipsIn, wordsIn } from "./word-likeness.ts";

/** A question is short; what is longer is a paste. */
const MOST_WORDS = 12;

/** Beside what is kept for looking back, whose words are made already. */
const SAID = ["id", "symptom", "peer", "own", "cause", "title", "fix", "opened_by_name"];
const LOOKED_INTO = `${SAID.slice(1).join(", ")}, recall`;
/** Everything that words are looked for in, and a little more. */
const ALL_OF_IT = `lower(${[...SAID, "recall"].map((column) => `coalesce(${column}, '')`).join(" || ' ' || ")})`;

/** A case with these words, and how like them its words are. */
interface Weighed {
  readonly id: string;
  readonly share: number;
  readonly score: number;
}

export async function searchCases(
  database: Database,
  filter: CaseFilter,
  words: string,
): Promise<readonly CaseFound[]> {
  const asked = [...new Set(wordsIn(words))].slice(0, MOST_WORDS);
  if (asked.length === 0) return [];
  // Spelt right, as most are, they stand in the row as they are: then nothing else needs to be taken apart.
  const { found, seen } = await asTheyAre(database, filter, asked);
  const best = found.length > 0 ? found : await looked(database, filter, asked, seen);
  const heads = await headsOf(
    database,
    best.map(({ id }) => id),
  );
  return best.flatMap(({ id, share, score }) => {
    const head = heads.get(id);
    return head === undefined ? [] : [{ head, share, score }];
  });
}

/** @returns the cases that have all words as they are, and which words stand in any case at all */
async function asTheyAre(database: Database, filter: CaseFilter, words: readonly string[]) {
  const best = bestOf(limitOf(filter), words.length);
  const seen = new Set<string>();
  // Letters that the engines do not make small alike are looked for here.
  const plain = words.map((word) => /^[ -~]*$/.test(word));
  const columns = words.map((_, at) =>
    plain[at] ? `case when ${ALL_OF_IT} like ? escape '!' then 1 else 0 end` : "1",
  );
  const wanted = {
    columns: columns.map((column, at) => `${column} as has_${at}`).join(", "),
    values: words.filter((_, at) => plain[at]).map((word) => `%${word.replace(/[!%_]/g, "!$&")}%`),
  };
  const asked = words.map(likenessTo);
  for await (const rows of pagesOfCases(database, filter, wanted)) {
    const whole: string[] = [];
    for (const row of rows) {
      const has = words.filter((_, at) => row[`has_${at}`] === 1);
      for (const word of has) seen.add(word);
      if (has.length === words.length) whole.push(String(row["id"]));
    }
    for (const row of await rowsOf(database, whole)) {
      const one = weighed(row, asked);
      if (one?.share === 1) best.add(one);
    }
    if (best.isFull()) break;
  }
  return { found: best.all(), seen };
}

/** In the order of the ids. */
async function rowsOf(database: Database, ids: readonly string[]): Promise<readonly Row[]> {
  if (ids.length === 0) return [];
  const rows = await database.all(`select id, ${LOOKED_INTO} from cases where id in (${places(ids.length)})`, ids);
  const byId = new Map(rows.map((row) => [String(row["id"]), row]));
  return ids.flatMap((id): Row[] => {
    const row = byId.get(id);
    return row === undefined ? [] : [row];
  });
}

/** Begun, misspelt, or not all of them. */
async function looked(
  database: Database,
  filter: CaseFilter,
  words: readonly string[],
  seen: ReadonlySet<string>,
): Promise<readonly Weighed[]> {
  const asked = words.map(likenessTo);
  const most = words.reduce((sum, word) => sum + (seen.has(word) ? 1 : slipsIn(word) > 0 ? MISSPELT : 0), 0);
  // An address or a name with digits that stands nowhere is nowhere.
  if (most === 0) return [];
  const best = bestOf(limitOf(filter), most);
  for await (const rows of pagesOfCases(database, filter, { columns: LOOKED_INTO })) {
    for (const row of rows) {
      const one = weighed(row, asked);
      if (one !== undefined) best.add(one);
    }
    if (best.isFull()) break;
  }
  return best.all();
}

/** Collects the best so many, those that come first before their equals. @param most no case can have more than this */
function bestOf(limit: number, most: number) {
  let found: Weighed[] = [];
  let perfect = 0;
  const sorted = () => found.sort((one, other) => other.share - one.share || other.score - one.score).slice(0, limit);
  return {
    add(one: Weighed) {
      found.push(one);
      if (one.share === 1 && one.score >= most) perfect += 1;
      if (found.length > 2 * limit + 100) found = sorted();
    },
    /** What comes later is older, and stands behind its equals. */
    isFull: () => perfect >= limit,
    all: sorted,
  };
}

const Kept = z.object({ said: z.string(), words: z.string() });

function weighed(row: Row, asked: readonly Likeness[]): Weighed | undefined {
  const { recall } = row;
  const kept = typeof recall === "string" ? Kept.parse(JSON.parse(recall)) : undefined;
  const said = SAID.map((column) => row[column] ?? "").join(" ");
  const written = wordsIn(`${said} ${kept?.said ?? ""}`).concat(kept?.words.split(" ") ?? []);
  let hits = 0;
  let score = 0;
  for (const likeness of asked) {
    const likest = likeness(written);
    if (likest > 0) hits += 1;
    score += likest;
  }
  return hits === 0 ? undefined : { id: String(row["id"]), share: hits / asked.length, score };
}
