import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Store } from "../../src/store/store.ts";
import { answered, caseOf, handClock, message, type NewDatabase, type TestDatabase } from "./engine.ts";

export function caseConformance(newDatabase: NewDatabase): void {
  describe("cases can be found and listed", () => {
    const clock = handClock();
    let database: TestDatabase;
    let store: Store;
    beforeEach(async () => {
      database = await newDatabase();
      store = await database.open(clock);
    });
    afterEach(() => database.remove());

    it("by its id and by its place, in its own chat and workspace only", async () => {
      const opening = message({ thread: "C1/1" });
      const id = caseOf(await store.take(opening, () => answered("one")));
      expect(await store.caseById(id)).toMatchObject({ id, place: opening.place, openedBy: { id: "U7", name: "Ada" } });
      expect(await store.caseAt(opening.place)).toMatchObject({ id, openedAt: opening.at });
      expect(await store.caseAt({ ...opening.place, workspace: "T2" })).toBeUndefined();
      expect(await store.caseAt({ ...opening.place, chat: "discord" })).toBeUndefined();
      expect(await store.caseById("ZZZZ")).toBeUndefined();
      expect(await store.turns("ZZZZ")).toEqual([]);
    });

    it("summary and standing change with a turn, and stay where a turn says nothing of them", async () => {
      const thread = "C2/2";
      const summary = { symptom: "tunnel-down", peer: "198.51.100.2", verdict: "found", cause: "ike-psk-mismatch" };
      const id = caseOf(await store.take(message({ thread }), () => ({ ...answered("one"), summary })));
      expect((await store.caseById(id))?.summary).toEqual({ ...summary, title: undefined });
      const closing = await store.take(message({ thread }), () => ({ ...answered("two"), status: "closed" as const }));
      expect(closing).toMatchObject({ head: { status: "closed", closedAt: clock(), summary } });
      expect(await store.caseById(id)).toMatchObject({ status: "closed", closedAt: clock(), summary });
      clock.pass(5_000);
      await store.take(message({ thread }), () => ({ ...answered("more"), status: "closed" as const }));
      expect(await store.caseById(id), "closed when it was closed first").toMatchObject({ closedAt: clock() - 5_000 });
      await store.take(message({ thread }), () => ({ ...answered("three"), status: "open" as const, summary: {} }));
      const reopened = await store.caseById(id);
      expect(reopened).toMatchObject({ status: "open", version: 4 });
      expect(reopened?.closedAt).toBeUndefined();
      expect(reopened?.summary.peer).toBeUndefined();
    });

    it("newest first, by chat, workspace, standing, person, cause and peer, as many as asked for", async () => {
      const openCase = async (given: Parameters<typeof message>[0], summary = {}, status: "open" | "closed" = "open") =>
        caseOf(await store.take(message(given), () => ({ ...answered("x"), summary, status })));
      const place = (chat: string, workspace: string, thread: string) => ({ place: { chat, workspace, thread } });
      const one = await openCase({ ...place("slack", "T1", "a"), at: 10 }, { cause: "mtu-fragmentation" });
      const two = await openCase({ ...place("slack", "T2", "a"), at: 30 }, { peer: "192.0.2.9" }, "closed");
      const three = await openCase(
        { ...place("discord", "T1", "a"), at: 20, person: { id: "U8" } },
        { peer: "192.0.2.9" },
      );
      const found = async (filter: Parameters<Store["cases"]>[0]) => (await store.cases(filter)).map(({ id }) => id);
      expect(await found({})).toEqual([two, three, one]);
      expect(await found({ limit: 2 })).toEqual([two, three]);
      expect(await found({ chat: "slack" })).toEqual([two, one]);
      expect(await found({ chat: "slack", workspace: "T1" })).toEqual([one]);
      expect(await found({ status: "open" })).toEqual([three, one]);
      expect(await found({ status: "closed" })).toEqual([two]);
      expect(await found({ openedBy: "U8" })).toEqual([three]);
      expect(await found({ cause: "mtu-fragmentation" })).toEqual([one]);
      expect(await found({ peer: "192.0.2.9" })).toEqual([two, three]);
      expect(await found({ peer: "192.0.2.9", status: "open", chat: "discord" })).toEqual([three]);
      expect(await found({ cause: "x' or '1'='1" })).toEqual([]);
    });

    it("a case goes on in another thread of its workspace, and its old place is free", async () => {
      const id = caseOf(await store.take(message({ thread: "C3/old" }), () => answered("one")));
      const moving = message({ thread: "C3/new", opens: false, resumes: id });
      expect(await store.take(moving, () => answered("two"))).toMatchObject({
        head: { id, version: 2, place: moving.place },
      });
      expect(await store.caseAt(moving.place)).toMatchObject({ id });
      expect(await store.take(message({ thread: "C3/old", opens: false }), () => answered("x"))).toEqual({
        outcome: "no-case",
      });
      const elsewhere = { chat: "slack", workspace: "T2", thread: "C3/new" };
      const stranger = message({ place: elsewhere, opens: false, resumes: id });
      expect(await store.take(stranger, () => answered("x")), "not from another workspace").toEqual({
        outcome: "no-case",
      });
      const other = caseOf(await store.take(message({ thread: "C3/busy" }), () => answered("x")));
      const busy = message({ thread: "C3/busy", opens: false, resumes: id });
      expect(caseOf(await store.take(busy, () => answered("x"))), "the case that is here stays").toBe(other);
    });

    it("a case is handed to somebody, and a reply can go to another place", async () => {
      const owner = { id: "U12", name: "Grace" };
      const hall = { chat: "slack", workspace: "T1", thread: "C-hand-offs" };
      const body = { type: "hand-off", reply: { blocks: [] } } as const;
      const taken = await store.take(message(), () => ({ ...answered("x"), owner, outbox: [{ body, place: hall }] }));
      expect(await store.caseById(caseOf(taken))).toMatchObject({ openedBy: owner });
      const [claimed] = await store.claim({ owner: "me", ms: 1_000 }, ["slack"], 1);
      if (!claimed) throw new Error("nothing to send");
      expect(claimed).toMatchObject({ place: hall, body });
      await store.sent(claimed, "1733.7");
      expect(await store.lastReference(caseOf(taken), "hand-off")).toBe("1733.7");
    });

    it("50 where not said how many", async () => {
      for (let each = 0; each < 53; each += 1) await store.take(message(), () => answered("x"));
      expect(await store.cases({})).toHaveLength(50);
    });
  });
}
