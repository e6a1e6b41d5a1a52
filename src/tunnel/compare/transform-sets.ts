/** Do the two ends have a common transform, and do they agree in the mode? */
import type { Side } from "../../domain/ids.ts";
import { prefixLengthOf } from "../../domain/network.ts";
import type { Difference, Evidence } from "../../domain/verdict.ts";
import { type Answer, at, NOT_KNOWN, no, type Question, yes } from "../answer.ts";
import { ikeVersionAt } from "../ike-version.ts";
import { bothEnds, type Tunnel } from "../tunnel.ts";
import type { EndView } from "../view.ts";
import { connectionsForPeer } from "./connection.ts";
import { sameAlgorithm, weakerEnd } from "./crypto-values.ts";
import type { Flow } from "./flow.ts";
import { distinct } from "./lines.ts";
import { protectedFlows } from "./protected-flows.ts";
import { type Statement, settle } from "./settle.ts";
import {
  configuredProposals,
  lastQuickMode,
  offeredProposals,
  type Proposal,
  proposalsInLog,
  TRANSFORM_ATTRIBUTES,
} from "./transform-list.ts";

export interface TransformPair {
  readonly local: Proposal;
  readonly remote: Proposal;
  readonly differs: readonly Difference[];
  readonly same: boolean | undefined;
}
interface Comparison {
  readonly pairs: readonly TransformPair[];
  readonly complete: boolean;
}

/**
 * Yes: a transform of one end equals one of the other (encryption, ESP and AH authentication, compression), or an IPsec
 * SA was negotiated. No: no two can match; `differs` is of the closest pair. The mode is another question. Sources: the
 * sets of the map entries; the peer's offers in a responder's debug against that end's own sets.
 */
export function transformSetsHaveAPair(tunnel: Tunnel): Answer {
  return settle([...comparisons(tunnel).map(stated), ...bothEnds(tunnel).flatMap((end) => negotiated(tunnel, end))]);
}

/**
 * Do the modes of the matching transforms agree? Transport counts as tunnel where the flow is not between the endpoints:
 * IOS falls back (catalogue, ipsec-mode-mismatch). "No" means that the end with tunnel mode refuses the other's offer;
 * the end with transport mode accepts both (Cisco IOS Security Command Reference, "mode (IPSec)").
 */
export function ipsecModesAgree(tunnel: Tunnel): Answer {
  const pairs = comparisons(tunnel).flatMap((comparison) => comparison.pairs.filter(({ same }) => same === true));
  const modes = pairs.map((pair) => ({ pair, local: pair.local.mode, remote: pair.remote.mode }));
  const known = modes.filter(({ local, remote }) => local !== undefined && remote !== undefined);
  const equal = known.find(({ local, remote }) => local === remote);
  if (equal) return yes(linesOfPair(equal.pair));
  const [first] = known;
  if (!first || known.length < modes.length) return NOT_KNOWN;
  const transportEnd = first.local === "transport" ? tunnel.local : tunnel.remote;
  // Devices with connections (strongSwan) take transport mode at its word.
  const fallsBack = connectionsForPeer(transportEnd).length > 0 ? false : fallsBackToTunnel(tunnel, transportEnd);
  if (fallsBack === undefined) return NOT_KNOWN;
  if (fallsBack) return yes(linesOfPair(first.pair));
  const { local, remote } = first.pair;
  return no(distinct([local, remote].flatMap(({ lines, modeLines }) => modeLines ?? lines)), {
    differs: [{ attribute: "mode", local: first.local ?? "", remote: first.remote ?? "" }],
    side: endToChange(tunnel, transportEnd),
  });
}

/** Between networks it has to be tunnel mode. */
function endToChange(tunnel: Tunnel, transportEnd: EndView): Side | "both" {
  const flows = protectedFlows(tunnel, transportEnd) ?? [];
  const isBetweenHosts = ({ source, destination }: Flow) => [source, destination].every(isHost);
  return flows.length === 0 || flows.some(isBetweenHosts) ? "both" : transportEnd.side;
}

function isHost(network: Flow["source"]): boolean {
  return prefixLengthOf(network) === (network.family === 4 ? 32 : 128);
}

export const TRANSFORM_COMPARISONS: Readonly<Record<string, Question>> = {
  "transform-sets-have-a-pair": transformSetsHaveAPair,
  "ipsec-modes-agree": ipsecModesAgree,
};

/** The matching pair, else the closest; undefined while either end shows no transform. */
export function closestTransformPair(tunnel: Tunnel): TransformPair | undefined {
  for (const { pairs } of comparisons(tunnel)) {
    const pair = pairs.find(({ same }) => same === true) ?? closest(pairs);
    if (pair) return pair;
  }
  return undefined;
}

