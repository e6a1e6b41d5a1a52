/** Do the two ends have a common IKE policy, and if not, what stands between them? */
import type { IkeProposal } from "../../domain/readings/connection.ts";
import type { NegotiationProgress } from "../../domain/readings/ike.ts";
import type { Attempt } from "../../domain/readings/log.ts";
import type { Evidence } from "../../domain/verdict.ts";
import { type Answer, at, NOT_KNOWN, no, type Question, yes } from "../answer.ts";
import { tunnelIsIkeV2 } from "../ike-version.ts";
import type { Held } from "../known.ts";
import { bothEnds, type Tunnel } from "../tunnel.ts";
import type { EndView } from "../view.ts";
import { weakerEnd } from "./crypto-values.ts";
import { knownSuites, type Suites } from "./ike-policy-list.ts";
import {
  areOfOneVersion,
  closestPairs,
  compareSuites,
  differencesOf,
  type IkeAttribute,
  type IkeSuite,
  type SuitePair,
  suiteOfOffer,
  suiteOfProposal,
} from "./ike-suite.ts";
import { distinct } from "./lines.ts";
import { type Statement, settle } from "./settle.ts";

interface Comparison {
  readonly pairs: readonly SuitePair[];
  /** Nothing that was not shown could be a pair. */
  readonly complete: boolean;
  readonly order: number;
}

/**
 * Yes: a policy of one end equals one of the other in method, encryption, hash and group, or the two have negotiated one.
 * No: no two can match; `differs` and evidence are of the pair that differs least, `side` is the weaker end.
 *
 * A configuration fragment counts as all there is when it shows a policy and no debug names another one: whoever pastes
 * the policies of a tunnel pastes those that matter, and a router that negotiates shows the rest in its debug. Sources:
 * both configurations; the peer's offers in a responder's debug against that end's own policies.
 */
export function ikePoliciesHaveAPair(tunnel: Tunnel): Answer {
  const negotiated = bothEnds(tunnel).flatMap((end) => negotiatedOn(tunnel, end));
  return settle([...comparisons(tunnel).map(stated), ...negotiated]);
}

/** Yes: the closest pair differs in nothing but this attribute, and no equally close pair differs in another. */
function differsOnlyIn(attribute: IkeAttribute): Question {
  return (tunnel) => {
    const answer = ikePoliciesHaveAPair(tunnel);
    if (answer.is !== false) return answer.is === true ? no(answer.evidence) : NOT_KNOWN;
    const [comparison] = comparisons(tunnel).filter((item) => stated(item)?.answer.is === false);
    const closest = closestPairs(comparison?.pairs ?? []);
    const alone = closest.filter(({ differing }) => differing.length === 1 && differing[0] === attribute);
    if (alone.length === 0) return no(answer.evidence, { differs: answer.differs, side: answer.side });
    return alone.length === closest.length ? { ...answer, is: true } : NOT_KNOWN;
  };
}

/** Do the lifetimes of the matching pair (or of the only one) agree? Informational: the lower one is used. */
export function ikeLifetimesAgree(tunnel: Tunnel): Answer {
  const pair = closestIkePair(tunnel);
  const local = pair?.local.lifetimeSeconds;
  const remote = pair?.remote.lifetimeSeconds;
  if (!pair || local === undefined || remote === undefined) return NOT_KNOWN;
  const evidence = distinct([...pair.local.lines(["lifetimeSeconds"]), ...pair.remote.lines(["lifetimeSeconds"])]);
  if (local === remote) return yes(evidence);
  return no(evidence, { differs: [{ attribute: "lifetime", local: `${local}s`, remote: `${remote}s` }], side: "both" });
}

export const IKE_POLICY_COMPARISONS: Readonly<Record<string, Question>> = {
  "ike-policies-have-a-pair": ikePoliciesHaveAPair,
  "ike-pair-differs-only-in-auth": differsOnlyIn("auth"),
  "ike-pair-differs-only-in-group": differsOnlyIn("dhGroup"),
  "ike-proposals-differ-only-in-group": (tunnel) =>
    tunnelIsIkeV2(tunnel).is === true ? differsOnlyIn("dhGroup")(tunnel) : NOT_KNOWN,
  "ikev1-policies-have-a-pair": (tunnel) =>
    tunnelIsIkeV2(tunnel).is === true ? NOT_KNOWN : ikePoliciesHaveAPair(tunnel),
  "ike-lifetimes-agree": ikeLifetimesAgree,
};

/** The matching pair, else the one that differs least; undefined while either end shows no policy. */
export function closestIkePair(tunnel: Tunnel): SuitePair | undefined {
  for (const { pairs } of comparisons(tunnel)) {
    const pair = pairs.find(({ same }) => same === true) ?? closestPairs(pairs)[0];
    if (pair) return pair;
  }
  return undefined;
}

