/**
 * The filter's chain "input" of an export: what comes in for the router itself. What no rule takes passes.
 * Source: MikroTik RouterOS documentation, "Filter" and "Building Your First Firewall".
 */
import { networkFromText } from "../../../domain/network.ts";
import type { AclEntry } from "../../../domain/readings/ipsec.ts";
import type { HostFilter } from "../../../domain/readings/path.ts";
import { anyPacket, type Conditions, entriesFor, portsOf } from "../../linux/filter-rule.ts";
import type { Statement } from "./statements.ts";

/** Fields that say nothing of which packets a rule takes. */
const SILENT: ReadonlySet<string> = new Set("action chain comment disabled log log-prefix place-before".split(" "));
const TAKES_THE_NEW = /\bnew\b|^!(?:established|related|,|untracked)+$/;

export function filterOf(statements: readonly Statement[], isWhole: boolean): HostFilter | undefined {
  const all = statements.filter(({ menu, action }) => menu === "ip firewall filter" && action === "add");
  const input = all.filter((rule) => value(rule, "chain") === "input" && value(rule, "disabled") !== "yes");
  const [first] = input;
  if (!first) return undefined;
  return {
    kind: "host-filter",
    line: first.line,
    dropsTheRest: false,
    rules: input.flatMap((rule) => entriesOf(rule, statements)),
    complete: isWhole,
  };
}

function value(rule: Statement, name: string): string | undefined {
  return rule.fields.get(name)?.value;
}

function entriesOf(rule: Statement, statements: readonly Statement[]): AclEntry[] {
  const action = value(rule, "action") ?? "accept";
  if (/^(?:log|passthrough|add-|fasttrack)/.test(action)) return [];
  const conditions = conditionsOf(rule, statements);
  if (!conditions) return [];
  const isDeny = /^(?:drop|reject|tarpit)$/.test(action);
  const verdict =
    action === "accept" ? ({ action: "permit" } as const) : isDeny ? ({ action: "deny" } as const) : undefined;
  return entriesFor(conditions, verdict ?? { decidedBy: action }, { number: rule.line, text: rule.text });
}

/** Undefined for a rule that takes no first packet of the peer: answers, or what comes through the tunnel. */
function conditionsOf(rule: Statement, statements: readonly Statement[]): Conditions | undefined {
  const read = anyPacket();
  for (const [name, { value: text }] of rule.fields) {
    const network = networkFromText(text);
    if (SILENT.has(name)) continue;
    if (name === "connection-state") {
      if (!TAKES_THE_NEW.test(text)) return undefined;
    } else if (name === "ipsec-policy") {
      if (text === "in,ipsec") return undefined;
    } else if (name === "protocol") read.protocol = text === "ipsec-esp" ? "esp" : text === "ipsec-ah" ? "ah" : text;
    else if (name === "src-address" && network) read.source = { network };
    else if (name === "dst-address" && network) read.destination = { network };
    else if (/^(?:dst-)?port$/.test(name) && /^[\d,-]+$/.test(text)) read.ports = portsOf(text, "-");
    else if (/^in-interface(?:-list)?$/.test(name)) {
      const isOutside = isTowardsThePeer(text, statements);
      if (isOutside === false) return undefined;
      if (isOutside === undefined) read.options.push(`${name}=${text}`);
    } else read.options.push(`${name}=${text}`);
  }
  return read;
}

/** Whether what comes in from the interface with a public address comes in by this one; undefined where nobody knows. */
function isTowardsThePeer(text: string, statements: readonly Statement[]): boolean | undefined {
  const isNot = text.startsWith("!");
  const name = isNot ? text.slice(1) : text;
  const outside = outsideOf(statements);
  if (outside === undefined) return undefined;
  const lists = statements.filter(({ menu, action }) => menu === "interface list member" && action === "add");
  const members = lists.filter((item) => value(item, "list") === name).map((item) => value(item, "interface"));
  const isKnown = members.length > 0 || name === outside || lists.length === 0;
  if (!isKnown) return undefined;
  const isIn = name === outside || members.includes(outside);
  // A name that is neither: another interface, or a list that is not shown.
  if (!isIn && members.length === 0 && !isInterface(name, statements)) return undefined;
  return isIn !== isNot;
}

function isInterface(name: string, statements: readonly Statement[]): boolean {
  return statements.some((item) => item.menu === "ip address" && value(item, "interface") === name);
}

/** The interface with the address from which a peer is spoken to, or the only one with a public address. */
function outsideOf(statements: readonly Statement[]): string | undefined {
  const own = statements.flatMap((item) => (item.menu === "ip ipsec peer" ? (value(item, "local-address") ?? []) : []));
  const found = statements.filter(
    (item) => item.menu === "ip address" && own.includes((value(item, "address") ?? "").split("/")[0] ?? ""),
  );
  return new Set(found.map((item) => value(item, "interface"))).size === 1 && found[0]
    ? value(found[0], "interface")
    : undefined;
}
