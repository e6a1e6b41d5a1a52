/** Lines whose secret has no keyword in front of it, or a keyword that means something else elsewhere. */
import type { Span } from "./span.ts";
import { endOfWord, readValue, skipBlanks } from "./value.ts";

/** The quick test before the exact ones. */
const LIKELY =
  /snmp|usmuser|community-map|trap-group|session-key|0x[0-9a-f]{16}|aaa-server|: [A-Z][A-Z0-9]{2,5} |-- text|^default |key-hash|chap hostname|SK[_E]|\b(?:enc|auth): |\bspi [0-9a-f]{8} key|[0-9]\] {2}|crypto key [ei]/i;

/** A row of `show crypto isakmp key` without its table; the key may hold blanks. */
const DEFAULT_ROW = /^default +[0-9A-Fa-f.:]{7,45}(?: +\[[0-9A-Fa-f.:]{7,45}\])? {2,}(?=[^ ])/;

/** Finds the secrets of the few forms that need a rule of their own. */
export function findOddForms(text: string): Span[] {
  const spans: Span[] = [];
  if (!LIKELY.test(text)) return spans;
  for (const form of FORMS) {
    if (!form.applies.test(text)) continue;
    for (const span of form.find(text)) if (span) spans.push(span);
  }
  return spans;
}

const SESSION_KEY = /\bset session-key (?:in|out)bound (?:esp|ah)[ \t]{1,8}[0-9]{1,10}[ \t]/i;

interface Form {
  readonly applies: RegExp;
  readonly find: (text: string) => (Span | undefined)[];
}

const FORMS: readonly Form[] = [
  { applies: /\bsnmp-server host /i, find: snmpHost },
  { applies: /\bsnmp-server user |\busmUser|\bsnmp v3 /i, find: snmpUser },
  { applies: /\bcommunity-map /i, find: (text) => [after(text, /\bcommunity-map /i)] },
  { applies: /\btrap-group /i, find: (text) => [after(text, /\btrap-group /i)] },
  { applies: SESSION_KEY, find: sessionKey },
  { applies: /\bsession-key /i, find: (text) => everyMatch(text, /[ \t](?:0x)?[0-9A-Fa-f]{16,}/g) },
  { applies: /\b(?:auth|auth-trunc|enc|aead|comp)\b/, find: (text) => everyMatch(text, /[ \t]0x[0-9A-Fa-f]{16,}/g) },
  { applies: /\baaa-server /i, find: aaaServer },
  { applies: /(?:^|[ \t])[^ \t]{0,255}: (?:PSK|EAP|XAUTH|NTLM|PIN|RSA|ECDSA|PKCS8|PKCS12|P12) /, find: ipsecSecrets },
  { applies: /^ *key [0-9]{1,10} -- text /i, find: (text) => [after(text, /-- text /i, true)] },
  { applies: /^default +[0-9A-Fa-f.:]{7,45}(?: +\[[0-9A-Fa-f.:]{7,45}\])? +(?![0-9.]+$)[^ ]+$/, find: lastWord },
  { applies: DEFAULT_ROW, find: (text) => [after(text, DEFAULT_ROW, true)] },
  { applies: /^[^ ]{0,64} *[0-9.]{7,15} +\[[0-9]{1,3}(?:\.[0-9]{1,3}){3}\] {2,}[^ ]+$/, find: lastWord },
  { applies: /\bkey-hash /i, find: (text) => [after(text, /\bkey-hash /i, true)] },
  { applies: /\bchap hostname /i, find: (text) => [after(text, /\bchap hostname /i)] },
  {
    applies: /\bSK(?:_[a-z]{1,2}|EYID\w{0,3}|EYSEED)\b/,
    find: (text) => everyMatch(text, /[ \t:=](?:0x)?[0-9A-Fa-f]{16,}(?:-[0-9A-Fa-f]{8,64}){0,15}/g),
  },
  // FortiOS, `get vpn ipsec tunnel details`: `enc: aes-cb  HEX`; its debug: `IPsec SA dec spi ca64644a key 32:HEX auth 32:HEX`.
  { applies: /\b(?:enc|auth): {1,8}[a-z]/, find: (text) => everyMatch(text, /[ \t][0-9A-Fa-f]{16,}/g) },
  { applies: /\bspi [0-9a-f]{8} key /, find: (text) => everyMatch(text, /:[0-9A-Fa-f]{16,}/g) },
  { applies: /\bcrypto key (?:ex|im)port /i, find: keyExport },
];

