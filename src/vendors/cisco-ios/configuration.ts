/**
 * The running configuration: whole, `| section crypto`, or pieces pasted without any command line. One parse gives
 * several readings. Lines that do not concern tunnels are passed over; those of crypto sections that can't be read,
 * and of access lists that choose what is protected, are told.
 */
import type { Command, Line, Output, Parsed } from "../../domain/output.ts";
import { type Collected, newCollected } from "./configuration/collected.ts";
import { type Extent, extentOf } from "./configuration/extent.ts";
import { type Statement, toStatements } from "./configuration/statements.ts";
import { valuesOf } from "./configuration/values.ts";
import { walk } from "./configuration/walk.ts";

const BEGINS_WITH = [
  /^\s*Building configuration\.\.\./,
  /^\s*Current configuration ?: \d/,
  /^\s*version (?!2(?:\.0)?\s*$)\d{1,2}\.\d[^\s;]{0,30}\s*$/,
  /^\s*hostname \S{1,63}\s*$/,
];

/** Words cut short, as they are typed; what the ASA takes alike is not among them. */
const TYPED = [
  /^\s*(?:no )?(?:cr|cry|cryp|crypt|crypto) (?:is|isa|isak|isakm|isakmp) (?:po[a-z]{0,4} \d{1,5}\s*$|k(?:e|ey)? \S|pr[a-z]{0,5} \S|pe[a-z]{0,2} [ah])/,
  /^\s*(?:cr|cry|cryp|crypt|crypto) (?:m|ma|map) \S{1,100} \d{1,5}(?: ipsec-i[a-z]{0,5})?\s*$/,
  /^\s*(?:cr|cry|cryp|crypt|crypto) (?:ip|ips|ipse|ipsec) (?:tr[a-z-]{0,11} \S{1,100} (?:esp|ah)-|pr[a-z]{0,5} \S)/,
  /^\s*(?:cr|cry|cryp|crypt|crypto) ike?v?2? (?:pro[a-z]{0,5}|pol[a-z]{0,3}|k[a-z]{0,6}) \S/,
  /^\s*(?:cr|cry|cryp|crypt|crypto) keyr[a-z]{0,3} \S/,
  /^\s*ip (?:acc|acce|acces|access|access-[a-z]{0,4}) (?:e|st)[a-z]{0,7} \S{1,100}\s*$/,
];

export const configuration: Command = {
  run: "show running-config [all] [full] [brief] [linenum] [interface NAME] [partition NAME] [map] [UNIT]",
  alsoRun: ["show startup-config", "write terminal", "more system:running-config", "more nvram:startup-config"],
  looksLike: [
    ...BEGINS_WITH,
    /^\s*crypto isakmp (?:policy \d|key |peer (?:address|hostname) |profile |keepalive |enable\s*$|identity |nat keepalive|invalid-spi-recovery|aggressive-mode|fragmentation)/,
    /^\s*no crypto (?:isakmp|ipsec) /,
    /^\s*crypto map (?:ipv6 )?\S{1,100} (?:\d{1,5} (?:ipsec-isakmp|ipsec-manual|gdoi)|local-address )/,
    /^\s*crypto map \S{1,100} \d{1,5}\s*$/,
    /^\s*crypto dynamic-map \S{1,100} \d{1,5}\s*$/,
    /^\s*crypto ipsec (?:transform-set|profile|security-association|df-bit|nat-transparency|fragmentation) ?/,
    /^\s*crypto keyring \S/,
    /^\s*crypto ikev2 (?:proposal|policy|profile|keyring) \S/,
    /^\s*ip access-list (?:extended|standard) \S/,
    /^access-list \d{1,4} (?:permit|deny|remark) /,
    /^\s*interface [A-Z][A-Za-z-]{1,40}\d[\d/.:]{0,30}\s*$/,
    /^\s*ip route (?:vrf \S{1,100} )?\d{1,3}\.\d/,
    /^\s*ipv6 route (?:vrf \S{1,100} )?[0-9a-fA-F:]{2,45}\/\d/,
    /^\s*ip nat inside source /,
    /^\s*route-map \S{1,100} (?:permit|deny) \d/,
    ...TYPED,
  ],
  beginsWith: BEGINS_WITH,
  mayStartWith: [
    /^\s*!/,
    /^\s*int(?:e|er|erf|erfa|erfac|erface)? [A-Za-z][A-Za-z-]{0,24} ?\d[\d/.:]{0,30}\s*$/,
    /^\s*acc(?:e|es|ess|ess-[a-z]{1,4})? \d{1,4} (?:per[a-z]{0,3}|den[a-z]?) /,
    /^\s*conf(?:[a-z]{0,5} ?t[a-z]{0,7})?\s*$/,
    /^\s*Using \d{1,12} out of \d/,
  ],
  parse(output: Output): Parsed {
    const statements = toStatements(output.lines);
    const extent = extentOf(output, statements);
    const collected = newCollected();
    walk(statements, collected, output.typed === undefined);
    if (extent === "fragment") {
      dropHalfPolicies(collected, output, statements.at(-1));
      dropHalfTransformSet(collected, output, statements.at(-1));
    }
    return { values: valuesOf(collected, extent), unread: unreadLines(collected, extent), command: "config" };
  },
};

/**
 * Drops policies whose unwritten fields are not IOS's defaults: one that the piece ends in may have been cut off there,
 * and a change typed in configuration mode names only what changes. A policy made anew names its authentication, since
 * nearly nobody wants the default.
 */
function dropHalfPolicies(collected: Collected, output: Output, last: Statement | undefined): void {
  const isSession = output.command === "config";
  for (const { priority, line, at } of [...collected.policies.values()]) {
    const endsIt = last !== undefined && Math.max(line, ...Object.values(at)) >= last.line;
    const isCutOff =
      endsIt && at["auth"] === undefined && (output.isOpenEnded === true || Object.keys(at).length === 0);
    if (isCutOff) collected.unread.push(...last.lines);
    if (isCutOff || (isSession && at["auth"] === undefined)) collected.policies.delete(priority);
  }
}

/** A set on the last line of a paste that would only encrypt: the word for its authentication may have been cut off. */
function dropHalfTransformSet(collected: Collected, output: Output, last: Statement | undefined): void {
  if (last === undefined || output.isOpenEnded !== true) return;
  for (const { name, line, transform } of [...collected.transformSets.values()]) {
    const isBare = transform.integrity === undefined && transform.ah === undefined;
    if (line !== last.line || !isBare || /gcm|gmac/.test(transform.encryption ?? "")) continue;
    collected.unread.push(...last.lines);
    collected.transformSets.delete(name);
  }
}

function unreadLines(collected: Collected, extent: Extent): Line[] {
  const used = new Set<string>();
  for (const map of collected.maps.values())
    for (const { aclName } of map.entries.values()) if (aclName !== undefined) used.add(aclName);
  const isAnyUsed = extent !== "whole" && used.size === 0;
  const unread = [...collected.unread];
  for (const list of collected.accessLists.values())
    if (isAnyUsed || used.has(list.name)) for (const line of list.unread) unread.push(line);
  return unread.sort((one, other) => one.number - other.number);
}
