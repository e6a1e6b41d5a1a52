import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Claimed, Decision, Store, Taken } from "../../src/store/store.ts";
import { answered, caseOf, handClock, message, type NewDatabase, reply, type TestDatabase, turn } from "./engine.ts";

const ME = { owner: "me", ms: 60_000 };
const OTHER = { owner: "other", ms: 60_000 };

export function outboxConformance(newDatabase: NewDatabase): void {
  describe("replies leave through the outbox", () => {
    const clock = handClock();
    let database: TestDatabase;
    let store: Store;
    beforeEach(async () => {
      database = await newDatabase();
      store = await database.open(clock);
    });
    afterEach(() => database.remove());

    const say = async (text: string, thread = "C1/1") =>
      caseOf(await store.take(message({ thread }), () => answered(text)));
    const claimOne = async (lease = ME): Promise<Claimed> => {
      const [claimed] = await store.claim(lease, ["slack"], 1);
      if (!claimed) throw new Error("nothing to claim");
      return claimed;
    };

    it("with all that the sender needs", async () => {
      const opening = message({ thread: "C1/1" });
      const id = caseOf(
        await store.take(opening, () => ({
          turn: turn("one"),
          outbox: [{ body: { type: "reply", reply: reply("hello") }, answerBy: "https://hooks.example/1" }],
        })),
      );
      expect(await store.claim(ME, ["slack"], 5)).toEqual([
        {
          id: `${id}.1`,
          caseId: id,
          place: opening.place,
          turn: 1,
          attempt: 1,
          body: { type: "reply", reply: reply("hello") },
          answerBy: "https://hooks.example/1",
          owner: "me",
          createdAt: clock(),
        },
      ]);
    });

    it("in order: a case's next reply waits until the one before is sent, other cases don't", async () => {
      await say("a1");
      await say("a2");
      clock.pass(1);
      await say("b1", "C2/2");
      const first = await store.claim(ME, ["slack"], 10);
      expect(first.map(({ turn: number, place }) => [place.thread, number])).toEqual([
        ["C1/1", 1],
        ["C2/2", 1],
      ]);
      expect(await store.claim(OTHER, ["slack"], 10)).toEqual([]);
      expect(await store.sent(first[0] as Claimed, "1733.1")).toBe(true);
      expect((await store.claim(OTHER, ["slack"], 10)).map(({ turn: number }) => number)).toEqual([2]);
    });

    it("claimed with their commit: whoever takes the message sends them in order, and others only after a kill", async () => {
      const both = (): Decision => ({
        turn: turn("x"),
        outbox: [{ body: { type: "reply", reply: reply("r") }, answerBy: "a" }, { body: { type: "status" } }],
        lease: ME,
      });
      const taken = await store.take(message({ thread: "C1/1" }), both);
      const claimed = taken.outcome === "taken" ? taken.claimed : [];
      expect(claimed.map(({ body, attempt, owner, turn: number }) => [body.type, attempt, owner, number])).toEqual([
        ["reply", 1, "me", 1],
        ["status", 1, "me", 1],
      ]);
      expect(await store.claim(OTHER, ["slack"], 10)).toEqual([]);
      clock.pass(ME.ms);
      const [found] = await store.claim(OTHER, ["slack"], 10);
      expect(found).toEqual({ ...claimed[0], owner: "other", attempt: 2 });
      expect(await store.sent(claimed[0] as Claimed, "late"), "another has it now").toBe(false);
      expect(await store.sent(claimed[1] as Claimed, "1733.9")).toBe(true);
    });

    it("claimed with their commit only while none of the case's earlier ones waits", async () => {
      const say2 = (text: string) => store.take(message({ thread: "C1/1" }), () => ({ ...answered(text), lease: ME }));
      const claimedBy = (taken: Taken) => (taken.outcome === "taken" ? taken.claimed.map(({ id }) => id) : []);
      const first = await say2("one");
      expect(claimedBy(first)).toHaveLength(1);
      expect(claimedBy(await say2("two"))).toEqual([]);
      expect(await store.claim(OTHER, ["slack"], 10), "the first is not sent yet").toEqual([]);
      if (first.outcome === "taken") await store.sent(first.claimed[0] as Claimed, undefined);
      const [second] = await store.claim(OTHER, ["slack"], 10);
      expect(second?.turn).toBe(2);
      await store.notSent(second as Claimed, "dead", "gone");
      expect(claimedBy(await say2("three")), "one that was given up keeps none waiting").toHaveLength(1);
    });

    it("given back untried: anybody may claim them at once, and it was no try", async () => {
      const taken = await store.take(message({ thread: "C1/1" }), () => ({ ...answered("x"), lease: ME }));
      const claimed = taken.outcome === "taken" ? taken.claimed : [];
      await store.release(claimed);
      expect(await store.claim(OTHER, ["slack"], 10)).toEqual([{ ...claimed[0], owner: "other", attempt: 1 }]);
      await store.release(claimed);
      expect(await store.claim(ME, ["slack"], 10), "who has lost them gives nothing back").toEqual([]);
    });

    it("only those of the chats asked for, as many as asked for", async () => {
      await say("a");
      await say("b", "C2/2");
      await store.take(message({ place: { chat: "discord", workspace: "G", thread: "1" } }), () => answered("c"));
      expect(await store.claim(ME, [], 10)).toEqual([]);
      expect(await store.claim(ME, ["slack"], 0)).toEqual([]);
      expect((await store.claim(ME, ["discord", "web"], 10)).map(({ place }) => place.chat)).toEqual(["discord"]);
      expect(await store.claim(ME, ["slack", "discord"], 1)).toHaveLength(1);
    });

    it("not before its time when it is to be tried again, and it counts the tries", async () => {
      await say("a");
      const claimed = await claimOne();
      expect(await store.notSent(claimed, { retryMs: 5_000 }, "HTTP 503")).toBe(true);
      clock.pass(4_999);
      expect(await store.claim(ME, ["slack"], 1)).toEqual([]);
      clock.pass(1);
      expect((await claimOne()).attempt).toBe(2);
    });

    it("after a kill that is known of: another gets the rows and the named leases at once, those of others stay", async () => {
      await say("a");
      await say("b", "C2/2");
      const first = await claimOne(ME);
      const theirs = await claimOne(OTHER);
      await store.hold("gateway", ME);
      await store.hold("else", OTHER);
      expect(await store.freeFrom(() => false)).toBe(0);
      expect(await store.freeFrom((owner) => owner === "me")).toBe(1);
      const again = await store.claim({ owner: "next", ms: 60_000 }, ["slack"], 10);
      expect(again.map(({ id, attempt }) => [id, attempt])).toEqual([[first.id, 2]]);
      expect(await store.sent(theirs, undefined)).toBe(true);
      expect(await store.hold("gateway", { owner: "next", ms: 60_000 })).toBe(true);
      expect(await store.hold("else", { owner: "next", ms: 60_000 })).toBe(false);
    });

    it("after a kill: when the lease ends another gets the row, and the first can settle it no more", async () => {
      await say("a");
      const first = await claimOne(ME);
      clock.pass(60_000);
      const second = await claimOne(OTHER);
      expect(second).toMatchObject({ id: first.id, attempt: 2, owner: "other" });
      expect(await store.sent(first, "x")).toBe(false);
      expect(await store.notSent(first, "dead", "gone")).toBe(false);
      expect(await store.sent(second, "y")).toBe(true);
      expect(await store.sent(second, "y"), "settled once").toBe(false);
    });

    it("a lease that ended unnoticed still lets its holder say that it was sent", async () => {
      await say("a");
      const claimed = await claimOne();
      clock.pass(70_000);
      expect(await store.sent(claimed, undefined)).toBe(true);
      expect(await store.claim(OTHER, ["slack"], 1)).toEqual([]);
    });

    it("the same holder's older claim does not settle its newer one", async () => {
      await say("a");
      const old = await claimOne(ME);
      clock.pass(60_000);
      await claimOne(ME);
      expect(await store.sent(old, "x")).toBe(false);
    });

    it("one that is given up makes way for the case's next, and is counted", async () => {
      await say("a1");
      await say("a2");
      clock.pass(1_500);
      expect(await store.outbox()).toEqual({ waiting: 2, dead: 0, oldestMs: 1_500 });
      expect(await store.notSent(await claimOne(), "dead", "channel_not_found")).toBe(true);
      expect(await store.outbox()).toEqual({ waiting: 1, dead: 1, oldestMs: 1_500 });
      await store.sent(await claimOne(), undefined);
      expect(await store.outbox()).toEqual({ waiting: 0, dead: 1, oldestMs: 0 });
    });

    it("the chat's id of what was sent last is known, by kind", async () => {
      const id = caseOf(
        await store.take(message({ thread: "C1/1" }), () => ({
          turn: turn("x"),
          outbox: [{ body: { type: "status" } }, { body: { type: "reply", reply: reply("r") } }],
        })),
      );
      expect(await store.lastReference(id, "status")).toBeUndefined();
      await store.sent(await claimOne(), "1733.5");
      await store.sent(await claimOne(), "1733.6");
      expect(await store.lastReference(id, "status")).toBe("1733.5");
      expect(await store.lastReference(id, "reply")).toBe("1733.6");
      await store.take(message({ thread: "C1/1" }), () => ({ outbox: [{ body: { type: "status" } }] }));
      const next = await claimOne();
      expect(next).toMatchObject({ turn: 0, body: { type: "status" } });
      await store.sent(next, undefined);
      expect(await store.lastReference(id, "status"), "a sending without id takes nothing away").toBe("1733.5");
    });

    it("four senders on three replicas, some of which die: each sent once, in order", { timeout: 60_000 }, async () => {
      const replicas = [store, await database.open(clock), await database.open(clock)];
      for (let each = 0; each < 120; each += 1) await say(`m${each}`, `C9/${each % 8}`);
      const log: Claimed[] = [];
      const send = async (replica: Store, owner: string) => {
        for (let idle = 0; idle < 3; ) {
          const claimed = await replica.claim({ owner, ms: 1_000 }, ["slack"], 3);
          idle = claimed.length === 0 ? idle + 1 : 0;
          for (const [index, each] of claimed.entries()) {
            if ((each.turn + index) % 10 === 0 && each.attempt === 1) continue;
            log.push(each);
            expect(await replica.sent(each, undefined)).toBe(true);
          }
        }
      };
      for (let round = 0; (await store.outbox()).waiting > 0; round += 1) {
        expect(round).toBeLessThan(100);
        await Promise.all([0, 1, 2, 3].map((each) => send(replicas[each % 3] as Store, `s${each}`)));
        clock.pass(2_000);
      }
      expect(log).toHaveLength(120);
      for (let thread = 0; thread < 8; thread += 1) {
        const turns = log.filter(({ place }) => place.thread === `C9/${thread}`).map(({ turn: number }) => number);
        expect(turns).toEqual(Array.from({ length: 15 }, (_, index) => index + 1));
      }
    });
  });
}