function comparisons(tunnel: Tunnel): Comparison[] {
  const own = {
    local: configuredProposals(tunnel, tunnel.local),
    remote: configuredProposals(tunnel, tunnel.remote),
  };
  const found: Comparison[] = [];
  if (own.local && own.remote)
    found.push({
      pairs: compareAll(own.local.proposals, own.remote.proposals),
      complete: own.local.complete && own.remote.complete,
    });
  for (const end of bothEnds(tunnel)) {
    const printed = proposalsInLog(tunnel, end);
    if (printed) found.push(comparisonInLog(end, printed));
    const configured = own[end.side];
    const offered = offeredProposals(tunnel, end);
    if (!configured || !offered || offered.agreed) continue;
    const [local, remote] = end.side === "local" ? [configured, offered] : [offered, configured];
    // An equal offer that was refused all the same was refused for something else (mode, PFS, proxies).
    found.push({ pairs: compareAll(local.proposals, remote.proposals), complete: configured.complete });
  }
  return found;
}

function comparisonInLog(end: EndView, { configured, received }: NonNullable<ReturnType<typeof proposalsInLog>>) {
  const [local, remote] = end.side === "local" ? [configured, received] : [received, configured];
  // Where a pair is there after all, it was refused for something else (PFS, ESN).
  const pairs = compareAll(local.proposals, remote.proposals);
  return { pairs, complete: configured.complete && received.complete };
}

function compareAll(local: readonly Proposal[], remote: readonly Proposal[]): TransformPair[] {
  return local.flatMap((one) => remote.map((other) => compare(one, other)));
}

function compare(local: Proposal, remote: Proposal): TransformPair {
  const differs: Difference[] = [];
  let same: boolean | undefined = true;
  for (const attribute of TRANSFORM_ATTRIBUTES) {
    const one = local.transform[attribute];
    const other = remote.transform[attribute];
    const mayBeCut = (one === undefined && !local.isWhole) || (other === undefined && !remote.isWhole);
    if (one === undefined && other === undefined) continue;
    const kind = attribute === "encryption" ? "encryption" : "integrity";
    const equal = mayBeCut ? undefined : sameAlgorithm(kind, one ?? "none", other ?? "none");
    if (equal === false) differs.push({ attribute, local: one ?? "none", remote: other ?? "none" });
    if (equal === undefined) same = undefined;
  }
  return { local, remote, differs, same: differs.length > 0 ? false : same };
}

function stated({ pairs, complete }: Comparison): Statement | undefined {
  const orderOf = (pair: TransformPair) => Math.max(pair.local.order, pair.remote.order);
  const match = pairs.find(({ same }) => same === true);
  if (match) return { answer: yes(linesOfPair(match)), order: orderOf(match) };
  const nearest = closest(pairs);
  if (!nearest || !complete || pairs.some(({ same }) => same !== false)) return undefined;
  const answer = no(linesOfPair(nearest), { differs: nearest.differs, side: weakerEnd(nearest.differs) });
  return { answer, order: Math.max(...pairs.map(orderOf)) };
}

function closest(pairs: readonly TransformPair[]): TransformPair | undefined {
  const [first, ...rest] = pairs;
  let best = first;
  for (const pair of rest) if (best && pair.differs.length < best.differs.length) best = pair;
  return best;
}

function negotiated(tunnel: Tunnel, end: EndView): Statement[] {
  const statements: Statement[] = [];
  const attempt = lastQuickMode(end);
  const line = attempt?.item.phase2CompleteLine;
  if (attempt && line !== undefined)
    statements.push({ answer: yes([at(tunnel, attempt, line)]), order: attempt.order });
  const look = end.flows.at(-1);
  for (const flow of look?.items ?? []) {
    const [sa] = flow.item.sas;
    if (sa) return [...statements, { answer: yes([at(tunnel, flow, sa.line)]), order: flow.order }];
  }
  return statements;
}

/** Whether an end that wants transport mode uses tunnel mode all the same, because of what its flows are. */
function fallsBackToTunnel(tunnel: Tunnel, end: EndView): boolean | undefined {
  // Others refuse it with IKEv1; with IKEv2 the mode is asked for, and not always insisted on.
  if (end.platform !== "cisco-ios" && end.platform !== "unknown")
    return ikeVersionAt(tunnel, end.side) === 1 ? false : undefined;
  if (end.platform !== "cisco-ios" || end.own === undefined || end.peer === undefined) return undefined;
  const flows = protectedFlows(tunnel, end) ?? [];
  const between = flows.map(({ source, destination }) => isOnly(source, end.own) && isOnly(destination, end.peer));
  if (flows.length === 0 || new Set(between).size !== 1) return undefined;
  return between[0] === false;
}

function isOnly(network: Parameters<typeof prefixLengthOf>[0], address: string | undefined): boolean {
  return network.address === address && prefixLengthOf(network) === (network.family === 4 ? 32 : 128);
}

function linesOfPair({ local, remote }: TransformPair): Evidence[] {
  return distinct([...local.lines, ...remote.lines]);
}
