/** Which way packets go, by the counters (catalogue 3.3). */
import { containsNetwork, hostNetwork } from "../../domain/network.ts";
import type { LogEvent } from "../../domain/readings/log.ts";
import { type Answer, NOT_KNOWN, no, type Question, yes } from "../answer.ts";
import { spisCross } from "../compare/sas.ts";
import { tunnelIsIkeV2 } from "../ike-version.ts";
import { type FlowTraffic, mirroredFlow, trafficOf } from "../traffic.ts";
import { bothEnds, otherSide, type Tunnel } from "../tunnel.ts";
import type { EndView } from "../view.ts";
import { wasLogged, wasLoggedSinceCounters } from "./attempts.ts";
import { PLAIN, TOO_FEW } from "./integrity.ts";
import { largePacketsPass, pingThroughTheTunnelFails } from "./pings.ts";
import { saIsHalfOpen, saIsMissingAmongOthers } from "./standing.ts";

/** A direction is taken for lopsided when it carries ten times less than the other, and at least fifty packets less. */
const LOPSIDED_RATIO = 10;
const LOPSIDED_PACKETS = 50;
/** So many packets are no accident of the moment. */
const A_FEW = 20;
const A_FEW_LINES = 3;

/** Do packets go out and come back? Totals that are far apart are "not known": a second reading tells (trap T9). */
export function trafficFlowsBothWays(tunnel: Tunnel): Answer {
  const flows = bothEnds(tunnel).flatMap((end) => counted(tunnel, end));
  if (flows.length === 0) return NOT_KNOWN;
  const oneWay = flows.find((flow) => (sends(flow) && receivesNothing(flow)) || (sendsNothing(flow) && receives(flow)));
  if (oneWay) return no([oneWay.lines.encrypted, oneWay.lines.decrypted], { side: oneWay.end.side });
  const flowing = flows.filter((flow) => sends(flow) && receives(flow));
  const waiting = waitingForAnSa(tunnel);
  if (waiting) return { is: undefined, evidence: [waiting.lines.errors] };
  if (wasLoggedSinceCounters(tunnel, "not-ipsec-packet", A_FEW_LINES, (event, end) => isProtected(tunnel, end, event)))
    return NOT_KNOWN;
  if (flowing.length === 0) return quietTunnel(tunnel, flows);
  const misled = outsideTheirSa(tunnel);
  if (misled) return { is: undefined, evidence: [misled.lines.errors] };
  const evidence = flowing.flatMap(({ lines }) => [lines.encrypted, lines.decrypted]);
  if (flowing.some(isLopsided) || pingThroughTheTunnelFails(tunnel)) return { is: undefined, evidence };
  if (!flowing.some(({ isDifference }) => isDifference) && endsDisagree(tunnel)) return { is: undefined, evidence };
  if (flowing.every((flow) => !flow.isDifference) && trafficIsTheComplaint(tunnel)) return { is: undefined, evidence };
  if (tunnel.known.symptom === "slow" && !largePacketsPass(tunnel)) return { is: undefined, evidence };
  return yes(evidence);
}

/**
 * Totals are old packets where the ends no longer use one SA: SPIs that do not cross, packets for an SA that is gone, or a
 * table of the other end without it.
 */
function endsDisagree(tunnel: Tunnel): boolean {
  return (
    spisCross(tunnel).is === false ||
    (wasLogged(tunnel, "invalid-spi", 3).is === true && !(spisCross(tunnel).is === true && spisAreOfThePast(tunnel))) ||
    saIsHalfOpen(tunnel).is === true ||
    saIsMissingAmongOthers(tunnel).is === true
  );
}

/** No packet with an unknown SPI was logged after the counters that were shown last. */
function spisAreOfThePast(tunnel: Tunnel): boolean {
  return !wasLoggedSinceCounters(tunnel, "invalid-spi", 1);
}

