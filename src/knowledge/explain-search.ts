/** Full text over all that can be explained, for what goes by no name: typing errors in any word, parts of sentences. */
import MiniSearch from "minisearch";
import type { Entry } from "./explain-entry.ts";
import { plain } from "./explain-names.ts";

export interface Found {
  readonly entry: Entry;
  /** The index's score, less where words are missing. */
  readonly score: number;
  /** How many of the words asked are in it, as they are, begun, or misspelt; 1 is all of them. */
  readonly share: number;
}

/** Best first. */
export type Search = (words: readonly string[]) => Found[];

/** What an entry is called counts most, then what it says first. */
const BOOST = { names: 4, short: 2, examples: 2, text: 1 };
/** A question is short; of a pasted log the first words tell, and what is longer is no word. */
const MOST_WORDS = 40;
const LONGEST_WORD = 40;
/** Slips in a word, as a share of its length. */
const SLIPS = 0.25;

/** An index over the entries; `words` of a search are lower case, without marks. */
export function searchIn(entries: readonly Entry[]): Search {
  const index = new MiniSearch<{ id: number }>({
    fields: Object.keys(BOOST),
    tokenize: tokensOf,
    processTerm: (term) => term,
    searchOptions: {
      boost: BOOST,
      // Digits are not slips: MM_WAIT_MSG7 is not a misspelt MSG6.
      fuzzy: (term) => (/\d/.test(term) || term.length < 4 ? false : SLIPS),
      maxFuzzy: 2,
      prefix: (term) => term.length > 3 && !/\d/.test(term),
    },
  });
  index.addAll(entries.map((entry, id) => ({ id, ...textsOf(entry) })));
  return (words) => {
    const tokens = words.slice(0, MOST_WORDS).flatMap(tokensOf);
    const asked = [...new Set(tokens)].filter(({ length }) => length <= LONGEST_WORD).slice(0, MOST_WORDS);
    const found = index.search(asked.join(" ")).flatMap(({ id, score, queryTerms }): Found[] => {
      const entry = entries[id as number];
      const share = queryTerms.length / asked.length;
      return entry ? [{ entry, score: score * share ** 2, share }] : [];
    });
    return found.sort((a, b) => b.score - a.score);
  };
}

function textsOf(entry: Entry): Record<keyof typeof BOOST, string> {
  return {
    names: entry.names.join("\n"),
    short: entry.short,
    examples: entry.examples.join("\n"),
    text: [...entry.paragraphs, ...entry.next, ...entry.not].join("\n"),
  };
}

/** Words; letters and digits are told apart, so that "phase2" is "phase 2". */
function tokensOf(text: string): string[] {
  return plain(text).match(/\p{L}+|\p{N}+/gu) ?? [];
}
