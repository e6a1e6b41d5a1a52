/** What a line says about the keywords in it: its first word, and whether it is a configuration line. */
import { foldSpelling, type Keyword } from "./keywords.ts";

/** What the lines above say about a line. */
export interface Surroundings {
  /** Within `key chain NAME`, where `key 1` is a number and no secret. */
  readonly keyChain: boolean;
  /** Within a block whose lines `key …` hold its key: `radius server NAME`. */
  readonly ownsKey: boolean;
  /** Within `pre-shared-key {`, whose lines end in `;`. */
  readonly inBraces: boolean;
  /** Within `psk NAME {` of VyOS, whose line `secret …` holds its key. */
  readonly ownsSecret: boolean;
}

export const ALONE: Surroundings = { keyChain: false, ownsKey: false, inBraces: false, ownsSecret: false };

export interface LineContext {
  /** The first word after prompts, bullets, numbers and `no`, folded. */
  readonly first: string;
  /** Where that word starts. */
  readonly firstAt: number;
  /** A command that only asks: `show crypto isakmp key`. */
  readonly asks: boolean;
  /** Typed at a prompt in configuration mode, where words are abbreviated: `R1(config)#ena sec …`. */
  readonly isTyped: boolean;
  /** A line of `set` that ends in `secret`, or one of that word alone: the key was wrapped to the next. */
  readonly endsInSecret: boolean;
  readonly around: Surroundings;
}

/** The two words before a keyword, folded; empty where there is none or something else stands between. */
export interface Before {
  readonly word: string;
  readonly wordBefore: string;
  /** All the words of the line so far that matter later. */
  readonly sawUsername: boolean;
}