/** `set session-key inbound esp SPI cipher KEY authenticator KEY`, also where a key was cut or broken by blanks. */
function sessionKey(text: string): Span[] {
  const start = SESSION_KEY.exec(text);
  if (!start) return [];
  return everyMatch(text, /[ \t](?!cipher\b|authenticator\b)[^ \t]{4,}/gi).filter(
    (span) => span.start >= start.index + start[0].length,
  );
}

/** `snmp-server host A [vrf V] [traps|informs] [version 1|2c|3 [auth|noauth|priv]] COMMUNITY [traps…]`. */
function snmpHost(text: string): (Span | undefined)[] {
  const start = /\bsnmp-server host /i.exec(text);
  if (!start) return [];
  let at = next(text, start.index + start[0].length);
  if (text.startsWith("(", start.index + start[0].length)) at = next(text, at);
  for (let words = 0; words < 10; words += 1) {
    const word = text.slice(at, endOfWord(text, at)).toLowerCase();
    if (/^(?:traps?|informs?|auth|noauth|priv|poll)$/.test(word)) at = next(text, at);
    else if (/^(?:version|vrf|use-vrf|interface)$/.test(word)) at = next(text, next(text, at));
    else if (word === "community") at = next(text, at);
    else if (/^[0-9.]+$/.test(word) && word.includes(".")) at = next(text, at);
    else break;
  }
  return [readValue(text, at)];
}

/** `snmp-server user U G v3 auth sha KEY priv aes 128 KEY`. */
function snmpUser(text: string): (Span | undefined)[] {
  const spans: (Span | undefined)[] = [];
  for (const match of text.matchAll(
    /[ \t](?:auth[ \t]+(?:md5|sha[0-9-]*)|priv(?:[ \t]+(?:des56|3des|des|aes(?:-?[0-9]{3})?))?(?:[ \t]+(?:128|192|256))?)[ \t]+/gi,
  )) {
    const at = match.index + match[0].length;
    if (!/^(?:auth|priv|access|read|write|match)(?:[ \t]|$)/i.test(text.slice(at, at + 8)))
      spans.push(readValue(text, at));
  }
  return spans;
}

/** ASA before 8: `aaa-server TAC (inside) host 192.0.2.9 KEY timeout 5`. */
function aaaServer(text: string): (Span | undefined)[] {
  const host = /\baaa-server [^ ]{1,64} (?:\([^ ()]{1,64}\) )?host [^ ]{1,255} /i.exec(text);
  if (!host) return [];
  const at = skipBlanks(text, host.index + host[0].length);
  return /^(?:timeout|key|protocol)\b/i.test(text.slice(at, at + 9)) ? [] : [readValue(text, at)];
}

/** `192.0.2.1 : PSK "…"`, `: RSA file.pem "passphrase"`: whatever follows the type, and quoted text above all. */
function ipsecSecrets(text: string): (Span | undefined)[] {
  const type = /: (?:PSK|EAP|XAUTH|NTLM|PIN|(RSA|ECDSA|PKCS8|PKCS12|P12)) +/.exec(text);
  if (!type) return [];
  const at = type.index + type[0].length;
  if (text[at] === "{") return [];
  const quoted = text.indexOf('"', at);
  if (type[1] !== undefined)
    return [quoted < 0 ? readValue(text, next(text, at)) : readValue(text, quoted, { swan: true })];
  return [readValue(text, at, { swan: true, rest: true })];
}

/** `crypto key export rsa NAME pem terminal 3des PASSPHRASE`: the last word. */
function keyExport(text: string): (Span | undefined)[] {
  return / (?:terminal|url) /i.test(text) ? lastWord(text) : [];
}

function lastWord(text: string): (Span | undefined)[] {
  const end = text.trimEnd();
  return [readValue(end, Math.max(end.lastIndexOf(" "), end.lastIndexOf("\t")) + 1)];
}

function after(text: string, pattern: RegExp, rest = false): Span | undefined {
  const match = pattern.exec(text);
  return match ? readValue(text, match.index + match[0].length, { rest, structured: true }) : undefined;
}

function everyMatch(text: string, pattern: RegExp): Span[] {
  return [...text.matchAll(pattern)].map((match) => ({
    start: match.index + 1,
    end: match.index + match[0].length,
    masked: false,
  }));
}

function next(text: string, at: number): number {
  return skipBlanks(text, endOfWord(text, at));
}
