/** What a person means by a typed line, where it is not device output. */
import type { PlatformId, Side } from "../domain/ids.ts";
import { canonicalAddress } from "../domain/network.ts";
import { type PhraseIntent, phraseIntent } from "./phrases.ts";

export type Intent =
  /** What whole sentences mean. */
  | { readonly type: Exclude<PhraseIntent, "cannot-reach"> }
  /** `side`: the end that was named; else the one that was asked for. */
  | { readonly type: "cannot-reach"; readonly side?: Side | undefined }
  | { readonly type: "cannot" }
  | { readonly type: "undo" }
  | { readonly type: "side"; readonly side: Side }
  | { readonly type: "hand-over" }
  /** The write-up, sent to the webhook. */
  | { readonly type: "send-on" }
  | { readonly type: "hand-over-vendor" }
  /** The write-up, posted where hand-offs go; offered by chats that have such a place. */
  | { readonly type: "escalate" }
  | { readonly type: "explain"; readonly words: string }
  | { readonly type: "more" }
  | { readonly type: "compare" }
  /** How to go on with it in another chat. */
  | { readonly type: "take-along" }
  /** A greeting, or "what now?": the question or the command that is waited for, once more. */
  | { readonly type: "what-now" }
  | { readonly type: "peer"; readonly address: string }
  | { readonly type: "platform"; readonly platform: PlatformId };

/** Longer texts are never commands to us. */
const LONGEST = 120;

