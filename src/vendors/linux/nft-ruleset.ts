/**
 * `nft list ruleset`: of it the base chains on what comes in for the host itself, and on what it passes on. A rule that
 * is not read whole decides nothing for certain.
 * Source: nftables (man nft), and what it prints.
 */
import { networkFromText } from "../../domain/network.ts";
import type { Command, Line, Output, Parsed } from "../../domain/output.ts";
import type { AclEntry } from "../../domain/readings/ipsec.ts";
import { anyPacket, type Conditions, entriesFor, portsOf } from "./filter-rule.ts";

const TABLE = /^table (?:inet|ip6?|arp|bridge|netdev) \S{1,60} \{/;
const CHAIN = /^\s+chain (?<name>\S{1,60}) \{/;
const HOOK =
  /^\s+type (?<type>\w{2,10}) hook (?<hook>\w{3,12}) (?:device \S{1,40} )?priority [^;]{1,40};(?: policy (?<policy>accept|drop);)?/;
const END = /^\s*\}/;
const COUNTER = / ?\bcounter packets \d{1,20} bytes \d{1,20}/;
const VERDICT_WORD = /\b(?:accept|drop|reject|jump|goto|return)\b/g;
const VERDICT = /^(?:accept|drop|reject(?: with .{1,60})?|(?:jump|goto) \S{1,60}|return)$/;
const NEVER_THE_PEERS =
  /\b(?:iif|iifname) "?lo"?|ct state (?:vmap|invalid|established|related|\{? ?established, ?related)|ipsec in\b|meta secpath exists/;

export const nftRuleset: Command = {
  run: "nft [-a] [-n] list ruleset",
  alsoRun: ["sudo nft list ruleset", "nft list table [FAMILY] [NAME]"],
  looksLike: [TABLE, HOOK],
  parse(output: Output): Parsed {
    const chains: Chain[] = [];
    let open: Chain | undefined;
    for (const line of output.lines) {
      const hook = HOOK.exec(line.text)?.groups;
      if (CHAIN.test(line.text) || TABLE.test(line.text) || END.test(line.text)) open = undefined;
      else if (hook) {
        open = undefined;
        if (hook["type"] !== "filter" || (hook["hook"] !== "input" && hook["hook"] !== "forward")) continue;
        open = { hook: hook["hook"], line: line.number, drops: hook["policy"] === "drop", rules: [] };
        chains.push(open);
      } else if (open && line.text.trim() !== "") open.rules.push(...entriesOf(line, open.hook));
    }
    const complete = output.isCut !== true && output.isOpenEnded !== true;
    // Of two chains on one hook both have to accept: not weighed.
    const alone = chains.filter(({ hook }) => chains.filter((other) => other.hook === hook).length === 1);
    return {
      values: alone.map(({ hook, line, drops, rules }) => ({
        kind: "host-filter",
        ...(hook === "forward" && { on: "forwarded" as const }),
        line,
        dropsTheRest: drops,
        rules,
        complete,
      })),
      unread: [],
    };
  },
};

interface Chain {
  readonly hook: "input" | "forward";
  readonly line: number;
  readonly drops: boolean;
  readonly rules: AclEntry[];
}

function entriesOf(line: Line, hook: Chain["hook"]): AclEntry[] {
  const text = line.text
    .trim()
    .replace(/ ?# handle \d{1,9}$/, "")
    .replace(/ ?comment "[^"]{0,200}"/, "");
  // A chain or the words that a rule logs may be called like a verdict: what ends the line is one.
  const at = [...text.matchAll(VERDICT_WORD)].find(({ index }) => VERDICT.test(text.slice(index)))?.index;
  const verdict = text.slice(at ?? text.length);
  // What is passed on out of a tunnel is the tunnel's own traffic.
  if (at !== undefined && hook === "forward" && /ipsec (?:in|out)\b|meta secpath exists/.test(text))
    return entriesFor({ ...anyPacket(), options: [text] }, { decidedBy: verdict }, line);
  if (at === undefined || NEVER_THE_PEERS.test(text)) return vmapOf(line, text);
  const action = verdict === "accept" ? "permit" : /^(?:drop|reject)/.test(verdict) ? "deny" : undefined;
  const conditions = text
    .slice(0, at)
    .replace(COUNTER, "")
    .replace(/ ?\blog(?: prefix "[^"]{0,100}")?(?: level \w+)?/, "")
    .trim();
  return entriesFor(readConditions(conditions), action ? { action } : { decidedBy: verdict }, line);
}

/** A map of verdicts that is not of connection states may decide anything. */
function vmapOf(line: Line, text: string): AclEntry[] {
  if (!/\bvmap\b/.test(text) || NEVER_THE_PEERS.test(text)) return [];
  return entriesFor(anyPacket(), { decidedBy: "vmap" }, { ...line, text });
}

const PORTS = /^(?<protocol>udp|tcp) dport (?<ports>\d{1,5}(?:-\d{1,5})?|\{ ?[\d, -]{1,200}\})\s*/;
const PROTOCOL = /^(?:ip protocol|meta l4proto|ip6 nexthdr) (?<protocol>\w{2,8})\s*/;
const ADDRESS = /^ip6? (?<side>saddr|daddr) (?<network>[0-9a-fA-F.:]{2,45}(?:\/\d{1,3})?)\s*/;
const NEW = /^ct state (?:new|\{? ?new, ?\w+[^}]{0,40}\}?)\s*/;

function readConditions(conditions: string): Conditions {
  const read = anyPacket();
  let rest = conditions;
  while (rest !== "") {
    const ports = PORTS.exec(rest);
    const protocol = PROTOCOL.exec(rest);
    const address = ADDRESS.exec(rest);
    const state = NEW.exec(rest);
    const network = networkFromText(address?.groups?.["network"] ?? "");
    if (ports) {
      read.protocol = ports.groups?.["protocol"] ?? "ip";
      read.ports = portsOf((ports.groups?.["ports"] ?? "").replace(/[{} ]/g, ""), "-");
    } else if (protocol) read.protocol = protocol.groups?.["protocol"] ?? "ip";
    else if (address && network) {
      if (address.groups?.["side"] === "saddr") read.source = { network };
      else read.destination = { network };
    } else if (!state) {
      read.options.push(rest);
      return read;
    }
    rest = rest.slice((ports ?? protocol ?? address ?? state)?.[0].length ?? rest.length);
  }
  return read;
}
