/** Do an end's own security policies let the tunnel's traffic pass, or the tunnel come up at all? */
import { overlaps } from "../../domain/network.ts";
import type { Connection } from "../../domain/readings/connection.ts";
import type { AclAddress } from "../../domain/readings/ipsec.ts";
import type { SecurityPolicies, SecurityPolicy } from "../../domain/readings/policy.ts";
import type { Evidence } from "../../domain/verdict.ts";
import { type Answer, at, NOT_KNOWN, no, type Question, yes } from "../answer.ts";
import type { Held } from "../known.ts";
import type { Tunnel } from "../tunnel.ts";
import type { EndView } from "../view.ts";
import { connectionForPeer } from "./connection.ts";
import { zonesOf } from "./firewall-zones.ts";
import type { Flow } from "./flow.ts";
import { distinct, linesOf } from "./lines.ts";
import { askedOfEachEnd } from "./per-end.ts";
import { protectedFlows } from "./protected-flows.ts";

/** A single policy may be one that was asked for by its number. */
const SEVERAL = 2;

interface Known {
  readonly connection: Held<Connection>;
  readonly policies: Held<SecurityPolicies>;
  /** Whether a zone or an interface that a policy names holds the tunnel; undefined: not known. */
  readonly isTunnel: (name: string) => boolean | undefined;
}

function knownOf(end: EndView): Known | undefined {
  const connection = connectionForPeer(end);
  const name = connection?.item.tunnelInterface;
  const policies = end.securityPolicies;
  // A firewall has some: where none is shown, they were left out.
  if (!connection || name === undefined || !policies || policies.item.policies.length === 0) return undefined;
  const own = new Set([name, ...zonesOf(end, name).map((zone) => zone.name)]);
  const zones = end.zones?.item;
  const others = new Set([
    ...(zones?.zones ?? []).map((zone) => zone.name),
    ...(end.interfaces?.items ?? []).map(({ item }) => item.name),
    ...(end.connections?.items ?? []).flatMap(({ item }) => item.tunnelInterface ?? []),
  ]);
  const isKnown = own.size > 1 || zones?.complete === true;
  return {
    connection,
    policies,
    isTunnel: (word) => word === "any" || own.has(word) || (isKnown || others.has(word) ? false : undefined),
  };
}

function touches({ isTunnel }: Known, names: readonly string[]): boolean | undefined {
  const answers = names.map(isTunnel);
  if (answers.includes(true)) return true;
  return answers.includes(undefined) ? undefined : false;
}

/** Whether any policy names the tunnel, on a platform that otherwise keeps it down; "no" only with all policies at hand. */
function tunnelHasAPolicy(tunnel: Tunnel, end: EndView): Answer {
  const known = knownOf(end);
  if (known?.policies.item.tunnelNeedsOne !== true) return NOT_KNOWN;
  const named = known.policies.item.policies.map((policy) => [policy, touches(known, [...policy.from, ...policy.to])]);
  const used = named.flatMap(([policy, is]) => (is === true ? [policy as SecurityPolicy] : []));
  if (used.length > 0) return yes(used.map(({ line }) => at(tunnel, known.policies, line)));
  if (named.some(([, is]) => is === undefined) || !known.policies.item.complete) return NOT_KNOWN;
  return no(evidenceOfAbsence(tunnel, known));
}

/** The same of policies that may not be all of them. */
function shownPoliciesLeaveTheTunnelOut(tunnel: Tunnel, end: EndView): Answer {
  const known = knownOf(end);
  if (known?.policies.item.tunnelNeedsOne !== true) return NOT_KNOWN;
  const { policies, complete } = known.policies.item;
  if (complete || policies.length < SEVERAL) return NOT_KNOWN;
  const isOut = policies.every(({ from, to }) => touches(known, [...from, ...to]) === false);
  return isOut ? yes(evidenceOfAbsence(tunnel, known)) : NOT_KNOWN;
}

type Way = "into" | "out of";

/** Whether some policy lets traffic of the tunnel pass that way; undefined: perhaps. */
function permits(tunnel: Tunnel, end: EndView, known: Known, way: Way): boolean | undefined {
  const { policies, permitsTheRest } = known.policies.item;
  if (permitsTheRest === true || sharesItsZone(end, known)) return undefined;
  const flows = protectedFlows(tunnel, end) ?? [];
  let answer: boolean | undefined = false;
  for (const policy of policies) {
    if (policy.action !== "permit") continue;
    const is = touches(known, way === "into" ? policy.to : policy.from);
    if (is === false || (flows.length > 0 && !flows.some((flow) => mayMatch(policy, flow, way)))) continue;
    if (is === true) return true;
    answer = undefined;
  }
  return answer;
}

