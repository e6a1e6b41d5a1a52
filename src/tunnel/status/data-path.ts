/** Which way packets go, by the counters (catalogue 3.3), and what pings show. */
import { canonicalAddress, containsNetwork, hostNetwork } from "../../domain/network.ts";
import type { Ping } from "../../domain/readings/path.ts";
import { type Answer, at, NOT_KNOWN, no, type Question, yes } from "../answer.ts";
import { spisCross } from "../compare/sas.ts";
import type { Held } from "../known.ts";
import { type FlowTraffic, mirroredFlow, trafficOf } from "../traffic.ts";
import { bothEnds, otherSide, type Tunnel } from "../tunnel.ts";
import type { EndView } from "../view.ts";
import { wasLogged } from "./attempts.ts";
import { saIsMissingAmongOthers } from "./standing.ts";

/** A direction is taken for lopsided when it carries ten times less than the other, and at least fifty packets less. */
const LOPSIDED_RATIO = 10;
const LOPSIDED_PACKETS = 50;
/** Bytes of a ping. Up to 1400 it has to fit into ESP on a path of 1500; above, a healthy tunnel may refuse it with DF. */
const LARGE = 1000;
const FITS_ANY_TUNNEL = 1400;
/** So many packets are no accident of the moment. */
const A_FEW = 20;

/** Do packets go out and come back? Totals that are far apart are "not known": a second reading tells (trap T9). */
export function trafficFlowsBothWays(tunnel: Tunnel): Answer {
  const flows = bothEnds(tunnel).flatMap((end) => counted(tunnel, end));
  if (flows.length === 0) return NOT_KNOWN;
  const oneWay = flows.find((flow) => (sends(flow) && receivesNothing(flow)) || (sendsNothing(flow) && receives(flow)));
  if (oneWay) return no([oneWay.lines.encrypted, oneWay.lines.decrypted], { side: oneWay.end.side });
  const flowing = flows.filter((flow) => sends(flow) && receives(flow));
  if (flowing.length === 0) return quietTunnel(tunnel, flows);
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
    wasLogged(tunnel, "invalid-spi", 3).is === true ||
    saIsMissingAmongOthers(tunnel).is === true
  );
}

/** The last ping inside a flow got no answer: totals of old traffic do not outweigh it. */
function pingThroughTheTunnelFails(tunnel: Tunnel): boolean {
  return bothEnds(tunnel).some((end) => {
    const through = end.pings.filter(({ item }) => isInsideAFlow(tunnel, end, item));
    const last = through.at(-1);
    return last !== undefined && succeeded(last.item) === false && (last.item.bytes ?? 0) <= FITS_ANY_TUNNEL;
  });
}

/** Nothing was ever sent: no fault by itself, unless missing traffic is what people complain about. */
function quietTunnel(tunnel: Tunnel, flows: readonly FlowTraffic[]): Answer {
  const evidence = flows.flatMap(({ lines }) => [lines.encrypted, lines.decrypted]);
  if (flows.some((flow) => (flow.sendErrors ?? 0) > 0)) return { is: undefined, evidence };
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
    const flow = bothEnds(tunnel)
      .flatMap((end) => trafficOf(tunnel, end, "ipsec-sas"))
      .find((item) => item.hasSa === false && (item.sendErrors ?? 0) > 0);
    return flow ? yes([flow.lines.errors], { side: flow.end.side }) : NOT_KNOWN;
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
  "ping-to-the-peer-fails": (tunnel) => pingToPeer(tunnel, false),
  "ping-to-the-peer-works": (tunnel) => pingToPeer(tunnel, true),
  "ping-missed-the-peer": pingMissedThePeer,
  "large-packets-do-not-pass": (tunnel) => largePacketsDoNotPass(tunnel, LARGE, FITS_ANY_TUNNEL),
  "full-packets-do-not-pass": (tunnel) => largePacketsDoNotPass(tunnel, FITS_ANY_TUNNEL + 1, Number.POSITIVE_INFINITY),
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
      if (!mirror?.hasSa || !sends(flow)) continue;
      // A handful can be under way, or the two readings of different moments: what the mirror never sent has arrived.
      const isOfOneMoment = !(receives(flow) && sendsNothing(mirror));
      if (receivesNothing(mirror) && (mirror.recvErrors ?? 0) === 0 && isOfOneMoment && (flow.encrypted ?? 0) >= A_FEW)
        return yes([flow.lines.encrypted, mirror.lines.decrypted], { side: otherSide(end.side) });
      if (receives(mirror)) arriving = no([flow.lines.encrypted, mirror.lines.decrypted]);
    }
  }
  return arriving;
}