/** A packet in clear from a host of the far network to one of this end's. */
function isProtected(tunnel: Tunnel, end: EndView, { captures }: LogEvent): boolean {
  const source = hostNetwork(captures["peer"] ?? "");
  const destination = hostNetwork(captures["local"] ?? "");
  return trafficOf(tunnel, end).some(
    ({ local, remote }) =>
      local &&
      remote &&
      source &&
      destination &&
      containsNetwork(remote.network, source) &&
      containsNetwork(local.network, destination),
  );
}

/** A flow for which packets came and no SA was there: the other flows of the tunnel may be in order all the same. */
function waitingForAnSa(tunnel: Tunnel): FlowTraffic | undefined {
  return bothEnds(tunnel)
    .flatMap((end) => trafficOf(tunnel, end, "ipsec-sas"))
    .find((item) => item.hasSa === false && (item.sendErrors ?? 0) > 0);
}

/** A flow that plainly gets packets with addresses which its SA is not for: what works beside it says nothing of them. */
function outsideTheirSa(tunnel: Tunnel): FlowTraffic | undefined {
  return bothEnds(tunnel)
    .flatMap((end) => trafficOf(tunnel, end, "ipsec-sas"))
    .find(
      ({ invalidIdentity = 0, decrypted = 0 }) => invalidIdentity >= TOO_FEW && invalidIdentity >= PLAIN * decrypted,
    );
}

/** Nothing was ever sent: no fault by itself, unless missing traffic is what people complain about. */
function quietTunnel(tunnel: Tunnel, flows: readonly FlowTraffic[]): Answer {
  const evidence = flows.flatMap(({ lines }) => [lines.encrypted, lines.decrypted]);
  if (flows.some((flow) => (flow.sendErrors ?? 0) > 0)) return { is: undefined, evidence };
  // With IKEv2 one end may have SAs that the other refused; only the other end, or packets, show that (trap T5).
  const isOneEndsWord = new Set(flows.map(({ end }) => end.side)).size < 2;
  if (isOneEndsWord && tunnelIsIkeV2(tunnel).is === true) return { is: undefined, evidence };
  return trafficIsTheComplaint(tunnel) || flows.some(({ isDifference }) => isDifference) ? no(evidence) : yes(evidence);
}

function trafficIsTheComplaint({ known }: Tunnel): boolean {
  return known.symptom === "up-no-traffic" || known.symptom === "one-way";
}

export const DATA_PATH_QUESTIONS: Readonly<Record<string, Question>> = {
  "local-end-decrypts-but-never-encrypts": (tunnel) => oneDirection(tunnel, tunnel.local, receives, sendsNothing),
  "remote-end-decrypts-but-never-encrypts": (tunnel) => oneDirection(tunnel, tunnel.remote, receives, sendsNothing),
  "local-end-encrypts-but-never-decrypts": (tunnel) => oneDirection(tunnel, tunnel.local, sends, receivesNothing),
  "remote-end-encrypts-but-never-decrypts": (tunnel) => oneDirection(tunnel, tunnel.remote, sends, receivesNothing),
  "packets-are-lost-between-the-ends": packetsAreLostBetween,
  "one-direction-is-far-behind": (tunnel) => {
    const flow = bothEnds(tunnel)
      .flatMap((end) => counted(tunnel, end))
      .find((item) => isLopsided(item) && sends(item) && (item.encrypted ?? 0) > (item.decrypted ?? 0));
    return flow ? yes([flow.lines.encrypted, flow.lines.decrypted], { side: flow.end.side }) : NOT_KNOWN;
  },
  "packets-are-waiting-for-an-sa": (tunnel) => {
    const flow = waitingForAnSa(tunnel);
    return flow ? yes([flow.lines.errors], { side: flow.end.side }) : NOT_KNOWN;
  },
  "invalid-spi-was-logged-since": (tunnel) => {
    const logged = wasLogged(tunnel, "invalid-spi", 1);
    return logged.is === true ? { ...logged, is: !spisAreOfThePast(tunnel) } : NOT_KNOWN;
  },
  "packets-arrive-encrypted": (tunnel) => {
    const flow = bothEnds(tunnel)
      .flatMap((end) => counted(tunnel, end))
      .find(receives);
    return flow ? yes([flow.lines.decrypted], { side: flow.end.side }) : NOT_KNOWN;
  },
  "nothing-was-ever-sent": (tunnel) => {
    const flows = trafficOf(tunnel, tunnel.local, "ipsec-sas");
    const quiet = flows.filter((item) => sendsNothing(item) && receivesNothing(item) && (item.sendErrors ?? 0) === 0);
    if (flows.length === 0 || quiet.length < flows.length) return NOT_KNOWN;
    return yes(
      quiet.map(({ lines }) => lines.encrypted),
      { side: "local" },
    );
  },
  "packets-with-a-wrong-identity-arrive": (tunnel) => {
    const flow = bothEnds(tunnel)
      .flatMap((end) => trafficOf(tunnel, end, "ipsec-sas"))
      .find((item) => (item.invalidIdentity ?? 0) > 0);
    return flow ? yes([flow.lines.errors], { side: flow.end.side }) : NOT_KNOWN;
  },
};

