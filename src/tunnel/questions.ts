/** All named questions; knowledge/findings refers to them by these names. */
import { type Answer, NOT_KNOWN, type Question } from "./answer.ts";
import { COMPARISONS } from "./compare/index.ts";
import { tunnelIsIkeV2 } from "./ike-version.ts";
import { CAPTURE_QUESTIONS } from "./status/captures.ts";
import { CERTIFICATE_QUESTIONS } from "./status/certificates.ts";
import { CLEAR_TRAFFIC_QUESTIONS } from "./status/clear-traffic.ts";
import { DATA_PATH_QUESTIONS, trafficFlowsBothWays } from "./status/data-path.ts";
import { DROP_COUNTER_QUESTIONS } from "./status/drop-counters.ts";
import { HOST_FILTER_QUESTIONS } from "./status/host-filters.ts";
import { IKE_STATE_QUESTIONS } from "./status/ike-state.ts";
import { INTEGRITY_QUESTIONS } from "./status/integrity.ts";
import { KERNEL_POLICY_QUESTIONS } from "./status/kernel-policies.ts";
import { LIVENESS_QUESTIONS } from "./status/liveness.ts";
import { METHOD_QUESTIONS } from "./status/methods.ts";
import { PACKET_SIZE_QUESTIONS } from "./status/packet-sizes.ts";
import { PACKET_TRACE_QUESTIONS } from "./status/packet-traces.ts";
import { PATH_QUESTIONS } from "./status/path.ts";
import { PATH_TRACE_QUESTIONS } from "./status/path-traces.ts";
import { PING_QUESTIONS } from "./status/pings.ts";
import { QUICK_MODE_QUESTIONS } from "./status/quick-mode.ts";
import { REFUSAL_QUESTIONS } from "./status/refusals.ts";
import { ikeSaIsHalfOpen, ikeSaIsUp, ipsecSaIsUp, saIsHalfOpen, saIsMissingAmongOthers } from "./status/standing.ts";
import { TRACED_FLOW_QUESTIONS } from "./status/traced-flows.ts";
import type { Tunnel } from "./tunnel.ts";

export const QUESTIONS: Readonly<Record<string, Question>> = {
  "ike-sa-is-up": ikeSaIsUp,
  "ipsec-sa-is-up": ipsecSaIsUp,
  "sa-is-half-open": saIsHalfOpen,
  "sa-is-missing-among-others": saIsMissingAmongOthers,
  "ike-sa-is-half-open": ikeSaIsHalfOpen,
  "traffic-flows-both-ways": trafficFlowsBothWays,
  "tunnel-is-ikev2": tunnelIsIkeV2,
  ...IKE_STATE_QUESTIONS,
  ...REFUSAL_QUESTIONS,
  ...METHOD_QUESTIONS,
  ...CERTIFICATE_QUESTIONS,
  ...QUICK_MODE_QUESTIONS,
  ...PATH_QUESTIONS,
  ...HOST_FILTER_QUESTIONS,
  ...KERNEL_POLICY_QUESTIONS,
  ...PATH_TRACE_QUESTIONS,
  ...DROP_COUNTER_QUESTIONS,
  ...PACKET_TRACE_QUESTIONS,
  ...CAPTURE_QUESTIONS,
  ...CLEAR_TRAFFIC_QUESTIONS,
  ...DATA_PATH_QUESTIONS,
  ...PING_QUESTIONS,
  ...PACKET_SIZE_QUESTIONS,
  ...LIVENESS_QUESTIONS,
  ...INTEGRITY_QUESTIONS,
  ...TRACED_FLOW_QUESTIONS,
  ...COMPARISONS,
};

/**
 * Two routers that both show their own addresses and their peers, none of which is the other's: not the two ends of one
 * tunnel, as far as anything shows, so that comparing them would say nothing.
 */
export function areUnrelated({ ends }: Tunnel): boolean {
  const { local, remote } = ends;
  if ([local.own, local.peers, remote.own, remote.peers].some(({ size }) => size === 0)) return false;
  return (
    ![...local.peers].some((peer) => remote.own.has(peer)) && ![...remote.peers].some((peer) => local.own.has(peer))
  );
}

/** Of an end that the other does not name, only whether an entry for it is missing can be asked; the rest is of another tunnel. */
const ASKED_OF_STRANGERS = /^(?:(?:local|remote)-)?map-entry-exists-for-peer$/;

interface Asked {
  /** Its place among the answers. */
  readonly number: number;
  readonly ask: Question;
  /** Whether it compares the ends: what it says of two that are none of one tunnel would mean nothing. */
  readonly compares: boolean;
  readonly isOfStrangers: boolean;
}
const BY_NAME: ReadonlyMap<string, Asked> = new Map(
  Object.entries(QUESTIONS).map(([name, ask], number) => [
    name,
    { number, ask, compares: name in COMPARISONS, isOfStrangers: ASKED_OF_STRANGERS.test(name) },
  ]),
);

/** Answers each question once. */
export function answering(tunnel: Tunnel): (question: string) => Answer {
  const answers = new Array<Answer | undefined>(BY_NAME.size);
  const unrelated = areUnrelated(tunnel);
  const { isStranger } = tunnel.focus;
  return (question) => {
    const asked = BY_NAME.get(question);
    if (!asked) throw new Error(`There is no question named "${question}".`);
    const known = answers[asked.number];
    if (known) return known;
    const isMeaningless = asked.compares && (unrelated || (isStranger && !asked.isOfStrangers));
    const answer = isMeaningless ? NOT_KNOWN : asked.ask(tunnel);
    answers[asked.number] = answer;
    return answer;
  };
}
