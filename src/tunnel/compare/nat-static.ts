/** What static NAT rules take of the tunnel's traffic: all packets of one inside host or network, wherever they go. */
import { containsNetwork, overlaps } from "../../domain/network.ts";
import type { NatRule, NatRules } from "../../domain/readings/path.ts";
import type { Evidence } from "../../domain/verdict.ts";
import { at } from "../answer.ts";
import type { Held } from "../known.ts";
import type { Tunnel } from "../tunnel.ts";
import type { EndView } from "../view.ts";
import { decide } from "./acl-decision.ts";
import type { Flow } from "./flow.ts";
import { natReaches } from "./nat-interfaces.ts";
import { natListOf } from "./nat-lists.ts";
import type { ProtectedFlow } from "./protected-flows.ts";
import { isWholeList } from "./whole-list.ts";

export interface StaticTake {
  /** The part of a flow that it takes. */
  readonly flow: Flow;
  /** It takes all of the flow, not only a host of it. */
  readonly isWhole: boolean;
  readonly evidence: readonly Evidence[];
}

/**
 * What a static rule takes of the flows. A route map behind it may leave the tunnel's traffic alone (Cisco IOS NAT: static
 * translation with route maps). Undefined where that is not known, or where it takes one port only.
 */
export function staticTakes(
  tunnel: Tunnel,
  end: EndView,
  rules: Held<NatRules>,
  rule: NatRule,
  flows: readonly ProtectedFlow[],
): readonly StaticTake[] | undefined {
  const inside = rule.insideLocal?.network;
  if (!inside) return undefined;
  const takes: StaticTake[] = [];
  for (const flow of flows) {
    if (!overlaps(flow.source, inside) || natReaches(end, rule, flow) === false) continue;
    const isWhole = containsNetwork(inside, flow.source);
    const part: Flow = { ...flow, source: isWhole ? flow.source : inside };
    if (rule.protocol !== undefined || natReaches(end, rule, flow) === undefined) return undefined;
    const list = natListOf(end, rules.item, rule);
    if (rule.routeMap !== undefined) {
      if (!list || !isWholeList(tunnel, list, { ...list.item, heading: list.item.line })) return undefined;
      const packets = { source: part.source, destination: part.destination, protocol: part.protocol };
      const { action } = decide(list.item.entries, packets);
      if (action === "deny") continue;
      if (action !== "permit") return undefined;
    }
    takes.push({ flow: part, isWhole, evidence: [at(tunnel, rules, rule.line), ...flow.evidence] });
  }
  return takes;
}

/** Cisco IOS IP Addressing Command Reference, "ip nat inside source": one host to one address, and no other form, takes it. */
export function takesARouteMap({ text, interface: name }: NatRule): boolean {
  return name === undefined && !/ static network /.test(text);
}
