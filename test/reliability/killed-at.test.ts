/** Killed with SIGKILL at each named point of a message's way, and of its reply's. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { openStore } from "../../src/store/open.ts";
import { audit, NONE } from "./audit.ts";
import { databases, isFullRun } from "./databases.ts";
import { isOnMessagesWay, KILL_POINTS, type KillPoint } from "./kill-points.ts";
import { startPlatform } from "./platform.ts";
import { buildReplica, type ReplicaProgram } from "./replicas.ts";
import { allSent, newTalk, type Talk, tell } from "./talk.ts";

const here = databases();
let program: ReplicaProgram;
beforeAll(async () => {
  [program] = await Promise.all([buildReplica(), here.start()]);
}, 90_000);
afterAll(async () => {
  program.remove();
  await here.remove();
}, 30_000);

/** Whether the message on whose way it was killed had been acknowledged, and what its next delivery is. */
const UNSEEN = { wasAcknowledged: false, outcome: "taken" };
const KEPT = { wasAcknowledged: false, outcome: "repeat" };
const EXPECTED: Partial<Readonly<Record<KillPoint, typeof UNSEEN>>> = {
  received: UNSEEN,
  "in the transaction": UNSEEN,
  "before commit": UNSEEN,
  "after commit": KEPT,
  "before acknowledging": KEPT,
  "after acknowledging": { ...KEPT, wasAcknowledged: true },
};

/** Milliseconds. The victim's lease is short, so that the test need not wait long for what it held. */
const TIMES = { lease: 4_000, send: 3_000 };
/** As in the product: on a busy machine a send that is given up too soon arrives all the same, and is then repeated. */
const SUCCESSORS = { lease: 60_000, send: 10_000 };

/** The first time is the message that opens the case, or its first reply. */
const FIRST_TIME_TOO: readonly KillPoint[] = ["before commit", "sent, not yet noted"];
const DEATHS = here.engines.flatMap((engine) =>
  KILL_POINTS.flatMap((point) => {
    const times = isFullRun || FIRST_TIME_TOO.includes(point) ? [1, 3] : [3];
    return times.map((nth) => ({ engine, point, nth }));
  }),
);

it.concurrent.each(DEATHS)(
  "$engine, killed at: $point (time no. $nth): nothing is lost, nothing done twice",
  async ({ engine, point, nth }) => {
    const settings = await here.newDatabase(engine);
    const platform = await startPlatform();
    try {
      const common = { ...settings, ...TIMES, platform: platform.url };
      const talk = newTalk();
      const victim = await program.start({ ...common, owner: "victim", kill: { at: point, nth } });
      const last = await talkUntilItDies(talk, victim);
      expect(await victim.ended).toBe("SIGKILL");
      const wasAcknowledged = last.acknowledged.length > 0;

      const successor = await program.start({ ...common, ...SUCCESSORS, owner: "successor" });
      // The platform delivers again what was not acknowledged, and now and then what was.
      for (const one of talk.told) await tell(successor, one);
      const outcome = last.acknowledged.at(-1)?.outcome;
      for (let more = 0; more < 2; more += 1) await tell(successor, talk.next("thread"));
      await allSent(successor);
      await successor.stop();

      // On its reply's way, it may die before its message is acknowledged or after.
      if (isOnMessagesWay(point)) expect({ wasAcknowledged, outcome }).toEqual(EXPECTED[point]);
      const store = await openStore(settings);
      try {
        expect(await audit(store, platform, talk.told, { inOrder: true })).toEqual(NONE);
      } finally {
        await store.close();
      }
      const seen = platform.seen();
      const again = platform.arrivals.filter((one) => !seen.includes(one));
      // A status message goes before the reply ahead of it is noted; what is an edit may come twice.
      const counted = again
        .filter(({ type }) => point !== "sent and noted" || type !== "status")
        .map(({ from }) => from);
      const once = ["successor"];
      if (point === "sent, not yet noted") expect(counted).toEqual(once);
      // Where one is noted, the next may be on its way: that one is as at the point above.
      else if (point === "sent and noted") expect([[], once]).toContainEqual(counted);
      else expect(counted).toEqual([]);
    } finally {
      platform.close();
    }
  },
);

it("a bot that acknowledged before it commits would be found out", async () => {
  const settings = await here.newDatabase("SQLite");
  const platform = await startPlatform();
  const talk = newTalk();
  const common = { ...settings, ...TIMES, platform: platform.url };
  const kill = { at: "in the transaction", nth: 3 } as const;
  const victim = await program.start({ ...common, owner: "victim", kill, acknowledgesFirst: true });
  await talkUntilItDies(talk, victim);
  const successor = await program.start({ ...common, ...SUCCESSORS, owner: "successor" });
  for (const one of talk.told) if (one.acknowledged.length === 0) await tell(successor, one);
  await allSent(successor);
  await successor.stop();
  const store = await openStore(settings);
  const { lost } = await audit(store, platform, talk.told, { inOrder: true });
  await store.close();
  platform.close();
  expect(lost).toContain("thread/3");
});

/** @returns the message that it died of, or the last one before it died */
async function talkUntilItDies(talk: Talk, victim: Awaited<ReturnType<ReplicaProgram["start"]>>) {
  let isOver = false;
  void victim.ended.then(() => {
    isOver = true;
  });
  for (let count = 0; count < 20; count += 1) {
    const one = talk.next("thread");
    if (!(await tell(victim, one)) || isOver) return one;
    // The next one only once this one's replies are out: its death may come of them.
    await Promise.race([victim.ended, allSent(victim)]).catch(() => victim.ended);
    if (isOver) return one;
  }
  throw new Error("it did not die");
}
