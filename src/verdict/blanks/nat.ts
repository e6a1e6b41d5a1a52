/** Blanks about the NAT exemption: what to enter depends on how this end chooses what it translates. */
import type { Side } from "../../domain/ids.ts";
import { formatForIosAcl } from "../../domain/network.ts";
import type { AccessList } from "../../domain/readings/ipsec.ts";
import type { NatRule, NatRules, RouteMapClause } from "../../domain/readings/path.ts";
import { decide } from "../../tunnel/compare/acl-decision.ts";
import { type Flow, flowOfEntry, mirrored } from "../../tunnel/compare/flow.ts";
import { natListOf, onlyListOf } from "../../tunnel/compare/nat-lists.ts";
import { protectedFlows } from "../../tunnel/compare/protected-flows.ts";
import { otherSide, type Tunnel } from "../../tunnel/tunnel.ts";
import type { EndView } from "../../tunnel/view.ts";
import type { Blanks } from "../fill.ts";
import { flowWords, freeName } from "./ios-words.ts";
import { listLines, packetsOf } from "./nat-list.ts";
import { staticNatBlanks } from "./nat-static.ts";

/** Of the three ways one is filled: the list itself, a list and a rule in its place, or a clause before the route map's. */
export function natBlanks(tunnel: Tunnel, side: Side): Blanks {
  const end = tunnel[side];
  const flows = flowsOf(tunnel, side).filter(({ source }) => source.family === 4);
  const rules = end.natRules?.item;
  const statics = staticNatBlanks(tunnel, end);
  const rule = rules && ruleThatTakes(end, rules, flows, statics !== undefined);
  if (statics && !rule) return { ...ways({}), ...statics };
  return { ...ways(waysOf(end, rules, rule, flows)), ...statics };
}

function waysOf(
  end: EndView,
  rules: NatRules | undefined,
  rule: NatRule | undefined,
  flows: readonly Flow[],
): Parameters<typeof ways>[0] {
  if (!rules || !rule || flows.length === 0) return { inList: listLines(undefined, undefined, flows) };
  const list = natListOf(end, rules, rule)?.item;
  const clauses = rules.routeMaps[rule.routeMap ?? ""] ?? [];
  const name = rule.aclName ?? onlyListOf(clauses);
  const isStandard = list?.type === "standard" || (name !== undefined && isStandardNumber(name));
  if (rule.routeMap !== undefined && (name === undefined || isStandard))
    return clauses.length > 0
      ? { byClause: clauseLines(end, rule.routeMap, clauses, flows) }
      : { inList: listLines(undefined, undefined, flows) };
  if (isStandard) return { byRule: ruleLines(end, rule, list, flows) };
  return { inList: listLines(name, list, flows) };
}

function ways(lines: {
  readonly inList?: readonly string[] | undefined;
  readonly byRule?: readonly string[] | undefined;
  readonly byClause?: readonly string[] | undefined;
}): Blanks {
  return {
    "nat-exemption-in-its-list": lines.inList?.join("\n"),
    "nat-exemption-by-a-new-rule": lines.byRule?.join("\n"),
    "nat-exemption-by-a-clause": lines.byClause?.join("\n"),
    "nat-exemption-from-a-static-rule": undefined,
  };
}

/** What has to be left alone: every flow of the tunnel, as this end or the other says it. */
function flowsOf(tunnel: Tunnel, side: Side): readonly Flow[] {
  const own = protectedFlows(tunnel, tunnel[side]) ?? [];
  return own.length > 0 ? own : (protectedFlows(tunnel, tunnel[otherSide(side)]) ?? []).map(mirrored);
}

/** The rule whose list permits a flow of the tunnel, else (unless it is a static one that does) the first that chooses. */
function ruleThatTakes(end: EndView, rules: NatRules, flows: readonly Flow[], isStatic: boolean): NatRule | undefined {
  const dynamic = rules.rules.filter(({ type }) => type === "dynamic");
  const takes = (rule: NatRule) => {
    const entries = natListOf(end, rules, rule)?.item.entries ?? [];
    return flows.some((flow) => decide(entries, packetsOf(flow)).action === "permit");
  };
  return dynamic.find(takes) ?? (isStatic ? undefined : dynamic[0]);
}

/** A standard list knows no destination: an extended one takes its place, and the rule has to name that one. */
function ruleLines(end: EndView, rule: NatRule, list: AccessList | undefined, flows: readonly Flow[]): string[] {
  const name = freeName("NAT-NOT-VPN", [
    ...(end.accessLists?.items ?? []).map(({ item }) => item.name),
    ...Object.keys(end.natRules?.item.routeMaps ?? {}),
  ]);
  const rest = (list?.entries ?? []).flatMap((entry) => {
    const network = flowOfEntry(entry)?.source;
    return network ? [` ${entry.action} ip ${formatForIosAcl(network)} any`] : [];
  });
  return [
    `ip access-list extended ${name}`,
    ...flows.map((flow) => ` deny ${flowWords(flow)}`),
    ...(rest.length > 0 ? rest : [` permit ip <networks of access list ${rule.aclName}> any`]),
    " exit",
    `no ${rule.text}`,
    rule.text.replace(`list ${rule.aclName}`, `list ${name}`),
  ];
}

/** What a clause that denies matches is not translated, whatever the clauses behind it choose by. */
function clauseLines(
  end: EndView,
  map: string,
  clauses: readonly RouteMapClause[],
  flows: readonly Flow[],
): string[] | undefined {
  const name = freeName(
    "VPN-NOT-NAT",
    (end.accessLists?.items ?? []).map(({ item }) => item.name),
  );
  const first = clauses[0]?.sequence ?? 10;
  const number = first > 0 ? `${Math.floor(first / 2)}` : "<a number before all others>";
  return [
    `ip access-list extended ${name}`,
    ...flows.map((flow) => ` permit ${flowWords(flow)}`),
    " exit",
    `route-map ${map} deny ${number}`,
    ` match ip address ${name}`,
  ];
}

/** Cisco IOS Security Configuration Guide, "IP Access List Overview": the ranges of numbers. */
function isStandardNumber(name: string): boolean {
  return /^(?:[1-9]\d?|1[3-9]\d\d)$/.test(name);
}
