/** Sends what the outbox holds: by lease, in order within a case, again with backoff, and gives up in the end. */
import { setTimeout as sleep } from "node:timers/promises";
import { LRUCache } from "lru-cache";
import { CannotSend, type Sender, SendLater } from "../domain/chat.ts";
import type { Claimed, Lease, Store } from "../store/store.ts";
import { withEarlier } from "./earlier.ts";

export interface DelivererTools {
  readonly store: Store;
  readonly senders: readonly Sender[];
  /** Unique to this process: who holds the rows that it sends. */
  readonly owner: string;
  readonly told?: ((what: Delivered) => void) | undefined;
  readonly times?: Partial<DeliveryTimes> | undefined;
}

export interface Delivered {
  readonly chat: string;
  readonly caseId: string;
  readonly outcome: "sent" | "again" | "dead" | "lease-lost" | "store-away";
  readonly attempt: number;
  /** From its commit to now, in milliseconds. */
  readonly afterMs: number;
  /** An error's name, never its message: a chat's error may quote what it was sent. */
  readonly error?: string | undefined;
}

/** Milliseconds. */
export interface DeliveryTimes {
  /** Much longer than a send may take: a lease that ends while its holder sends makes a reply go twice. */
  readonly lease: number;
  readonly send: number;
  /** How often to look for rows that nobody told us of: other replicas', and those that are due again. */
  readonly poll: number;
  readonly firstRetry: number;
  readonly longestRetry: number;
  /** Nothing younger is given up, unless the chat says that it can't be sent. Twelve tries take about as long. */
  readonly giveUpAfter: number;
}
const TIMES: DeliveryTimes = {
  lease: 60_000,
  send: 10_000,
  poll: 1_000,
  firstRetry: 1_000,
  longestRetry: 300_000,
  giveUpAfter: 900_000,
};

/**
 * A row that was tried so often, and for so long, is dead: its case's next reply must not wait for ever. The number alone
 * would not do: processes that die while they send use up tries that the chat never saw.
 */
const MOST_ATTEMPTS = 12;
const AT_ONCE = 64;
/** Sends that are remembered until they are noted. */
const MOST_REMEMBERED = 1_000;
const GATHER_MS = 10;
/** A reply is noted no later than this after it was sent, whatever the status message behind it does. */
const NOTED_WITHIN_MS = 50;

type Outcome = { readonly reference: string | undefined } | { readonly error: unknown };

export interface Deliverer {
  /** Something was committed: look now. */
  wake(): void;
  /** For rows that are committed now; undefined where others should have them. */
  lease(): Lease | undefined;
  /** Sends rows of one case that were committed with that lease, in their order. */
  send(claimed: readonly Claimed[]): void;
  /** Stops looking; resolves when what was being sent is sent, and what is due now as well, or after `withinMs`. */
  stop(withinMs: number): Promise<void>;
}

