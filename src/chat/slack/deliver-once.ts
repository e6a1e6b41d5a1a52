/**
 * One delivery of Slack's, handed to the app and acknowledged when what it brought is committed. What is not committed in
 * time is not acknowledged: Slack sends it again, and the bot knows what it had before.
 */
import type { ReceiverEvent } from "@slack/bolt";

/** Slack waits for 3 s; the way back takes some of them. */
export const COMMIT_WITHIN_MS = 2_500;
/** Forms and buttons are answered by their listeners; this is for when one of them does not. */
export const ANSWER_AT_LAST_MS = 2_800;

export interface EventTarget {
  processEvent(event: ReceiverEvent): Promise<void>;
}

/** "kept": acknowledge. "not-kept": do not. "late": it may still be kept, or not. */
export type Outcome = "kept" | "not-kept" | "late";

export interface Deliveries {
  /** An event, which expects no answer. */
  event(body: ReceiverEvent["body"], retry: Retry): Promise<Outcome>;
  /** A command, a button, a form: what its listener answers; undefined where none did in time. */
  interaction(body: ReceiverEvent["body"]): Promise<{ readonly answer: unknown } | undefined>;
  /** Takes no more; resolves when what was taken is done. */
  stop(): Promise<void>;
  isStopped(): boolean;
}
export interface Retry {
  readonly retryNum?: number | undefined;
  readonly retryReason?: string | undefined;
}

export function createDeliveries(target: EventTarget, failed: (error: unknown) => void): Deliveries {
  const working = new Set<Promise<unknown>>();
  let stopped = false;

  function work<T>(promise: Promise<T>): Promise<T> {
    const done = promise.finally(() => working.delete(done));
    working.add(done);
    done.catch(() => {});
    return done;
  }

  return {
    async event(body, { retryNum, retryReason }) {
      // Bolt acknowledges an event before any listener runs; ours is acknowledged by what became of it.
      const taken = target.processEvent({
        body,
        ack: async () => {},
        ...(retryNum !== undefined && { retryNum }),
        ...(retryReason !== undefined && { retryReason }),
      });
      const outcome = work(
        taken.then(
          () => "kept" as const,
          (error: unknown) => {
            failed(error);
            return "not-kept" as const;
          },
        ),
      );
      return within(outcome, COMMIT_WITHIN_MS, "late");
    },
    interaction(body) {
      return new Promise((resolve) => {
        const timer = setTimeout(() => resolve(undefined), ANSWER_AT_LAST_MS);
        const answered = (answer: unknown) => {
          clearTimeout(timer);
          resolve({ answer });
        };
        work(target.processEvent({ body, ack: async (answer?: unknown) => answered(answer) })).catch(
          (error: unknown) => {
            failed(error);
            clearTimeout(timer);
            resolve(undefined);
          },
        );
      });
    },
    async stop() {
      stopped = true;
      await Promise.allSettled([...working]);
    },
    isStopped: () => stopped,
  };
}

export async function within<T, U>(promise: Promise<T>, ms: number, otherwise: U): Promise<T | U> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<U>((resolve) => {
    timer = setTimeout(() => resolve(otherwise), ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