function oneDirection(
  tunnel: Tunnel,
  end: EndView,
  works: (flow: FlowTraffic) => boolean,
  fails: (flow: FlowTraffic) => boolean,
): Answer {
  const flows = counted(tunnel, end);
  const flow = flows.find((item) => works(item) && fails(item));
  if (flow) return yes([flow.lines.encrypted, flow.lines.decrypted], { side: end.side });
  const fine = flows.find((item) => sends(item) && receives(item) && item.isDifference);
  return fine ? no([fine.lines.encrypted, fine.lines.decrypted], { side: end.side }) : NOT_KNOWN;
}

/** One end sends on an SA, the other end's counters of the same flow show that nothing arrives. Side: the end that lacks them. */
function packetsAreLostBetween(tunnel: Tunnel): Answer {
  let arriving: Answer = NOT_KNOWN;
  for (const end of bothEnds(tunnel)) {
    for (const flow of counted(tunnel, end)) {
      const mirror = mirroredFlow(tunnel, flow);
      // Counters of a tunnel may be printed apart from its SAs.
      const hasSa = mirror?.hasSa ?? (mirror && spisCross(tunnel).is);
      if (!mirror || hasSa !== true || !sends(flow)) continue;
      // A handful can be under way, or the two readings of different moments: what the mirror never sent has arrived.
      const isOfOneMoment = !(receives(flow) && sendsNothing(mirror));
      if (receivesNothing(mirror) && (mirror.recvErrors ?? 0) === 0 && isOfOneMoment && (flow.encrypted ?? 0) >= A_FEW)
        return yes([flow.lines.encrypted, mirror.lines.decrypted], { side: otherSide(end.side) });
      if (receives(mirror)) arriving = no([flow.lines.encrypted, mirror.lines.decrypted]);
    }
  }
  return arriving;
}

function counted(tunnel: Tunnel, end: EndView): FlowTraffic[] {
  return trafficOf(tunnel, end).filter((flow) => flow.hasSa !== false);
}

function sends(flow: FlowTraffic): boolean {
  return (flow.encrypted ?? 0) > 0;
}
function receives(flow: FlowTraffic): boolean {
  return (flow.decrypted ?? 0) > 0;
}
function sendsNothing(flow: FlowTraffic): boolean {
  return flow.encrypted === 0;
}
function receivesNothing(flow: FlowTraffic): boolean {
  return flow.decrypted === 0;
}

function isLopsided({ encrypted = 0, decrypted = 0, isOfBytes }: FlowTraffic): boolean {
  // A download is answered by small packets.
  if (isOfBytes) return false;
  const [less, more] = encrypted < decrypted ? [encrypted, decrypted] : [decrypted, encrypted];
  return more - less >= LOPSIDED_PACKETS && more >= less * LOPSIDED_RATIO;
}
