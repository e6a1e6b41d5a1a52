/** Is the rule that leaves the tunnel's traffic out of NAT met at all? Hits are cumulative: two looks tell what happens now. */
import { containsNetwork, overlaps } from "../../domain/network.ts";
import type { NatExemption, NatRules } from "../../domain/readings/path.ts";
import { type Answer, at, NOT_KNOWN, no, type Question, yes } from "../answer.ts";
import type { Held } from "../known.ts";
import type { Tunnel } from "../tunnel.ts";
import type { EndView } from "../view.ts";
import { askedOfEachEnd } from "./per-end.ts";
import { type ProtectedFlow, protectedFlows } from "./protected-flows.ts";

/** Yes: its hits rise between two looks. No: it was never met since the counters were cleared. */
function exemptionIsMet(tunnel: Tunnel, end: EndView): Answer {
  const flows = protectedFlows(tunnel, end) ?? [];
  const looks = end.natLooks.flatMap((held) => ofTheTunnel(held, flows) ?? []);
  const last = looks.at(-1);
  if (!last) return NOT_KNOWN;
  const before = looks.at(-2);
  if (before && before.rule.hits < last.rule.hits)
    return yes([at(tunnel, before.held, before.rule.hitsLine), at(tunnel, last.held, last.rule.hitsLine)]);
  return last.rule.hits === 0
    ? no([at(tunnel, last.held, last.rule.line), at(tunnel, last.held, last.rule.hitsLine)])
    : NOT_KNOWN;
}

function ofTheTunnel(
  held: Held<NatRules>,
  flows: readonly ProtectedFlow[],
): { held: Held<NatRules>; rule: NatExemption } | undefined {
  const rule = held.item.exemptions?.find(({ sources, destinations }) =>
    flows.some(
      (flow) =>
        sources.some((network) => overlaps(network, flow.source)) &&
        destinations.some((network) => containsNetwork(network, flow.destination)),
    ),
  );
  return rule && { held, rule };
}

export const NAT_HIT_COMPARISONS: Readonly<Record<string, Question>> = askedOfEachEnd(
  "nat-exemption-is-met",
  true,
  exemptionIsMet,
);
