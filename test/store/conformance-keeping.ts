import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Store } from "../../src/store/store.ts";
import { answered, caseOf, DAY, handClock, message, type NewDatabase, type TestDatabase, turn } from "./engine.ts";

export function keepingConformance(newDatabase: NewDatabase): void {
  describe("what is kept, and for how long", () => {
    let clock = handClock();
    let database: TestDatabase;
    let store: Store;
    beforeEach(async () => {
      clock = handClock();
      database = await newDatabase();
      store = await database.open(clock);
    });
    afterEach(() => database.remove());

    it("everything is there after a restart", async () => {
      const id = caseOf(await store.take(message({ thread: "C1/1" }), () => answered("one")));
      await store.close();
      const next = await database.open(clock);
      expect(await next.turns(id)).toMatchObject([turn("one")]);
      expect(await next.claim({ owner: "me", ms: 1_000 }, ["slack"], 1)).toHaveLength(1);
    });

    it("a message that was deleted in its chat leaves no words in its turns", async () => {
      const thread = "C2/2";
      const id = caseOf(await store.take(message({ thread }), () => answered("first", { message: "m1" })));
      await store.take(message({ thread }), () => answered("second", { message: "m2" }));
      await store.take(message({ thread }), () => ({
        ...answered("deleted", { message: "m1" }),
        rewrite: [
          {
            ...turn("first"),
            number: 1,
            at: 1,
            person: { id: "U1" },
            echo: "",
            reply: undefined,
            events: [{ type: "forgotten" }],
          },
        ],
      }));
      expect(await store.turns(id)).toMatchObject([
        { number: 1, echo: "", events: [{ type: "forgotten" }] },
        { number: 2, echo: "second" },
        { number: 3, echo: "deleted" },
      ]);
    });

    it("closed cases go after their time with all they had; open ones and younger ones stay", {
      timeout: 60_000,
    }, async () => {
      const close = async (thread: string) => {
        const id = caseOf(await store.take(message({ thread }), () => answered("x")));
        await store.take(message({ thread }), () => ({ ...answered("done"), status: "closed" as const }));
        return id;
      };
      const old = [];
      for (let each = 0; each < 120; each += 1) old.push(await close(`old/${each}`));
      const open = caseOf(await store.take(message(), () => answered("x")));
      clock.pass(10 * DAY);
      const young = await close("young");
      const limits = { closedBefore: clock() - DAY, seenBefore: clock() - DAY };
      expect(await store.purge(limits)).toBe(120);
      expect(await store.purge(limits)).toBe(0);
      expect(await store.caseById(old[7] ?? "")).toBeUndefined();
      expect(await store.turns(old[7] ?? "")).toEqual([]);
      expect((await store.cases({})).map(({ id }) => id).sort()).toEqual([open, young].sort());
      expect(await store.outbox()).toMatchObject({ waiting: 3 });
      expect(await store.take(message({ thread: "old/7" }), () => answered("anew")), "its place is free").toMatchObject(
        {
          head: { version: 1 },
        },
      );
    });

    it("deliveries are remembered for a week at least, whatever is asked", async () => {
      const early = message();
      await store.take(early, () => answered("x"));
      clock.pass(6 * DAY);
      const late = message();
      await store.take(late, () => answered("x"));
      await store.purge({ closedBefore: 0, seenBefore: clock() });
      expect(await store.take(early, () => answered("x"))).toMatchObject({ outcome: "repeat" });
      clock.pass(2 * DAY);
      await store.purge({ closedBefore: 0, seenBefore: clock() });
      expect(await store.take(late, () => answered("x"))).toMatchObject({ outcome: "repeat" });
      expect(await store.take(early, () => answered("x"))).toMatchObject({ outcome: "taken" });
    });

    it("a repeat of a message whose case is gone names no case", async () => {
      const closing = message();
      await store.take(closing, () => ({ ...answered("x"), status: "closed" as const }));
      clock.pass(DAY);
      await store.purge({ closedBefore: clock(), seenBefore: 0 });
      expect(await store.take(closing, () => answered("x"))).toEqual({ outcome: "repeat", caseId: undefined });
    });
  });

  describe("replicas share the work", () => {
    const clock = handClock();
    let database: TestDatabase;
    let here: Store;
    let there: Store;
    beforeEach(async () => {
      database = await newDatabase();
      [here, there] = [await database.open(clock), await database.open(clock)];
    });
    afterEach(() => database.remove());

    it("a named lease has one holder, until it ends or is let go", async () => {
      expect(await here.hold("gateway", { owner: "a", ms: 1_000 })).toBe(true);
      expect(await there.hold("gateway", { owner: "b", ms: 1_000 })).toBe(false);
      expect(await there.hold("other", { owner: "b", ms: 1_000 })).toBe(true);
      clock.pass(900);
      expect(await here.hold("gateway", { owner: "a", ms: 1_000 }), "renewed").toBe(true);
      clock.pass(900);
      expect(await there.hold("gateway", { owner: "b", ms: 1_000 })).toBe(false);
      clock.pass(100);
      expect(await there.hold("gateway", { owner: "b", ms: 1_000 })).toBe(true);
      await here.letGo("gateway", "a");
      expect(await here.hold("gateway", { owner: "a", ms: 1_000 }), "not a's to let go").toBe(false);
      await there.letGo("gateway", "b");
      expect(await here.hold("gateway", { owner: "a", ms: 1_000 })).toBe(true);
    });

    it("who watches hears of every change, his own and others', until he stops", async () => {
      const heard = new Set<string>();
      const stop = here.watch((caseId) => heard.add(caseId));
      here.watch(() => {
        throw new Error("a listener's own fault");
      });
      await new Promise((resolve) => setTimeout(resolve, 300));
      const mine = caseOf(await here.take(message(), () => answered("x")));
      const theirs = caseOf(await there.take(message(), () => answered("x")));
      await vi.waitFor(() => expect([...heard].sort()).toEqual([mine, theirs].sort()), { timeout: 10_000 });
      stop();
      heard.clear();
      await here.take(message(), () => answered("x"));
      await new Promise((resolve) => setTimeout(resolve, 100));
      expect([...heard]).toEqual([]);
    });

    it("a check passes where a write would", async () => {
      await expect(here.check()).resolves.toBeUndefined();
    });

    it("many at once open one case at one place", async () => {
      const taken = await Promise.all(
        Array.from({ length: 12 }, (_, index) =>
          (index % 2 === 0 ? here : there).take(message({ thread: "C5/5" }), () => answered(`m${index}`)),
        ),
      );
      expect(new Set(taken.map(caseOf)).size).toBe(1);
      expect(await there.cases({})).toMatchObject([{ version: 12 }]);
    });
  });
}
