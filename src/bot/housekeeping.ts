/** Removes what was kept long enough. */
import type { Store } from "../store/store.ts";

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
/** Chats deliver a message again for minutes, at the most for hours; a week is far beyond that. */
const SEEN_FOR_MS = 7 * DAY_MS;

export interface HousekeepingTools {
  readonly store: Store;
  readonly retentionDays: number;
  readonly now: () => number;
  readonly purged?: ((cases: number) => void) | undefined;
  readonly failed?: ((error: unknown) => void) | undefined;
}

/** Purges now and every hour. @returns a function that stops it */
export function startHousekeeping({ store, retentionDays, now, purged, failed }: HousekeepingTools): () => void {
  const purge = () => {
    const limits = { closedBefore: now() - retentionDays * DAY_MS, seenBefore: now() - SEEN_FOR_MS };
    store.purge(limits).then(
      (cases) => purged?.(cases),
      (error: unknown) => failed?.(error),
    );
  };
  purge();
  const timer = setInterval(purge, HOUR_MS);
  timer.unref();
  return () => clearInterval(timer);
}
