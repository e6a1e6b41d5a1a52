/** Which negotiation of a log decides: a fault is what ended the last attempt that got anywhere. */
import type { Attempt, LogEvent } from "../../domain/readings/log.ts";
import type { Evidence } from "../../domain/verdict.ts";
import { type Answer, NOT_KNOWN, yes } from "../answer.ts";
import type { Held } from "../known.ts";
import { oncePerView } from "../once-per-end.ts";
import type { Tunnel } from "../tunnel.ts";
import type { EndView } from "../view.ts";

/**
 * The last attempt in which something happened. A trailing attempt that has only begun is passed over: after a failed
 * quick mode IOS starts again at once, and the new MM_NO_STATE says nothing yet (trap T1).
 */
export const decidingAttempt = oncePerView(
  (end): Held<Attempt> | undefined => end.attempts.findLast(({ item }) => saysSomething(item)) ?? end.attempts.at(-1),
);

/** Signatures by which an end says that it does not take the other for who it is, or hears so. */
export const REFUSES_AUTHENTICATION: ReadonlySet<string> = new Set([
  "key-check-failed",
  "identity-refused",
  "auth-method-refused",
  "authentication-failed-by-peer",
  "certificate-not-trusted",
]);

/**
 * Signatures by which the IPsec SA is refused. IKE authenticates before it, also where the first one rides in IKE_AUTH
 * (trap T1), so that they show it done.
 */
export const REFUSES_CHILD: ReadonlySet<string> = new Set([
  "child-proposals-refused",
  "child-proposals-refused-by-peer",
  "child-group-refused",
  "selectors-refused",
  "selectors-refused-by-peer",
  "encapsulation-mode-refused",
  "child-not-built",
  "child-rekey-failed",
]);

/** Signatures by which the peer says that it refuses, and not why: its own log tells (trap T4). */
export const REFUSED_BY_PEER: ReadonlySet<string> = new Set([
  "authentication-failed-by-peer",
  "ike-proposals-refused-by-peer",
  "child-proposals-refused-by-peer",
  "selectors-refused-by-peer",
]);

/** The line that shows phase 1 done: said outright, or by what only comes after it. */
export function phase1DoneLine({ phase1CompleteLine, phase2StartedLine, events }: Attempt): number | undefined {
  return phase1CompleteLine ?? phase2StartedLine ?? events.find(({ signature }) => REFUSES_CHILD.has(signature))?.line;
}

function saysSomething(attempt: Attempt): boolean {
  return attempt.events.some(({ noise }) => noise !== true) || attempt.phase1CompleteLine !== undefined;
}

interface Hit {
  readonly end: EndView;
  readonly event: Held<LogEvent>;
}

/** Where a signature was printed for this tunnel: in the deciding attempt of an end, or outside of all attempts. */
export function signatureHits({ local, remote }: Tunnel, signature: string): readonly Hit[] {
  if (local.events.length + remote.events.length === 0) return NO_HITS;
  const here = hitsOf(local).get(signature);
  const there = hitsOf(remote).get(signature);
  return here && there ? [...here, ...there] : (here ?? there ?? NO_HITS);
}

const NO_HITS: readonly Hit[] = [];

/** By signature. */
const hitsOf = oncePerView((end): ReadonlyMap<string, readonly Hit[]> => {
  const hits = new Map<string, Hit[]>();
  if (end.events.length === 0) return hits;
  const deciding = decidingAttempt(end);
  const inDeciding = new Set(deciding?.item.events.map(({ line }) => line));
  const inAttempts = new Set(end.attempts.flatMap(({ item }) => item.events.map(({ line }) => line)));
  for (const event of end.events) {
    const { line, signature } = event.item;
    if (inAttempts.has(line) && !(event.paste === deciding?.paste && inDeciding.has(line))) continue;
    const known = hits.get(signature);
    if (known) known.push({ end, event });
    else hits.set(signature, [{ end, event }]);
  }
  return hits;
});

/** The answer to "was this printed?": yes with the lines, else not known (a log never proves an absence). */
export function wasLogged(tunnel: Tunnel, signature: string, atLeast: number): Answer {
  const hits = signatureHits(tunnel, signature);
  if (hits.length < atLeast) return NOT_KNOWN;
  const evidence: Evidence[] = hits.slice(-3).map(({ event }) => tunnel.lines.evidence(event.paste, event.item.line));
  return yes(evidence, { side: hits.at(-1)?.end.side });
}

/** Wordings that no source shows printed, by paste and line: the signature that each was taken for. */
const unseenLines = oncePerView(
  ({ events }): ReadonlyMap<string, string> =>
    new Map(events.flatMap(({ item, paste }) => (item.unseen ? [[`${paste}:${item.line}`, item.signature]] : []))),
);

/**
 * Whether evidence holds without messages in a wording that no source shows printed: it has none, or for each of them
 * another line that says the same in a known wording.
 */
export function wordedAsSeen({ local, remote }: Tunnel, evidence: readonly Evidence[]): boolean {
  return [local, remote].every((end) => {
    const unseen = unseenLines(end);
    const doubtful = evidence.flatMap(({ paste, line }) => unseen.get(`${paste}:${line}`) ?? []);
    return doubtful.every((signature) =>
      (hitsOf(end).get(signature) ?? []).some(({ event }) => event.item.unseen !== true),
    );
  });
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
