/** What the store promises, run on each engine. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { CaseHead, Store } from "../../src/store/store.ts";
import { caseConformance } from "./conformance-cases.ts";
import { keepingConformance } from "./conformance-keeping.ts";
import { lookingBackConformance } from "./conformance-looking-back.ts";
import { outboxConformance } from "./conformance-outbox.ts";
import { answered, caseOf, message, type NewDatabase, type TestDatabase, turn } from "./engine.ts";

export function storeConformance(newDatabase: NewDatabase): void {
  takeConformance(newDatabase);
  caseConformance(newDatabase);
  outboxConformance(newDatabase);
  keepingConformance(newDatabase);
  lookingBackConformance(newDatabase);
}

function takeConformance(newDatabase: NewDatabase): void {
  describe("a message is taken once, as a whole", () => {
    let database: TestDatabase;
    let store: Store;
    beforeEach(async () => {
      database = await newDatabase();
      store = await database.open();
    });
    afterEach(() => database.remove());

    it("the first message opens a case with an id to read out over the phone, the next ones add turns", async () => {
      const first = message({ thread: "C1/1" });
      const taken = await store.take(first, ({ head, isNew }) => {
        expect({ isNew, version: head.version, place: head.place }).toEqual({
          isNew: true,
          version: 0,
          place: first.place,
        });
        return answered("tunnel down");
      });
      const id = caseOf(taken);
      expect(id).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}$/);
      const second = message({ thread: "C1/1", opens: false, person: { id: "U9" } });
      const again = await store.take(second, async ({ isNew, turns }) => {
        expect(isNew).toBe(false);
        expect((await turns(0)).map(({ echo }) => echo)).toEqual(["tunnel down"]);
        expect(await turns(1)).toEqual([]);
        return answered("sh cry isa sa", { message: "1733.9" });
      });
      expect(again).toMatchObject({ outcome: "taken", head: { id, version: 2, status: "open", changedAt: second.at } });
      expect(await store.turns(id)).toEqual([
        { number: 1, at: first.at, person: { id: "U7", name: "Ada" }, ...turn("tunnel down"), message: undefined },
        {
          number: 2,
          at: second.at,
          person: { id: "U9", name: undefined },
          ...turn("sh cry isa sa"),
          message: "1733.9",
        },
      ]);
      expect((await store.turns(id, 1)).map(({ number }) => number)).toEqual([2]);
    });

    it("a message that opens nothing finds no case, and leaves none", async () => {
      const lost = message({ opens: false });
      expect(await store.take(lost, () => answered("hello"))).toEqual({ outcome: "no-case" });
      expect(await store.caseAt(lost.place)).toBeUndefined();
    });

    it("a first message that means nothing leaves no case, and is not looked at again", async () => {
      const nothing = message();
      expect(await store.take(nothing, () => ({}))).toEqual({ outcome: "no-case" });
      expect(await store.caseAt(nothing.place)).toBeUndefined();
      expect(await store.take(nothing, () => answered("no"))).toEqual({ outcome: "repeat", caseId: undefined });
    });

    it("without a turn only the delivery is remembered", async () => {
      const opening = message({ thread: "C2/2" });
      const id = caseOf(await store.take(opening, () => ({ ...answered("one"), tail: "half a l" })));
      const quiet = message({ thread: "C2/2" });
      expect(await store.take(quiet, () => ({}))).toMatchObject({ outcome: "taken", head: { version: 1 } });
      expect(await store.take(quiet, () => answered("no"))).toEqual({ outcome: "repeat", caseId: id });
      await store.take(message({ thread: "C2/2" }), ({ tail }) => {
        expect(tail).toBe("half a l");
        return answered("two");
      });
      await store.take(message({ thread: "C2/2" }), ({ tail }) => {
        expect(tail).toBeUndefined();
        return {};
      });
      expect((await store.turns(id)).map(({ number }) => number)).toEqual([1, 2]);
    });

    it("one delivery id seen before makes the message a repeat, whatever the others are", async () => {
      const id = caseOf(await store.take(message({ deliveries: ["ev1", "ts1"] }), () => answered("once")));
      const decided: string[] = [];
      for (const deliveries of [["ev1"], ["ts1"], ["ev2", "ts1"], ["a0", "ev1", "zz"], ["ts1", "ts1"]] as const) {
        const repeat = message({ deliveries: [...deliveries] as [string, ...string[]] });
        const taken = await store.take(repeat, () => {
          decided.push(...deliveries);
          return answered("twice");
        });
        expect(taken).toEqual({ outcome: "repeat", caseId: id });
        expect(await store.caseAt(repeat.place), "a repeat opens nothing").toBeUndefined();
      }
      expect(decided).toEqual([]);
      expect(await store.take(message({ deliveries: ["ev2"] }), () => answered("new"))).toMatchObject({
        outcome: "taken",
      });
    });

    it("when deciding fails nothing of it is kept, and the same message can come again", async () => {
      const opening = message({ thread: "C3/3" });
      const failing = store.take(opening, () => Promise.reject(new Error("a fault in the engine")));
      await expect(failing).rejects.toThrow("a fault in the engine");
      expect(await store.caseAt(opening.place)).toBeUndefined();
      expect(await store.take(opening, () => answered("again"))).toMatchObject({
        outcome: "taken",
        head: { version: 1 },
      });
    });

    it("of several at once, one that fails takes none of the others along", async () => {
      const outcomes = await Promise.allSettled(
        Array.from({ length: 40 }, (_, index) =>
          store.take(message({ thread: `C4/${index % 5}` }), () => {
            if (index % 8 === 3) throw new Error("no");
            return answered(`text ${index}`);
          }),
        ),
      );
      expect(outcomes.filter(({ status }) => status === "rejected")).toHaveLength(5);
      const heads = await store.cases({});
      expect(heads.reduce((sum, { version }) => sum + version, 0)).toBe(35);
      for (const { id, version } of heads)
        expect((await store.turns(id)).map(({ number }) => number)).toEqual(
          Array.from({ length: version }, (_, n) => n + 1),
        );
    });

    it("a reader sees a turn when it is committed, not before", async () => {
      const opening = message();
      let during: CaseHead | undefined;
      await store.take(opening, async () => {
        during = await store.caseAt(opening.place);
        return answered("one");
      });
      expect(during).toBeUndefined();
      expect(await store.caseAt(opening.place)).toMatchObject({ version: 1 });
    });

    it("texts come back to the letter: long ones, other scripts, NUL, half a surrogate", async () => {
      const text = 'ÄÖ 漢字 🔐 "quoted" \\ \u0000 \ud800 \r\n <b>';
      const events = [{ text, n: 1.5, list: [null, true, {}] }, text.repeat(20_000)];
      const decision = { ...answered(`long ${"x".repeat(9_000)}`, { events }), tail: text };
      const thread = "C5/5";
      const id = caseOf(await store.take(message({ thread }), () => decision));
      const [kept] = await store.turns(id);
      expect(kept?.events).toEqual(events);
      expect(kept?.reply).toEqual(decision.turn?.reply);
      expect(kept?.echo).toBe(decision.turn?.echo);
      await store.take(message({ thread }), ({ tail }) => {
        expect(tail).toBe(text);
        return {};
      });
      await store.take(message({ thread, deliveries: ["nul\0"], person: { id: "U\0", name: "\0" } }), () => ({
        ...answered("echo \0", { message: "\0" }),
        summary: { title: "a\0b" },
      }));
      expect((await store.turns(id)).map(({ echo }) => echo)).toContain("echo \ufffd");
    });

    it("the events of a hub's paste, 30 MB, are kept and come back", { timeout: 60_000 }, async () => {
      const events = Array.from({ length: 165_000 }, (_, index) => ({
        type: "reading",
        value: {
          peer: `192.0.2.${index % 250}`,
          spi: (index * 2_654_435_761) % 4_294_967_296,
          lines: [index, index + 9],
        },
        text: `#pkts encaps: ${index}, #pkts encrypt: ${index}, #pkts digest: ${index * 3}, #send errors 0, #recv errors 0`,
      }));
      expect(JSON.stringify(events).length).toBeGreaterThan(30_000_000);
      const id = caseOf(await store.take(message(), () => answered("hub", { events })));
      expect((await store.turns(id))[0]?.events).toEqual(events);
    });
  });

  describe("every delivery three times in random order", () => {
    it("300 messages on 6 cases, 16 at once: each taken once, versions without gaps", {
      timeout: 120_000,
    }, async () => {
      const database = await newDatabase();
      try {
        const replicas = await Promise.all([database.open(), database.open(), database.open()]);
        const all = Array.from({ length: 300 }, (_, index) =>
          message({ thread: `C6/${index % 6}`, deliveries: [`m${index}`, `ts${index}`] }),
        );
        const waiting = [...all, ...all, ...all].sort(() => Math.random() - 0.5);
        const outcomes: string[] = [];
        const work = async (replica: Store | undefined) => {
          for (let next = waiting.pop(); next; next = waiting.pop()) {
            const { deliveries } = next;
            const taken = await replica?.take(next, () => answered(deliveries[0]));
            outcomes.push(taken?.outcome ?? "none");
          }
        };
        await Promise.all(Array.from({ length: 16 }, (_, worker) => work(replicas[worker % 3])));
        expect(outcomes.filter((each) => each === "taken")).toHaveLength(300);
        expect(outcomes.filter((each) => each === "repeat")).toHaveLength(600);
        const heads = (await replicas[0]?.cases({})) ?? [];
        expect(heads.map(({ version }) => version)).toEqual([50, 50, 50, 50, 50, 50]);
        const echoes: string[] = [];
        for (const { id } of heads) {
          const turns = (await replicas[1]?.turns(id)) ?? [];
          expect(turns.map(({ number }) => number)).toEqual(Array.from({ length: 50 }, (_, n) => n + 1));
          echoes.push(...turns.map(({ echo }) => echo));
        }
        expect(new Set(echoes).size).toBe(300);
      } finally {
        await database.remove();
      }
    });
  });
}
