/**
 * The cheap test that every line gets: one that passes holds no secret in any form we know.
 * In V8 several small alternations are faster than a large one (measured on 400,000 lines of `show crypto ipsec sa
 * detail`: 15 ms each against 130 ms), so there are several. Most lines never get here: `screen.ts` holds them back.
 */
const WORDS = /psk|key|pass|auth|secr|comm|phra|cred/i;

/** By far the commonest lines with such a word, whole: twice for every SA of IOS and of the ASA, … */
const LIFETIME = /^ *sa timing: ?remaining key lifetime \((?:k\/|kB\/)?sec\): ?[0-9()/]+$/;

/** … and once or twice for every one of charon's: seconds, and nothing else that differs. */
const RENEWAL =
  /^ {2,4}(?:established|installed) [0-9]+s ago(?:, rekeying in -?[0-9]+s)?(?:, reauth in -?[0-9]+s)?(?:, expires in -?[0-9]+s)?$/;

/** And in a debug of IKE, several for every attempt: nothing but a peer's address or a method stands behind the word. */
const NEGOTIATED =
  /^[*.]?(?:[A-Z][a-z]{2} {1,2}[0-9]{1,2} [0-9:.]{8,15}: )?ISAKMP(?:: {1,8}auth pre-share|:\([0-9]{1,10}\): ?found peer pre-shared key matching [0-9]{1,3}(?:\.[0-9]{1,3}){3})$/;

/** FortiOS' debug: that a packet was sent, and that the key was right or not. */
const OF_FORTIOS =
  /^(?:[0-9-]{10} [0-9:.]{8,15} {1,2})?ike (?:V=[\w.-]{1,31}:)?[0-9]{1,4}:[^ ]{0,150}: (?:sent IKE msg \([A-Z0-9_]{2,24}\): [0-9a-fA-F.:]{2,45}->[0-9a-fA-F.:]{2,45}, len=[0-9]{1,6}, (?:vrf=[0-9]{1,4}, )?id=[0-9a-f/:]{33,42}|PSK auth failed: probable pre-shared key mismatch|PSK authentication succeeded)$/;

/** The same as an item of a list. */
const LISTED =
  /^[ \t]*(?:[-*+>•·–—]{1,2}|\(?[0-9a-z]{1,2}[.):]{1,2})[ \t]{1,4}(?:\[[ xX]\] )?(?:no[ \t]{1,8})?(?:user|pre-s)/i;
/** `(conf`: in configuration mode words are abbreviated, `ena sec …`; `is… k`: `cr is k … ad …`. */
const PLACES = /:\/\/|(?:snmp|ssh|aaa|trap|---)-|curl|\(conf|\bpre-s|[0-9]\] {2}|is[akmp]{0,4} k/i;
/** Commands with a key whose words are cut short, without a prompt: see `abbreviated.ts`. */
const CUT_SHORT =
  /^[ \t]{0,20}(?:no )?pre?[ s-]|^en [ps]|\bena[a-z]{0,3} [ps]|^[ \t]{0,40}user|[0-9] md5 |\bpas |\b(?:radius|tacacs)-s|\bpre[a-z-]{0,12} {1,8}(?:ad|ho)/i;
const CONFIGURED = /certif|chap h|phash|token|pwd|BEGIN|ascii-t|hexadec/i;
const FILES = /SK_|enc: {1,8}[a-z]|: (?:RSA|EAP|XAUTH|NTLM|ECDSA|PIN|P)|\b0x[0-9a-f]{16}/;
const TOKENS = /xox|xapp-|eyJ|A(?:KIA|SIA|Iza|GE-)/;
const MORE_TOKENS = /gh[pousr]_|github_pat|glpat|hooks|-AQ=|[MNO][\w-]{23}/;
const TABLE_ROW = /^default /;
/** What keys are called in other languages; "Passwort" and "mot de passe" hold a word of the first list. */
const ABROAD =
  /schl(?:ü|u[\u0308e])s|kennwo|clave|contrase|\bcl(?:é|e[\u0301f]?[ :])|chiave|chave|senha|parola|geheim/i;

/** All that lets a line through: every match must hold one of the triads of `screen.ts` or a long word. */
export const GATE: readonly RegExp[] = [
  WORDS,
  PLACES,
  CUT_SHORT,
  LISTED,
  CONFIGURED,
  FILES,
  TOKENS,
  MORE_TOKENS,
  TABLE_ROW,
  ABROAD,
];

/** Whether the line must be looked at closely. False means: holds no secret by itself. */
export function mayHoldSecret(text: string): boolean {
  if (text.length < 5) return false;
  if (WORDS.test(text)) return !isKnownHarmless(text);
  return (
    PLACES.test(text) ||
    CUT_SHORT.test(text) ||
    LISTED.test(text) ||
    CONFIGURED.test(text) ||
    FILES.test(text) ||
    TOKENS.test(text) ||
    MORE_TOKENS.test(text) ||
    TABLE_ROW.test(text) ||
    ABROAD.test(text)
  );
}

/** What such a line begins with decides which of the patterns can be of it. */
function isKnownHarmless(text: string): boolean {
  if (text.charCodeAt(0) !== 32) return NEGOTIATED.test(text) || OF_FORTIOS.test(text);
  return LIFETIME.test(text) || RENEWAL.test(text);
}
