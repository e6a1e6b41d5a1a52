/**
 * Commands of IOS and ASA whose key has a place of its own: whatever stands there is the key, also where it reads like a
 * keyword ("key key"), like talk ("key local") or like a type ("key 7"), and whatever stands in front of the command
 * (a prompt, a log's or an archive's prefix). Abbreviated and slightly misspelt as people type them.
 * Source: Cisco IOS Security Command Reference, "crypto isakmp key", "pre-shared-key"; Cisco IOS Network Management
 * Command Reference, "snmp-server community", "ntp authentication-key".
 */
import { findAbbreviated } from "./abbreviated.ts";
import type { KnownForm } from "./span.ts";
import { endOfWord, readValue, skipBlanks, type ValueKind } from "./value.ts";

/** The quick test before the exact ones. */
const LIKELY = /\bis[a-z]{0,5}[ \t]{1,8}k|\bpre|-s[a-z]|authentication-key|\bpsk[ \t]|=[\w-]{2,24} key=/i;

const ISAKMP = /(?:\bcr[a-z]{0,5}[ \t]{1,8}is[a-z]{0,5}[ \t]{1,8}k[a-z]{0,2}|\bisakmp[ \t]{1,8}key)[ \t]{1,8}/i;
const PEER = /[ \t](?:ad[a-z]{0,6}[ \t]{1,8}(?:ipv6[ \t]{1,8})?[0-9a-fx<*.:]|ho[a-z]{0,6}[ \t]{1,8}[^ \t])/gi;
const ASKED = /\b(?:sh|sho|show)[ \t]{1,8}$/i;
/** From `pre-shared-key` to its `key`: a host name of 253 characters and the words around it. */
const LONGEST_KEYRING = 400;
const PRE_SHARED = /\bpre/gi;
const KEYRING =
  /^pre[a-z-]{0,12}[ \t]{1,8}(?:ad[a-z]{0,6}[ \t]{1,8}(?:ipv6[ \t]{1,8})?[0-9A-Fa-fxX.:/]{2,48}(?:[ \t]{1,8}[0-9.]{7,15})?|ho[a-z]{0,6}[ \t]{1,8}[^ \t]{1,253})[ \t]{1,8}k[ey]{0,2}[ \t]{1,8}/i;
