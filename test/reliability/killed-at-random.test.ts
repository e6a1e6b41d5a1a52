/**
 * Killed with SIGKILL at random moments, again and again, while people talk on. SEED=… repeats a run's choices, ROUNDS=…
 * says how many deaths; RELIABILITY=full dies a hundred times.
 */
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openStore } from "../../src/store/open.ts";
import { seeded } from "../mess.ts";
import { audit, NONE } from "./audit.ts";
import { databases, isFullRun } from "./databases.ts";
import { startPlatform } from "./platform.ts";
import { buildReplica, type Replica, type ReplicaProgram } from "./replicas.ts";
import { allSent, newTalk, type Talk, type Told, tell } from "./talk.ts";

const SEED = Number(process.env["SEED"] ?? Math.floor(Math.random() * 1e9));
const ROUNDS = Number(process.env["ROUNDS"] ?? (isFullRun ? 100 : 30));
/** People who talk at the same time, each in a thread. */
const PEOPLE = 5;
/** Rounds after which they begin new threads: what was killed holds the rows of the old ones for a while. */
const ROUNDS_A_THREAD = 3;
const LONGEST_LIFE_MS = 500;

const here = databases();
let program: ReplicaProgram;
beforeAll(async () => {
  [program] = await Promise.all([buildReplica(), here.start()]);
}, 90_000);
afterAll(async () => {
  program.remove();
  await here.remove();
}, 30_000);

/** One person: says again what was not acknowledged, now and then what was, else goes on; until the replica is dead. */
async function talkTo(replica: Replica, talk: Talk, thread: string, random: () => number): Promise<void> {
  const mine = () => talk.told.filter(({ inbound }) => inbound.place.thread === thread);
  for (;;) {
    const before = mine();
    const again = random() < 0.15 ? before[Math.floor(random() * before.length)] : undefined;
    const one = before.find(isOpen) ?? again ?? talk.next(thread);
    if (!(await tell(replica, one))) return;
  }
}

function isOpen({ acknowledged }: Told): boolean {
  return acknowledged.length === 0;
}

it.concurrent.each(here.engines)(
  `%s, killed ${ROUNDS} times (SEED=${SEED}): nothing acknowledged is lost, nothing handled twice, no reply missing, all in order`,
  async (engine) => {
    const random = seeded(SEED);
    const settings = await here.newDatabase(engine);
    const platform = await startPlatform(() => random() < 0.05);
    const talk = newTalk();
    const dead = new Set<string>();
    const start = (owner: string) =>
      program.start({ ...settings, owner, lease: 3_000, send: 1_500, platform: platform.url });
    try {
      for (let round = 0; round < ROUNDS; round += 1) {
        const replica = await start(`replica ${round}`);
        const generation = Math.floor(round / ROUNDS_A_THREAD);
        const talking = Array.from({ length: PEOPLE }, (_, person) =>
          talkTo(replica, talk, `${generation}-${person}`, random),
        );
        await pause(Math.floor(random() * LONGEST_LIFE_MS));
        replica.kill();
        await Promise.all([replica.ended, ...talking]);
        dead.add(replica.owner);
      }
      const last = await start("last");
      for (const one of talk.told.filter(isOpen)) expect(await tell(last, one)).toBe(true);
      await allSent(last, 60_000);
      await last.stop();

      const store = await openStore(settings);
      try {
        expect(await audit(store, platform, talk.told, { inOrder: true })).toEqual(NONE);
      } finally {
        await store.close();
      }
      // Only what a killed one had sent may come again, under the same key, from another one.
      const firsts = new Map(platform.seen().map((one) => [one.id, one]));
      const again = platform.arrivals.filter((one) => firsts.get(one.id) !== one);
      expect(again.filter(({ id, from }) => !isOfTheDead(firsts.get(id)?.from, from, dead))).toEqual([]);
      console.log(
        `${engine}: SEED=${SEED}, ${ROUNDS} kills, ${talk.told.length} messages, ${firsts.size} sent, ${again.length} twice under one key`,
      );
      expect(talk.told.length).toBeGreaterThan(ROUNDS);
    } finally {
      platform.close();
    }
  },
  600_000,
);

function isOfTheDead(first: string | undefined, again: string, dead: ReadonlySet<string>): boolean {
  return first !== undefined && first !== again && dead.has(first);
}
