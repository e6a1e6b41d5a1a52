/**
 * The chain INPUT of the filter table, as `iptables -S` and `iptables-save` print it: what comes in for the host itself.
 * Source: iptables 1.8 (man iptables-extensions), and what it prints.
 */
import { networkFromText } from "../../domain/network.ts";
import type { Line } from "../../domain/output.ts";
import type { AclEntry } from "../../domain/readings/ipsec.ts";
import type { HostFilter } from "../../domain/readings/path.ts";
import { anyPacket, type Conditions, entriesFor, portsOf } from "./filter-rule.ts";

const POLICY = /^(?:-P INPUT |:INPUT )(?<policy>ACCEPT|DROP)\b/;
const RULE = /^(?:\[\d{1,18}:\d{1,18}\] )?-A INPUT ?(?<rest>.{0,400})$/;
const TABLE = /^\*(?<table>\w{3,10})$/;
const COMMENT = / ?-m comment --comment (?:"[^"]{0,200}"|\S{1,100})/;
const TARGET = /(?:^| )-[jg] (?<target>[A-Za-z][\w-]{0,30})/;

/** The host's filter; undefined where none of it is among the lines. `isAll`: nothing of the output is missing. */
export function filterIn(lines: readonly Line[], isAll: boolean): HostFilter | undefined {
  const rules: AclEntry[] = [];
  let policy: { readonly line: number; readonly drops: boolean } | undefined;
  let table: string | undefined;
  for (const line of lines) {
    table = TABLE.exec(line.text)?.groups?.["table"] ?? table;
    if (table !== undefined && table !== "filter") continue;
    const word = POLICY.exec(line.text)?.groups?.["policy"];
    // Chains of every table are called so; only a head tells whose the line is.
    const isOfFilter = table === "filter" || line.text.startsWith("-P ");
    if (word !== undefined && isOfFilter) policy = { line: line.number, drops: word === "DROP" };
    const rest = RULE.exec(line.text)?.groups?.["rest"];
    if (rest !== undefined) rules.push(...entriesOf(rest, line));
  }
  const line = policy?.line ?? rules[0]?.line;
  if (line === undefined) return undefined;
  const complete = isAll && policy !== undefined;
  return { kind: "host-filter", line, dropsTheRest: policy?.drops === true, rules, complete };
}

/** A rule as an entry of an access list; what another chain decides may be either. */
function entriesOf(rest: string, line: Line): AclEntry[] {
  const target = TARGET.exec(rest)?.groups?.["target"];
  const words = rest
    .replace(COMMENT, "")
    .split(" ")
    .filter((word) => word !== "");
  const end = words.findIndex((word) => word === "-j" || word === "-g");
  const conditions = end < 0 ? words : words.slice(0, end);
  // They log and count, and the packet goes on; what comes in through the tunnel, or from the host, is not IKE of the peer.
  if (target === undefined || /^(?:LOG|NFLOG|MARK|CONNMARK|CT)$/.test(target)) return [];
  if (
    /(?:^| )-i lo(?: |$)|--pol ipsec|--ctstate (?:RELATED,ESTABLISHED|ESTABLISHED,RELATED|ESTABLISHED|INVALID)(?: |$)/.test(
      conditions.join(" "),
    )
  )
    return [];
  const action = target === "ACCEPT" ? "permit" : target === "DROP" || target === "REJECT" ? "deny" : undefined;
  return entriesFor(readConditions(conditions), action ? { action } : { decidedBy: target }, line);
}

function readConditions(words: readonly string[]): Conditions {
  const read = anyPacket();
  for (let index = 0; index < words.length; index += 2) {
    const [option = "", value = ""] = [words[index], words[index + 1]];
    const network = networkFromText(value);
    if (option === "-p") read.protocol = value === "all" ? "ip" : value;
    else if (option === "-s" && network) read.source = { network };
    else if (option === "-d" && network) read.destination = { network };
    else if (/^--dports?$/.test(option) && /^[\d,:]+$/.test(value)) read.ports = portsOf(value, ":");
    // Named before its own options, which say what it is; a new packet of the peer is of this state.
    else if (option === "-m" && /^(?:udp|tcp|esp|multiport|conntrack|state)$/.test(value)) continue;
    else if (/^--(?:ct)?state$/.test(option) && value.split(",").includes("NEW")) continue;
    else read.options.push([option, value].join(" ").trim());
  }
  return read;
}
