/** Is the peer alive, and would anyone notice if it were not (DPD)? Is the tunnel stable? */
import { type Answer, at, NOT_KNOWN, no, type Question, yes } from "../answer.ts";
import { connectionForPeer } from "../compare/connection.ts";
import { linesOf } from "../compare/lines.ts";
import { trafficOf } from "../traffic.ts";
import { bothEnds, otherSide, type Tunnel } from "../tunnel.ts";
import { type EndView, lineOf } from "../view.ts";
import { signatureHits } from "./attempts.ts";
import { trafficFlowsBothWays } from "./data-path.ts";
import { PING_QUESTIONS, pingThroughTheTunnelWorks } from "./pings.ts";
import { isUpSince } from "./standing.ts";

/** The tree's question: traffic or DPD shows a living peer; an unanswered DPD or ping shows a dead one. */
export function peerAnswers(tunnel: Tunnel): Answer {
  const dead = gaveUp(tunnel);
  if (dead.is === true) return { ...dead, is: false };
  const through = pingThroughTheTunnelWorks(tunnel);
  if (through.is === true) return through;
  if (tunnel.known.symptom === "flapping") return NOT_KNOWN;
  // Packets of the peer that arrived between two readings outweigh a ping: many peers do not answer pings.
  const arriving = bothEnds(tunnel)
    .flatMap((end) => trafficOf(tunnel, end))
    .find(({ isDifference, decrypted }) => isDifference && (decrypted ?? 0) > 0);
  if (arriving) return yes([arriving.lines.decrypted]);
  const ping = PING_QUESTIONS["ping-to-the-peer-fails"]?.(tunnel) ?? NOT_KNOWN;
  if (ping.is === true) return { ...ping, is: false };
  return trafficFlowsBothWays(tunnel);
}

/** DPD deleted the SA, and nothing read since shows one. */
function gaveUp(tunnel: Tunnel): Answer {
  const hits = ["deleted-peers-alive", "peer-not-responding", "peer-dead"].flatMap((name) =>
    signatureHits(tunnel, name),
  );
  const last = hits.at(-1);
  if (!last || isUpSince(tunnel, last.event.order + 0.5)) return NOT_KNOWN;
  const evidence = hits.map(({ event }) => tunnel.lines.evidence(event.paste, event.item.line));
  return yes(evidence.slice(-3), { side: last.end.side });
}

export const LIVENESS_QUESTIONS: Readonly<Record<string, Question>> = {
  "dpd-gave-the-peer-up": gaveUp,
  "dpd-is-negotiated": dpdIsNegotiated,
  "dpd-waits-for-an-answer": (tunnel) => {
    for (const end of bothEnds(tunnel)) {
      const waiting = end.ikePeers.findLast(({ item }) => item.dpd?.sentAndWaiting === true);
      if (waiting)
        return yes([at(tunnel, waiting, waiting.item.dpd?.line ?? waiting.item.line)], { side: otherSide(end.side) });
    }
    return NOT_KNOWN;
  },
  "idle-timeout-ended-the-session": idleTimeoutEndedIt,
  "session-went-up-and-down": (tunnel) => {
    for (const end of bothEnds(tunnel)) {
      const sessions = end.events.filter(({ item }) => /^session-(?:up|down)$/.test(item.signature));
      const changes = [sessions, alternations(end)].find(({ length }) => length >= CHANGES);
      if (!changes) continue;
      return yes(
        changes.slice(-CHANGES).map(({ paste, item }) => tunnel.lines.evidence(paste, item.line)),
        { side: "both" },
      );
    }
    return NOT_KNOWN;
  },
};

/** What the device said why the session ended, the last time. */
function idleTimeoutEndedIt(tunnel: Tunnel): Answer {
  for (const end of bothEnds(tunnel)) {
    const last = end.events.findLast(({ item }) => item.signature === "session-down");
    const reason = last?.item.captures["reason"];
    if (!last || reason === undefined) continue;
    const evidence = [tunnel.lines.evidence(last.paste, last.item.line)];
    return /^idle timeout\b/i.test(reason) ? yes(evidence, { side: end.side }) : no(evidence);
  }
  return NOT_KNOWN;
}