const LETTER = /[A-Za-z]/g;
const TYPED = /^[ \t]*[\w.-]{1,63}\((?:conf|ca-|cfg)[\w-]{0,30}\)[ \t]*#/;
const PROMPT = /[A-Za-z][\w.-]{0,62}(?:\([\w-]{1,30}\))?[#>][ \t]*/y;
const NO = /(?:no|do|add)[ \t]+/y;
const LOGGED_COMMAND = /logged command: ?/;
const FIRST = /[A-Za-z](?:\\?[\w-])*/y;
const ASKS =
  /^(?:sh|sho|show|debug|undebug|u|un|clear|display|diagnose|get|more|ping|traceroute|terminal|explain|what|why)$/;

export function readContext(text: string, around: Surroundings): LineContext {
  const logged = LOGGED_COMMAND.exec(text);
  const from = logged ? logged.index + logged[0].length : 0;
  let firstAt = nextLetter(text, from);
  for (const prefix of [PROMPT, NO]) {
    prefix.lastIndex = firstAt;
    if (prefix.test(text)) firstAt = nextLetter(text, prefix.lastIndex);
  }
  FIRST.lastIndex = firstAt;
  const isTyped = TYPED.test(text);
  const typed = foldSpelling(FIRST.exec(text)?.[0] ?? "");
  const first = isTyped ? writtenOut(typed, "") : typed;
  const endsInSecret = text.trim() === "secret" || (text.trimEnd().endsWith(" secret") && /\bset[ \t]/.test(text));
  return { first, firstAt, asks: ASKS.test(first), isTyped, endsInSecret, around };
}

function nextLetter(text: string, from: number): number {
  LETTER.lastIndex = from;
  return LETTER.exec(text)?.index ?? text.length;
}

/** First words that open a configuration line and hardly ever a sentence. */
const OPENERS = new Set(
  `crypto isakmp username enable tacacs-server radius-server snmp-server server-private aaa-server neighbor ppp ip ipv6
  area standby vrrp glbp ntp isis l2tp vpdn set ikev1 ikev2 failover tunnel-group ldap-login-password wpa-psk mgmtuser cable
  dot1x mpls client authentication address tunnel eap server pac digest wlccp security edit router ospf bgp config`.split(
    /\s+/,
  ),
);
const SERVERS = new Set(["tacacs-server", "radius-server", "server-private", "client", "server", "pac", "address"]);

/** Commands whose `key` takes all that follows, blanks included. */
const LINE_KEYS = new Set(["tacacs-server", "radius-server"]);

/** Whether `key` on this line is followed by a key whatever it reads like. */
export function ownsItsKey({ first, around }: LineContext): boolean {
  return LINE_KEYS.has(first) || around.ownsKey;
}

export interface After {
  /** How many words follow, up to 3. */
  readonly words: number;
  /** A type digit or a format word stood in front of them. */
  readonly typed: boolean;
  /** `address …` or `hostname …` comes later on the line. */
  readonly addressed: boolean;
  /** A quote opens the value. */
  readonly quoted: boolean;
}

/**
 * Whether a key stands after this keyword for sure, so that no word excuses it: the form is a configuration's.
 */
export function isConfigForm(
  keyword: Keyword,
  plain: string,
  at: number,
  context: LineContext,
  before: Before,
  after: After,
): boolean {
  const { words: wordsAfter, typed, addressed, quoted } = after;
  const short = wordsAfter <= 2;
  if (context.asks) return false;
  if (plain === "key" && /^isa?k?m?p?$/.test(before.word))
    return /^(?:cry?p?t?o?|isakmp)$/.test(context.first) && (short || addressed);
  if (plain === "key" && before.word === "pre-share") return context.first === "authentication" || short;
  if (plain === "key" && before.wordBefore === "group" && context.first === "group") return true;
  if (before.word === "enable" && keyword.family === "secret") return true;
  if (/^(?:chap|pap|aggressive-mode)$/.test(before.word) && keyword.family === "secret") return true;
  if (/^snmp(?:-server)?$/.test(before.word) && plain === "community") return true;
  if (plain === "authentication") return isGroupAuthentication(context.first, before.word);
  if (keyword.technical && keyword.family !== "auth")
    return at === context.firstAt || OPENERS.has(context.first) || wordsAfter === 1;
  if (plain === "secret" && (context.around.ownsSecret || (context.endsInSecret && wordsAfter === 0))) return true;
  if (before.sawUsername && keyword.family === "secret") return true;
  if (plain === "key" && ownsItsKey(context)) return true;
  if (plain === "key" && SERVERS.has(context.first)) return typed || wordsAfter === 1;
  if (plain === "password" && /^(?:neighbor|isis|vpdn|l2tp|mpls|ip|area)$/.test(context.first)) return true;
  if (context.first === "set" && before.word === "set") return keyword.family === "secret";
  if (at !== context.firstAt || keyword.family === "auth" || plain.includes("-")) return false;
  return typed || wordsAfter === 1 || quoted;
}

function isGroupAuthentication(first: string, before: string): boolean {
  return first === "standby" || first === "vrrp" || first === "glbp" || before === "nhrp";
}

const NAMING = new Set(
  `keyring chain key-chain keychain trustpoint profile access-list access-group map route-map transform-set policy-map class-map
  interface vrf extended standard tag keypair-name label object object-group authby leftauth rightauth`.split(/\s+/),
);

/** Whether the word in front makes the "keyword" a name: `crypto map KEY 10`, `keyring SECRET`. */
export function isName(before: Before): boolean {
  return NAMING.has(before.word);
}

/** Lines whose `authentication` names lists and methods, never keys. */
const AAA = /^(?:aaa|login|authorization|accounting|ip-http|ppp|wlccp|rekey|dot1x|revocation-check)$/;

export function namesMethods(context: LineContext): boolean {
  return AAA.test(context.first);
}

/** What abbreviations stand for in configuration mode; the letters that IOS wants at least, and ASA's. */
const WRITTEN_OUT: readonly (readonly [RegExp, string])[] = [
  [/^ena?b?l?$/, "enable"],
  [/^usern?a?m?$|^user$/, "username"],
  [/^cry?p?t?$/, "crypto"],
  [/^snmp-s[a-z]{0,4}$/, "snmp-server"],
  [/^radius-s[a-z]{0,4}$/, "radius-server"],
  [/^tacacs-s[a-z]{0,4}$/, "tacacs-server"],
  [/^neig?h?b?o?$/, "neighbor"],
  [/^stan?d?b?$/, "standby"],
  [/^auth?e?n?t?i?c?a?t?i?o?$/, "authentication"],
  [/^secr?e?$/, "secret"],
  [/^pas?s?w?o?r?$/, "password"],
  [/^comm?u?n?i?t?$/, "community"],
  [/^pre-?s?h?a?r?e?d?-?k?e?$/, "pre-shared-key"],
  [/^key-s[a-z]{0,4}$/, "key-string"],
  [/^authentication-k[a-z]?$/, "authentication-key"],
];

/** A word typed in configuration mode as the device writes it; `k` is `key` behind the words that a key follows. */
export function writtenOut(word: string, before: string): string {
  if (/^ke?$/.test(word) && /^(?:isa?k?m?p?|radius-server|tacacs-server|[0-9.]*)$/.test(before)) return "key";
  return WRITTEN_OUT.find(([short]) => short.test(word))?.[1] ?? word;
}