function pingToPeer(tunnel: Tunnel, wanted: boolean): Answer {
  for (const end of bothEnds(tunnel)) {
    const ping = end.pings.findLast(({ item }) => end.peer !== undefined && isTo(item, end.peer));
    const works = ping ? succeeded(ping.item) : undefined;
    if (!ping || works === undefined) continue;
    const evidence = pingEvidence(tunnel, ping);
    return works === wanted ? yes(evidence, { side: otherSide(end.side) }) : no(evidence);
  }
  return NOT_KNOWN;
}

/** A ping that failed to an address that looks like the peer's and is not: it proves nothing. */
function pingMissedThePeer(tunnel: Tunnel): Answer {
  for (const end of bothEnds(tunnel)) {
    if (end.peer === undefined) continue;
    const ping = end.pings.findLast(({ item }) => succeeded(item) === false && isNear(item.target, end.peer ?? ""));
    if (ping && !isTo(ping.item, end.peer)) return yes(pingEvidence(tunnel, ping), { side: end.side });
  }
  return NOT_KNOWN;
}

/** Same first octet, different address: a slip of the fingers, not a host behind the tunnel. */
function isNear(target: string, peer: string): boolean {
  return target !== peer && target.split(".")[0] === peer.split(".")[0];
}

/** Small pings pass where large ones do not, through the same tunnel. */
function largePacketsDoNotPass(tunnel: Tunnel, least: number, most: number): Answer {
  for (const end of bothEnds(tunnel)) {
    const large = end.pings.findLast(
      ({ item: { bytes = 0, ...item } }) => bytes >= least && bytes <= most && succeeded(item) === false,
    );
    if (!large) continue;
    const small = end.pings.findLast(
      ({ item }) => item.target === large.item.target && (item.bytes ?? 0) < LARGE && succeeded(item) === true,
    );
    if (small) return yes([...pingEvidence(tunnel, small), ...pingEvidence(tunnel, large)], { side: "both" });
  }
  return NOT_KNOWN;
}

/** A large packet got through: what is slow is not slow for its size. */
function largePacketsPass(tunnel: Tunnel): boolean {
  return bothEnds(tunnel).some((end) =>
    end.pings.some(({ item }) => (item.bytes ?? 0) >= LARGE && succeeded(item) === true),
  );
}

/** A ping from a protected network to the far one that got its answers: the tunnel carries traffic. */
export function pingThroughTheTunnelWorks(tunnel: Tunnel): Answer {
  for (const end of bothEnds(tunnel)) {
    for (const ping of end.pings.toReversed()) {
      if (succeeded(ping.item) === true && isInsideAFlow(tunnel, end, ping.item))
        return yes(pingEvidence(tunnel, ping));
    }
  }
  return NOT_KNOWN;
}

/** From a protected address to a protected address of the far end. */
function isInsideAFlow(tunnel: Tunnel, end: EndView, ping: Ping): boolean {
  const target = hostNetwork(ping.target);
  const source = ping.source === undefined ? undefined : hostNetwork(ping.source);
  if (!target || !source) return false;
  return trafficOf(tunnel, end).some(
    ({ local, remote }) =>
      local && remote && containsNetwork(remote.network, target) && containsNetwork(local.network, source),
  );
}

function pingEvidence(tunnel: Tunnel, ping: Held<Ping>) {
  return [at(tunnel, ping, ping.item.successLine ?? ping.item.line)];
}

function isTo(ping: Ping, address: string): boolean {
  return (canonicalAddress(ping.target) ?? ping.target) === address;
}

/** At least half of the echoes answered counts as working: the first is often lost to ARP or to the SA coming up. */
function succeeded(ping: Ping): boolean | undefined {
  if (ping.sent === undefined || ping.received === undefined || ping.sent === 0) return undefined;
  if (ping.received === 0) return false;
  return ping.received * 2 >= ping.sent ? true : undefined;
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

function isLopsided({ encrypted = 0, decrypted = 0 }: FlowTraffic): boolean {
  const [less, more] = encrypted < decrypted ? [encrypted, decrypted] : [decrypted, encrypted];
  return more - less >= LOPSIDED_PACKETS && more >= less * LOPSIDED_RATIO;
}