export function startDelivering({ store, senders, owner, told, times = {} }: DelivererTools): Deliverer {
  const { lease, send, poll, firstRetry, longestRetry, giveUpAfter } = { ...TIMES, ...times };
  const byChat = new Map(senders.map((sender) => [sender.chat, sender]));
  const chats = [...byChat.keys()];
  const sending = new Set<Promise<void>>();
  /** What became of each row that is not noted yet: should its claim end before, the next one here sends nothing twice. */
  const unnoted = new LRUCache<string, Promise<string | undefined>>({ max: MOST_REMEMBERED });
  let gathering: Promise<void> | undefined;
  let stopped = false;
  let wakeUp: () => void = () => {};
  let awake = false;

  /** @returns how many rows were claimed */
  async function round(): Promise<number> {
    const room = AT_ONCE - sending.size;
    if (room <= 0) return 0;
    const rows = await store.claim({ owner, ms: lease }, chats, room);
    for (const row of rows) begin([row]);
    return rows.length;
  }

  function begin(rows: readonly Claimed[]): void {
    const work = deliverInOrder(rows).finally(() => {
      const wasFull = sending.size >= AT_ONCE;
      sending.delete(work);
      if (wasFull) wake();
    });
    sending.add(work);
  }

  /** One after the other; behind one that is not settled the others wait, and none is begun when the lease is about to end. */
  async function deliverInOrder(rows: readonly Claimed[]): Promise<void> {
    const until = Date.now() + lease - send;
    let tried = 0;
    while (tried < rows.length) {
      if (tried > 0 && Date.now() > until) break;
      const [row, next] = rows.slice(tried, tried + 2);
      if (row === undefined) break;
      // A status message may be sent twice without anybody seeing it: it need not wait until the reply is noted.
      const together = next?.body.type === "status" && row.body.type !== "status" ? next : undefined;
      tried += together ? 2 : 1;
      if (!(await deliver(row, together))) break;
    }
    const untried = rows.slice(tried);
    // If that fails, the lease will end.
    if (untried.length > 0) await store.release(untried).catch(() => undefined);
  }

  /**
   * Sends a row; the other one behind it, once the first was sent; both are noted in one breath where that is soon.
   * @returns whether all is settled: it was sent, and that was noted, or it is given up
   */
  async function deliver(row: Claimed, behind?: Claimed): Promise<boolean> {
    const first = await outcomeOf(row);
    if (behind === undefined) return settled(row, first);
    if ("error" in first) {
      const isOver = await settled(row, first);
      return isOver ? deliver(behind) : giveBack(behind);
    }
    const second = outcomeOf(behind);
    await Promise.race([second, sleep(NOTED_WITHIN_MS, undefined, { ref: false })]);
    const both = await Promise.all([settled(row, first), second.then((outcome) => settled(behind, outcome))]);
    return both.every(Boolean);
  }

  async function outcomeOf(row: Claimed): Promise<Outcome> {
    try {
      return { reference: await sentOnce(row) };
    } catch (error) {
      return { error };
    }
  }

  async function giveBack(row: Claimed): Promise<false> {
    // If that fails, the lease will end.
    await store.release([row]).catch(() => undefined);
    return false;
  }

  /** Notes what became of it. @returns whether it is settled: sent, and that was noted, or given up */
  async function settled(row: Claimed, outcome: Outcome): Promise<boolean> {
    const tell = (what: Delivered["outcome"], error?: unknown) =>
      told?.({
        chat: row.place.chat,
        caseId: row.caseId,
        outcome: what,
        attempt: row.attempt,
        afterMs: Date.now() - row.createdAt,
        ...(error !== undefined && { error: error instanceof Error ? error.name : typeof error }),
      });
    try {
      if ("error" in outcome) throw outcome.error;
      await gathered();
      const noting = store.sent(row, outcome.reference);
      // The case's next row may go: it is claimed with the same commit.
      wake();
      const isOurs = await noting;
      if (isOurs) unnoted.delete(row.id);
      tell(isOurs ? "sent" : "lease-lost");
      return true;
    } catch (error) {
      const isOld = Date.now() - row.createdAt >= giveUpAfter;
      const isOver = error instanceof CannotSend || (row.attempt >= MOST_ATTEMPTS && isOld);
      const retryMs = error instanceof SendLater ? error.afterMs : backoff(row.attempt);
      try {
        await store.notSent(row, isOver ? "dead" : { retryMs }, error instanceof Error ? error.name : "error");
        tell(isOver ? "dead" : "again", error);
        if (isOver) wake();
        return isOver;
      } catch (storeError) {
        // The lease will end, and whoever claims the row then sends it again.
        tell("store-away", storeError);
        return false;
      }
    }
  }

  /** Sends it, or waits for the send that goes on under an earlier claim: all may have stood still for longer than a lease. */
  async function sentOnce(row: Claimed): Promise<string | undefined> {
    const before = unnoted.get(row.id);
    if (before) return before;
    const sender = byChat.get(row.place.chat);
    if (!sender) throw new CannotSend(`no sender for ${row.place.chat}`);
    const now = withEarlier(row, store, sender).then((whole) => sender.send(whole, AbortSignal.timeout(send)));
    unnoted.set(row.id, now);
    now.catch(() => unnoted.delete(row.id));
    return now;
  }

  function backoff(attempt: number): number {
    return Math.min(longestRetry, firstRetry * 2 ** (attempt - 1)) * (0.75 + Math.random() / 2);
  }

  function wake(): void {
    awake = true;
    wakeUp();
  }

  async function loop(): Promise<void> {
    while (!stopped) {
      awake = false;
      const claimed = await round().catch(() => 0);
      if (claimed > 0 || awake || stopped) continue;
      await napping();
    }
  }

  function napping(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, poll);
      wakeUp = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  /** What was sent within a few milliseconds is settled in one breath, which the store can make one commit of. */
  function gathered(): Promise<void> {
    gathering ??= sleep(GATHER_MS).then(() => {
      gathering = undefined;
    });
    return gathering;
  }
  const running = chats.length === 0 ? Promise.resolve() : loop();

  return {
    wake,
    lease: () => (stopped || sending.size >= AT_ONCE ? undefined : { owner, ms: lease }),
    send(claimed) {
      // One chat's delay is not another's.
      for (const chat of new Set(claimed.map(({ place }) => place.chat))) {
        const rows = claimed.filter(({ place }) => place.chat === chat);
        if (byChat.has(chat)) begin(rows);
        // Another process has that chat; if this fails, it gets them when the lease ends.
        else store.release(rows).catch(() => undefined);
      }
    },
    async stop(withinMs) {
      const end = Date.now() + withinMs;
      stopped = true;
      wakeUp();
      await running;
      while (Date.now() < end) {
        if ((await round().catch(() => 0)) === 0 && sending.size === 0) return;
        await Promise.race([...sending, sleep(Math.max(0, end - Date.now()), undefined, { ref: false })]);
      }
    },
  };
}
