import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { CaseRecall, CaseSummary, Store } from "../../src/store/store.ts";
import { answered, caseOf, DAY, handClock, message, type NewDatabase, type TestDatabase } from "./engine.ts";

const HOUR = 3_600_000;

export function lookingBackConformance(newDatabase: NewDatabase): void {
  describe("cases can be looked back at", () => {
    const clock = handClock();
    let database: TestDatabase;
    let store: Store;
    let opened = 0;
    beforeEach(async () => {
      opened = 0;
      database = await newDatabase();
      store = await database.open(clock);
    });
    afterEach(() => database.remove());

    interface Kept extends Partial<CaseRecall> {
      readonly workspace?: string;
      readonly summary?: CaseSummary;
      readonly status?: "open" | "closed";
    }

    /** Cases are a day apart. */
    async function keep({ workspace = "T1", summary = {}, status = "closed", ...recall }: Kept): Promise<string> {
      opened += 1;
      const place = { chat: "slack", workspace, thread: `C1/${opened}` };
      const kept = { said: "", words: "", unread: [], refused: [], ...recall };
      const taking = message({ place, at: opened * DAY });
      return caseOf(await store.take(taking, () => ({ ...answered("x"), summary, status, recall: kept })));
    }

    const HERE = { chat: "slack", workspace: "T1" };
    const search = async (words: string, more = {}) =>
      (await store.search({ ...HERE, ...more }, words)).map(({ head: { id }, share }) => [id, share]);

    it("by words: as they are, begun, misspelt; those that have all of them first, then the newest", async () => {
      const pune = await keep({
        words: "pune-rtr1 pune rtr1 198.51.100.7 atts are not acceptable",
        said: "tunnel to Pune is down",
      });
      const oslo = await keep({ words: "oslo 203.0.113.9 acceptable", summary: { title: "The keys differ" } });
      expect(await search("PUNE")).toEqual([[pune, 1]]);
      expect(await search("pune-rtr1")).toEqual([[pune, 1]]);
      expect(await search("198.51.100.7")).toEqual([[pune, 1]]);
      expect(await search("198.51.100.8"), "digits are no slips").toEqual([]);
      expect(await search("aceptable")).toEqual([
        [oslo, 1],
        [pune, 1],
      ]);
      expect(await search("accept tunel")).toEqual([
        [pune, 1],
        [oslo, 0.5],
      ]);
      expect(await search("keys")).toEqual([[oslo, 1]]);
      expect(await search(pune.toLowerCase())).toEqual([[pune, 1]]);
      expect(await search("zebra")).toEqual([]);
      expect(await search("… !!")).toEqual([]);
      expect(await search("acceptable", { limit: 1 })).toEqual([[oslo, 1]]);
      expect(await search("acceptable", { status: "open" })).toEqual([]);
    });

    it("in its own workspace only", async () => {
      const summary = { peer: "192.0.2.9", cause: "mtu-fragmentation" };
      const there = await keep({ workspace: "T2", words: "pune", summary });
      expect(await search("pune")).toEqual([]);
      expect((await store.figures(HERE)).cases).toBe(0);
      const here = await keep({ words: "other" });
      await store.take(message({ place: (await headOf(here)).place }), async ({ earlier }) => {
        expect(await earlier({ peer: "192.0.2.9" })).toEqual([]);
        return {};
      });
      expect(there).not.toBe(here);
    });

    const headOf = async (id: string) => {
      const head = await store.caseById(id);
      if (!head) throw new Error(`no case ${id}`);
      return head;
    };

    it("by the address of either end, and by when they were opened", async () => {
      const one = await keep({ summary: { peer: "192.0.2.9", own: "198.51.100.1" } });
      const two = await keep({ summary: { peer: "198.51.100.1", own: "192.0.2.9" } });
      const ids = async (filter: object) => (await store.cases({ ...HERE, ...filter })).map(({ id }) => id);
      expect(await ids({ peer: "192.0.2.9" })).toEqual([two, one]);
      expect(await ids({ openedSince: 2 * DAY })).toEqual([two]);
      expect(await ids({ openedSince: 3 * DAY })).toEqual([]);
    });

    it("the earlier cases of a peer, and of a tunnel told from its other end, where something was found", async () => {
      const peer = "198.51.100.7";
      const own = "203.0.113.1";
      const first = await keep({ summary: { peer, own, cause: "ike-policy-mismatch" } });
      await keep({ summary: { peer, own } });
      await keep({ summary: { peer: own, own: "192.0.2.77", cause: "ike-psk-mismatch" } });
      const fromThere = await keep({ summary: { peer: own, own: peer, cause: "ike-psk-mismatch" } });
      const now = await keep({ summary: { peer, own, cause: "ike-policy-mismatch" }, status: "open" });
      const earlier = async (tunnel: { peer: string; own?: string }) => {
        let found: readonly string[] = [];
        await store.take(message({ place: (await headOf(now)).place }), async (locked) => {
          found = (await locked.earlier(tunnel)).map(({ id }) => id);
          return {};
        });
        return found;
      };
      expect(await earlier({ peer, own })).toEqual([fromThere, first]);
      expect(await earlier({ peer })).toEqual([first]);
      expect(await earlier({ peer: "192.0.2.1", own })).toEqual([]);
      clock.pass(DAY);
      await store.purge({ closedBefore: clock(), seenBefore: 0 });
      expect(await earlier({ peer, own }), "nothing of a case that is gone").toEqual([]);
      expect(await search("policy")).toEqual([[now, 1]]);
    });

    it("figures: causes, times, what was never shown, and the lines that nobody could read", async () => {
      const at = opened * DAY;
      const cause = "ike-policy-mismatch";
      await keep({ summary: { cause, title: "No pair", foundAt: at + DAY + HOUR, fixedAt: at + DAY + 2 * HOUR } });
      await keep({
        summary: { cause, title: "No pair", foundAt: at + 2 * DAY + 3 * HOUR },
        unread: [{ platform: "cisco-ios", shape: "%NEW-N-LINE: ADDRESS", lines: 4 }],
        refused: ["debug crypto isakmp"],
      });
      await keep({
        status: "open",
        summary: { asked: "show crypto isakmp sa" },
        unread: [{ platform: "cisco-ios", shape: "%NEW-N-LINE: ADDRESS", lines: 2 }],
      });
      expect(await store.figures(HERE)).toEqual({
        cases: 3,
        open: 1,
        causes: [{ cause, title: "No pair", cases: 2, fixed: 1 }],
        toVerdict: { cases: 2, median: 3 * HOUR, most: 3 * HOUR },
        toFix: { cases: 1, median: 2 * HOUR, most: 2 * HOUR },
        unanswered: [{ command: "show crypto isakmp sa", cases: 1 }],
        refused: [{ command: "debug crypto isakmp", cases: 1 }],
        unread: [{ platform: "cisco-ios", shape: "%NEW-N-LINE: ADDRESS", lines: 6, cases: 2 }],
      });
      expect(await store.figures({ ...HERE, openedSince: 3 * DAY })).toMatchObject({ cases: 1, causes: [] });
    });

    it("what a case is found by changes with its turns, is given to the next one, and stays where nothing is said of it", async () => {
      const id = await keep({ words: "pune", said: "one" });
      const { place } = await headOf(id);
      await store.take(message({ place }), ({ recall }) => {
        expect(recall).toMatchObject({ words: "pune", said: "one" });
        return answered("no word of it");
      });
      expect(await search("pune")).toEqual([[id, 1]]);
      const recall = { words: "oslo", said: "", unread: [], refused: [] };
      await store.take(message({ place }), () => ({ ...answered("two"), recall }));
      expect(await search("pune")).toEqual([]);
      expect(await search("oslo")).toEqual([[id, 1]]);
    });
  });
}