/** Up and down twice. */
const CHANGES = 4;
const COMES_UP: ReadonlySet<string> = new Set(["session-up", "quick-mode-complete"]);
/** A DELETE is none of them: a rekey ends with one. */
const GOES_DOWN: ReadonlySet<string> = new Set([
  "session-down",
  "ikev2-sa-down",
  "peer-dead",
  "death-by-retransmission",
]);

/** The lines at which the tunnel came up after it was down, or went down after it was up. */
function alternations(end: EndView): EndView["events"] {
  let wasUp: boolean | undefined;
  return end.events.filter(({ item }) => {
    const isUp = COMES_UP.has(item.signature) || (GOES_DOWN.has(item.signature) ? false : undefined);
    if (isUp === undefined || isUp === wasUp) return false;
    // What it goes down from has to have been seen up.
    if (wasUp === undefined && !isUp) return false;
    wasUp = isUp;
    return true;
  });
}

/** No where the latest look shows an SA without the D capability; the end that shows it is the one to configure. */
function dpdIsNegotiated(tunnel: Tunnel): Answer {
  for (const end of bothEnds(tunnel)) {
    const fromSas = end.ikeSas
      .findLast(({ items }) => items.some(({ item }) => item.dpd !== undefined && item.standing === "up"))
      ?.items.find(({ item }) => item.dpd !== undefined && item.standing === "up");
    if (fromSas) {
      const evidence = [at(tunnel, fromSas, lineOf(fromSas.item, "capabilities"))];
      return fromSas.item.dpd ? yes(evidence) : no(evidence, { side: end.side });
    }
    const session = end.sessions
      .at(-1)
      ?.items.find(({ item }) => item.ikeSas.some((sa) => sa.active && sa.capabilities !== undefined));
    const sa = session?.item.ikeSas.find((item) => item.active && item.capabilities !== undefined);
    if (session && sa) {
      const evidence = [at(tunnel, session, lineOf(sa, "capabilities"))];
      return sa.capabilities?.includes("D") ? yes(evidence) : no(evidence, { side: end.side });
    }
  }
  return dpdWasAgreedOn(tunnel) ?? dpdIsConfigured(tunnel);
}

/** The last that a log says of it. */
function dpdWasAgreedOn(tunnel: Tunnel): Answer | undefined {
  for (const end of bothEnds(tunnel)) {
    const last = end.events.findLast(({ item }) => /^dpd-(?:not-)?agreed$/.test(item.signature));
    if (!last) continue;
    const evidence = [tunnel.lines.evidence(last.paste, last.item.line)];
    return last.item.signature === "dpd-agreed" ? yes(evidence) : no(evidence, { side: end.side });
  }
  return undefined;
}

/** By the connections: an end that does not probe would not notice; whether it is answered is another matter. */
function dpdIsConfigured(tunnel: Tunnel): Answer {
  for (const end of bothEnds(tunnel)) {
    const profile = end.profiles?.items.find(({ item }) => item.name === end.peer && item.keepalive?.seconds === 0);
    if (profile) return no(linesOf(tunnel, profile, "keepalive"), { side: end.side });
  }
  const connections = bothEnds(tunnel).flatMap((end) => {
    const held = connectionForPeer(end);
    return held?.item.dpdSeconds === undefined ? [] : [{ held, end, seconds: held.item.dpdSeconds }];
  });
  const off = connections.find(({ seconds }) => seconds === 0);
  if (off) return no(linesOf(tunnel, off.held, "dpdSeconds"), { side: off.end.side });
  return connections.length < 2
    ? NOT_KNOWN
    : yes(connections.flatMap(({ held }) => linesOf(tunnel, held, "dpdSeconds")));
}
