/** Blanks about the NAT exemption: what to enter depends on how this end chooses what it translates. */
import type { Side } from "../../domain/ids.ts";
import { formatForIosAcl } from "../../domain/network.ts";
import type { AccessList } from "../../domain/readings/ipsec.ts";
import type { NatRule, NatRules, RouteMapClause } from "../../domain/readings/path.ts";
import { decide } from "../../tunnel/compare/acl-decision.ts";
import { type Flow, flowOfEntry, mirrored } from "../../tunnel/compare/flow.ts";
import { natListOf, onlyListOf } from "../../tunnel/compare/nat.ts";
import { protectedFlows } from "../../tunnel/compare/protected-flows.ts";
import { otherSide, type Tunnel } from "../../tunnel/tunnel.ts";
import type { EndView } from "../../tunnel/view.ts";
import type { Blanks } from "../fill.ts";
import { flowWords, freeName } from "./ios-words.ts";

/** Of the three ways one is filled: the list itself, a list and a rule in its place, or a clause before the route map's. */
export function natBlanks(tunnel: Tunnel, side: Side): Blanks {
  const end = tunnel[side];
  const flows = flowsOf(tunnel, side).filter(({ source }) => source.family === 4);
  const rules = end.natRules?.item;
  const rule = rules && ruleThatTakes(end, rules, flows);
  if (!rules || !rule || flows.length === 0) return ways({ inList: listLines(undefined, undefined, flows) });
  const list = natListOf(end, rules, rule)?.item;
  const clauses = rules.routeMaps[rule.routeMap ?? ""] ?? [];
  const name = rule.aclName ?? onlyListOf(clauses);
  const isStandard = list?.type === "standard" || (name !== undefined && isStandardNumber(name));
  if (rule.routeMap !== undefined && (name === undefined || isStandard))
    return clauses.length > 0
      ? ways({ byClause: clauseLines(end, rule.routeMap, clauses, flows) })
      : ways({ inList: listLines(undefined, undefined, flows) });
  if (isStandard) return ways({ byRule: ruleLines(end, rule, list, flows) });
  return ways({ inList: listLines(name, list, flows) });
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
  };
}

/** What has to be left alone: every flow of the tunnel, as this end or the other says it. */
function flowsOf(tunnel: Tunnel, side: Side): readonly Flow[] {
  const own = protectedFlows(tunnel, tunnel[side]) ?? [];
  return own.length > 0 ? own : (protectedFlows(tunnel, tunnel[otherSide(side)]) ?? []).map(mirrored);
}

/** The rule whose list permits a flow of the tunnel, else the first that chooses by a list or a route map. */
function ruleThatTakes(end: EndView, rules: NatRules, flows: readonly Flow[]): NatRule | undefined {
  const dynamic = rules.rules.filter(({ type }) => type === "dynamic");
  const takes = (rule: NatRule) => {
    const entries = natListOf(end, rules, rule)?.item.entries ?? [];
    return flows.some((flow) => decide(entries, packetsOf(flow)).action === "permit");
  };
  return dynamic.find(takes) ?? dynamic[0];
}

function packetsOf(flow: Flow) {
  return { source: flow.source, destination: flow.destination, protocol: flow.protocol };
}

/** Denies before the first entry; one that stands too late has to go first, since IOS takes no entry twice. */
function listLines(name: string | undefined, list: AccessList | undefined, flows: readonly Flow[]): string[] {
  const title = `ip access-list extended ${name ?? "<NAT access list>"}`;
  if (flows.length === 0) return [title, " <number before its permit> deny ip <network here> <network there>"];
  const missing = flows.filter((flow) => !list || decide(list.entries, packetsOf(flow)).action !== "deny");
  const words = (missing.length > 0 ? missing : flows).map(flowWords);
  if (!list) return [title, ...words.map((text) => ` <number before its permit> deny ${text}`)];
  const late = list.entries.filter(({ action, text }) => action === "deny" && words.includes(text.slice(5)));
  const first = list.entries[0]?.sequence ?? 10;
  const step = Math.max(10, 10 * Math.ceil((words.length + 1) / 10));
  const room = first > words.length ? first : step;
  return [
    ...(room === first ? [] : [`ip access-list resequence ${list.name} ${step} 10`]),
    title,
    ...late.map(({ text }) => ` no ${text}`),
    ...words.map((text, index) => ` ${Math.floor((room * (index + 1)) / (words.length + 1))} deny ${text}`),
  ];
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
