/**
 * NAT rules as the comparison knows them: a rule with the list that decides what it takes. The ASA has no such list; it is
 * made of the rule and of all that come before it, since the first rule that fits is the one (manual rules, then those of
 * objects, then manual rules "after-auto": Cisco ASA firewall configuration guide, "NAT rule order").
 */
import { ANY_IPV4, formatForAsaAcl, type Network } from "../../../domain/network.ts";
import type { AccessList, AclEntry } from "../../../domain/readings/ipsec.ts";
import type { NatRule } from "../../../domain/readings/path.ts";
import type { Statement } from "../../cisco-ios/configuration/statements.ts";
import type { Collected } from "./collected.ts";
import type { Networks } from "./objects.ts";

const MANUAL =
  /^nat \((?<real>[^,()\s]{1,60}),(?<mapped>[^,()\s]{1,60})\) (?:after-auto )?(?:\d{1,6} )?source (?<type>static|dynamic) (?<source>\S{1,128}) (?<to>(?:pat-pool )?\S{1,128})(?<more>(?: .*)?)$/;
const DESTINATION = /^ destination static (?<mapped>\S{1,128}) (?<real>\S{1,128})/;
const OF_OBJECT =
  /^nat \((?<real>[^,()\s]{1,60}),(?<mapped>[^,()\s]{1,60})\) (?<type>static|dynamic) (?<to>pat-pool \S{1,128}|\S{1,128})/;

interface Rule {
  readonly statement: Statement;
  readonly real: string;
  readonly mapped: string;
  readonly type: "static" | "dynamic";
  /** Source and destination stay as they are: what a tunnel's traffic needs. */
  readonly isIdentity: boolean;
  readonly sources: readonly Network[] | undefined;
  readonly destinations: readonly Network[] | undefined;
}
export interface Nat {
  readonly rules: readonly NatRule[];
  readonly lists: readonly AccessList[];
  /** What is left as it is, rule by rule. */
  readonly exempt: readonly {
    readonly line: number;
    readonly sources: readonly Network[];
    readonly destinations: readonly Network[];
  }[];
  /** Interfaces by the side of NAT that they are on. */
  readonly sides: ReadonlyMap<string, "inside" | "outside">;
}

export function natOf({ nat, objectNat, objects }: Collected): Nat {
  const manual = nat.flatMap((statement) => manualRule(statement, objects) ?? []);
  const isLate = ({ statement }: Rule) => statement.text.includes(" after-auto ");
  const own = objectNat.flatMap(({ name, statement }) => objectRule(name, statement, objects) ?? []);
  const ordered = [...manual.filter((rule) => !isLate(rule)), ...own, ...manual.filter(isLate)];
  const rules: NatRule[] = [];
  const lists: AccessList[] = [];
  for (const [index, rule] of ordered.entries()) {
    if (rule.isIdentity) continue;
    const entries = entriesOf(rule, ordered.slice(0, index));
    const { line, text } = rule.statement;
    const name = text.slice(0, 240);
    if (entries) lists.push({ name, line, type: "extended", entries });
    const isDynamic = rule.type === "dynamic";
    const [only, ...others] = rule.sources ?? [];
    rules.push({
      line,
      text,
      type: rule.type,
      overload: isDynamic,
      ...(isDynamic && entries && { aclName: name }),
      ...(!isDynamic && only && others.length === 0 && { insideLocal: { network: only } }),
    });
  }
  const exempt = ordered.flatMap(({ isIdentity, sources, destinations, statement: { line } }) =>
    isIdentity && sources && destinations ? [{ line, sources, destinations }] : [],
  );
  return { rules, lists, exempt, sides: sidesOf(ordered) };
}

function manualRule(statement: Statement, objects: Networks): Rule | undefined {
  const groups = MANUAL.exec(statement.text)?.groups;
  if (groups === undefined || / inactive\b/.test(statement.text)) return undefined;
  const { source = "", to = "", more = "" } = groups;
  const destination = DESTINATION.exec(more)?.groups;
  const isIdentity = groups["type"] === "static" && source === to && destination?.["mapped"] === destination?.["real"];
  return {
    statement,
    real: groups["real"] ?? "",
    mapped: groups["mapped"] ?? "",
    type: groups["type"] === "static" ? "static" : "dynamic",
    isIdentity,
    sources: objects.of(source),
    destinations: destination ? objects.of(destination["mapped"] ?? "") : [ANY_IPV4],
  };
}

function objectRule(name: string, statement: Statement, objects: Networks): Rule | undefined {
  const groups = OF_OBJECT.exec(statement.text)?.groups;
  if (groups === undefined) return undefined;
  return {
    statement,
    real: groups["real"] ?? "",
    mapped: groups["mapped"] ?? "",
    type: groups["type"] === "static" ? "static" : "dynamic",
    isIdentity: groups["type"] === "static" && groups["to"] === name,
    sources: objects.of(name),
    destinations: [ANY_IPV4],
  };
}

/** What the rules before leave to it; undefined where one of them is not known well enough. */
function entriesOf(rule: Rule, before: readonly Rule[]): AclEntry[] | undefined {
  const entries: AclEntry[] = [];
  for (const other of before) {
    if (!meets(other.real, rule.real) || !meets(other.mapped, rule.mapped)) continue;
    const denied = pairsOf(other, "deny");
    if (denied === undefined) return undefined;
    entries.push(...denied);
  }
  const permitted = pairsOf(rule, "permit");
  return permitted && [...entries, ...permitted];
}

function meets(one: string, other: string): boolean {
  return one === other || one === "any" || other === "any";
}

const MOST = 2000;

function pairsOf({ statement, sources, destinations }: Rule, action: "permit" | "deny"): AclEntry[] | undefined {
  if (!sources || !destinations || sources.length * destinations.length > MOST) return undefined;
  return sources.flatMap((source) =>
    destinations.map((destination) => ({
      line: statement.line,
      action,
      protocol: "ip",
      source: { network: source },
      destination: { network: destination },
      options: [],
      text: `${action} ip ${formatForAsaAcl(source)} ${formatForAsaAcl(destination)}`,
    })),
  );
}

function sidesOf(rules: readonly Rule[]): ReadonlyMap<string, "inside" | "outside"> {
  const sides = new Map<string, "inside" | "outside">();
  for (const { real, mapped, isIdentity } of rules) {
    if (isIdentity) continue;
    if (real !== "any") sides.set(real, sides.get(real) ?? "inside");
    if (mapped !== "any") sides.set(mapped, "outside");
  }
  return sides;
}
