/** Whether two lists of entries are mirror images of each other. */
import type { AclEntry } from "../../domain/readings/ipsec.ts";
import { coversFlow, type Flow, flowKey, flowOfEntry, flowsOverlap, mirrored } from "./flow.ts";

export interface MirrorTest {
  /** undefined where entries can't be resolved or denies make the meaning depend on the order. */
  readonly is: boolean | undefined;
  /** Permit entries whose mirror the other list does not have; at most ten of each. */
  readonly unmatched: readonly [readonly AclEntry[], readonly AclEntry[]];
  /** Permit entries of the first list that have their mirror in the second. */
  readonly matched: readonly AclEntry[];
}

interface Rule {
  readonly entry: AclEntry;
  readonly flow: Flow;
}

const ENOUGH = 10;

/**
 * Mirrors: every permit of one has its exact mirror in the other; the order does not matter. A permit that an entry
 * before it covers never takes effect and is not missed. A deny exempts traffic on its own end only: lists with denies
 * are compared when the denies mirror each other in the same order; otherwise an unmatched permit counts only where no
 * deny touches it.
 */
export function testMirror(one: readonly AclEntry[], other: readonly AclEntry[]): MirrorTest {
  const first = rulesOf(one);
  const second = rulesOf(other);
  if (!first || !second) return { is: undefined, unmatched: [[], []], matched: [] };
  const inFirst = permitKeys(first);
  const inSecond = permitKeys(second);
  const missing = [unmatchedIn(first, inSecond), unmatchedIn(second, inFirst)] as const;
  const matched = permitsOf(first).filter(({ flow }) => inSecond.has(flowKey(mirrored(flow))));
  return {
    is: decide(first, second, [...missing[0], ...missing[1].map((rule) => ({ ...rule, flow: mirrored(rule.flow) }))]),
    unmatched: [missing[0].map(({ entry }) => entry), missing[1].map(({ entry }) => entry)],
    matched: matched.map(({ entry }) => entry),
  };
}

/** `missing` is from the point of view of the first list. */
function decide(first: readonly Rule[], second: readonly Rule[], missing: readonly Rule[]): boolean | undefined {
  if (permitsOf(first).length === 0 || permitsOf(second).length === 0) return undefined;
  const denies = [...deniesOf(first).map(({ flow }) => flow), ...deniesOf(second).map(({ flow }) => mirrored(flow))];
  if (missing.length > 0) {
    const plain = missing.filter(({ flow }) => !denies.some((deny) => flowsOverlap(deny, flow)));
    return plain.length > 0 ? false : undefined;
  }
  if (denies.length === 0) return true;
  const one = first.map(({ entry, flow }) => `${entry.action} ${flowKey(flow)}`);
  const other = second.map(({ entry, flow }) => `${entry.action} ${flowKey(mirrored(flow))}`);
  return one.length === other.length && one.every((name, index) => name === other[index]) ? true : undefined;
}

function rulesOf(entries: readonly AclEntry[]): Rule[] | undefined {
  const rules: Rule[] = [];
  for (const entry of entries) {
    const flow = flowOfEntry(entry);
    if (!flow) return undefined;
    rules.push({ entry, flow });
  }
  return rules;
}

function unmatchedIn(rules: readonly Rule[], others: ReadonlySet<string>): Rule[] {
  const found: Rule[] = [];
  for (const [index, rule] of rules.entries()) {
    if (rule.entry.action !== "permit" || others.has(flowKey(mirrored(rule.flow)))) continue;
    if (rules.slice(0, index).some((before) => coversFlow(before.flow, rule.flow))) continue;
    found.push(rule);
    if (found.length === ENOUGH) break;
  }
  return found;
}

function permitKeys(rules: readonly Rule[]): ReadonlySet<string> {
  return new Set(permitsOf(rules).map(({ flow }) => flowKey(flow)));
}

function permitsOf(rules: readonly Rule[]): Rule[] {
  return rules.filter(({ entry }) => entry.action === "permit");
}

function deniesOf(rules: readonly Rule[]): Rule[] {
  return rules.filter(({ entry }) => entry.action === "deny");
}
