/**
 * How Slack delivers: events again until they are acknowledged, everything to one connection, and a person who sees that
 * a command or a button was not answered within three seconds.
 */
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";

export interface Envelope {
  readonly type: "events_api" | "slash_commands" | "interactive";
  readonly payload: Record<string, unknown>;
}

/** Sends an envelope to the app once. @returns what it answered, or undefined where it did not acknowledge in time */
export type DeliverOnce = (
  envelope: Envelope & { readonly id: string },
  retry: Retry,
) => Promise<{ readonly answer: unknown } | undefined>;
export interface Retry {
  readonly attempt: number;
  readonly reason: string | undefined;
}

export interface Deliveries {
  /** What people saw fail: "slash_commands /ipsec was not answered". */
  readonly seenFailing: string[];
  /** Events that were never acknowledged. */
  readonly lost: string[];
  /** So many more times is each event delivered although it was acknowledged. */
  repeats: number;
  /** How many were begun. */
  begun: number;
  /** What the app answered to the last one that was acknowledged. */
  lastAnswer: unknown;
  deliver(envelope: Envelope): Promise<unknown>;
  /** Resolves when nothing is on its way. */
  idle(): Promise<void>;
}

/** Slack's are at once, a minute, five minutes; here sooner, for as long as a busy machine takes to start a process. */
const RETRIES_MS = [50, 500, 1_500, 3_000, 3_000, ...Array<number>(12).fill(5_000)];

export function createDeliveries(once: DeliverOnce): Deliveries {
  const seenFailing: string[] = [];
  const lost: string[] = [];
  const onTheirWay = new Set<Promise<unknown>>();

  async function attempt(envelope: Envelope): Promise<unknown> {
    const id = randomUUID();
    const first = await once({ ...envelope, id }, { attempt: 0, reason: undefined });
    if (envelope.type !== "events_api") {
      if (first === undefined) seenFailing.push(`${envelope.type} was not answered in time`);
      return first?.answer;
    }
    let acknowledged = first !== undefined;
    for (let repeat = 0; acknowledged && repeat < made.repeats; repeat += 1)
      await once({ ...envelope, id: randomUUID() }, { attempt: 1, reason: "timeout" });
    for (const [index, wait] of RETRIES_MS.entries()) {
      if (acknowledged) return undefined;
      await sleep(wait);
      acknowledged = (await once({ ...envelope, id }, { attempt: index + 1, reason: "timeout" })) !== undefined;
    }
    if (!acknowledged) lost.push(JSON.stringify(envelope.payload).slice(0, 200));
    return undefined;
  }

  const made: Deliveries = {
    seenFailing,
    lost,
    repeats: 0,
    begun: 0,
    lastAnswer: undefined,
    deliver(envelope) {
      made.begun += 1;
      const work = attempt(envelope)
        .then((answer) => {
          made.lastAnswer = answer;
          return answer;
        })
        .finally(() => onTheirWay.delete(work));
      onTheirWay.add(work);
      return work;
    },
    async idle() {
      while (onTheirWay.size > 0) await Promise.all(onTheirWay);
    },
  };
  return made;
}