/** A line with one word after `pre-shared-key` that could be taken for the beginning of something longer. */
const ALONE = /^[ \t]*(?:[\w.-]{1,63}\([\w-]{1,30}\)#[ \t]*)?pre-shared-key[ \t]{1,8}/i;
const OF_ASA = /^[^|]{0,40}\b(?:ikev1|(?:local|remote)-authentication)[ \t]{1,8}pre-shared-key[ \t]{1,8}/i;
const COMMUNITY = /\bsnmp-s[a-z]{0,5}[ \t]{1,8}com[a-z]{0,6}[ \t]{1,8}/i;
const AFTER_COMMUNITY = /^(?:ro|rw|view|group|use-acl|ipv6|[0-9]{1,4}$)/i;
/** FortiOS, `diagnose vpn tunnel list`: `dec: spi=ca64644a esp=aes key=32 HEX`, of which 32 is the key's length. */
const OF_SA = /\b(?:esp|ah)=[\w-]{2,24} key=\d{1,4}(?![^ ])/;
const NTP = /\bntp[ \t]{1,8}authentication-key[ \t]{1,8}[0-9]{1,10}[ \t]{1,8}[a-z][a-z0-9-]{0,20}[ \t]{1,8}/i;

/** VyOS; the name, which a key's place would be elsewhere, is told apart by `vyos-names.ts`. */
const OF_VYOS =
  /(?:\bauthentication[ \t]{1,8}psk[ \t]{1,8}[^ \t]{1,128}|\bpsk[ \t]{1,8}[^ \t]{1,128}[ \t]{1,8}\{[^{}]{0,400}?)[ \t]{1,8}(secret[ \t]{1,8})/;

/** The known form in the line, if it holds one. */
export function findKnownForm(text: string): KnownForm | undefined {
  if (!LIKELY.test(text)) return findAbbreviated(text);
  return (
    isakmpKey(text) ??
    keyringKey(text) ??
    oneWord(text) ??
    community(text) ??
    ntpKey(text) ??
    keyOfVyos(text) ??
    keyOfSa(text) ??
    findAbbreviated(text)
  );
}

/** `crypto isakmp key [0|6] KEY address A` or `… hostname H`: the key is all between, blanks included. */
function isakmpKey(text: string): KnownForm | undefined {
  const begin = ISAKMP.exec(text);
  if (!begin || ASKED.test(text.slice(Math.max(0, begin.index - 16), begin.index))) return undefined;
  const start = begin.index + begin[0].length;
  const peer = peerFrom(text, skipType(text, start, text.length).at) ?? peerFrom(text, start);
  if (!peer || peer.index - start > MOST_KEY) return undefined;
  const { at, kind } = skipType(text, start, peer.index);
  return form(text.slice(0, peer.index), begin.index, peer.index + peer[0].length - 1, at, { ...kind, rest: true });
}

function peerFrom(text: string, from: number): RegExpExecArray | null {
  PEER.lastIndex = from;
  return PEER.exec(text);
}

/** `pre-shared-key address A [M] key [0|6] KEY`: the key is all that follows. */
function keyringKey(text: string): KnownForm | undefined {
  for (const { index } of text.matchAll(PRE_SHARED)) {
    const begin = KEYRING.exec(text.slice(index, index + LONGEST_KEYRING));
    if (!begin) continue;
    const { at, kind } = skipType(text, index + begin[0].length, text.length);
    return form(text, index, text.length, at, { ...kind, rest: true });
  }
  return undefined;
}

/** `pre-shared-key key` and, where only a key can follow, `ikev1 pre-shared-key local`. */
function oneWord(text: string): KnownForm | undefined {
  const ofAsa = OF_ASA.exec(text);
  const begin = ofAsa ?? ALONE.exec(text);
  if (!begin) return undefined;
  const at = begin[0].length;
  const word = text.slice(at, at + MOST_KEY).trimEnd();
  if (word === "" || word === "{" || /[ \t]/.test(word)) return undefined;
  if (!ofAsa && /^(?:local|remote|address|hostname|[06])$/i.test(word)) return undefined;
  return form(text, 0, text.length, at, {});
}

function community(text: string): KnownForm | undefined {
  const begin = COMMUNITY.exec(text);
  if (!begin) return undefined;
  const start = begin.index + begin[0].length;
  const next = skipBlanks(text, endOfWord(text, start));
  const isType = /^[0-9]$/.test(text.slice(start, endOfWord(text, start))) && next < text.length;
  const at = isType && !AFTER_COMMUNITY.test(text.slice(next, next + 8)) ? next : start;
  const kind = at === start ? {} : kindOf(text.slice(start, start + 1));
  return form(text, begin.index, text.length, at, kind);
}

/** `ntp authentication-key 1 md5 KEY [7]`. */
function ntpKey(text: string): KnownForm | undefined {
  const begin = NTP.exec(text);
  if (!begin) return undefined;
  const at = begin.index + begin[0].length;
  const isEncrypted = /^[ \t]+7[ \t]*$/.test(text.slice(endOfWord(text, at)).slice(0, 16));
  return form(text, begin.index, text.length, at, isEncrypted ? { encrypted: true } : {});
}

/** The key is the hexadecimal word behind its length; an AEAD cipher's `ah=null key=0` has none. */
function keyOfSa(text: string): KnownForm | undefined {
  const begin = OF_SA.exec(text);
  if (!begin) return undefined;
  const at = skipBlanks(text, begin.index + begin[0].length);
  const to = endOfWord(text, at);
  const span = at < text.length ? { start: at, end: to, masked: false } : undefined;
  return { from: begin.index, to, span };
}

/** `authentication psk NAME secret KEY`: the key is all that follows; `psk NAME { secret KEY }` on one line. */
function keyOfVyos(text: string): KnownForm | undefined {
  const begin = OF_VYOS.exec(text);
  if (!begin) return undefined;
  const at = begin.index + begin[0].length;
  const end = begin[0].includes("{") ? text.search(/[ \t]\}[ \t]{0,8}$/) : text.length;
  return form(text.slice(0, end < at ? text.length : end), at - (begin[1] ?? "").length, text.length, at, {
    rest: true,
  });
}

/** Longer is no key, and is not searched for its end. */
const MOST_KEY = 600;

/** Behind a type digit, unless the digit itself is the key. */
function skipType(text: string, start: number, end: number): { at: number; kind: ValueKind } {
  const next = skipBlanks(text, endOfWord(text, start));
  const type = text.slice(start, endOfWord(text, start));
  return /^[0-9]$/.test(type) && next < end ? { at: next, kind: kindOf(type) } : { at: start, kind: {} };
}

function kindOf(type: string): ValueKind {
  return /[4-9]/.test(type) ? { encrypted: true } : {};
}

function form(text: string, from: number, to: number, at: number, kind: ValueKind): KnownForm | undefined {
  const span = readValue(text, at, kind);
  return span ? { from, to, span } : undefined;
}

/** The line with the form blotted out, so that what else is in it can be looked for; places stay the same. */
export function withoutForm(text: string, { from, to }: KnownForm): string {
  return text.slice(0, from) + ".".repeat(to - from) + text.slice(to);
}
