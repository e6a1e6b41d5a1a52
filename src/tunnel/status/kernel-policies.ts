/** Does the kernel of a Linux gateway hold the tunnel's packets against the policies that they need? */
import { containsNetwork, type Network, overlaps } from "../../domain/network.ts";
import type { KernelPolicies, KernelPolicy } from "../../domain/readings/path.ts";
import { type Answer, at, NOT_KNOWN, no, type Question, yes } from "../answer.ts";
import { protectedFlows } from "../compare/protected-flows.ts";
import type { Held } from "../known.ts";
import { bothEnds, type Tunnel } from "../tunnel.ts";
import type { EndView } from "../view.ts";

export const KERNEL_POLICY_QUESTIONS: Readonly<Record<string, Question>> = {
  "kernel-policy-sends-into-the-tunnel": (tunnel) => eachEnd(tunnel, sendsIntoTheTunnel),
  "kernel-policy-lets-back-in": (tunnel) => eachEnd(tunnel, letsBackIn),
  "kernel-policy-is-shadowed": (tunnel) => eachEnd(tunnel, isShadowed),
};

type Flows = readonly { readonly source: Network; readonly destination: Network }[];
type AskEnd = (tunnel: Tunnel, end: EndView, held: Held<KernelPolicies>, flows: Flows) => Answer;

function eachEnd(tunnel: Tunnel, ask: AskEnd): Answer {
  for (const end of bothEnds(tunnel)) {
    const flows = protectedFlows(tunnel, end);
    if (!end.kernelPolicies || !flows || flows.length === 0) continue;
    const answer = ask(tunnel, end, end.kernelPolicies, flows);
    if (answer.is !== undefined) return { ...answer, side: end.side };
  }
  return NOT_KNOWN;
}

/** No: all policies were shown, and none out takes anything of a flow to the peer. */
function sendsIntoTheTunnel(tunnel: Tunnel, end: EndView, held: Held<KernelPolicies>, flows: Flows): Answer {
  const own = ofThePeer(held.item, end, "out");
  const lacking = flows.find((flow) => !own.some((policy) => touches(policy, flow.source, flow.destination)));
  if (!lacking) return own[0] ? yes([at(tunnel, held, own[0].line)]) : NOT_KNOWN;
  return held.item.complete ? no(linesOf(tunnel, held)) : NOT_KNOWN;
}

/** No: one out is there, and none in or none fwd for what comes back, of all that were shown. */
function letsBackIn(tunnel: Tunnel, end: EndView, held: Held<KernelPolicies>, flows: Flows): Answer {
  const out = ofThePeer(held.item, end, "out").filter((policy) =>
    flows.some((flow) => touches(policy, flow.source, flow.destination)),
  );
  const [first] = out;
  if (!first) return NOT_KNOWN;
  const back = (["in", "fwd"] as const).map((direction) =>
    held.item.policies.find(
      (policy) => policy.direction === direction && touches(policy, first.destination, first.source),
    ),
  );
  const found = back.flatMap((policy) => (policy ? [at(tunnel, held, policy.line)] : []));
  if (found.length === back.length) return yes(found);
  return held.item.complete ? no([at(tunnel, held, first.line), ...found]) : NOT_KNOWN;
}

/** Yes: a policy out that is tried sooner takes the whole of a flow, and not into this tunnel. */
function isShadowed(tunnel: Tunnel, end: EndView, held: Held<KernelPolicies>, flows: Flows): Answer {
  for (const flow of flows) {
    const own = ofThePeer(held.item, end, "out").find((policy) => touches(policy, flow.source, flow.destination));
    const sooner = held.item.policies.find(
      (policy) =>
        policy.direction === "out" &&
        !policy.byMore &&
        own !== undefined &&
        policy.priority < own.priority &&
        (policy.to !== end.peer || policy.action === "block") &&
        containsNetwork(policy.source, flow.source) &&
        containsNetwork(policy.destination, flow.destination),
    );
    if (own && sooner) return yes([at(tunnel, held, sooner.line), at(tunnel, held, own.line)]);
  }
  return NOT_KNOWN;
}

function ofThePeer({ policies }: KernelPolicies, { peer }: EndView, direction: KernelPolicy["direction"]) {
  return policies.filter(
    (policy) =>
      policy.direction === direction && policy.action === "allow" && policy.to !== undefined && policy.to === peer,
  );
}

function touches({ source, destination }: KernelPolicy, from: Network, to: Network): boolean {
  return overlaps(source, from) && overlaps(destination, to);
}

function linesOf(tunnel: Tunnel, held: Held<KernelPolicies>) {
  return [at(tunnel, held, held.item.policies[0]?.line ?? held.item.line)];
}
