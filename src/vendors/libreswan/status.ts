/**
 * `ipsec status` (`ipsec whack --status`, `ipsec auto --status`) and `ipsec showstates`: connections as pluto has loaded
 * them, IKE SAs, IPsec SAs. Lines begin with "000 ", which libreswan 5 no longer prints.
 * Source: what libreswan 4.10 prints.
 */
import type { Command, Line, Output, Parsed } from "../../domain/output.ts";
import type { Admission } from "../../domain/readings/ike.ts";
import type { ReadingValue } from "../../domain/readings/index.ts";
import { Listing } from "./status/listing.ts";

const FACTS =
  /^(?:000 ?)?(?: {0,2}$| {0,2}(?:using kernel interface|interface \S|fips mode|SElinux|seccomp|config setup options|configdir|nssdir|dnssec|sbindir|pluto_version|nhelpers|ddos-|ikebuf|ikev1-|msg_errqueue|ocsp-|ocsp|global-redirect|secctx|debug|nat-traversal|virtual[-_]private|- (?:dis)?allowed|Kernel algorithms|algorithm |IKE algorithms supported|stats db_ops|Connection list|Total IPsec connections|State (?:Information|list)|IKE SAs:|IPsec SAs:|Bare Shunt list|Shunt list|#\d{1,9}: pending (?:Phase 2|CHILD SA) for|\d{1,9}\.\d{1,9}\.\d{1,9}\.\d{1,9}\/\d|current\.|config\.|listen=|myid|myvendorid))/;
const LIMIT = /^(?:000 )?ddos-cookies-threshold=\d{1,9}, ddos-max-halfopen=(?<most>\d{1,9})/;
const COUNT = /^(?:000 )?IKE SAs: total\((?<all>\d{1,9})\), half-open\((?<halfOpen>\d{1,9})\)/;
const REFUSING =
  /^(?:000 )?State Information: DDoS cookies (?:not required|REQUIRED), NOT ACCEPTING new IKE connections/i;
const TOTAL = /^(?:000 )?Total IPsec connections: loaded (?<loaded>\d{1,9})/;

export const status: Command = {
  run: "ipsec status [NAME]",
  alsoRun: [
    "ipsec whack --status",
    "ipsec auto --status",
    "ipsec showstates",
    "ipsec whack --showstates",
    "ipsec connectionstatus",
    "ipsec auto --fullstatus",
    "ipsec whack --connectionstatus",
  ],
  looksLike: [
    /^000 (?:using kernel interface|interface \S{1,20}|Connection list:|Total IPsec connections|"[^"]{1,100}"|#\d{1,9}: "|State Information|IPsec SAs:|IKE SAs:|config setup options|algorithm (?:ESP|IKE|AH) |pluto_version)/,
    /^(?:000 )?"[^"]{1,100}"(?:\[\d{1,6}\](?: \S{1,45})?)?: {1,6}(?:\S{0,60}===|(?:[0-9a-f.:]{2,45}|%any)\S{0,120}\.\.\.|policy: IKE|our auth: ?\w|ike_life: ?\d|conn_prio: ?\d)/,
    /^(?:000 )?#\d{1,9}: "[^"]{1,100}"(?:\[\d{1,6}\](?: \S{1,45})?)?:\d{1,5} (?:STATE_|ESTABLISHED_)/,
  ],
  mayStartWith: [/^000 ?$/],
  parse(output: Output): Parsed {
    const listing = new Listing();
    const unread: Line[] = [];
    let total: number | undefined;
    let listsStates = false;
    let limit: Admission | undefined;
    for (const line of output.lines) {
      const loaded = TOTAL.exec(line.text)?.groups?.["loaded"];
      if (loaded !== undefined) total = Number(loaded);
      limit = admissionIn(line, limit);
      if (/^(?:000 )?(?:State Information|IKE SAs:|IPsec SAs:)/.test(line.text)) listsStates = true;
      if (line.text.trim() === "" || FACTS.test(line.text) || listing.read(line)) continue;
      unread.push(line);
    }
    const { connections, sas, flows } = listing;
    const values: ReadingValue[] = [];
    if (connections.length > 0 || total === 0)
      values.push({ kind: "connections", connections, complete: total !== undefined && output.isCut !== true });
    // States come last: where nothing follows the connections, the paste may end before them.
    const isThere = sas.length > 0 || flows.length > 0;
    const isShown =
      isThere ||
      (listsStates && output.isOpenEnded !== true) ||
      (output.isOpenEnded !== true && / showstates\b/.test(output.command));
    if (isShown) values.push({ kind: "ike-sas", sas }, { kind: "ipsec-sas", flows, detail: false });
    if (limit) values.push(limit);
    return { values, unread };
  },
};

/** How many negotiations there may be and are; that none is taken any more says that there are as many. */
function admissionIn({ text, number }: Line, known: Admission | undefined): Admission | undefined {
  const most = LIMIT.exec(text)?.groups?.["most"];
  const { all, halfOpen } = COUNT.exec(text)?.groups ?? {};
  const { line, at } = known ?? { line: number, at: {} };
  const base = { ...known, kind: "admission" as const, line };
  if (most !== undefined) return { ...base, mostNegotiating: Number(most), at: { ...at, mostSas: number } };
  if (REFUSING.test(text)) return { ...base, mostNegotiating: 0, at: { ...at, mostSas: number } };
  if (all === undefined) return known;
  return { ...base, activeSas: Number(all), negotiating: Number(halfOpen), at: { ...at, activeSas: number } };
}
