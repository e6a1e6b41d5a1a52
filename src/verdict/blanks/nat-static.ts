/** Blanks about static NAT rules that take traffic of the tunnel: a route map behind the rule lets the tunnel's alone. */
import { formatForIosAcl } from "../../domain/network.ts";
import type { NatRule } from "../../domain/readings/path.ts";
import type { Flow } from "../../tunnel/compare/flow.ts";
import { natListOf } from "../../tunnel/compare/nat-lists.ts";
import { staticTakes, takesARouteMap } from "../../tunnel/compare/nat-static.ts";
import { protectedFlows } from "../../tunnel/compare/protected-flows.ts";
import type { Tunnel } from "../../tunnel/tunnel.ts";
import type { EndView } from "../../tunnel/view.ts";
import type { Blanks } from "../fill.ts";
import { flowWords, freeName } from "./ios-words.ts";
import { listLines } from "./nat-list.ts";

/** Undefined where no static rule takes any of the tunnel's traffic; the blank is, where none of those takes a route map. */
export function staticNatBlanks(tunnel: Tunnel, end: EndView): Blanks | undefined {
  const rules = end.natRules;
  const flows = protectedFlows(tunnel, end) ?? [];
  if (!rules) return undefined;
  const names = new Set([
    ...(end.accessLists?.items ?? []).map(({ item }) => item.name),
    ...Object.keys(rules.item.routeMaps),
  ]);
  const lines: string[] = [];
  let isTaken = false;
  for (const rule of rules.item.rules.filter(({ type }) => type === "static")) {
    const taken = (staticTakes(tunnel, end, rules, rule, flows) ?? []).map(({ flow }) => flow);
    if (taken.length === 0) continue;
    isTaken = true;
    const list = natListOf(end, rules.item, rule)?.item;
    if (list) lines.push(...listLines(list.name, list, taken));
    else if (takesARouteMap(rule)) lines.push(...replaced(rule, taken, names));
  }
  if (!isTaken) return undefined;
  return { "nat-exemption-from-a-static-rule": lines.length > 0 ? lines.join("\n") : undefined };
}

/** The rule once more, with a route map whose list leaves the tunnel's traffic out. */
function replaced({ text }: NatRule, flows: readonly Flow[], names: Set<string>): string[] {
  const name = freeName("STATIC-NOT-VPN", [...names]);
  names.add(name);
  const sources = new Set(flows.map(({ source }) => formatForIosAcl(source)));
  const options = / (?:redundancy|vrf|match-in-vrf) /.exec(`${text} `)?.index ?? text.length;
  return [
    `ip access-list extended ${name}`,
    ...flows.map((flow) => ` deny ${flowWords(flow)}`),
    ...[...sources].map((source) => ` permit ip ${source} any`),
    " exit",
    `route-map ${name} permit 10`,
    ` match ip address ${name}`,
    " exit",
    `no ${text}`,
    `${text.slice(0, options)} route-map ${name}${text.slice(options)}`,
  ];
}
