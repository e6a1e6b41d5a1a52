/** Finds secrets that show by their own shape: passwords in URLs, access tokens, keys of SSH, one-line PEM. */
import type { Span } from "./span.ts";

/** Shapes of access tokens, from their issuers' documentation and secret scanners' public rules. */
const TOKENS: readonly RegExp[] = [
  /\bxox[a-z]-[A-Za-z0-9-]{8,}/g,
  /\bxapp-[0-9]-[A-Za-z0-9-]{8,}/g,
  /\b(?:AKIA|ASIA)[A-Z0-9]{12,}/g,
  /\beyJ[\w-]{8,}(?:\.[\w-]+)*/g,
  /\bgh[pousr]_[A-Za-z0-9]{16,}/g,
  /\bgithub_pat_\w{20,}/g,
  /\bglpat-[\w-]{16,}/g,
  /\bAIza[\w-]{30,}/g,
  /\bAGE-SECRET-KEY-1[A-Z0-9]{20,}/g,
];
/** A Discord bot's token: id, time and signature, joined by dots. */
const DISCORD = /^[MNO][\w-]{23,27}\.[\w-]{6,7}\.[\w-]{27,45}$/;
const DOTTED = /[\w.-]+/g;
const SSH_KEY = /(\b(?:ssh-(?:rsa|dss|ed25519)|ecdsa-sha2-nistp[0-9]{3})["']?[ \t]+)["']?([A-Za-z0-9+/=]{12,})/g;
const WEBHOOK = /(hooks\.slack\.com\/(?:services|workflows)\/|discord(?:app)?\.com\/api\/webhooks\/)([\w/-]{8,})/g;
const AUTH_SCHEME = /(\b(?:Bearer|Basic)[ \t]+)((?!Constraints:)[A-Za-z0-9+/._~=-]{8,})/g;
const USER_OPTION = /((?:[ \t]-u|--user|--proxy-user)[ \t=]+["']?[\w.@\\-]{1,64}:)([^ \t"']+)/g;
const PASS_OPTION = /(\bsshpass[ \t]+-p[ \t]*)("[^"]*"|'[^']*'|[^ \t]+)/g;
/** What PAN-OS encrypts with its master key: every value begins alike, and none can be compared. */
const OF_PANOS = /-AQ==[A-Za-z0-9+/=]{4,}/g;
const BEGIN = /-{4,5} ?BEGIN [A-Z0-9 ]{1,40}-{4,5}/;
const END = /-{4,5} ?END /;

/** The quick test before the exact ones. */
const LIKELY =
  /:\/\/|xox|xapp-|eyJ|A(?:KIA|SIA|Iza|GE-)|gh[pousr]_|github_|glpat|[MNO][\w-]{23}|ssh-|ecdsa-|hooks|earer|asic|-u|--proxy-u|sshp|-{4}|-AQ=/;

export function findTokenSecrets(text: string): Span[] {
  if (!LIKELY.test(text)) return [];
  const spans: Span[] = [...urlPasswords(text), ...pemInLine(text)];
  for (const token of TOKENS)
    for (const match of text.matchAll(token)) spans.push(whole(match.index, match.index + match[0].length, match[0]));
  for (const match of text.matchAll(OF_PANOS))
    spans.push({ start: match.index, end: match.index + match[0].length, masked: false });
  for (const match of text.matchAll(DOTTED))
    if (match[0].length < 100 && DISCORD.test(match[0].replace(/\.$/, "")))
      spans.push(whole(match.index, match.index + match[0].length, match[0]));
  for (const form of [SSH_KEY, WEBHOOK, AUTH_SCHEME, USER_OPTION, PASS_OPTION])
    for (const match of text.matchAll(form)) {
      const end = match.index + match[0].length;
      spans.push(whole(end - (match[2] ?? "").length, end, match[2] ?? ""));
    }
  return spans;
}

/** `proto://user:PASSWORD@host`; the password may hold `/`, `:` and `@`. */
function urlPasswords(text: string): Span[] {
  const spans: Span[] = [];
  for (let at = text.indexOf("://"); at >= 0; at = text.indexOf("://", at)) {
    const from = at + 3;
    const end = endOfAccess(text, from);
    const url = text.slice(from, end);
    const host = url.lastIndexOf("@");
    const colon = url.indexOf(":");
    if (colon >= 0 && colon + 1 < host) {
      const secret = url.slice(colon + 1, host);
      spans.push({ start: from + colon + 1, end: from + host, secret, masked: /^\*+$/.test(secret) });
    }
    at = end;
  }
  return spans;
}

/** Where the URL ends; a password may hold what ends URLs elsewhere, if an `@` follows in the same word. */
function endOfAccess(text: string, from: number): number {
  const end = endOfUrl(text, from);
  if (text.slice(from, end).includes("@") || !text.slice(from, end).includes(":") || isBlank(text, end)) return end;
  let word = end;
  while (word < text.length && word - end < MOST_PASSWORD && !isBlank(text, word)) word += 1;
  const more = text.slice(end, word);
  const host = more.lastIndexOf("@");
  return host < 0 || more.includes("://") ? end : endOfUrl(text, end + host);
}

const MOST_PASSWORD = 200;

function isBlank(text: string, at: number): boolean {
  return at >= text.length || /\s/.test(text.charAt(at));
}

function endOfUrl(text: string, from: number): number {
  let at = from;
  while (at < text.length && !/[\s|<>"'`]/.test(text.charAt(at))) at += 1;
  return at;
}

/** A PEM block whose line ends were lost. */
function pemInLine(text: string): Span[] {
  const begin = BEGIN.exec(text);
  if (!begin) return [];
  const start = begin.index + begin[0].length;
  const end = END.exec(text.slice(start));
  const stop = end ? start + end.index : text.length;
  return text.slice(start, stop).trim() === "" ? [] : [{ start, end: stop, masked: false }];
}

function whole(start: number, end: number, secret: string): Span {
  return { start, end, secret, masked: false };
}
