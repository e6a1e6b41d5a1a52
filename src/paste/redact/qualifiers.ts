/** Skips what stands between a keyword and its value: the type digit, `ascii-text`, `address A M key`, `1 md5`. */
import type { ValueKind } from "./value.ts";
import { endOfWord, skipBlanks } from "./value.ts";

export interface Qualified {
  /** Where the value starts. */
  readonly at: number;
  readonly kind: ValueKind;
  /** A type digit or format word was there: what follows is a key, not talk. */
  readonly typed: boolean;
  /** `key-chain NAME`: a name follows, no key. */
  readonly namesChain: boolean;
}

const FORMATS = new Set([
  "ascii-text",
  "ascii",
  "hexadecimal",
  "hex",
  "text",
  "cleartext",
  "clear-text",
  "plain-text",
  "simple",
  "cipher",
  "irreversible-cipher",
  "set-key",
  "key-string",
  "key",
  "password-encrypt",
  "md5",
  "sha",
  "hmac-md5",
  "hmac-sha-1",
  "hmac-sha-256",
  "sha1",
  "sha-1",
  "sha256",
  "sha-256",
  "sha512",
  "cmac-aes-128",
  "cmac-aes-256",
]);
const DIGEST = /^(?:hmac-|cmac-)?(?:md5|sha|aes)/;
const SIDES = new Set(["local", "remote", "both", "rollover"]);
const VERBS = new Set(["is", "was", "are", "to", "as", "from", "be"]);
const MOST = 10;

export function skipQualifiers(text: string, from: number, keyword: string): Qualified {
  let at = skipBlanks(text, from);
  let kind: ValueKind = {};
  let typed = false;
  let afterDigest = false;
  for (let skipped = 0; skipped < MOST; skipped += 1) {
    const end = endOfWord(text, at);
    const word = text.slice(at, Math.min(end, at + 24)).toLowerCase();
    const next = skipBlanks(text, end);
    if (/^key-?chain$/.test(word) && keyword !== "key") return { at, kind, typed, namesChain: true };
    const step =
      afterDigest && !/^(?:[0-9]|key-string|key-?chain)$/.test(word) ? undefined : stepOver(text, word, next, keyword);
    if (step === undefined) break;
    afterDigest ||= DIGEST.test(word);
    if (step.kind) kind = { ...kind, ...step.kind };
    typed ||= step.typed;
    at = step.at;
  }
  return { at, kind, typed, namesChain: false };
}

interface Step {
  readonly at: number;
  readonly typed: boolean;
  readonly kind?: ValueKind | undefined;
}

/** The next position if `word` is a qualifier; a qualifier is one only where something follows it. */
function stepOver(text: string, word: string, next: number, keyword: string): Step | undefined {
  const preShared = /^(?:ikev[12]-)?pre-?shared-?key$/.test(keyword);
  if (preShared && /^(?:address|hostname|ipv6|fqdn)$/.test(word)) return { at: afterAddress(text, next), typed: true };
  if (next >= text.length)
    return endsInQualifier(word, preShared) ? { at: next, typed: true, kind: kindOf(word) } : undefined;
  // Two numbers in a row are counters, not a type and a key.
  if (/^[0-9]$/.test(word) && !/^[0-9]{1,2}$/.test(wordAt(text, next)))
    return { at: next, typed: true, kind: kindOf(word) };
  if (/^[0-9]{1,10}$/.test(word) && FORMATS.has(wordAt(text, next))) return { at: next, typed: true };
  if (word === "level" || word === "eigrp") return { at: skipBlanks(text, endOfWord(text, next)), typed: true };
  if (word === "enc") return { at: next, typed: true, kind: { encrypted: true } };
  if (FORMATS.has(word)) return { at: next, typed: word !== "key", kind: kindOf(word) };
  if (SIDES.has(word) && preShared) return { at: next, typed: true };
  return VERBS.has(word) ? { at: next, typed: false } : undefined;
}

/** `pre-shared-key local` and `enable secret 5` at the end of a line: the value was wrapped to the next. */
function endsInQualifier(word: string, preShared: boolean): boolean {
  return preShared && (SIDES.has(word) || /^(?:[06]|key|ascii-text|hexadecimal)$/.test(word));
}

function kindOf(word: string): ValueKind | undefined {
  if (/^[4-9]$/.test(word)) return { encrypted: true };
  if (word === "hex" || word === "hexadecimal") return { hex: true, structured: true };
  return word === "ascii-text" ? { structured: true } : undefined;
}

/** Behind `address 192.0.2.1 255.255.255.0 vrf X`, at `key` or at the value. */
function afterAddress(text: string, from: number): number {
  let at = skipBlanks(text, endOfWord(text, from));
  for (let words = 0; words < 4; words += 1) {
    const word = wordAt(text, at);
    if (word !== "vrf" && !isAddress(word)) break;
    at = skipBlanks(text, endOfWord(text, word === "vrf" ? skipBlanks(text, endOfWord(text, at)) : at));
  }
  return at;
}

function isAddress(word: string): boolean {
  return (
    /^[0-9]{1,3}(?:\.[0-9]{1,3}){3}$/.test(word) || (/^[0-9a-f:/]{2,48}$/.test(word) && word.split(":").length > 2)
  );
}

function wordAt(text: string, at: number): string {
  return text.slice(at, Math.min(endOfWord(text, at), at + 48)).toLowerCase();
}
