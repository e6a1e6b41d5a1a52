/** Names that are not quite what was typed: beginnings, phrases, typing errors. */
import { editDistance } from "../domain/edit-distance.ts";
import type { Entry } from "./explain-entry.ts";
import { compact, type Names, plain, tellingWords } from "./explain-names.ts";

/** Longer texts are no misspelt name. */
const MAX_TYPED = 48;

/** Entries with a name that begins as typed. */
export function byBeginning(names: Names, asked: string): Entry[] {
  const typed = compact(asked);
  return typed.length < 3 ? [] : collect(names.compact, (name) => name.startsWith(typed));
}

/**
 * Entries nearest by edit distance: one slip in a short name, two or three in longer ones. Digits are not slips:
 * MM_WAIT_MSG7 is not a misspelt MSG6.
 */
export function byTypo(names: Names, asked: string): Entry[] {
  const telling = tellingWords(asked);
  const typed = compact(telling.join(" ")) || compact(asked);
  if (typed.length < 5 || typed.length > MAX_TYPED) return [];
  // Words that are spelt right are hardly two slips: "deleted by peer" is not a misspelt "deleted by user".
  const isSpeltRight = telling.length > 1 && telling.every((word) => names.words.has(word));
  const allowed = isSpeltRight || typed.length < 8 ? 1 : typed.length < 14 ? 2 : 3;
  const digits = typed.replace(/\D/g, "");
  let best = allowed;
  let found: Entry[] = [];
  for (const [name, entries] of names.compact) {
    if (Math.abs(name.length - typed.length) > best || name.replace(/\D/g, "") !== digits) continue;
    const distance = editDistance(typed, name);
    if (distance > best) continue;
    found = distance < best ? [...entries] : [...found, ...entries];
    best = distance;
  }
  return [...new Set(found)];
}

/** Entries named in a question, the longest name first. */
interface Phrases {
  readonly entries: readonly Entry[];
  /** Words of the first name, and how much of the question that is, numbers and repetitions aside. */
  readonly words: number;
  readonly share: number;
}

/** Entries named in the question, from names of at least so many words. */
export function byPhrase(names: Names, asked: string, fewestWords = 1): Phrases {
  const text = ` ${plain(asked)} `;
  const words = new Set(tellingWords(asked).filter((word) => /\D/.test(word)));
  const hits: { name: string; entry: Entry }[] = [];
  for (const [name, [entry]] of names.exact)
    if (entry && name.length > 2 && wordsOf(name) >= fewestWords && text.includes(` ${name} `))
      hits.push({ name, entry });
  hits.sort((a, b) => wordsOf(b.name) - wordsOf(a.name) || b.name.length - a.name.length);
  const [first] = hits;
  const most = first ? wordsOf(first.name) : 0;
  return { entries: [...new Set(hits.map((hit) => hit.entry))], words: most, share: most / Math.max(words.size, 1) };
}

function wordsOf(name: string): number {
  return name.split(" ").length;
}

function collect(index: ReadonlyMap<string, readonly Entry[]>, fits: (name: string) => boolean): Entry[] {
  const found = new Set<Entry>();
  for (const [name, entries] of index) if (fits(name)) for (const entry of entries) found.add(entry);
  return [...found];
}
