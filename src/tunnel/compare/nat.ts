/** Does NAT take the traffic before it reaches the crypto map? On IOS, NAT from inside to outside comes first. */
import { canonicalAddress, containsNetwork, hostNetwork, type Network } from "../../domain/network.ts";
import type { NatRule, NatRules, NatTranslation } from "../../domain/readings/path.ts";
import type { Evidence } from "../../domain/verdict.ts";
import { type Answer, at, NOT_KNOWN, no, type Question, yes } from "../answer.ts";
import type { Held } from "../known.ts";
import type { Tunnel } from "../tunnel.ts";
import type { EndView } from "../view.ts";
import { decide } from "./acl-decision.ts";
import { distinct } from "./lines.ts";
import { natCanHappen, natReaches } from "./nat-interfaces.ts";
import { natListOf } from "./nat-lists.ts";
import { staticTakes, takesARouteMap } from "./nat-static.ts";
import { askedOfEachEnd } from "./per-end.ts";
import { type ProtectedFlow, protectedFlows } from "./protected-flows.ts";
import { isWholeList } from "./whole-list.ts";

/**
 * Yes: a NAT rule's access list (its own or its route-map's only one) permits a whole flow of the tunnel that comes in on a
 * NAT inside interface, a static rule takes all of a flow's source, or a translation of a protected host towards a
 * protected far host is in the table. No: every rule of the whole configuration leaves all flows alone. The later of the
 * two outputs counts.
 */
function natTakesTheTraffic(tunnel: Tunnel, end: EndView): Answer {
  const flows = protectedFlows(tunnel, end);
  if (!flows || flows.length === 0) return NOT_KNOWN;
  const byRules = end.natRules && { answer: rulesSay(tunnel, end, end.natRules, flows), order: end.natRules.order };
  const byTable = end.natTranslations.at(-1);
  const translated = byTable && translationOf(tunnel, byTable, flows);
  if (byTable && translated && byTable.order >= (byRules?.order ?? -1)) return yes(translated);
  if (byRules && byRules.answer.is !== undefined) return byRules.answer;
  return translated ? yes(translated) : NOT_KNOWN;
}

/** Does a static rule take a host of the tunnel's network? Its traffic then never meets the crypto map; that of others does. */
function staticNatTakesAHost(tunnel: Tunnel, end: EndView): Answer {
  return staticRulesTake(tunnel, end, () => true);
}

function staticRulesTake(tunnel: Tunnel, end: EndView, isMeant: (rule: NatRule) => boolean): Answer {
  const flows = protectedFlows(tunnel, end);
  const { natRules } = end;
  if (!flows || !natRules || !natCanHappen(end)) return NOT_KNOWN;
  const takes = natRules.item.rules
    .filter((rule) => rule.type === "static" && isMeant(rule))
    .flatMap((rule) => staticTakes(tunnel, end, natRules, rule, flows) ?? []);
  return takes.length === 0 ? NOT_KNOWN : yes(distinct(takes.flatMap(({ evidence }) => evidence)));
}

export const NAT_COMPARISONS: Readonly<Record<string, Question>> = {
  ...askedOfEachEnd("nat-takes-the-traffic", true, natTakesTheTraffic),
  ...askedOfEachEnd("static-nat-takes-a-host", true, staticNatTakesAHost),
  ...askedOfEachEnd("static-nat-takes-no-route-map", true, (tunnel, end) =>
    staticRulesTake(tunnel, end, (rule) => !takesARouteMap(rule)),
  ),
};

function rulesSay(tunnel: Tunnel, end: EndView, held: Held<NatRules>, flows: readonly ProtectedFlow[]): Answer {
  if (!natCanHappen(end)) return NOT_KNOWN;
  let leavesAll = held.item.complete;
  const evidence: Evidence[] = [];
  for (const rule of held.item.rules) {
    if (rule.type === "static") {
      const takes = staticTakes(tunnel, end, held, rule, flows);
      const whole = takes?.find(({ isWhole }) => isWhole);
      if (whole) return yes(whole.evidence);
      if (takes?.length !== 0) leavesAll = false;
      continue;
    }
    const list = natListOf(end, held.item, rule);
    if (!list || !isWholeList(tunnel, list, { ...list.item, heading: list.item.line })) {
      leavesAll = false;
      continue;
    }
    for (const flow of flows) {
      const reached = natReaches(end, rule, flow);
      if (reached === false) continue;
      const decision = decide(list.item.entries, { ...flow, sourcePort: undefined, destinationPort: undefined });
      const lines = [at(tunnel, held, rule.line), ...(decision.by ? [at(tunnel, list, decision.by.line)] : [])];
      if (decision.action === "permit" && reached === true) return yes([...lines, ...flow.evidence]);
      if (decision.action !== "deny") leavesAll = false;
      evidence.push(...lines);
    }
  }
  if (!leavesAll) return NOT_KNOWN;
  return no(evidence.length > 0 ? distinct(evidence) : flows.flatMap((flow) => flow.evidence));
}

function translationOf(
  tunnel: Tunnel,
  held: Held<{ readonly translations: readonly NatTranslation[] }>,
  flows: readonly ProtectedFlow[],
): Evidence[] | undefined {
  for (const translation of held.item.translations) {
    const inside = hostOf(translation.insideLocal);
    const outside = hostOf(translation.outsideGlobal ?? translation.outsideLocal);
    const global = hostOf(translation.insideGlobal);
    if (!inside || !outside || !global || JSON.stringify(inside) === JSON.stringify(global)) continue;
    const flow = flows.find(
      (item) => containsNetwork(item.source, inside) && containsNetwork(item.destination, outside),
    );
    if (flow) return [at(tunnel, held, translation.line), ...flow.evidence];
  }
  return undefined;
}

/** "10.1.1.5:1024" or "10.1.1.5" as a host. */
function hostOf(text: string | undefined): Network | undefined {
  const address = canonicalAddress(text ?? "") ?? canonicalAddress((text ?? "").replace(/:\d{1,5}$/, ""));
  return address === undefined ? undefined : hostNetwork(address);
}
