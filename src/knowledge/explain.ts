/** What a state, message, command or term means: `tunnelmedic explain WORD…`. */
import { type Explanation, type Reference, STARTING_POINTS, type Suggestions } from "../domain/explanation.ts";
import type { PlatformId } from "../domain/ids.ts";
import { byCommand } from "./explain-commands.ts";
import { readEntries } from "./explain-entries.ts";
import type { Entry } from "./explain-entry.ts";
import { byName, indexNames, type Names, tellingWords } from "./explain-names.ts";
import { byBeginning, byPhrase, byTypo } from "./explain-near.ts";
import { byPaste } from "./explain-pasted.ts";
import { type Search, searchIn } from "./explain-search.ts";
import { symptomFromWords } from "./symptoms.ts";

const MOST_SUGGESTIONS = 6;
/** Of the words asked a name has to take up so many, or it is beside the point; less where it is hardly there by chance. */
const FAIR_SHARE = 1 / 2;
const FAIR_SHARE_OF_LONG = 1 / 4;
const LONG_NAME = 3;
/** A second one below this part of the best one's score is not what was meant. */
const CLEARLY_BEHIND = 0.7;

interface Book extends ReturnType<typeof readEntries> {
  readonly names: Names;
  readonly search: Search;
}
let book: Book | undefined;

export interface GlossaryEntry extends Reference {
  readonly about: Explanation["about"];
}

/** Everything that can be explained, in the order of knowledge/; its id explains it. */
export function glossary(): GlossaryEntry[] {
  return openBook().entries.map(({ about, id, title }) => ({ about, id, title }));
}

/** Reads knowledge/ on the first question and not before, so that `diagnose` does not pay for it. */
function openBook(): Book {
  if (book) return book;
  const read = readEntries();
  let index: Search | undefined;
  const search: Search = (words) => {
    index ??= searchIn(read.entries);
    return index(words);
  };
  book = { ...read, names: indexNames(read.entries), search };
  return book;
}

/**
 * Explains a name, an abbreviated command, a log line or a row of a table, or a question in words. The text asked is not
 * in the answer, so a key pasted by mistake goes nowhere.
 * @throws Error naming file and line if a file of knowledge/ is broken; never because of what was asked.
 */
export function explain(words: string): Explanation | Suggestions {
  const { entries, signatures, names, search } = openBook();
  const [named, ...namesakes] = byName(names, words);
  if (named) return answer(names, named, namesakes);

  const { telling, noise } = byPaste(entries, signatures, words);
  const told = byPhrase(names, words, telling.length > 0 ? 2 : LONG_NAME).entries.slice(0, 3);
  // A line that any tunnel prints may still carry a notify's name.
  const said = telling.length > 0 ? [...telling, ...noise, ...told] : noise.length > 0 ? [...told, ...noise] : [];
  const [pasted, ...alsoPasted] = said;
  if (pasted) return answer(names, pasted, alsoPasted);

  const { whole, begun } = byCommand(entries, words);
  const slips = byTypo(names, words);
  const near = [whole, begun, byBeginning(names, words), slips].find((list) => list.length > 0) ?? [];
  const [only] = near;
  if (only && near.length === 1) return answer(names, only, []);
  const [slip] = slips;
  if (slip && slips.length === 1 && near.includes(slip)) return answer(names, slip, near);
  if (near.length > 1) return suggest(near);

  const phrase = byPhrase(names, words);
  const [inside, ...alsoInside] = phrase.entries;
  if (inside && phrase.share >= (phrase.words >= LONG_NAME ? FAIR_SHARE_OF_LONG : FAIR_SHARE))
    return answer(names, inside, alsoInside.slice(0, 4));

  const found = search(tellingWords(words));
  const [best, second] = found;
  const others = found.slice(1).map(({ entry }) => entry);
  if (best?.share === 1 && (second?.score ?? 0) < best.score * CLEARLY_BEHIND)
    return answer(names, best.entry, others.slice(0, 3));
  const symptom = names.ids.get(symptomFromWords(words) ?? "");
  if (symptom) return answer(names, symptom, phrase.entries.slice(0, 4));
  return suggest([...found.map(({ entry }) => entry), ...startingPoints(names)]);
}

/**
 * What one line of an output says by itself: the message it is, or the state that stands in it; undefined where it is
 * neither. Messages of other platforms are none.
 * @param line without key or password
 */
export function explainLine(line: string, platform: PlatformId | "unknown"): Explanation | undefined {
  const { entries, signatures, names } = openBook();
  const own = platform === "unknown" ? signatures : signatures.filter((each) => each.platform === platform);
  const { telling, noise } = byPaste(entries, own, line);
  const [entry, ...also] = [...telling, ...noise];
  return entry && answer(names, entry, also.slice(0, 3));
}

/** What comes nearest to words, the best first: all of knowledge/, typing errors tolerated. */
export function searchKnowledge(words: string, most = MOST_SUGGESTIONS): Reference[] {
  const { names, search } = openBook();
  const told = tellingWords(words);
  const named = byName(names, words);
  const found = told.length === 0 ? [] : search(told).map(({ entry }) => entry);
  return [...new Set([...named, ...found])].slice(0, most).map(({ id, title }) => ({ id, title }));
}

function answer(names: Names, entry: Entry, also: readonly Entry[]): Explanation {
  const see = refer(names, [...entry.see, ...also.map(({ id }) => id)]);
  return {
    kind: "explanation",
    about: entry.about,
    id: entry.id,
    title: entry.title,
    short: entry.short,
    paragraphs: entry.paragraphs,
    next: entry.next,
    not: entry.not,
    causes: refer(names, entry.causes),
    see: see.filter(({ id }) => id !== entry.id),
    sources: entry.sources,
  };
}

function suggest(entries: readonly Entry[]): Suggestions {
  const first = [...new Set(entries)].slice(0, MOST_SUGGESTIONS);
  return { kind: "suggestions", suggestions: first.map(({ id, title }) => ({ id, title })) };
}

function startingPoints(names: Names): Entry[] {
  return STARTING_POINTS.flatMap((id) => names.ids.get(id) ?? []);
}

function refer(names: Names, ids: readonly string[]): Reference[] {
  return [...new Set(ids)].flatMap((id) => {
    const entry = names.ids.get(id);
    return entry ? [{ id, title: entry.title }] : [];
  });
}
