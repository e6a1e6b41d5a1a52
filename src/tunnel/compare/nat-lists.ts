/** By which access list a NAT rule chooses what it translates. */
import type { AccessList } from "../../domain/readings/ipsec.ts";
import type { NatRule, NatRules, RouteMapClause } from "../../domain/readings/path.ts";
import type { Held } from "../known.ts";
import type { EndView } from "../view.ts";

/** The list that alone decides what a rule takes; undefined where it is not known or a route map chooses by more. */
export function natListOf(end: EndView, rules: NatRules, rule: NatRule): Held<AccessList> | undefined {
  const name = rule.aclName ?? onlyListOf(rules.routeMaps[rule.routeMap ?? ""] ?? []);
  return name === undefined ? undefined : end.accessLists?.items.find(({ item }) => item.name === name);
}

/** The name of the one list by which a route map chooses, if it has no other means. */
export function onlyListOf(clauses: readonly RouteMapClause[]): string | undefined {
  const lists = clauses.flatMap((clause) => clause.lists);
  return lists.length === 1 && clauses.every(({ action, byMore }) => action === "permit" && !byMore)
    ? lists[0]
    : undefined;
}
