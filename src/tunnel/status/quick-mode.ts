/** What was offered in quick mode, and what that rules out. */
import { type Answer, at, NOT_KNOWN, no, type Question, yes } from "../answer.ts";
import { distinct } from "../compare/lines.ts";
import { pfsAgrees } from "../compare/map-attributes.ts";
import { bothEnds, otherSide, type Tunnel } from "../tunnel.ts";
import { decidingAttempt } from "./attempts.ts";
import { responderOf } from "./role.ts";
import { REFUSES_PHASE_2 } from "./sa-words.ts";
import { ikeSaIsUp, ipsecSaIsUp } from "./standing.ts";

export const QUICK_MODE_QUESTIONS: Readonly<Record<string, Question>> = {
  "refused-offers-are-in-tunnel-mode": refusedOffersAreInTunnelMode,
  "pfs-groups-differ": (tunnel) => pfsDiffers(tunnel, false),
  "pfs-is-off-at-one-end": (tunnel) => pfsDiffers(tunnel, true),
  "pfs-is-off-at-the-initiator": pfsIsOffAtTheInitiator,
  "phase-2-is-down-and-nothing-says-why": phase2IsDownUnexplained,
};

/** An IKE SA without IPsec SAs, and no log of either end that says what was refused: whatever quick mode can fail of. */
function phase2IsDownUnexplained(tunnel: Tunnel): Answer {
  const [ike, ipsec] = [ikeSaIsUp(tunnel), ipsecSaIsUp(tunnel)];
  const isExplained = bothEnds(tunnel).some(({ attempts, events }) =>
    [...attempts.flatMap(({ item }) => item.events), ...events.map(({ item }) => item)].some(({ signature }) =>
      REFUSES_PHASE_2.has(signature),
    ),
  );
  return ike.is === true && ipsec.is === false && !isExplained
    ? yes(distinct([...ike.evidence, ...ipsec.evidence]))
    : NOT_KNOWN;
}

/** An end refuses an offer in tunnel mode for its algorithms only: one set to transport mode takes both modes. */
function refusedOffersAreInTunnelMode(tunnel: Tunnel): Answer {
  for (const end of bothEnds(tunnel)) {
    const attempt = decidingAttempt(end);
    const offers = attempt?.item.ipsecOffers ?? [];
    if (!attempt || attempt.item.role === "initiator" || offers.length === 0) continue;
    if (offers.some(({ encapsulation }) => encapsulation === undefined)) continue;
    const evidence = offers.slice(0, 3).map(({ line }) => at(tunnel, attempt, line));
    return offers.every(({ encapsulation = "" }) => encapsulation.startsWith("tunnel")) ? yes(evidence) : no(evidence);
  }
  return NOT_KNOWN;
}

/** Two groups never come together; a group here and none there does, from the end that has the group. */
function pfsDiffers(tunnel: Tunnel, offAtOneEnd: boolean): Answer {
  const answer = pfsAgrees(tunnel);
  const [difference] = answer.differs ?? [];
  if (answer.is !== false || !difference) return NOT_KNOWN;
  const isOff = difference.local === "off" || difference.remote === "off";
  return isOff === offAtOneEnd ? { ...answer, is: true } : NOT_KNOWN;
}

/** Without a group in its offer it is refused by the end that wants one. */
function pfsIsOffAtTheInitiator(tunnel: Tunnel): Answer {
  const answer = pfsDiffers(tunnel, true);
  const responder = responderOf(tunnel);
  return answer.is === true && responder !== undefined && answer.side === otherSide(responder) ? answer : NOT_KNOWN;
}
