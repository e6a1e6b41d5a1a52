/**
 * The chains INPUT and FORWARD of the filter table, as `iptables -S` and `iptables-save` print them: what comes in for the
 * host itself, and what it passes on.
 * Source: iptables 1.8 (man iptables-extensions), and what it prints.
 */
import { networkFromText } from "../../domain/network.ts";
import type { Line } from "../../domain/output.ts";
import type { AclEntry } from "../../domain/readings/ipsec.ts";
import type { HostFilter } from "../../domain/readings/path.ts";
import { anyPacket, type Conditions, entriesFor, portsOf } from "./filter-rule.ts";

const POLICY = /^(?:-P |:)(?<chain>INPUT|FORWARD) (?<policy>ACCEPT|DROP)\b/;
const RULE = /^(?:\[\d{1,18}:\d{1,18}\] )?-A (?<chain>INPUT|FORWARD)(?: (?<rest>.{0,400}))?$/;
const TABLE = /^\*(?<table>\w{3,10})$/;
const COMMENT = / ?-m comment --comment (?:"[^"]{0,200}"|\S{1,100})/;
const NEVER_NEW =
  /(?:^| )-i lo(?: |$)|--(?:ct)?state (?:RELATED,ESTABLISHED|ESTABLISHED,RELATED|ESTABLISHED|INVALID)(?: |$)/;
const TARGET = /(?:^| )-[jg] (?<target>[A-Za-z][\w-]{0,30})/;

/** The host's filters, as far as they are among the lines. `isAll`: nothing of the output is missing. */
export function filtersIn(lines: readonly Line[], isAll: boolean): HostFilter[] {
  return (["INPUT", "FORWARD"] as const).flatMap((chain) => filterIn(chain, lines, isAll) ?? []);
}

function filterIn(chain: "INPUT" | "FORWARD", lines: readonly Line[], isAll: boolean): HostFilter | undefined {
  const rules: AclEntry[] = [];
  let policy: { readonly line: number; readonly drops: boolean } | undefined;
  let table: string | undefined;
  for (const line of lines) {
    table = TABLE.exec(line.text)?.groups?.["table"] ?? table;
    if (table !== undefined && table !== "filter") continue;
    const head = POLICY.exec(line.text)?.groups;
    const word = head?.["chain"] === chain ? head["policy"] : undefined;
    // Chains of every table are called so; only a head tells whose the line is.
    const isOfFilter = table === "filter" || line.text.startsWith("-P ");
    if (word !== undefined && isOfFilter) policy = { line: line.number, drops: word === "DROP" };
    const rule = RULE.exec(line.text)?.groups;
    if (rule?.["chain"] === chain) rules.push(...entriesOf(rule["rest"] ?? "", line, chain));
  }
  const line = policy?.line ?? rules[0]?.line;
  if (line === undefined) return undefined;
  const complete = isAll && policy !== undefined;
  const on = chain === "FORWARD" ? { on: "forwarded" as const } : {};
  return { kind: "host-filter", ...on, line, dropsTheRest: policy?.drops === true, rules, complete };
}

/** A rule as an entry of an access list; what another chain decides may be either. */
function entriesOf(rest: string, line: Line, chain: "INPUT" | "FORWARD"): AclEntry[] {
  const target = TARGET.exec(rest)?.groups?.["target"];
  const words = rest
    .replace(COMMENT, "")
    .split(" ")
    .filter((word) => word !== "");
  const end = words.findIndex((word) => word === "-j" || word === "-g");
  const conditions = end < 0 ? words : words.slice(0, end);
  // They log and count, and the packet goes on; what comes in through the tunnel, or from the host, is not IKE of the peer.
  if (target === undefined || /^(?:LOG|NFLOG|MARK|CONNMARK|CT)$/.test(target)) return [];
  const text = conditions.join(" ");
  if (NEVER_NEW.test(text)) return [];
  // What is passed on is the tunnel's own traffic; what comes in for the host is not, the peer's IKE and ESP are.
  if (/--pol ipsec/.test(text)) {
    if (chain === "INPUT") return [];
    return entriesFor({ ...anyPacket(), options: [text] }, { decidedBy: target }, line);
  }
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
