/** Three processes of the bot on one PostgreSQL: any message may come to any of them, and to all. */
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openStore, type StoreSettings } from "../../src/store/open.ts";
import { seeded } from "../mess.ts";
import { hasPostgres } from "../store/postgres-server.ts";
import { audit, NONE } from "./audit.ts";
import { databases } from "./databases.ts";
import { type Platform, startPlatform } from "./platform.ts";
import { buildReplica, type Replica, type ReplicaProgram } from "./replicas.ts";
import { allSent, newTalk, type Told, tell } from "./talk.ts";

const SEED = Number(process.env["SEED"] ?? Math.floor(Math.random() * 1e9));
/** Longer than a busy machine takes over a sending: what takes longer may be sent again. */
const LEASE_MS = 12_000;
const SEND_MS = 10_000;

describe.runIf(hasPostgres)(`SEED=${SEED}`, () => {
  const here = databases();
  const random = seeded(SEED);
  let program: ReplicaProgram;
  let settings: StoreSettings;
  let platform: Platform;
  let replicas: Replica[];
  const start = (owner: string) =>
    program.start({ ...settings, owner, lease: LEASE_MS, send: SEND_MS, platform: platform.url });

  beforeAll(async () => {
    [program] = await Promise.all([buildReplica(), here.start()]);
    settings = await here.newDatabase("PostgreSQL");
    platform = await startPlatform();
    // All at once: the first one brings the schema up to date, the others wait for it.
    replicas = await Promise.all(["one", "two", "three"].map(start));
  }, 90_000);
  afterAll(async () => {
    program.remove();
    platform.close();
    await here.remove();
  }, 30_000);

  const any = () => replicas[Math.floor(random() * replicas.length)] as Replica;
  const shuffled = <T>(items: readonly T[]): T[] =>
    items
      .map((item) => ({ item, place: random() }))
      .sort((one, other) => one.place - other.place)
      .map(({ item }) => item);

  async function hold(told: readonly Told[], inOrder: boolean): Promise<void> {
    await allSent(any());
    const store = await openStore(settings);
    try {
      expect(await audit(store, platform, told, { inOrder })).toEqual(NONE);
    } finally {
      await store.close();
    }
  }

  it("every message delivered three times, at random over the three, is handled once and in its case's order", async () => {
    const talk = newTalk();
    await Promise.all(
      ["a", "bb", "ccc", "dddd", "eeeee"].map(async (thread) => {
        for (let count = 0; count < 8; count += 1) {
          const one = talk.next(thread);
          const deliveries = shuffled([any(), any(), ...replicas]).slice(0, 3);
          const heard = await Promise.all(deliveries.map((replica) => tell(replica, one)));
          expect(heard).toEqual([true, true, true]);
          expect(one.acknowledged.map(({ outcome }) => outcome).sort()).toEqual(["repeat", "repeat", "taken"]);
        }
      }),
    );
    // And all of it once more, long after, in any order.
    await Promise.all(shuffled(talk.told).map((one) => tell(any(), one)));
    await hold(talk.told, true);
    const senders = new Set(platform.arrivals.map(({ from }) => from));
    expect(senders.size, "replicas that took part in sending").toBeGreaterThan(1);
    expect(platform.arrivals).toHaveLength(platform.seen().length);
  }, 90_000);

  it("16 messages at once on one case: one turn each, without gaps, replies in their order", async () => {
    const talk = newTalk();
    const opening = talk.next("busy");
    // Who opens the case, of those who hear it at the same time, opens it once.
    await Promise.all(replicas.map((replica) => tell(replica, opening)));
    const at = Array.from({ length: 16 }, () => talk.next("busy"));
    const heard = await Promise.all(at.map((one) => tell(any(), one)));
    expect(heard.every(Boolean)).toBe(true);
    const turns = at.flatMap(({ acknowledged }) => acknowledged.map((one) => (one.outcome === "taken" ? one.turn : 0)));
    expect(turns.sort((one, other) => one - other)).toEqual(at.map((_, index) => index + 2));
    await hold(talk.told, false);
  }, 90_000);

  it("what a killed replica held is sent by another within its lease, and the others take its messages at once", async () => {
    const talk = newTalk();
    const before = platform.arrivals.length;
    const victim = await program.start({
      ...settings,
      owner: "victim",
      lease: LEASE_MS,
      send: SEND_MS,
      platform: platform.url,
      kill: { at: "claimed", nth: 1 },
    });
    const dead = victim.ended;
    let killed = false;
    void dead.then(() => {
      killed = true;
    });
    for (let thread = 0; !killed && thread < 200; thread += 1) {
      const one = talk.next(`held-${thread}`);
      if (!(await tell(victim, one))) expect(await tell(any(), one)).toBe(true);
      await pause(5);
    }
    expect(await dead).toBe("SIGKILL");
    const start = Date.now();
    expect((await any().outbox()).waiting, "rows that it left").toBeGreaterThan(0);
    for (const one of [...talk.told]) expect(await tell(any(), talk.next(one.inbound.place.thread))).toBe(true);
    await allSent(any());
    expect(Date.now() - start).toBeLessThan(LEASE_MS + 10_000);
    await hold(talk.told, true);
    expect(platform.arrivals.slice(before).some(({ from }) => from === "victim")).toBe(false);
  }, 90_000);

  it("PostgreSQL killed in the midst: nothing acknowledged is lost, and all of it goes on by itself when it is back", async () => {
    const talk = newTalk();
    const refused: string[] = [];
    const crash = pause(300).then(() => here.crashPostgres(700));
    let isBack = false;
    void crash.then(() => {
      isBack = true;
    });
    await Promise.all(
      ["p", "qq", "rrr", "ssss"].map(async (thread) => {
        for (let after = 0; after < 3; after += isBack ? 1 : 0) {
          const one = talk.next(thread);
          while (!(await tell(any(), one))) {
            refused.push(thread);
            await pause(50);
          }
        }
      }),
    );
    await crash;
    expect(refused.length, "messages while it was away").toBeGreaterThan(0);
    await hold(talk.told, true);
  }, 90_000);

  it("a replica that is stopped sends what is due before it goes", async () => {
    const leaver = await start("leaver");
    const talk = newTalk();
    for (const thread of ["x", "yy", "zzz"]) await tell(leaver, talk.next(thread));
    await leaver.stop();
    await hold(talk.told, true);
  }, 60_000);
});
