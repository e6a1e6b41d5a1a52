/** One entry of an IOS access list, as `show access-lists`, `show crypto map` or a configuration writes it. */
import type { AclEntry } from "../../domain/readings/ipsec.ts";
import { type AclWords, addressText, anyAddress, readAclAddress } from "./acl-address.ts";

/** `show crypto map` leaves the name out where the list has none: "access-list  permit gre host …". */
const NUMBERED = /^access-list (?:(?!(?:permit|deny) )\S{1,100} )?/i;
const REMARK = /^(?:access-list \S{1,100} |ipv6 access-list \S{1,100} )?(?:sequence )?(?:\d{1,10} )?remark\b/i;
const MATCHES = /\((?<count>\d{1,20}) (?:estimate )?match(?:es)?\)/;
/** Rest of an entry that a narrow terminal or a PDF put on a line of its own: nothing but addresses and what follows them. */
const CONTINUATION = /^(?:host \d|\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}(?:\s|$)|any(?:\s|$)|(?:eq|range|gt|lt|neq) )/;
/** Options that take one word more: Cisco IOS Security Command Reference, permit (IP). */
const WITH_ARGUMENT: ReadonlySet<string> = new Set([
  "dscp",
  "precedence",
  "tos",
  "time-range",
  "reflect",
  "timeout",
  "option",
  "flow-label",
]);

/** Whether the line is a remark in an access list, of either form. */
export function isAclRemark(text: string): boolean {
  return REMARK.test(oneBlank(text));
}

/** Whether the line can only be the end of an entry whose first part stands on the line before. */
export function isAclContinuation(text: string): boolean {
  return CONTINUATION.test(text.trim().toLowerCase());
}

/**
 * Reads one entry in show or configuration form: with or without "access-list N", a sequence number before or after,
 * counts of matches. A standard entry protects from its source to any.
 * @param line the entry's line number
 * @param family what "any" means where no address tells: 6 in an IPv6 access list
 * @returns undefined where the text is no complete entry
 */
export function readAclEntry(text: string, line: number, family: 4 | 6 = 4): AclEntry | undefined {
  if (text.length > 1000) return undefined;
  const plain = oneBlank(text).replace(NUMBERED, "");
  const counted = MATCHES.exec(plain);
  const tokens = (counted ? plain.replace(MATCHES, "") : plain).split(" ").filter((word) => word !== "");
  const words: AclWords = {
    tokens,
    at: 0,
    netmask: false,
    family: plain.includes("::") || hasIpv6(tokens) ? 6 : family,
  };

  const sequenceBefore = readSequence(words);
  const action = tokens[words.at++]?.toLowerCase();
  if (action !== "permit" && action !== "deny") return undefined;
  const first = tokens[words.at]?.toLowerCase() ?? "";
  const isStandard = first === "any" || first === "host" || first.includes(".");
  const protocol = isStandard ? "ip" : readProtocol(words);
  const source = protocol === undefined ? undefined : readAclAddress(words, isStandard);
  if (protocol === undefined || source === undefined) return undefined;
  const destination = isStandard ? anyAddress(words.family) : readAclAddress(words, false);
  if (destination === undefined) return undefined;

  const { options, sequence: sequenceAfter } = readOptions(words);
  const sequence = sequenceBefore ?? sequenceAfter;
  const shown = isStandard
    ? [action, addressText(source), ...options]
    : [action, protocol, addressText(source), addressText(destination), ...options];
  return {
    line,
    ...(sequence === undefined ? {} : { sequence }),
    action,
    protocol,
    source,
    destination,
    options,
    ...(counted ? { matches: Number(counted.groups?.["count"]) } : {}),
    ...(words.netmask ? { netmaskAsWildcard: true } : {}),
    text: shown.join(" "),
  };
}

function readSequence(words: AclWords): number | undefined {
  if (words.tokens[words.at]?.toLowerCase() === "sequence") words.at += 1;
  const word = words.tokens[words.at] ?? "";
  if (!/^\d{1,10}$/.test(word)) return undefined;
  words.at += 1;
  return Number(word);
}

function readProtocol(words: AclWords): string | undefined {
  const word = words.tokens[words.at++]?.toLowerCase();
  if (word === undefined || !/^[a-z0-9-]{1,64}$/.test(word)) return undefined;
  if (word !== "object-group") return word;
  const group = words.tokens[words.at++];
  return group === undefined ? undefined : `object-group ${group}`;
}

function readOptions(words: AclWords): { options: string[]; sequence: number | undefined } {
  const options: string[] = [];
  let sequence: number | undefined;
  while (words.at < words.tokens.length) {
    const word = words.tokens[words.at++] ?? "";
    const next = words.tokens[words.at];
    if (word === "sequence" && next !== undefined) {
      sequence = Number(next);
      words.at += 1;
    } else if (WITH_ARGUMENT.has(word) && next !== undefined) {
      options.push(`${word} ${next}`);
      words.at += 1;
    } else options.push(word);
  }
  return { options, sequence };
}

function hasIpv6(tokens: readonly string[]): boolean {
  return tokens.some((word) => word === "ipv6" || /^[0-9a-f]{1,4}:[0-9a-f:]/i.test(word));
}

function oneBlank(text: string): string {
  return text.trim().replace(/\s+/g, " ");
}