/** Beside other interfaces than tunnels in one zone, traffic may need no policy at all. */
function sharesItsZone(end: EndView, { connection }: Known): boolean {
  const tunnels = new Set((end.connections?.items ?? []).flatMap(({ item }) => item.tunnelInterface ?? []));
  return zonesOf(end, connection.item.tunnelInterface ?? "").some(({ interfaces }) =>
    interfaces.some(({ name }) => !tunnels.has(name)),
  );
}

function mayMatch({ source, destination }: SecurityPolicy, flow: Flow, way: Way): boolean {
  const [from, to] = way === "into" ? [flow.source, flow.destination] : [flow.destination, flow.source];
  const may = (addresses: readonly AclAddress[], network: Flow["source"]) =>
    addresses.some((address) => address.network === undefined || overlaps(address.network, network));
  return may(source, from) && may(destination, to);
}

/** Neither way; of policies that may not be all of them where `complete` is false. */
function lettingNothingPass(complete: boolean) {
  return (tunnel: Tunnel, end: EndView): Answer => {
    const known = knownOf(end);
    if (!known || known.policies.item.complete !== complete) return NOT_KNOWN;
    if (!complete && known.policies.item.policies.length < SEVERAL) return NOT_KNOWN;
    if (known.policies.item.tunnelNeedsOne === true && tunnelHasAPolicy(tunnel, end).is !== true) return NOT_KNOWN;
    // Without a zone of its own the tunnel's traffic meets no policy at all.
    const name = known.connection.item.tunnelInterface ?? "";
    if (end.zones?.item.neededFor !== undefined && zonesOf(end, name).length === 0) return NOT_KNOWN;
    const ways = (["into", "out of"] as const).map((way) => permits(tunnel, end, known, way));
    return ways.every((is) => is === false) ? yes(evidenceOfAbsence(tunnel, known)) : NOT_KNOWN;
  };
}

/** One way only, with all policies at hand: what the other side begins is dropped, which may be meant so. */
function passesOneWayOnly(tunnel: Tunnel, end: EndView): Answer {
  const known = knownOf(end);
  if (known?.policies.item.complete !== true) return NOT_KNOWN;
  const [into, out] = (["into", "out of"] as const).map((way) => permits(tunnel, end, known, way));
  if (!(into === true && out === false) && !(into === false && out === true)) return NOT_KNOWN;
  const ours = known.policies.item.policies.filter(({ from, to }) => touches(known, [...from, ...to]) === true);
  return yes(ours.map(({ line }) => at(tunnel, known.policies, line)));
}

/** With all policies at hand, none lets in what comes out of the tunnel. */
function dropsWhatArrives(tunnel: Tunnel, end: EndView): Answer {
  const known = knownOf(end);
  if (known?.policies.item.complete !== true || permits(tunnel, end, known, "out of") !== false) return NOT_KNOWN;
  const name = known.connection.item.tunnelInterface ?? "";
  if (end.zones?.item.neededFor !== undefined && zonesOf(end, name).length === 0) return NOT_KNOWN;
  return yes(evidenceOfAbsence(tunnel, known));
}

/** A policy that names the tunnel (not merely "any") translates the source of its traffic. */
function policyTranslates(tunnel: Tunnel, end: EndView): Answer {
  const known = knownOf(end);
  const flows = protectedFlows(tunnel, end) ?? [];
  if (!known || flows.length === 0) return NOT_KNOWN;
  const policy = known.policies.item.policies.find(
    (item) =>
      item.action === "permit" &&
      item.translates === true &&
      touches(
        known,
        item.to.filter((name) => name !== "any"),
      ) === true &&
      flows.some((flow) => mayMatch(item, flow, "into")),
  );
  if (!policy) return NOT_KNOWN;
  return yes(
    distinct([
      at(tunnel, known.policies, policy.line),
      at(tunnel, known.policies, policy.at["translates"] ?? policy.line),
    ]),
  );
}

/** Where the tunnel interface is named, and where the policies stand among which none names it. */
function evidenceOfAbsence(tunnel: Tunnel, { connection, policies }: Known): Evidence[] {
  const looked = policies.item.policies.slice(0, 1).map(({ line }) => at(tunnel, policies, line));
  return distinct([...linesOf(tunnel, connection, "tunnelInterface"), ...looked]);
}

export const SECURITY_POLICY_COMPARISONS: Readonly<Record<string, Question>> = {
  ...askedOfEachEnd("tunnel-has-a-policy", false, tunnelHasAPolicy),
  ...askedOfEachEnd("shown-policies-leave-the-tunnel-out", true, shownPoliciesLeaveTheTunnelOut),
  ...askedOfEachEnd("policies-let-nothing-pass", true, lettingNothingPass(true)),
  ...askedOfEachEnd("shown-policies-let-nothing-pass", true, lettingNothingPass(false)),
  ...askedOfEachEnd("policies-pass-one-way-only", true, passesOneWayOnly),
  ...askedOfEachEnd("policies-drop-what-arrives", true, dropsWhatArrives),
  ...askedOfEachEnd("policy-translates-the-traffic", true, policyTranslates),
};
