/** Short sentences that people say while they work, each with what it means; told apart as whole sentences, never by a word in them. */

export type PhraseIntent =
  | "ack"
  | "wait"
  | "thanks"
  | "help"
  | "so-far"
  | "why"
  | "show-fix"
  | "whose"
  | "is-it-safe"
  | "done"
  | "not-helped"
  | "works"
  | "hand-over-far"
  | "leave";

/**
 * "a|b": one of these words; "[a|b]": or none; "*": up to four words of any kind. Words without weight (please, the, just …)
 * are left out of what is said before it is compared.
 */
const PHRASES: Readonly<Record<PhraseIntent, readonly string[]>> = {
  ack: [
    "ok|okay|yes|yep|yeah|sure|right|alright|understood|good|great|nice|cool|perfect|agreed",
    "got it|that",
    "i see",
    "will do",
    "on it",
  ],
  thanks: [
    "thanks|thx|ty|cheers [lot|much|again]",
    "[many] thanks [you] [lot|much|again]",
    "thank you [lot|much|very] [much]",
  ],
  wait: [
    "wait|hang [on] [moment|minute|second|sec|bit]",
    "hold on [moment|minute|second|sec]",
    "[give|need] [me|us] one|few|some|couple|two|five|moment|minute|second|sec [of] [moment|moments|minute|minutes|seconds|time]",
    "i|we will try|check|do|look|test|ask|see|run|call [*]",
    "[i|we] [will] be [right] back [*]",
    "[i|we] [am|are] trying|checking|looking|testing|working|waiting [*]",
    "[maybe] later|tomorrow",
    "brb",
  ],
  help: ["what can you do", "how does this|it|that work", "what is this", "who are you", "what are you"],
  "so-far": [
    "summarize|summarise|recap|tldr [it|this|that|case]",
    "what happened [so far|until] [now]",
    "how far are we",
  ],
  why: [
    "are you [really|very|quite] sure|certain [*]",
    "how sure|certain are you [*]",
    "how do you know [*]",
    "why do you think|say|believe|assume [so|that|it] [*]",
    "what makes you think|say|sure|believe [*]",
    "[in|from|on] which|what line|lines|paste|output [*]",
    "where do|did you see|read|find|get that|it|this [*]",
    "[show|give] [me] evidence|proof|reason|reasons|lines [*]",
    "prove it|that",
  ],
  "show-fix": [
    "[show|give|send|repeat] [me|us] fix|commands|solution|remedy [again]",
    "what is|was|are fix|solution|remedy|commands [again]",
    "how do|can|should|would i|we fix|apply|solve|repair|mend|implement|correct|change [it|that|this|fix] [*]",
    "how to fix|apply|solve|repair|mend|correct|change [it|that|this|fix] [*]",
    "what do|should|must|shall i|we [have|need] [to] change|type|enter|configure|fix|correct [*]",
  ],
  whose: [
    "who is [to] wrong|right|guilty|responsible|blame|fault [us|them|we] [or] [them|us|they]",
    "[on] which|what side|end|box|router|device|firewall|gateway [is|has|needs|do|does|must|should] [*]",
    "whose fault|problem|mistake|side [is] [it|that|this]",
    "is it|that|this [on|at] us|our|ours|my|mine|their|theirs|them [fault|problem|mistake|side|end|error] [or] [*]",
    "us or them|theirs",
    "them or us|ours",
  ],
  "is-it-safe": [
    "[is|are] [there] [any|what] [is|are] risk|risks|danger|dangers|impact [*]",
    "how risky|dangerous|safe|disruptive|bad [is] [it|that|this] [*]",
    "is [it|that|this|fix] safe|risky|disruptive|dangerous|intrusive|harmless [to] [run|do|use|apply|type] [it|that|this] [*]",
    "safe|risky",
    "can|could i|we [do|run|apply|make|change] [it|that|this|fix] without|during|in|on|at [*]",
    "will|does|would|could|can [it|that|this|fix] cause|mean|need|require [*] outage|downtime|interruption|window",
    "will|does|would|could|can it|that|this|fix drop|kill|break|hurt|affect|disturb|interrupt|reset|disconnect|stop [*]",
    "do i|we need [*] window|downtime|outage",
  ],
  done: [
    "i|we [have] [now] applied|changed|fixed|configured|corrected|done|set|put|entered|added|committed|pushed|mended [it|that|this|fix|change|changes|commands|both|all] [now|on|in] [*]",
    "[have] applied|fixed|corrected|committed|pushed it|that|this|fix|change|changes|commands [*]",
    "fix|change|changes|it|that is|are in|applied|done|live|committed|pushed|active [now]",
    "[all] done|applied|committed|mended [now]",
  ],
  "not-helped": [
    "[it|tunnel|vpn] [is] still [is|it] down|dead|broken|failing|nothing|same|bad",
    "[it|tunnel|vpn] [is] still [does|is] not work|working|up|better|fixed|coming [up]",
    "[it|that|this|still|exactly] [is] same problem|issue|error|thing|result|again|message [again|as] [before]",
    "[that|it|this] [still] did|does|has not change|help|fix|solve|do|work|helped|changed|worked [it|anything|that|either]",
    "[that|it|this] changed|changes|did|does|fixed|helped|solved nothing",
    "nothing changed|changes|happens|happened|helped|helps|new|different|better",
    "no luck|success|effect|joy|better|change|improvement|difference [either]",
    "that|it was not it|that|reason|cause",
  ],
  works: [
    "[tunnel|vpn|it|sa] came|comes|is|are [back] up [again|now]",
    "[tunnel|vpn|it] came back",
    "[tunnel|vpn|it|that|this|everything|all] [is|seems] [to] [now] work|works|working [fine|well] [again|now] [thanks|thank|cheers] [you]",
    "solved|resolved",
    "ping|pings|traffic|packets work|works|flows|flow|pass|passes|go|goes [through] [again|now]",
    "[it|tunnel|vpn|traffic|everything|all] [is|are|seems|looks] good|fine|stable|well|alive|healthy|ok|okay again|now",
    "problem|issue|it [is] solved|gone|resolved",
    "we are good|back|up [again|now]",
  ],
  "hand-over-far": [
    "what do|should|can|shall|must i|we tell|say|write|send|ask [to] them|customer|partner|peer|provider|other|far|remote|their [*]",
    "[can|could|will] [you] write|draft|make|give|send|prepare [me|us] email|mail|message|text|note to|for [*]",
  ],
  leave: ["close [it|this|that|case|ticket]", "that is all [for] [now|today]"],
};

