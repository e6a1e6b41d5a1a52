/** What a debug says an end refused in phase 1, and for what. */
import type { OfferedIkePolicy } from "../../domain/readings/log.ts";
import { type Answer, at, NOT_KNOWN, no, type Question, yes } from "../answer.ts";
import { bothEnds, type Tunnel } from "../tunnel.ts";
import { decidingAttempt, signatureHits } from "./attempts.ts";

/** Priorities above are the platform's default suites, whose refusals mean nothing (catalogue, ike-policy-mismatch). */
const LAST_OWN_PRIORITY = 10_000;
/** "(65514):" names a default suite. */
const OF_DEFAULT_SUITE = /\(655\d\d\)/;

export const REFUSAL_QUESTIONS: Readonly<Record<string, Question>> = {
  "offers-are-refused": offersAreRefused,
  "offers-are-refused-for-auth-alone": (tunnel) => refusedForAuth(tunnel, false),
  "offers-are-refused-for-want-of-a-key": (tunnel) => refusedForAuth(tunnel, true),
  "own-policy-is-refused-as-weak": ownPolicyIsWeak,
};

/** Yes, with the lines that name what was refused: no offer was accepted in the end (trap T7). */
function offersAreRefused(tunnel: Tunnel): Answer {
  for (const end of bothEnds(tunnel)) {
    const attempt = decidingAttempt(end);
    const offers = attempt?.item.ikeOffers ?? [];
    const refused = offers.filter(isRefusedByOwnPolicy);
    if (!attempt || refused.length === 0 || offers.some(({ accepted }) => accepted === true)) continue;
    const evidence = refused.slice(0, 5).map(({ refusedLine, line }) => at(tunnel, attempt, refusedLine ?? line));
    return yes(evidence, { side: "both" });
  }
  return NOT_KNOWN;
}

/**
 * Yes: every policy of its own refused every offer for the method of authentication, so that all else agreed. An end
 * without a key for the peer does so too, and says that it has none.
 */
function refusedForAuth(tunnel: Tunnel, lacksKey: boolean): Answer {
  for (const end of bothEnds(tunnel)) {
    const attempt = decidingAttempt(end);
    const offers = attempt?.item.ikeOffers ?? [];
    if (!attempt || offers.some(({ accepted }) => accepted === true)) continue;
    const refused = offers.filter(isRefusedByOwnPolicy);
    if (refused.length === 0) continue;
    const evidence = refused.slice(0, 5).map(({ refusedLine, line }) => at(tunnel, attempt, refusedLine ?? line));
    const noKey = attempt.item.events.find(({ signature }) => signature === "no-pre-shared-key");
    if (refused.some(({ refusedFor }) => refusedFor !== "auth")) return no(evidence);
    if ((noKey !== undefined) !== lacksKey) return NOT_KNOWN;
    return yes([...(noKey ? [at(tunnel, attempt, noKey.line)] : []), ...evidence], { side: noKey ? end.side : "both" });
  }
  return NOT_KNOWN;
}

function isRefusedByOwnPolicy({ refusedFor, against }: OfferedIkePolicy): boolean {
  return refusedFor !== undefined && (against === undefined || against <= LAST_OWN_PRIORITY);
}

/** Yes: the release refused an algorithm of a policy that somebody configured, not only of its own default suites. */
function ownPolicyIsWeak(tunnel: Tunnel): Answer {
  for (const { end, event } of signatureHits(tunnel, "csdl-refused")) {
    const line = tunnel.lines.evidence(event.paste, event.item.line);
    if (!OF_DEFAULT_SUITE.test(line.text)) return yes([line], { side: end.side });
  }
  return NOT_KNOWN;
}
