/** Keeps to what Slack allows: a message a second and channel, with short bursts; and longer waits where it says so. */
import { setTimeout as sleep } from "node:timers/promises";
import { SendLater } from "../../domain/chat.ts";
import { MESSAGES_PER_SECOND } from "./limits.ts";

export interface Pace {
  /** Waits for a turn in the channel. @throws SendLater where the wait is long: something else can be sent meanwhile. */
  turn(channel: string): Promise<void>;
  /** Slack said to wait. */
  wait(channel: string, ms: number): void;
}

/** So many messages may go at once after a pause. */
const BURST = 4;
/** A longer wait than this is left to the outbox. */
const LONGEST_WAIT_MS = 1_500;
/** Channels that were quiet for long are forgotten. */
const MOST_CHANNELS = 10_000;

export function createPace(now: () => number, perSecond = MESSAGES_PER_SECOND): Pace {
  const eachMs = 1_000 / perSecond;
  /** For each channel, when it would have been quiet for a whole burst. */
  const fullAt = new Map<string, number>();

  function keep(channel: string, at: number): void {
    fullAt.delete(channel);
    fullAt.set(channel, at);
    if (fullAt.size > MOST_CHANNELS) for (const [each, until] of fullAt) if (until < now()) fullAt.delete(each);
  }

  return {
    async turn(channel) {
      const from = Math.max(fullAt.get(channel) ?? 0, now());
      const wait = from - now() - (BURST - 1) * eachMs;
      if (wait > LONGEST_WAIT_MS) throw new SendLater(wait, "the channel's pace");
      keep(channel, from + eachMs);
      if (wait > 0) await sleep(wait);
    },
    wait(channel, ms) {
      keep(channel, Math.max(fullAt.get(channel) ?? 0, now() + ms + (BURST - 1) * eachMs));
    },
  };
}
