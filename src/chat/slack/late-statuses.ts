/** Status messages that lag behind: brought up to date one after the other, when nobody waits for an answer. */
import { setTimeout as sleep } from "node:timers/promises";

/** chat.update may be called about 50 times a minute: at most so many go at once, and then one a second. */
const BURST = 20;
const EACH_MS = 1_300;
/** While answers are being made it is looked again so often, and for so long at the most; in milliseconds. */
const LOOKED_AGAIN_MS = 100;
const BUSY_AT_MOST_MS = 2_000;
/** Milliseconds for those that are left when we stop. */
const AT_THE_END_MS = 1_500;

export interface LateStatuses {
  /** Spends an update, where one may be made now and nobody waits; otherwise it is for later. */
  spent(): boolean;
  /** The same for what no status message should wait for: only while half of a burst is left. */
  spare(): boolean;
  /** Nothing had changed, and none was made. */
  giveBack(): void;
  /** Slack said to wait. */
  wait(ms: number): void;
  /** Updated when its turn comes, once, however often it changes until then. */
  later(reference: string, caseId: string): void;
  /** Updates what may be updated at once; the others stay as they are. */
  stop(): Promise<void>;
}

export interface LateTools {
  readonly now: () => number;
  /** Whether somebody waits for an answer. */
  readonly isBusy: () => boolean;
  /** With an update that is spent; never rejects. */
  readonly update: (caseId: string, reference: string) => Promise<void>;
}

export function createLateStatuses({ now, isBusy, update }: LateTools): LateStatuses {
  /** Cases by their message, longest waiting first. */
  const late = new Map<string, string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let fullAt = 0;
  let busySince: number | undefined;
  let isStopped = false;

  const waitMs = () => fullAt - now() - (BURST - 1) * EACH_MS;

  function spend(): void {
    fullAt = Math.max(fullAt, now()) + EACH_MS;
  }

  function isHeldUp(): boolean {
    busySince = isBusy() ? (busySince ?? now()) : undefined;
    return busySince !== undefined && now() - busySince < BUSY_AT_MOST_MS;
  }

  function lookIn(ms: number): void {
    if (isStopped) return;
    timer ??= setTimeout(() => {
      timer = undefined;
      void goOn();
    }, ms).unref();
  }

  async function goOn(): Promise<void> {
    while (late.size > 0) {
      if (isHeldUp()) return lookIn(LOOKED_AGAIN_MS);
      if (waitMs() > 0) return lookIn(waitMs());
      await updateFirst();
    }
  }

  async function updateFirst(): Promise<void> {
    for (const [reference, caseId] of late) {
      late.delete(reference);
      spend();
      return update(caseId, reference);
    }
  }

  return {
    spent() {
      const isRoom = late.size === 0 && waitMs() <= 0 && !isBusy();
      if (isRoom) spend();
      return isRoom;
    },
    spare() {
      const isRoom = late.size === 0 && waitMs() <= (-BURST / 2) * EACH_MS && !isBusy();
      if (isRoom) spend();
      return isRoom;
    },
    giveBack() {
      fullAt -= EACH_MS;
    },
    wait(ms) {
      fullAt = Math.max(fullAt, now() + ms + (BURST - 1) * EACH_MS);
    },
    later(reference, caseId) {
      if (late.has(reference)) return;
      late.set(reference, caseId);
      lookIn(LOOKED_AGAIN_MS);
    },
    async stop() {
      isStopped = true;
      clearTimeout(timer);
      const end = sleep(AT_THE_END_MS, "over", { ref: false });
      while (late.size > 0 && waitMs() <= 0) if ((await Promise.race([updateFirst(), end])) === "over") return;
    },
  };
}