export function comparisons(tunnel: Tunnel): Comparison[] {
  const local = knownSuites(tunnel, tunnel.local);
  const remote = knownSuites(tunnel, tunnel.remote);
  const fromOffers = bothEnds(tunnel).flatMap((end) => [
    ...comparisonWithOffers(tunnel, end, { local, remote }),
    ...comparisonInLog(tunnel, end),
  ]);
  if (!local || !remote) return fromOffers;
  const canHide = local.mayUseHiddenDefault && remote.mayUseHiddenDefault;
  return [compareAll(local.suites, remote.suites, local.complete && remote.complete && !canHide), ...fromOffers];
}

/** What the peer offered in the last negotiation that this end answered, against this end's own policies. */
function comparisonWithOffers(
  tunnel: Tunnel,
  end: EndView,
  known: { readonly local: Suites | undefined; readonly remote: Suites | undefined },
): Comparison[] {
  const own = known[end.side];
  const attempt = lastNegotiation(end);
  if (!own || !attempt || attempt.item.role === "initiator" || wasAgreed(attempt.item)) return [];
  const offers = attempt.item.ikeOffers.map((offer) => suiteOfOffer(tunnel, attempt, offer));
  const complete = own.complete && !own.mayUseHiddenDefault;
  const comparison =
    end.side === "local" ? compareAll(own.suites, offers, complete) : compareAll(offers, own.suites, complete);
  // The device refused what looks equal: it knows of a difference that is not printed.
  return comparison.pairs.some(({ same }) => same === true) ? [] : [comparison];
}

/** Both lists as an end that answers printed them when it refused. */
function comparisonInLog(tunnel: Tunnel, end: EndView): Comparison[] {
  const attempt = lastNegotiation(end);
  const compared = attempt?.item.ikeCompared;
  if (!attempt || !compared || wasAgreed(attempt.item)) return [];
  const suites = (proposals: readonly IkeProposal[]) =>
    proposals.map((item) =>
      suiteOfProposal(tunnel, { ...attempt, item }, attempt.item.version ?? (item.auth === undefined ? 2 : 1)),
    );
  const [own, theirs] = [suites(compared.configured), suites(compared.received)];
  const comparison = end.side === "local" ? compareAll(own, theirs, true) : compareAll(theirs, own, true);
  return comparison.pairs.some(({ same }) => same === true) ? [] : [comparison];
}

function compareAll(local: readonly IkeSuite[], remote: readonly IkeSuite[], complete: boolean): Comparison {
  const pairs = local.flatMap((one) =>
    remote.flatMap((other) => (areOfOneVersion(one, other) ? [compareSuites(one, other)] : [])),
  );
  return {
    pairs,
    complete,
    order: Math.max(...[...local, ...remote].map(({ order }) => order)),
  };
}

function stated({ pairs, complete, order }: Comparison): Statement | undefined {
  const match = pairs.find(({ same }) => same === true);
  if (match) return { answer: yes(linesOfPair(match)), order };
  const [closest] = closestPairs(pairs);
  if (!complete || !closest || pairs.some(({ same }) => same === undefined)) return undefined;
  const differs = differencesOf(closest);
  return { answer: no(linesOfPair(closest, closest.differing), { differs, side: weakerEnd(differs) }), order };
}

function linesOfPair(pair: SuitePair, attributes: readonly string[] = []): Evidence[] {
  return distinct([...pair.local.lines(attributes), ...pair.remote.lines(attributes)]);
}

/** An accepted offer, or a negotiation or SA that got past the policies, shows that there is a pair. */
function negotiatedOn(tunnel: Tunnel, end: EndView): Statement[] {
  const statements: Statement[] = [];
  const attempt = lastNegotiation(end);
  const accepted = attempt?.item.ikeOffers.find((offer) => offer.accepted === true);
  const furthest = isPastPolicies(attempt?.item.progress) ? attempt?.item.furthestStateLine : undefined;
  const line = accepted?.line ?? attempt?.item.phase1CompleteLine ?? furthest;
  if (attempt && line !== undefined)
    statements.push({ answer: yes([at(tunnel, attempt, line)]), order: attempt.order });
  const look = end.ikeSas.at(-1);
  const agreed = look?.items.find(
    ({ item }) => item.standing === "up" || PAST_POLICIES.test(item.state ?? "") || isPastPolicies(item.progress),
  );
  if (look && agreed && agreed.item.standing !== "deleted")
    statements.push({ answer: yes([at(tunnel, agreed, agreed.item.line)]), order: look.order });
  return statements;
}

/** "The peers have agreed upon parameters" is MM_SA_SETUP and all that follows (catalogue 1.1). */
const PAST_POLICIES = /^MM_(?:SA_SETUP|KEY_EXCH|KEY_AUTH)$/;

function isPastPolicies(progress: NegotiationProgress | undefined): boolean {
  return progress === "agreed" || progress === "keyed";
}

function wasAgreed({ phase1CompleteLine, progress, ikeOffers }: Attempt): boolean {
  return phase1CompleteLine !== undefined || isPastPolicies(progress) || ikeOffers.some(({ accepted }) => accepted);
}

function lastNegotiation(end: EndView): Held<Attempt> | undefined {
  return end.attempts.findLast(
    ({ item }) =>
      item.ikeOffers.length > 0 ||
      item.ikeCompared !== undefined ||
      item.phase1CompleteLine !== undefined ||
      isPastPolicies(item.progress),
  );
}
