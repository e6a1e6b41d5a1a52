/**
 * `show ip cef` and `show ipv6 cef`, for one destination or all, also `detail`: where the forwarding table sends packets.
 * Three forms: the old one with `version` and `via` lines (the article's), the new one with `nexthop` lines, and the table.
 */
import { canonicalAddress, networkFromPrefix } from "../../domain/network.ts";
import type { Command, Line, Output, Parsed } from "../../domain/output.ts";
import type { Forwarding, RouteVia } from "../../domain/readings/path.ts";
import { askedAddress, isClockLine, isInterfaceName, wordAfter } from "./path-command.ts";
import { readCefDetail } from "./show-ip-cef/detail.ts";

/** An entry while it is being read. */
export interface OpenForwarding {
  readonly line: number;
  readonly network: Forwarding["entries"][number]["network"];
  readonly nextHops: RouteVia[];
  drops?: string | undefined;
}

const HEADING = /^\s*Prefix +Next Hop +Interface\s*$/;
const OLD = /^\s*[0-9a-fA-F.:]{2,45}\/\d{1,3}, version \d+, /;
const NEW = /^\s*[0-9a-fA-F.:]{2,45}\/\d{1,3}, epoch \d+/;
const NEXT_HOP = /^\s*nexthop [0-9a-fA-F.:]{2,45} [A-Za-z]/;
const ENTRY = /^\s*(?<address>[0-9a-fA-F.:]{2,45})\/(?<length>\d{1,3})(?:[\s,](?<rest>.*))?$/;
const BARE_PREFIX = /^\s*[0-9a-fA-F.:]{2,45}\/\d{1,3}\s*$/;
/** The IPv6 table, whose prefixes stand alone on their lines. */
const BELOW_PREFIX = /^\s{1,10}(?:attached to|receive for) [A-Z][A-Za-z-]{1,40}\d/;
const BARE_ANSWER = /^\s{1,10}(?:no route|discard|drop|receive)$/;
const NOT_RUNNING = /^\s{0,20}%? ?IPv[46] CEF (?:is )?not (?:running|enabled)/;
const SUMMARY =
  /^\s*(?:IPv[46] CEF is |VRF |\d+ prefixes |Default network |Table id |Database epoch|Non-stop forwarding|\d+ routes |Switchover in progress)/;
const DROPS = /^(?:drop|discard|no route|null|unusable)/i;

export const showIpCef: Command = {
  run: "show ip cef [vrf NAME] [ADDRESS] [MASK] [detail] [internal] [longer-prefixes]",
  alsoRun: ["show ipv6 cef [vrf NAME] [ADDRESS] [detail] [internal] [longer-prefixes]"],
  looksLike: [HEADING, OLD, NEW, NEXT_HOP, BELOW_PREFIX, NOT_RUNNING],
  mayStartWith: [BARE_PREFIX, BARE_ANSWER, SUMMARY],
  parse(output: Output): Parsed {
    const unread: Line[] = [];
    const entries: OpenForwarding[] = [];
    let isTable = false;
    let isLost = false;
    for (const line of output.lines) {
      if (line.text.trim() === "" || isClockLine(line.text)) continue;
      if (NOT_RUNNING.test(line.text)) continue;
      if (HEADING.test(line.text)) isTable = true;
      else if (!(isLost && !ENTRY.test(line.text)) && readLine(entries, line, isTable)) isLost = false;
      else {
        // A prefix that can't be read takes the lines below it along: they belong to no other.
        if (/^\S{1,50}\/\d/.test(line.text)) isLost = true;
        unread.push(line);
      }
    }
    const asked = askedAddress(output.command);
    const vrf = wordAfter(output.command, "vrf");
    return { values: entries.length > 0 || isTable ? [{ kind: "forwarding", asked, vrf, entries }] : [], unread };
  },
};

function readLine(entries: OpenForwarding[], line: Line, isTable: boolean): boolean {
  const start = ENTRY.exec(line.text)?.groups;
  const network = start && networkFromPrefix(start["address"] ?? "", Number(start["length"]));
  if (start && network) {
    const entry: OpenForwarding = { line: line.number, network, nextHops: [] };
    entries.push(entry);
    const rest = (start["rest"] ?? "").trim();
    if (isTable) return readTableRow(entry, line, rest.split(/\s+/));
    // The old form says "attached, default route handler"; the new one its flags. Neither is a next hop yet.
    return true;
  }
  const open = entries.at(-1);
  if (open === undefined) return SUMMARY.test(line.text);
  if (isTable) return readTableRow(open, line, line.text.trim().split(/\s+/));
  return readCefDetail(open, line);
}

/** "192.0.2.1  GigabitEthernet0/1", "attached  Tunnel0", "receive", "drop", "no route", "0.0.0.0  Null0". */
function readTableRow(entry: OpenForwarding, line: Line, words: readonly string[]): boolean {
  const [first = "", second = ""] = words;
  const rest = words.join(" ");
  if (DROPS.test(rest)) {
    entry.drops = rest;
    return true;
  }
  if (first === "receive") return true;
  const nextHop = canonicalAddress(first);
  const name = isInterfaceName(second) ? second : undefined;
  if (first !== "attached" && nextHop === undefined) return false;
  if (/^null\d/i.test(second)) entry.drops = second;
  entry.nextHops.push({
    line: line.number,
    ...(nextHop !== undefined && nextHop !== "0.0.0.0" && { nextHop }),
    ...(name !== undefined && { interface: name }),
  });
  return true;
}
