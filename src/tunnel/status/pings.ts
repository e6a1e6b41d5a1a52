/** What pings show: of the peer, of the way through the tunnel, of large packets. */
import { canonicalAddress, containsNetwork, hostNetwork } from "../../domain/network.ts";
import type { Ping } from "../../domain/readings/path.ts";
import { type Answer, at, NOT_KNOWN, no, type Question, yes } from "../answer.ts";
import { protectedFlows } from "../compare/protected-flows.ts";
import type { Held } from "../known.ts";
import { trafficOf } from "../traffic.ts";
import { bothEnds, otherSide, type Tunnel } from "../tunnel.ts";
import type { EndView } from "../view.ts";

/** Bytes of a ping. Up to 1400 it has to fit into ESP on a path of 1500; above, a healthy tunnel may refuse it with DF. */
const LARGE = 1000;
const FITS_ANY_TUNNEL = 1400;

export const PING_QUESTIONS: Readonly<Record<string, Question>> = {
  "ping-to-the-peer-fails": (tunnel) => pingToPeer(tunnel, false),
  "ping-to-the-peer-works": (tunnel) => pingToPeer(tunnel, true),
  "ping-missed-the-peer": pingMissedThePeer,
  "large-packets-do-not-pass": (tunnel) => largePacketsDoNotPass(tunnel, LARGE, FITS_ANY_TUNNEL),
  "full-packets-do-not-pass": (tunnel) => largePacketsDoNotPass(tunnel, FITS_ANY_TUNNEL + 1, Number.POSITIVE_INFINITY),
};

/** The last ping inside a flow got no answer: totals of old traffic do not outweigh it. */
export function pingThroughTheTunnelFails(tunnel: Tunnel): boolean {
  return bothEnds(tunnel).some((end) => {
    const through = end.pings.filter(({ item }) => isInsideAFlow(tunnel, end, item));
    const last = through.at(-1);
    return last !== undefined && succeeded(last.item) === false && (last.item.bytes ?? 0) <= FITS_ANY_TUNNEL;
  });
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
      ({ item: { bytes = 0, ...item } }) =>
        bytes >= least && bytes <= most && succeeded(item) === false && concernsTheTunnel(tunnel, end, item),
    );
    if (!large) continue;
    const small = end.pings.findLast(
      ({ item }) => item.target === large.item.target && (item.bytes ?? 0) < LARGE && succeeded(item) === true,
    );
    if (small) return yes([...pingEvidence(tunnel, small), ...pingEvidence(tunnel, large)], { side: "both" });
  }
  return NOT_KNOWN;
}

/** To the peer or a host behind it. Where neither is known, it is taken for what was asked about. */
function concernsTheTunnel(tunnel: Tunnel, end: EndView, { target }: Pick<Ping, "target">): boolean {
  const host = hostNetwork(target);
  const behind = [
    ...trafficOf(tunnel, end).flatMap(({ remote }) => remote?.network ?? []),
    ...(protectedFlows(tunnel, end) ?? []).map(({ destination }) => destination),
  ];
  if (end.peer === undefined && behind.length === 0) return true;
  return target === end.peer || (host !== undefined && behind.some((network) => containsNetwork(network, host)));
}

/** A large packet got through: what is slow is not slow for its size. */
export function largePacketsPass(tunnel: Tunnel): boolean {
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