/** Said for politeness or flow. */
const WEIGHTLESS = new Set("please just so then and hey well the a an really actually um uh oh hmm".split(" "));
const CONTRACTIONS: readonly (readonly [RegExp, string])[] = [
  [/\bcan't\b|\bcannot\b/g, "can not"],
  [/\bwon't\b/g, "will not"],
  [/n't\b/g, " not"],
  [/'s\b/g, " is"],
  [/'re\b/g, " are"],
  [/'ve\b/g, " have"],
  [/'ll\b/g, " will"],
  [/'m\b/g, " am"],
];
const MOST_WORDS = 16;
const MOST_BETWEEN = 4;

interface Token {
  /** undefined: any words, up to four. */
  readonly words: ReadonlySet<string> | undefined;
  readonly isOptional: boolean;
}

const compiled = Object.entries(PHRASES).flatMap(([intent, phrases]) =>
  phrases.map((phrase) => ({ intent: intent as PhraseIntent, tokens: phrase.split(" ").map(tokenOf) })),
);

/** What a sentence means, or undefined; in lower case, without its last mark. */
export function phraseIntent(sentence: string): PhraseIntent | undefined {
  const plain = CONTRACTIONS.reduce((text, [short, long]) => text.replace(short, long), sentence);
  const all = plain.split(/[^\p{L}\p{N}'?]+/u).filter((word) => word !== "");
  const weighty = all.filter((word) => !WEIGHTLESS.has(word)).map((word) => word.replace(/\?$/, ""));
  // "Ok, I applied it": the first word only says that somebody speaks.
  const [first = "", ...rest] = weighty;
  const spoken =
    /^(?:ok|okay|yes|great|no|thanks|hm|sorry|cool)$/.test(first) && rest.length > 0 ? [weighty, rest] : [weighty];
  for (const words of spoken)
    if (words.length > 0 && words.length <= MOST_WORDS)
      for (const { intent, tokens } of compiled) if (fits(words, 0, tokens, 0)) return intent;
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
