/** What people say to replicas in these tests, and what became of each message. */
import { readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import type { Heard } from "../../src/domain/chat.ts";
import type { Content, Inbound, Place } from "../../src/domain/inbound.ts";
import type { Replica } from "./replicas.ts";

const example = (file: string) => readFileSync(new URL(`../../docs/examples/${file}`, import.meta.url), "utf8");

/** Each of them is answered. */
const SAYINGS = [
  "so far",
  "help",
  example("hub.txt"),
  "why",
  "more",
  example("spoke.txt"),
  "explain MM_KEY_EXCH",
  "undo",
];

export interface Told {
  readonly inbound: Inbound;
  /** The first acknowledgement of each of its deliveries. */
  readonly acknowledged: Heard[];
}

export interface Talk {
  readonly told: Told[];
  place(thread: string): Place;
  /** The next message of a thread: opens its case, or goes on in it. */
  next(thread: string): Told;
}

export function newTalk(): Talk {
  const told: Told[] = [];
  const threads = new Map<string, number>();
  const place = (thread: string): Place => ({ chat: "test", workspace: "T1", thread });
  return {
    told,
    place,
    next(thread) {
      const said = threads.get(thread) ?? 0;
      threads.set(thread, said + 1);
      const message = `${thread}/${said + 1}`;
      const text = SAYINGS[(said + thread.length) % SAYINGS.length] ?? "";
      const content: Content =
        said === 0 ? { type: "opened", symptom: "tunnel-down", message } : { type: "said", text, message };
      const one: Told = {
        inbound: {
          deliveries: [`test:${message}`],
          place: place(thread),
          person: { id: `U${thread}`, name: "Asha" },
          at: 1_790_000_000_000 + told.length * 60_000,
          content,
        },
        acknowledged: [],
      };
      told.push(one);
      return one;
    },
  };
}

/** Delivers it once. @returns whether it was acknowledged */
export async function tell(replica: Replica, { inbound, acknowledged }: Told): Promise<boolean> {
  const heard = await replica.deliver(inbound);
  if (heard !== undefined) acknowledged.push(heard);
  return heard !== undefined;
}

/** Waits until nothing is left to be sent. */
export async function allSent(replica: Replica, withinMs = 30_000): Promise<void> {
  const end = Date.now() + withinMs;
  for (let left = await replica.outbox(); left.waiting > 0; left = await replica.outbox()) {
    if (Date.now() > end) throw new Error(`still to be sent: ${JSON.stringify(left)}`);
    await pause(50);
  }
}