const PHRASES: readonly (readonly [RegExp, Intent])[] = [
  [
    /^(?:(?:(?:ok|okay|great|perfect|good)[,.!]? )?(?:many |lots of )?(?:thanks|thank you|thx|cheers|ty)(?: a lot| so much| very much)?[,.!]?(?: and)? )?(?:quit|exit|good ?bye|bye(?:[ -]?bye)?|see you|leave|q|:q)(?:,? (?:thanks|thank you|for now|now|then))?$/,
    { type: "leave" },
  ],
  [/^(?:help|\?|commands|what can i (?:say|type))$/, { type: "help" }],
  [
    /^(?:hi|hello|hey|good (?:morning|evening)|(?:is )?any(?:one|body) (?:there|here)|(?:please )?help me|can you help(?: me)?|i need help)(?:,? (?:there|please|all|everyone|bot))?$|^(?:ok(?:ay)?,? )?(?:so )?(?:(?:and )?(?:now )?what(?:'s)? (?:now|next|else)|(?:and )?now what|what (?:do|else do) you (?:need|want)(?: (?:from me|now|next|to (?:see|know)))?|what (?:should|do|can|shall) i (?:do|run|paste|try|check|send)(?: (?:now|next|first|here))?|what (?:commands?|output) (?:do you need|should i run))\??$/,
    { type: "what-now" },
  ],
  [/^(?:undo|take (?:that|it) back|oops|forget (?:that|the last one|it))$/, { type: "undo" }],
  [/^(?:start over|restart|reset|new case|begin again|from the (?:start|beginning))$/, { type: "start-over" }],
  [
    /^(?:so far|status|summary|where are we|what (?:have you got|do you (?:have|know))(?: so far)?|(?:so )?what(?:'s| is) wrong(?: (?:here|now|with (?:it|the (?:tunnel|vpn))))?)$/,
    { type: "so-far" },
  ],
  [
    /^(?:hand[ -]?over|hand[ -]?off|write it up)(?: (?:to|for))?(?: the)? (?:far|remote|other|peer)(?:[ -](?:side|end|admin))?$/,
    { type: "hand-over-far" },
  ],
  [
    /^(?:hand[ -]?over|hand[ -]?off|write it up)(?: (?:to|for))?(?: the)? (?:vendor|support|tac)(?: .{0,20})?$/,
    { type: "hand-over-vendor" },
  ],
  [
    /^(?:hand[ -]?over|hand[ -]?off|write it up|escalate|write (?:a|the) hand[ -]?off)(?: .{0,40})?$/,
    { type: "hand-over" },
  ],
  [
    /^(?:take (?:it|this|the case) along|go on elsewhere|resume code|(?:transfer|move) (?:it|this|the case|code)|code)$/,
    { type: "take-along" },
  ],
  [/^(?:more|details|show (?:me )?(?:more|all|everything)|ruled out)$/, { type: "more" }],
  [
    /^(?:please )?(?:compare|diff|comparison|(?:show (?:me )?)?(?:the )?(?:comparison|differences?|diffs|comparison table|table|both (?:ends|sides)|side by side)|(?:compare|diff) (?:them|both|it|these|this|(?:the )?(?:two|both|two ends|both ends|ends|sides|configs?|configurations?|routers|two configs|two configurations|two routers|both configs|both configurations))|(?:both |the two )?ends side by side|what(?:'s| is| are) (?:the )?(?:differences?|different)(?: between (?:them|the two|the (?:two )?ends|both ends|both sides))?|(?:what|where|how) (?:do(?:es)? (?:they|the (?:two )?(?:ends|sides)) )?differs?)(?:,? please)?\??$/,
    { type: "compare" },
  ],
  [/^(?:why|why (?:that|these|this)|why do you ask)$/, { type: "why" }],
  [
    /^(?:done|done,? check it|fixed|i did (?:it|that)|applied|changed it|check (?:it|again)|tried it)$/,
    { type: "done" },
  ],
  [
    /^(?:it|that|this|the fix)? ?(?:still )?(?:did|does|has)(?: not|n'?t) (?:help|helped|work|worked)(?: either)?[.!]?$|^(?:still )?(?:no change|no difference|no better|the same|not fixed|not working)[.!]?$/,
    { type: "not-helped" },
  ],
  [
    /^(?:i )?(?:can'?t|cannot|can not|couldn'?t|no way to) (?:reach|get (?:to|on)|log ?in(?:to)?|access)(?: .{0,40})?$|^no (?:access|login)(?: .{0,40})?$|^(?:it )?belongs to (?:somebody|someone|another company).{0,20}$|^(?:that|the|their|it)(?: (?:box|router|device|firewall|gateway|end|side|one|other end|far end))?(?:'s| is| are)(?: not|n't) (?:ours|mine|under (?:our|my) control|managed by (?:us|me))$|^(?:that|the|it)(?: (?:box|router|device|firewall|gateway|end|side|other end|far end))?(?:'s| is) (?:managed|run|operated|owned) by .{1,40}$/,
    { type: "cannot-reach" },
  ],
  [
    /^(?:i )?(?:can'?t|cannot|can not|couldn'?t|am not allowed to|not allowed|unable to)(?: (?:run|do|debug)(?: .{0,40})?)?$|^(?:skip|skip (?:it|that)|next|something else|not possible|no)$/,
    { type: "cannot" },
  ],
  [
    /^(?:the )?(?:paste|it|that|this)?(?: is|'s| was)?\s?(?:from )?(?:the )?(?:other|far|remote|peer'?s?) (?:end|side|router)$/,
    { type: "side", side: "remote" },
  ],
  [
    /^(?:the )?(?:paste|it|that|this)?(?: is|'s| was)?\s?(?:from )?(?:my|our|the near|the local|this|near|local) (?:end|side|router)$/,
    { type: "side", side: "local" },
  ],
];

/** The end that words name. */
function sideIn(words: string): Side | undefined {
  if (/\b(?:far|other|remote|their|theirs|peer|peer's|spoke's|somebody|someone|another)\b/.test(words)) return "remote";
  return /\b(?:my|our|near|local|this)\b/.test(words) ? "local" : undefined;
}

const PLATFORM_WORDS: Readonly<Record<string, PlatformId>> = {
  ios: "cisco-ios",
  "ios-xe": "cisco-ios",
  "ios xe": "cisco-ios",
  router: "cisco-ios",
  "cisco router": "cisco-ios",
  asa: "cisco-asa",
  "cisco asa": "cisco-asa",
  ftd: "cisco-asa",
  firepower: "cisco-asa",
  "cisco ios": "cisco-ios",
  "cisco ftd": "cisco-asa",
  strongswan: "strongswan",
  pfsense: "strongswan",
  opnsense: "strongswan",
  vyos: "strongswan",
  libreswan: "libreswan",
  srx: "junos",
  juniper: "junos",
  "juniper srx": "junos",
  junos: "junos",
  fortigate: "fortios",
  forti: "fortios",
  fortinet: "fortios",
  "palo alto": "panos",
  paloalto: "panos",
  palo: "panos",
  mikrotik: "routeros",
  aws: "aws",
};

/** The platform that a word or two name ("asa", "palo alto"), or undefined. */
export function platformFromWord(word: string): PlatformId | undefined {
  const words = word.toLowerCase();
  return Object.hasOwn(PLATFORM_WORDS, words) ? PLATFORM_WORDS[words] : undefined;
}

function intentBy(said: PhraseIntent, words: string): Intent {
  if (said === "cannot-reach" && ONLY_OURS.test(words)) return { type: said, side: "remote" };
  if (said === "cannot-reach")
    return { type: said, side: THEIRS.test(words) && !OF_THE_ONE_ASKED.test(words) ? "remote" : sideIn(words) };
  return said === "other-end" && FROM_FAR.test(words) ? { type: "side", side: "remote" } : { type: said };
}

/** People who are not there, and what belongs to others, are at the far end. */
const THEIRS =
  /\b(?:they|they're|them|no ?one|nobody|any(?:one|body)|every(?:one|body)|some(?:one|body)|noc|vendor|provider|customer|partner|isp|third|external|supplier)\b/;
const ONLY_OURS = /\bonly (?:have |see |manage |got )?(?:one|our|my|this|the local) (?:side|end)\b/;
const OF_THE_ONE_ASKED = /^(?:it|that|this)\b/;
const FROM_FAR =
  /\b(?:far|remote|their|theirs|them|peer|opposite|customer|partner|provider|vendor|other (?:end|side))\b/;

/** The intent of a line, or undefined where it reads like none (it may be output, or the words of a symptom). */
export function intentOf(text: string): Intent | undefined {
  const line = text.trim();
  if (line === "" || line.length > LONGEST || line.includes("\n")) return undefined;
  const words = line
    .toLowerCase()
    .replace(/[’‘]/g, "'")
    .split(/\s+/)
    .join(" ")
    .replace(/(?<=\w) ?[.!?]{1,3}$/, "");
  const phrase = PHRASES.find(([pattern]) => pattern.test(words));
  if (phrase) return phrase[1].type === "cannot-reach" ? intentBy("cannot-reach", words) : phrase[1];
  const said = phraseIntent(words);
  if (said !== undefined) return intentBy(said, words);
  const explained =
    /^(?:(?:please |can you |could you )?explain|what(?:'?s| is| are| does)|meaning of) (.{1,100})$/.exec(words)?.[1];
  if (explained !== undefined) return { type: "explain", words: explained.replace(/ (?:mean|say)\??$|\?$/, "") };
  const platform = platformFromWord(
    words.replace(/^(?:it'?s|it is|this is|i'?m on|we have|i have) (?:an? |the )?/, ""),
  );
  if (platform !== undefined) return { type: "platform", platform };
  const address = canonicalAddress(words.replace(/^(?:(?:the )?peer(?: is|:)?|it'?s|it is) /, ""));
  const isSomebody = address !== undefined && address !== "::" && address !== "0.0.0.0";
  return isSomebody ? { type: "peer", address } : undefined;
}
