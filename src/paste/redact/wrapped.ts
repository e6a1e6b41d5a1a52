/** Lines that a terminal or a mail cut in two: puts them together to look at, and splits what is left again. */
import type { Line } from "../../domain/output.ts";
import { secretPlaceholder } from "../../domain/secret.ts";
import type { SecretTagger } from "../secret-tagger.ts";
import { isHarmless } from "./harmless.ts";
import type { Span } from "./span.ts";
import { endOfWord } from "./value.ts";

/** A terminal's width less one: the cut may have fallen on a blank that cleaning took off. */
const NARROWEST = 79;
const WIDEST = 250;
const MOST_LINES = 3;

/** Words a configuration line starts with: what follows a full line and starts so is a line of its own. */
const OWN_LINE =
  /^(?:[\w.-]{1,63}(?:\([\w-]{1,30}\))?[#>]|!(?:[ \t]|$)|%[A-Z]|\*[A-Z]|[}{](?:[ \t]|$)|-{3}|[A-Z][a-z]{2} +[0-9]|[0-9]+[:.) ]|[0-9]{4}-[0-9]{2}-[0-9]{2}[ T]|ike (?:V=|[0-9])|(?:no |do )?(?:crypto|isakmp|ikev[12]|interface|ip|ipv6|router|hostname|access-list|route-map|aaa|line|username|enable|exit|end|quit|snmp-server|ntp|radius|radius-server|tacacs|tacacs-server|aaa-server|tunnel-group|group-policy|object|nat|set|edit|next|config|vrf|version|logging|service|boot|banner|policy-map|class-map|track|conn|connections|secrets|pre-shared-key|password|peer|match|keyring|self-identity|identity|authentication|encr|encryption|hash|group|lifetime|description|integrity|prf|proposal|mode|reverse-route|neighbor|network|dpd|permit|deny|failover|standby|tunnel|show|debug|ping|clear)\b|\/(?:ip|ipv6|interface|routing|system|ppp|certificate|queue|tool|user|snmp)\b|add [a-z-]{2,40}=|cryptochecksum:|[a-z0-9-]+:(?: |$))/i;
/** The command needs an address or a name behind the key, so that it goes on in the next line however wide the screen was. */
const UNFINISHED_KEY = /isakmp key (?:[06] )?[^ ]{1,300}$/i;
/** Lines of one word that are no tail of the line above. */
const LONE_COMMAND = /^(?:login|shutdown|stackable|multilink|default|none|local|deny|permit|done|ok|yes|no)$/i;
const CARRIED_ON = /^(?:address|hostname|key|no-xauth|ipv6|vrf)\b/;

export interface Logical {
  readonly text: string;
  /** Where each of the lines starts in `text`. */
  readonly starts: readonly number[];
}

export function isOwnLine(text: string): boolean {
  return OWN_LINE.test(text.trimStart());
}

/** Whether the line is as long as a screen may be wide. */
export function mayBeWrapped(text: string): boolean {
  return text.length >= NARROWEST && text.length <= WIDEST;
}

/**
 * The line at `index` with the lines it was wrapped onto, or undefined if it stands alone. `mayNameKey`: false for a line
 * without "key" in it.
 */
export function joinWrapped(lines: readonly Line[], index: number, mayNameKey: boolean): Logical | undefined {
  let text = lines[index]?.text ?? "";
  if (text.length < NARROWEST && !(mayNameKey && UNFINISHED_KEY.test(text))) return undefined;
  const starts = [0];
  for (let next = index + 1; next < lines.length && starts.length < MOST_LINES; next += 1) {
    const last = lines[next - 1]?.text ?? "";
    const following = lines[next]?.text ?? "";
    // Most lines are followed by one that is indented: no need to ask more.
    if (following === "" || isBlank(following.charCodeAt(0)) || following.length > 4096) break;
    if (!mayBeWrapped(last) && !(starts.length === 1 && completesKey(last, following))) break;
    if (OWN_LINE.test(following) && !completesKey(last, following)) break;
    if (CARRIED_ON.test(following)) text += " ";
    starts.push(text.length);
    text += following;
  }
  return starts.length > 1 ? { text, starts } : undefined;
}

function isBlank(code: number): boolean {
  return code === 32 || code === 9;
}

/** `crypto isakmp key PART-OF-THE-KEY` at the end of a line, and the rest with `address …` on the next. */
function completesKey(text: string, following: string): boolean {
  return UNFINISHED_KEY.test(text) && endsKey(following);
}

function gapBelow(lines: readonly Line[], index: number): number {
  return (lines[index + 1]?.number ?? 0) - (lines[index]?.number ?? 0);
}

/** `crypto isakmp key PART-OF-THE-KEY`, and nothing behind it. */
export function isUnfinishedKey(text: string): boolean {
  return UNFINISHED_KEY.test(text);
}

/** Names that people write above an output. */
const END_NAME = /^(?:hub|spoke|branch|hq|headquarters|site|router|local|remote|r|pe|ce)[-_]?[a-z0-9]{0,4}$/i;

/** Letters that change case or stand beside digits, and no mark that names are joined with. */
function isMixed(word: string): boolean {
  return word.length >= 6 && !/[-_.]/.test(word) && /[a-z][A-Z0-9]|[0-9][A-Za-z]/.test(word);
}

/**
 * Whether the line below the one at `index` is a single word that can only be the tail of its value, cut at whatever width.
 * After an empty line it is a heading, unless every line has one after it; a pager may have stopped there, too, so that a word
 * that looks like a key is taken for one.
 */
export function hasLoneTail(lines: readonly Line[], index: number): boolean {
  const gap = gapBelow(lines, index);
  const word = (lines[index + 1]?.text ?? "").trimEnd();
  if (gap !== 1 && gap !== gapBelow(lines, index - 1) && !(gap === 2 && isMixed(word))) return false;
  if (END_NAME.test(word)) return false;
  if (word === "" || /[ \t]/.test(word) || /[#>:]$/.test(word) || OWN_LINE.test(word)) return false;
  return !LONE_COMMAND.test(word) && !isHarmless(word, "key") && !/^(?:[!%]|<secret|[-=*_.~]{2,}$|<\/?\w)/.test(word);
}

/** `REST-OF-THE-KEY address …` */
export function endsKey(text: string): boolean {
  return /^[^ ]* (?:address|hostname) /i.test(text);
}

/** A value that runs over a cut ends with the first word behind it, unless it holds blanks or quotes anyway. */
export function limitToFirstWord(span: Span, logical: Logical): Span {
  const cut = logical.starts.find((start) => start > span.start && start < span.end);
  if (cut === undefined || /[\s"'“]/.test(logical.text.slice(span.start, cut))) return span;
  const end = Math.min(span.end, endOfWord(logical.text, cut));
  if (end === span.end) return span;
  return { ...span, end, secret: span.secret === undefined ? undefined : logical.text.slice(span.start, end) };
}

/** The wrapped lines without their secrets; a placeholder stands where its secret started. */
export function splitAgain(logical: Logical, spans: readonly Span[], tagger: SecretTagger): string[] {
  return logical.starts.map((start, index) => {
    const end = logical.starts[index + 1] ?? logical.text.length;
    const parts: string[] = [];
    let at = start;
    for (const span of spans) {
      if (span.end <= start || span.start >= end) continue;
      if (span.start >= start) {
        parts.push(logical.text.slice(at, span.start));
        parts.push(secretPlaceholder(span.secret === undefined ? undefined : tagger.tag(span.secret)));
      }
      at = Math.min(span.end, end);
    }
    parts.push(logical.text.slice(at, end));
    return parts.join("").trimEnd();
  });
}
