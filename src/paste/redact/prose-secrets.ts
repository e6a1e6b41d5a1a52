/**
 * Keys that people name in sentences: `is "KEY" the right key?`, `we use KEY as psk`, `der Schlüssel ist KEY`. What stands
 * in a key's place and is no ordinary word goes; where the sentence is less sure of it, what looks like a key.
 */
import { isHarmless } from "./harmless.ts";
import {
  fold,
  givesKey,
  isAdjective,
  isArticle,
  isAs,
  isCompound,
  isCopula,
  isFiller,
  isSaidOfKeys,
  mayStandBetween,
  namesKey,
  nounIn,
  type Part,
  PLAIN_WORD,
} from "./prose-words.ts";
import type { Span } from "./span.ts";

interface Token {
  readonly start: number;
  readonly end: number;
  /** Without quotes and the marks at its ends. */
  readonly text: string;
  /** Lower case, without accents. */
  readonly folded: string;
  readonly isQuoted: boolean;
  readonly isSign: boolean;
  /** A bracket ends with it. */
  readonly closes: boolean;
  /** A sentence ends with it. */
  readonly ends: boolean;
  readonly noun: Part;
}

/** The quick test: any of the nouns, and what else the sentences need. */
const NOUN = /key|psk|secret|pass|pwd|schl(?:ü|u)|kennw|clave|contrase|\bcl(?:é|e)|chiave|chave|senha|parola|geheim/i;
/** Devices do not write sentences about keys; what they write may look like one. */
const OF_A_DEVICE =
  /^\s*(?:[*.]?[A-Z][a-z]{2} {1,2}\d|\d{1,9}: |%|#|ISAKMP|IPSEC|IKE|CRYPTO|Crypto |crypto |sa timing|access-list|ip |no |set |\w{1,40}[#>])/;
/** A line of charon's, with its group, and what it prints without one. */
const OF_CHARON =
  /(?:^|\s)\d{0,2}\[(?:ASN|CFG|CHD|DMN|ENC|ESP|IKE|JOB|KNL|LIB|MGR|NET|TLS)\d?\] |\scharon(?:-systemd)?(?:\[\d{1,9}\])?: |^(?:authentication of '|no (?:shared|private) key found for '|tried \d{1,4} shared keys? for '|looking for [a-z-]|constraint requires |found \d{1,4} matching config)/;
/** What libreswan's `ipsec status` says of a connection: "secret" is the method. */
const OF_PLUTO =
  /^(?:\d{3} )?"[^"]{1,100}"(?:\[\d{1,9}\](?: [0-9a-fA-F.:]{2,45})?)?: {1,8}our auth: ?[\w+]{1,40}(?:\([^)]{0,60}\))?, their auth: ?[\w+]{1,40}(?:\([^)]{0,60}\))?(?:, our autheap: ?\w{1,20}, their autheap: ?\w{1,20};?)?\s*$/;
const TOKEN = /["“”„«][^"“”„«»]{1,200}["”“»]|(?<![\w])['‘`][^'‘’`]{1,200}['’`](?![\w])|[:=→]|->|-(?=\s)|[^\s:=]+/g;
/** MM_KEY_EXCH, AES-256, SHA256. */
const STATE_OR_ALGORITHM = /^(?:[A-Z]{2,16}(?:_[A-Z]{2,16}){1,6}|[A-Z]{2,12}-?\d{0,3})$/;
/** So many words are looked at from a noun on. */
const MOST_BETWEEN = 8;
/** Quoted words are a key so many words from a noun. */
const NEAR = 6;
/** Commands and messages that people quote. */
const QUOTES_DEVICE =
  /^(?:show|sh|debug|undebug|clear|ping|traceroute|terminal|crypto|conf|no|ip|match|authentication|set|reserved not zero|[%#*]|ISAKMP|IKEv2|IPSEC|[A-Z]{2}_[A-Z_]+$)/;

/** Spans of keys in a sentence; nothing in lines without a word for a key, and in a device's messages. */
export function findProseSecrets(text: string): Span[] {
  if (!NOUN.test(text) || OF_A_DEVICE.test(text) || OF_CHARON.test(text) || OF_PLUTO.test(text)) return [];
  const tokens = tokensOf(text);
  if (tokens.length < 3)
    return tokens.length === 2 || tokens.some(({ noun }) => noun !== "other") ? signed(tokens) : [];
  const found = tokens.flatMap((token, at) => [
    ...(token.noun === "other"
      ? []
      : [...behindNoun(tokens, at), ...beforeNoun(tokens, at), ...namedByNoun(tokens, at)]),
  ]);
  return [...found, ...besides(tokens), ...behindBrackets(tokens)].map(toSpan);
}

/** `Kennwort: X` */
function signed(tokens: readonly Token[]): Span[] {
  return tokens.flatMap((token, at) => (token.noun === "other" ? [] : behindNoun(tokens, at).map(toSpan)));
}

/** `the key on the hub is X`, `clave: X` */
function behindNoun(tokens: readonly Token[], at: number): Token[] {
  const noun = tokens[at];
  const next = tokens[at + 1];
  if (!noun || !next || noun.ends || isOther(tokens, at)) return [];
  let isStrong = true;
  for (let index = at + 1; index <= at + MOST_BETWEEN && index < tokens.length; index += 1) {
    const token = tokens[index];
    if (!token || token.noun === "secret-noun") return [];
    const isSaying = isCopula(token.folded) || (token.isSign && isStrong);
    if (isSaying && !isCopula(tokens[index + 1]?.folded ?? "")) {
      const key = valueFrom(tokens, index + 1, isStrong);
      if (key) return [key];
    }
    if (token.ends) return [];
    if (!isSaying && !mayStandBetween(token.folded) && !isBracketed(token)) isStrong = false;
  }
  return [];
}

/** `what about key X?`, `the key X is wrong`; a plain word only where the sentence ends with it: `try password X`. */
function namedByNoun(tokens: readonly Token[], at: number): Token[] {
  const key = tokens[at + 1];
  if (!key || tokens[at]?.ends || key.isSign || isOther(tokens, at) || !isValue(key)) return [];
  if (looksLikeKey(key)) return [key];
  const isLast = key.ends || tokens[at + 2] === undefined;
  const before = tokens[at - 1]?.folded ?? "";
  const lead = isArticle(before) || isAdjective(before) ? (tokens[at - 2]?.folded ?? "") : before;
  return isLast && /^[a-z]{4,}$/i.test(key.text) && namesKey(lead) ? [key] : [];
}

function valueFrom(tokens: readonly Token[], from: number, isStrong: boolean): Token | undefined {
  let at = from;
  while (at < from + 3 && isFiller(tokens[at]?.folded ?? "") && tokens[at + 1] !== undefined) at += 1;
  const token = tokens[at];
  if (!token || token.isSign || token.noun !== "other") return undefined;
  // "the key is to be changed", "the key is on the hub": no value follows.
  return isValue(token) && (isStrong || looksLikeKey(token)) ? token : undefined;
}

/** `is X the right key?`, `X is our psk`, `we use X as the key` */
function beforeNoun(tokens: readonly Token[], at: number): Token[] {
  let index = at - 1;
  while (index >= 0 && isAdjective(tokens[index]?.folded ?? "")) index -= 1;
  const hasArticle = isArticle(tokens[index]?.folded ?? "");
  if (hasArticle) index -= 1;
  const before = tokens[index];
  if (!before || before.ends) return [];
  const isSure = tokens[at]?.noun === "secret-noun";
  if (isAs(before.folded))
    return [tokens[index - 1]].filter((token) => token !== undefined && isValue(token)) as Token[];
  const candidate = isCopula(before.folded) ? tokens[index - 1] : before;
  if (!candidate || !hasArticle || !isValue(candidate)) return [];
  const asks = candidate === before && isCopula(tokens[index - 1]?.folded ?? "");
  if (candidate === before && !asks) return [];
  return isSure || looksLikeKey(candidate) ? [candidate] : [];
}

/** Beside a key that is spoken of: quoted words near it, and what somebody "has" or "uses". */
function besides(tokens: readonly Token[]): Token[] {
  const nouns = tokens.flatMap(({ noun }, at) => (noun === "other" || isOther(tokens, at) ? [] : [at]));
  if (nouns.length === 0) return [];
  return tokens.filter((token, at) => {
    if (!isValue(token)) return false;
    if (token.isQuoted) return nouns.some((noun) => Math.abs(noun - at) <= NEAR);
    return looksLikeKey(token) && givesKey(tokens[at - 1]?.folded ?? "");
  });
}

/** `key (both sides) X` */
function behindBrackets(tokens: readonly Token[]): Token[] {
  return tokens.filter((token, at) => {
    if (!isValue(token) || !looksLikeKey(token) || !tokens[at - 1]?.closes) return false;
    const noun = tokens.slice(Math.max(0, at - 5), at).findLast((one) => one.noun !== "other");
    return noun !== undefined && !noun.ends;
  });
}

/** "key exchange", "public key": no secret is spoken of. */
function isOther(tokens: readonly Token[], at: number): boolean {
  return isCompound(tokens[at + 1]?.folded ?? "") || tokens[at - 1]?.folded === "public";
}

/** Whether it is no word that people say of keys; quoted words are one, unless all of them are such. */
function isValue({ text, folded, isSign, isQuoted, noun }: Token): boolean {
  if (isSign || folded === "" || text.startsWith("<secret")) return false;
  if (isQuoted)
    return !QUOTES_DEVICE.test(text) && !text.split(/\s+/).every((word) => isOrdinary(word, word.toLowerCase()));
  return noun === "other" && !isOrdinary(text, folded) && !isArticle(folded) && !mayStandBetween(folded);
}

function isOrdinary(word: string, folded: string): boolean {
  return (
    isHarmless(word, "key") ||
    /^[a-z]{2,}(?:ed|ly)$/.test(word) ||
    isSaidOfKeys(folded) ||
    nounIn(folded) !== "other" ||
    isAdjective(folded)
  );
}

/** A digit, a sign of passwords, or capitals inside: no word of a sentence. */
function looksLikeKey({ text, isQuoted }: Token): boolean {
  if (isQuoted) return true;
  if (text.length < 4 || /^\d{1,3}(?:\.\d{1,3}){3}/.test(text) || STATE_OR_ALGORITHM.test(text)) return false;
  return /\d/.test(text) || /[!@#$%^&*+~?]/.test(text.slice(0, -1)) || /[a-z][A-Z]/.test(text);
}

function isBracketed({ text }: Token): boolean {
  return /^[([].{0,60}[)\]]?$|[)\]]$/.test(text);
}

function toSpan({ start, end, text }: Token): Span {
  return { start, end, secret: text, masked: /^[*•xX.]{2,}$/.test(text) };
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  for (const match of text.matchAll(TOKEN)) {
    const whole = match[0];
    if (PLAIN_WORD.test(whole)) {
      tokens.push(plainToken(tokens, match.index, whole));
      continue;
    }
    const isQuoted = /^["“”„«'‘`].*["“”»'’`]$/.test(whole) && whole.length > 2;
    const lead = isQuoted ? 1 : (/^[¿¡("'“]{1,3}/.exec(whole)?.[0].length ?? 0);
    const tail = isQuoted ? 1 : (/[.,;!?)"'”]{1,4}$/.exec(whole)?.[0].length ?? 0);
    const inner = lead + tail < whole.length ? whole.slice(lead, whole.length - tail) : "";
    // "key's X" is "key is X".
    const possessive = /^(.{2,20})['’]s$/.exec(inner)?.[1];
    const folded = fold(possessive ?? inner);
    tokens.push({
      start: match.index + (isQuoted ? 0 : lead),
      end: match.index + whole.length - (isQuoted ? 0 : tail),
      text: inner,
      folded,
      isQuoted,
      isSign: /^(?:[:=→]|->|-)$/.test(whole),
      closes: /\)[.,;:]?$/.test(whole),
      ends: !isQuoted && /[.;!?]$/.test(whole),
      noun: isQuoted ? "other" : nounOf(tokens, folded),
    });
    if (possessive !== undefined && nounIn(folded) !== "other")
      tokens.push({ ...signToken(match.index + whole.length), folded: "is", isSign: false });
  }
  return tokens;
}

function plainToken(before: readonly Token[], start: number, text: string): Token {
  const folded = fold(text);
  return {
    start,
    end: start + text.length,
    text,
    folded,
    isQuoted: false,
    isSign: false,
    closes: false,
    ends: false,
    noun: nounOf(before, folded),
  };
}

/** "mot de passe" is one noun of three words. */
function nounOf(before: readonly Token[], folded: string): Part {
  const [mot, de] = before.slice(-2);
  if (folded === "passe" && de?.folded === "de" && mot?.folded === "mot") return "secret-noun";
  return nounIn(folded);
}

function signToken(at: number): Token {
  return {
    start: at,
    end: at,
    text: "",
    folded: "",
    isQuoted: false,
    isSign: true,
    closes: false,
    ends: false,
    noun: "other",
  };
}
