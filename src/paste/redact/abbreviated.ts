/**
 * Commands with a key, typed with their words cut short: at a prompt of configuration mode, where a letter may be
 * enough, or bare, as notes and change plans have them. Source: Cisco IOS Security Command Reference, "crypto isakmp
 * key", "pre-shared-key", "authentication (IKEv2 profile)", "set aggressive-mode password"; Cisco IOS Network Management
 * Command Reference, "snmp-server community".
 */
import { isHarmless } from "./harmless.ts";
import type { KnownForm } from "./span.ts";
import { endOfWord, readValue, skipBlanks } from "./value.ts";

/**
 * A word of a form: `pre:-shared-key` is that word with at least the letters before the sign, where no prompt stands
 * before it; WORD is any word. The key stands behind the last one.
 */
const FORMS: readonly string[] = [
  "cr:ypto is:akmp k:ey",
  "pr:e-shared-key a:ddress WORD k:ey",
  "pr:e-shared-key a:ddress WORD WORD k:ey",
  "pr:e-shared-key h:ostname WORD k:ey",
  "pre:-shared-key l:ocal",
  "pre:-shared-key r:emote",
  "pre:-shared-key",
  "au:thentication l:ocal p:re-share k:ey",
  "au:thentication r:emote p:re-share k:ey",
  "set a:ggressive-mode p:assword",
  "en:able s:ecret",
  "en:able p:assword",
  "en:able s:ecret level WORD",
  "user:name WORD s:ecret",
  "user:name WORD p:assword",
  "user:name WORD pr:ivilege WORD s:ecret",
  "user:name WORD pr:ivilege WORD p:assword",
  "snmp-s:erver c:ommunity",
  "radius-s:erver k:ey",
  "radius-s:erver h:ost WORD k:ey",
  "tacacs-s:erver k:ey",
  "tacacs-s:erver h:ost WORD k:ey",
  "nei:ghbor WORD pas:sword",
  "ppp chap pas:sword",
  "ppp pap sent:-username WORD pas:sword",
  "ip nh:rp au:thentication",
  "ip os:pf authentication-:key",
  "ip os:pf m:essage-digest-key WORD md5",
  "key config-:key p:assword-encrypt",
  "ntp authe:ntication-key WORD md5",
];

/** Whole lines without a key, though one stands behind such a word elsewhere: methods, and "sec" for seconds. */
const WITHOUT_KEY =
  /^(?:au[a-z]{0,12} (?:l[ocal]{0,4}|r[emot]{0,5}) (?:p[re-]{0,3}s?h?a?r?e?|rsa-s[ig]{0,2}|ecdsa-s[ig]{0,2})|(?:set|cr[a-z]{0,4} ips?e?c?) sec[a-z-]{0,20} lif[a-z]{0,5} sec[a-z]{0,4} [0-9]{1,10})$/;

interface Word {
  readonly full: string;
  /** So many letters are enough where no prompt shows that it was typed. */
  readonly least: number;
}

const READ: readonly (readonly Word[])[] = FORMS.map((form) =>
  form.split(" ").map((word) => {
    const at = word.indexOf(":");
    return { full: word.replace(":", ""), least: at === -1 ? word.length : at };
  }),
);

/** Before a prompt, or a bare line: the mark of a list's item. */
const BEFORE =
  /^[ \t]*(?<item>(?:[-*+>•·–—]{1,2}|\(?[0-9a-z]{1,2}[.):]{1,2})[ \t]{1,4}(?:\[[ xX]\] )?)?(?<prompt>[\w.-]{1,63}\((?:conf|ca-|cfg)[\w-]{0,30}\)[ \t]*#[ \t]*)?(?:conf t[ ;]{1,4})?(?:no[ \t]{1,8})?/;
const LONGEST = 400;
const MOST_WORDS = 6;
/** Of a bare line: behind more words it is a sentence. */
const MOST_WORDS_OF_KEY = 3;

/** The form, if the line is such a command and a word of it is cut short. */
export function findAbbreviated(text: string): KnownForm | undefined {
  if (text.length > LONGEST) return undefined;
  const before = BEFORE.exec(text);
  const isTyped = before?.groups?.["prompt"] !== undefined;
  const from = before?.[0].length ?? 0;
  if (WITHOUT_KEY.test(text.slice(from).trim())) return { from, to: text.length };
  const words = wordsFrom(text, from);
  // In a list, "pre checks done" is a thing to do.
  if (before?.groups?.["item"] !== undefined && !isTyped && /^(?:pre?-?|en)$/.test(words[0]?.word ?? ""))
    return undefined;
  for (const form of READ) {
    const found = keyBehind(text, words, form, isTyped);
    if (found !== undefined) return { from, to: text.length, span: found };
  }
  return undefined;
}

interface WordOfLine {
  readonly word: string;
  readonly end: number;
}

/** In lower case. */
function wordsFrom(text: string, from: number): WordOfLine[] {
  const words: WordOfLine[] = [];
  for (let at = skipBlanks(text, from); at < text.length && words.length < MOST_WORDS; ) {
    const end = endOfWord(text, at);
    words.push({ word: text.slice(at, end).toLowerCase(), end });
    at = skipBlanks(text, end);
  }
  return words;
}

function keyBehind(text: string, words: readonly WordOfLine[], form: readonly Word[], isTyped: boolean) {
  let isShort = false;
  for (const [index, { full, least }] of form.entries()) {
    const { word } = words[index] ?? {};
    if (word === undefined) return undefined;
    if (full === "WORD") continue;
    if (!full.startsWith(word) || (word.length < least && !isTyped)) return undefined;
    isShort ||= word !== full;
  }
  if (!isShort) return undefined;
  let at = skipBlanks(text, words[form.length - 1]?.end ?? 0);
  const first = text.slice(at, endOfWord(text, at));
  const next = skipBlanks(text, endOfWord(text, at));
  const hasType = /^(?:[0-9]|hex)$/.test(first) && next < text.length;
  if (hasType) at = next;
  if (at >= text.length) return undefined;
  if (!isTyped && !hasType && isTalk(text.slice(at))) return undefined;
  return readValue(text, at, { rest: true, ...(/^[4-9]$/.test(first) && hasType && { encrypted: true }) });
}

/** "Pre-shared key:", "pre shared keys differ", "user bob password must be changed": what is written around commands. */
function isTalk(rest: string): boolean {
  const words = rest.trim().split(/\s+/);
  return words.length > MOST_WORDS_OF_KEY || /^keys?\b/i.test(rest) || isHarmless(words[0] ?? "", "key");
}
