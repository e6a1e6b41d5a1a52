/** Cases in which nobody says anything any more: one reminder, and in the end they close themselves with a summary. */
import type { Bot } from "../domain/chat.ts";
import type { Person } from "../domain/inbound.ts";
import type { CaseHead, Store } from "../store/store.ts";

const HOUR_MS = 3_600_000;
const LOOK_EVERY_MS = 600_000;
/** In one look; the next one finds the others. */
const AT_ONCE = 200;

export interface QuietCasesTools {
  readonly bot: Bot;
  readonly store: Pick<Store, "cases" | "turns">;
  readonly now: () => number;
  /** Hours without a word until the reminder; 0: none, and no closing. */
  readonly remindAfterHours: number;
  /** Hours after the reminder until the case is closed; 0: it stays open. */
  readonly closeAfterHours: number;
  /** Cases in one look; default {@link AT_ONCE}. */
  readonly atOnce?: number | undefined;
  readonly failed?: ((error: unknown) => void) | undefined;
}

/** Who speaks where nobody does; by it the reminder is known again. */
const OURSELVES: Person = { id: "tunnelmedic", name: "TunnelMedic" };

/** Looks once. Several processes may: what is done to a case as it stands is done once. */
export async function lookAtQuietCases(tools: QuietCasesTools): Promise<void> {
  const { store, now, remindAfterHours, closeAfterHours, atOnce = AT_ONCE } = tools;
  if (remindAfterHours <= 0) return;
  const steps = closeAfterHours > 0 ? [remindAfterHours, closeAfterHours] : [remindAfterHours];
  const seen = new Set<string>();
  // The longer time first: all of those are due for something, and none that only waits stands in front of them.
  for (const hours of steps.toSorted((one, other) => other - one)) {
    const changedBefore = now() - hours * HOUR_MS;
    for (const head of await store.cases({ status: "open", changedBefore, limit: atOnce })) {
      if (seen.has(head.id)) continue;
      seen.add(head.id);
      await lookAt(tools, head);
    }
  }
}

async function lookAt(tools: QuietCasesTools, head: CaseHead): Promise<void> {
  const { store, now, remindAfterHours, closeAfterHours } = tools;
  const quietHours = (now() - head.changedAt) / HOUR_MS;
  const [last] = await store.turns(head.id, head.version - 1);
  const isReminded = last?.person.id === OURSELVES.id;
  if (!isReminded && quietHours >= remindAfterHours) await say(tools, head, "remind");
  else if (isReminded && closeAfterHours > 0 && quietHours >= closeAfterHours) await say(tools, head, "close");
}

async function say(
  { bot, now, closeAfterHours }: QuietCasesTools,
  head: CaseHead,
  step: "remind" | "close",
): Promise<void> {
  await bot.hear({
    deliveries: [`quiet:${head.id}:${head.version}:${step}`],
    place: head.place,
    person: OURSELVES,
    at: now(),
    content: { type: "quiet", step, closesInHours: closeAfterHours },
  });
}

/** Looks now and then. @returns a function that stops it */
export function watchQuietCases(tools: QuietCasesTools): () => void {
  const look = () => {
    lookAtQuietCases(tools).catch((error: unknown) => tools.failed?.(error));
  };
  const timer = setInterval(look, LOOK_EVERY_MS);
  timer.unref();
  look();
  return () => clearInterval(timer);
}
