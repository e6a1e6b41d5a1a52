/** Gives lines their meaning that only what stands around them tells. */
import type { Attempt, Log, LogEvent } from "../../../domain/readings/log.ts";
import type { Refusals } from "./refusals.ts";

/** The log with "Failed to find a matching policy" and NO_PROPOSAL_CHOSEN as what they are here. */
export function inContext(log: Log, { meanings }: Refusals): Log {
  const meant = new Map<LogEvent, LogEvent | undefined>();
  const told = new Set<string>(meanings.values());
  // Where an entry fits, or the refusal has another reason, what was said of the entries on the way means nothing.
  const isConcluded = log.events.some(
    ({ signature }) => signature === "no-matching-policy" || signature === "proxy-matches",
  );
  const read = (event: LogEvent, attempt?: Attempt): LogEvent | undefined => {
    if (meant.has(event)) return meant.get(event);
    const result = meaningOf(event, attempt);
    meant.set(event, result);
    return result;
  };
  function meaningOf(event: LogEvent, attempt: Attempt | undefined): LogEvent | undefined {
    switch (event.signature) {
      case "no-matching-policy": {
        const meaning = meanings.get(event.line);
        return meaning === undefined ? event : as(event, meaning);
      }
      // Every entry of the map is tried: that one is another peer's says nothing while any fits.
      case "map-entry-has-other-peer":
      case "map-entry-incomplete":
        if (told.has(event.signature)) return as(event, event.signature);
        return isConcluded ? undefined : event;
      case "ike-proposals-refused-by-peer":
        return attempt && isAuthenticating(attempt, event) ? as(event, "child-proposals-refused-by-peer") : event;
      default:
        return event;
    }
  }
  const attempts = log.attempts.map((attempt) => ({
    ...attempt,
    events: attempt.events.flatMap((event) => read(event, attempt) ?? []),
  }));
  return { ...log, attempts, events: log.events.flatMap((event) => read(event) ?? []) };
}

function as({ noise: _, ...event }: LogEvent, signature: string): LogEvent {
  return { ...event, signature };
}

/** Phase 1 was done, or with IKEv2 IKE_AUTH was under way, which carries the first child SA. */
function isAuthenticating(attempt: Attempt, { line }: LogEvent): boolean {
  if (attempt.phase1CompleteLine !== undefined && attempt.phase1CompleteLine < line) return true;
  return attempt.events.some((event) => event.signature === "ike-auth-begins" && event.line < line);
}
