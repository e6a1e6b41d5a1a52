/** Short sentences that people say while they work, each with what it means; told apart as whole sentences, never by a word in them. */
import { weightyWords, withoutSlips } from "./plain-words.ts";
import { SENTENCES } from "./sentences.ts";

export type PhraseIntent = keyof typeof SENTENCES;

const MOST_WORDS = 16;
const MOST_BETWEEN = 4;
const MOST_PARTS = 3;
/** More unknown words than this are no slips, and a sentence about something else. */
const MOST_SLIPS = 3;

interface Token {
  /** undefined: any words, up to four. */
  readonly words: ReadonlySet<string> | undefined;
  readonly isOptional: boolean;
}

/**
 * "a|b": one of these words; "[a|b]": or none; "*": up to four words of any kind. Words without weight (please, the, just …)
 * are left out of what is said before it is compared.
 */
const compiled = Object.entries(SENTENCES).flatMap(([intent, phrases]) =>
  phrases.map((phrase) => ({ intent: intent as PhraseIntent, tokens: phrase.split(" ").map(tokenOf) })),
);
const KNOWN: ReadonlySet<string> = new Set(
  compiled.flatMap(({ tokens }) => tokens.flatMap(({ words }) => [...(words ?? [])])),
);

/** Say by themselves only that somebody speaks. */
const IN_PASSING: readonly (PhraseIntent | undefined)[] = ["ack", "thanks", "wait"];

/** What tables, configurations and lists have, and a short sentence has not. */
const OF_DEVICES = /["{}|=<>$_%#[\]\\`]|\S[ ]{2,}\S|:(?:\s|$)|^[-*+!]|\d[:/]\d/;

/** What a sentence means, or undefined; in lower case, without its last mark. Of several parts all have to mean the same. */
export function phraseIntent(sentence: string): PhraseIntent | undefined {
  if (OF_DEVICES.test(sentence)) return undefined;
  const whole = intentOfPart(sentence);
  if (whole !== undefined) return whole;
  const parts = sentence.split(/[,;.!?](?=\s|$)/).filter((part) => part.trim() !== "");
  if (parts.length < 2 || parts.length > MOST_PARTS) return undefined;
  const all = parts.map(intentOfPart);
  if (all.includes(undefined)) return undefined;
  const weighty = new Set(all.filter((intent) => !IN_PASSING.includes(intent)));
  return weighty.size === 1 ? [...weighty][0] : undefined;
}

function intentOfPart(part: string): PhraseIntent | undefined {
  const said = weightyWords(part);
  if (said.length === 0 || said.length > MOST_WORDS) return undefined;
  const intent = intentOfWords(said);
  if (intent !== undefined || said.filter((word) => !KNOWN.has(word)).length > MOST_SLIPS) return intent;
  return intentOfWords(withoutSlips(said, KNOWN));
}

function intentOfWords(said: readonly string[]): PhraseIntent | undefined {
  if (said.length === 0) return undefined;
  // "Ok, I applied it": the first word only says that somebody speaks.
  const [first = "", ...rest] = said;
  const spoken =
    /^(?:ok|okay|yes|great|no|thanks|hm|sorry|cool)$/.test(first) && rest.length > 0 ? [said, rest] : [said];
  for (const words of spoken) for (const { intent, tokens } of compiled) if (fits(words, 0, tokens, 0)) return intent;
  return undefined;
}

function tokenOf(written: string): Token {
  const isOptional = written.startsWith("[");
  const bare = isOptional ? written.slice(1, -1) : written;
  return bare === "*" ? { words: undefined, isOptional } : { words: new Set(bare.split("|")), isOptional };
}

function fits(words: readonly string[], at: number, tokens: readonly Token[], next: number): boolean {
  const token = tokens[next];
  if (token === undefined) return at === words.length;
  if (token.words === undefined) {
    const least = token.isOptional ? 0 : 1;
    for (let count = least; count <= MOST_BETWEEN && at + count <= words.length; count += 1)
      if (fits(words, at + count, tokens, next + 1)) return true;
    return false;
  }
  const word = words[at];
  if (word !== undefined && token.words.has(word) && fits(words, at + 1, tokens, next + 1)) return true;
  return token.isOptional && fits(words, at, tokens, next + 1);
}
