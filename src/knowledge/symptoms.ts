/** Recognises what people say is wrong. */
import type { SymptomId } from "../domain/ids.ts";
import { readYaml } from "./read.ts";
import { type Symptom, SymptomFile } from "./topic-schema.ts";

/** Other words that may stand between two words of a phrase: "the tunnel [to Pune] is down". */
const MOST_BETWEEN = 3;
/** A person's complaint is short; what comes after is a paste. */
const MOST_CHARACTERS = 600;
/** Turn a phrase into its opposite when they stand before or inside it. */
const DENIES = new Set(["not", "isnt", "arent", "wasnt", "never", "nothing", "longer", "without", "doesnt", "didnt"]);

type Phrase = readonly (readonly string[])[];
/** Longest first; without an id, what sounds like a symptom and is none. */
let phrases: { id: SymptomId | undefined; phrase: Phrase }[] | undefined;

/** All symptoms, in the order of the file. @throws Error naming file and line if the file is broken. */
export function readSymptoms(): readonly Symptom[] {
  return readFile().symptoms;
}

function readFile() {
  return readYaml("symptoms.yaml", SymptomFile);
}

function readPhrases() {
  const { symptoms, notSymptoms } = readFile();
  const none = notSymptoms.map((phrase) => ({ id: undefined, phrase: parsePhrase(phrase) }));
  const all = symptoms.flatMap(({ id, says }) => says.map((phrase) => ({ id, phrase: parsePhrase(phrase) })));
  return [...none, ...all].sort((a, b) => b.phrase.length - a.phrase.length);
}

/**
 * The symptom that a person's sentence (not a device's output) tells of; undefined where it tells of none. If it tells of several, the longest phrase
 * decides, then the order of the file: "the tunnel is up but only one way" is one-way.
 */
export function symptomFromWords(text: string): SymptomId | undefined {
  phrases ??= readPhrases();
  const clauses = text
    .slice(0, MOST_CHARACTERS)
    .normalize("NFKC")
    .toLowerCase()
    .replace(/['’`]/g, "")
    .split(/[.,;:!?()\n\r]|\bbut\b/)
    .map((clause) => clause.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== ""));
  return phrases.find(({ phrase }) => clauses.some((words) => says(words, phrase)))?.id;
}

function parsePhrase(phrase: string): Phrase {
  return phrase.split(" ").map((word) => word.split("|"));
}

function says(words: readonly string[], phrase: Phrase): boolean {
  return words.some((_, start) => saysFrom(words, phrase, start));
}

function saysFrom(words: readonly string[], phrase: Phrase, start: number): boolean {
  let at = start;
  for (const [index, choices] of phrase.entries()) {
    const last = index === 0 ? at : at + MOST_BETWEEN;
    while (at <= last && !choices.some((choice) => isWord(words[at] ?? "", choice))) {
      if (DENIES.has(words[at] ?? "")) return false;
      at += 1;
    }
    if (at > last) return false;
    at += 1;
  }
  return !words.slice(Math.max(0, start - 2), start).some((word) => DENIES.has(word));
}

function isWord(word: string, choice: string): boolean {
  return choice.endsWith("*") ? word.startsWith(choice.slice(0, -1)) : word === choice;
}
