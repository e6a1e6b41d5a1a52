/** Which negotiation of a log decides: a fault is what ended the last attempt that got anywhere. */
import type { Attempt, LogEvent } from "../../domain/readings/log.ts";
import type { Evidence } from "../../domain/verdict.ts";
import { type Answer, NOT_KNOWN, yes } from "../answer.ts";
import type { Held } from "../known.ts";
import { bothEnds, type Tunnel } from "../tunnel.ts";
import type { EndView } from "../view.ts";

/**
 * The last attempt in which something happened. A trailing attempt that has only begun is passed over: after a failed
 * quick mode IOS starts again at once, and the new MM_NO_STATE says nothing yet (trap T1).
 */
export function decidingAttempt(end: EndView): Held<Attempt> | undefined {
  return end.attempts.findLast(({ item }) => saysSomething(item)) ?? end.attempts.at(-1);
}

/** Signatures by which an end says that it does not take the other for who it is, or hears so. */
export const REFUSES_AUTHENTICATION: ReadonlySet<string> = new Set([
  "key-check-failed",
  "identity-refused",
  "auth-method-refused",
  "authentication-failed-by-peer",
  "certificate-not-trusted",
]);

function saysSomething(attempt: Attempt): boolean {
  return attempt.events.some(({ noise }) => noise !== true) || attempt.phase1CompleteLine !== undefined;
}

/** Where a signature was printed for this tunnel: in the deciding attempt of an end, or outside of all attempts. */
export function signatureHits(
  tunnel: Tunnel,
  signature: string,
): { readonly end: EndView; readonly event: Held<LogEvent> }[] {
  return bothEnds(tunnel).flatMap((end) => {
    const deciding = decidingAttempt(end);
    const inAttempts = new Set(end.attempts.flatMap(({ item }) => item.events.map((event) => event.line)));
    return end.events
      .filter(({ item, paste }) => {
        if (item.signature !== signature) return false;
        if (deciding && paste === deciding.paste && deciding.item.events.some((event) => event.line === item.line))
          return true;
        return !inAttempts.has(item.line);
      })
      .map((event) => ({ end, event }));
  });
}

/** The answer to "was this printed?": yes with the lines, else not known (a log never proves an absence). */
export function wasLogged(tunnel: Tunnel, signature: string, atLeast: number): Answer {
  const hits = signatureHits(tunnel, signature);
  if (hits.length < atLeast) return NOT_KNOWN;
  const evidence: Evidence[] = hits.slice(-3).map(({ event }) => tunnel.lines.evidence(event.paste, event.item.line));
  return yes(evidence, { side: hits.at(-1)?.end.side });
}

/** Whether a log given after the last counters of its end has so many lines of it, of those that `accepts` takes. */
export function wasLoggedSinceCounters(
  tunnel: Tunnel,
  signature: string,
  atLeast: number,
  accepts: (event: LogEvent, end: EndView) => boolean = () => true,
): boolean {
  const hits = signatureHits(tunnel, signature).filter(
    ({ end, event }) => event.order > (end.flows.at(-1)?.order ?? Number.POSITIVE_INFINITY) && accepts(event.item, end),
  );
  return hits.length >= atLeast;
}
