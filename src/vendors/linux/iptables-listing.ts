/**
 * `iptables -L`, with `-n` and `-v`: the rules as a table. Each row is put into the words of `iptables -S`, and read so.
 * Without `-n` names stand for addresses and ports, without `-v` the interfaces are missing: of the rules that say nothing
 * but ACCEPT nobody knows then whether they take everything.
 * Source: iptables 1.8 (man iptables), and what it prints.
 */
import type { Command, Line, Output, Parsed } from "../../domain/output.ts";
import { iptablesNat } from "./iptables.ts";

const CHAIN =
  /^Chain (?<chain>[\w-]{1,30}) \((?:policy (?<policy>ACCEPT|DROP)(?: \d{1,18}[KMGT]? packets, \d{1,18}[KMGT]? bytes)?|\d{1,6} references)\)\s*$/;
const COLUMNS =
  /^\s*(?:num\s{1,6})?(?:pkts bytes\s{1,12})?target {2,12}prot opt (?:in {2,12}out {2,12})?source {2,20}destination/;
const LONG =
  /^\s*(?:\d{1,6}\s{1,12})?\d{1,18}[KMGT]?\s{1,20}\d{1,18}[KMGT]?\s{1,12}(?<target>[A-Za-z][\w-]{0,30}) {1,12}(?<protocol>[\w-]{1,12}) {1,8}(?:--|-f|!f) {1,8}(?<in>!?[\w.*+-]{1,16}) {1,12}(?<out>!?[\w.*+-]{1,16}) {1,12}(?<source>!?[\w./:-]{1,60}) {1,24}(?<destination>!?[\w./:-]{1,60})(?<more>\s.{0,300})?$/;
const SHORT =
  /^(?:\d{1,6}\s{1,12})?(?<target>[A-Za-z][\w-]{0,30}) {1,12}(?<protocol>[\w-]{1,12}) {1,8}(?:--|-f|!f) {1,8}(?<source>!?[\w./:-]{1,60}) {1,24}(?<destination>!?[\w./:-]{1,60})(?<more>\s.{0,300})?$/;

/** Numbers that newer releases print for names with `-n`. */
const PROTOCOLS: Readonly<Record<string, string>> = { "0": "all", "6": "tcp", "17": "udp", "50": "esp", "51": "ah" };

export const iptablesListing: Command = {
  run: "iptables -L -n -v",
  alsoRun: [
    "iptables -L [CHAIN] [-n] [-v] [--line-numbers]",
    "iptables -L -v -n",
    "iptables -nvL [CHAIN]",
    "iptables -vnL [CHAIN]",
    "iptables -t nat -L [CHAIN] [-n] [-v]",
    "iptables -t nat -nvL [CHAIN]",
    "iptables -t nat -vnL [CHAIN]",
    "iptables -nL [CHAIN]",
  ],
  looksLike: [CHAIN, COLUMNS],
  mayStartWith: [LONG],
  parse(output: Output, signatures): Parsed {
    const lines: Line[] = [];
    let chain = "";
    for (const line of output.lines) {
      const head = CHAIN.exec(line.text)?.groups;
      const long = LONG.exec(line.text)?.groups;
      const row = long ?? SHORT.exec(line.text)?.groups;
      if (head) {
        chain = head["chain"] ?? "";
        lines.push({ ...line, text: head["policy"] === undefined ? `-N ${chain}` : `-P ${chain} ${head["policy"]}` });
      } else if (row && chain !== "") lines.push({ ...line, text: ruleOf(chain, row, long !== undefined) });
      else if (!COLUMNS.test(line.text)) lines.push(line);
    }
    return iptablesNat.parse({ ...output, lines }, signatures);
  },
};

function ruleOf(chain: string, row: Readonly<Record<string, string | undefined>>, isLong: boolean): string {
  const { target = "", more = "" } = row;
  const words = [`-A ${chain}`];
  const add = (option: string, value: string | undefined, any: RegExp) => {
    if (value === undefined || any.test(value)) return;
    words.push(value.startsWith("!") ? `! ${option} ${value.slice(1)}` : `${option} ${value}`);
  };
  add("-s", row["source"], /^(?:0\.0\.0\.0\/0|::\/0|anywhere)$/);
  add("-d", row["destination"], /^(?:0\.0\.0\.0\/0|::\/0|anywhere)$/);
  add("-i", row["in"], /^(?:\*|any)$/);
  add("-o", row["out"], /^(?:\*|any)$/);
  add("-p", PROTOCOLS[row["protocol"] ?? ""] ?? row["protocol"], /^all$/);
  // The interfaces are not printed: the rule may be for one of them only, as that for "lo" mostly is.
  if (!isLong) words.push("-m not-shown");
  words.push(...conditionsOf(more.trim()), `-j ${target}`);
  return words.join(" ");
}

/** "udp dpt:500", "multiport dports 500,4500", "ctstate RELATED,ESTABLISHED", "policy match dir out pol ipsec". */
function conditionsOf(more: string): string[] {
  const rest = withoutComment(more)
    .replace(/\breject-with \S{1,40}/, "")
    .trim();
  const port = /^(?:udp|tcp) dpts?:(?<port>[\d:]{1,11})$/.exec(rest)?.groups?.["port"];
  const ports = /^(?:multiport|udp multiport) dports (?<ports>[\d,:]{1,120})$/.exec(rest)?.groups?.["ports"];
  const state = /^(?<kind>ctstate|state) (?<states>[A-Z,]{3,60})$/.exec(rest)?.groups;
  const policy = /^policy match dir (?<dir>in|out) pol (?<pol>ipsec|none)/.exec(rest)?.groups;
  if (rest === "" || /^(?:udp|tcp)$/.test(rest)) return [];
  if (port !== undefined) return ["--dport", port];
  if (ports !== undefined) return ["-m multiport --dports", ports];
  if (state) return [`-m conntrack --ctstate ${state["states"] ?? ""}`];
  if (policy) return [`-m policy --dir ${policy["dir"] ?? ""} --pol ${policy["pol"] ?? ""}`];
  return [`-m not-read`];
}

/** Without what "-m comment" has written between slashes and stars. */
function withoutComment(text: string): string {
  const start = text.indexOf("/*");
  const end = start < 0 ? -1 : text.indexOf("*/", start + 2);
  return end < 0 ? text : text.slice(0, start) + text.slice(end + 2);
}
