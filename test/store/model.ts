/** The store against a plain model of it in memory: any row of commands gives the same answers from both. */
import fc from "fast-check";
import { expect, it } from "vitest";
import type { Claimed, Store } from "../../src/store/store.ts";
import { answered, DAY, handClock, message, type NewDatabase } from "./engine.ts";

type Command =
  | {
      readonly do: "say";
      readonly message: number;
      readonly thread: number;
      readonly fate: "goes on" | "closes" | "crashes" | "nothing";
    }
  | { readonly do: "claim"; readonly owner: string; readonly limit: number }
  | { readonly do: "settle"; readonly which: number; readonly how: "sent" | "later" | "dead" }
  | { readonly do: "wait"; readonly ms: number }
  | { readonly do: "purge"; readonly days: number }
  | { readonly do: "restart" };

const LEASE_MS = 60_000;

const command: fc.Arbitrary<Command> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant("say" as const),
      message: fc.nat(25),
      thread: fc.nat(2),
      fate: fc.constantFrom("goes on", "goes on", "goes on", "closes", "crashes", "nothing"),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant("claim" as const),
      owner: fc.constantFrom("a", "b"),
      limit: fc.integer({ min: 1, max: 3 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant("settle" as const),
      which: fc.nat(5),
      how: fc.constantFrom("sent", "later", "dead"),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant("wait" as const), ms: fc.constantFrom(1, 30_000, LEASE_MS, 8 * DAY) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("purge" as const), days: fc.nat(3) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("restart" as const) }) },
);

interface ModelRow {
  readonly caseId: string;
  readonly number: number;
  readonly createdAt: number;
  state: "waiting" | "dead";
  dueAt: number;
  owner: string | undefined;
  attempt: number;
}
interface ModelCase {
  readonly id: string;
  readonly texts: string[];
  closedAt: number | undefined;
  outgoing: number;
}

/** One run: what the model says, compared step by step. */
class Run {
  readonly clock: ReturnType<typeof handClock>;
  readonly seen = new Map<number, { readonly caseId: string | undefined; readonly at: number }>();
  readonly cases = new Map<number, ModelCase>();
  rows: ModelRow[] = [];
  claims: Claimed[] = [];
  store: Store;
  readonly open: () => Promise<Store>;

  constructor(clock: ReturnType<typeof handClock>, store: Store, open: () => Promise<Store>) {
    this.clock = clock;
    this.store = store;
    this.open = open;
  }

  async step(next: Command): Promise<void> {
    if (next.do === "say") await this.say(next);
    else if (next.do === "claim") await this.claim(next.owner, next.limit);
    else if (next.do === "settle") await this.settle(next.which, next.how);
    else if (next.do === "wait") this.clock.pass(next.ms);
    else if (next.do === "purge") await this.purge(next.days * DAY);
    else {
      await this.store.close();
      this.store = await this.open();
    }
  }

  async say({ message: number, thread, fate }: Extract<Command, { do: "say" }>): Promise<void> {
    const text = `m${number}`;
    // One id that both deliveries of a message have, and one that only this delivery has.
    const said = message({ thread: `C/${thread}`, deliveries: [text, `${text}@${Math.random()}`], at: this.clock() });
    const taking = this.store.take(said, () => {
      if (fate === "crashes") throw new Error("crashed");
      if (fate === "nothing") return {};
      return { ...answered(text), status: fate === "closes" ? "closed" : "open" };
    });
    const before = this.seen.get(number);
    const here = this.cases.get(thread);
    if (before) {
      const isThere = [...this.cases.values()].some(({ id }) => id === before.caseId);
      expect(await taking).toEqual({ outcome: "repeat", caseId: isThere ? before.caseId : undefined });
    } else if (fate === "crashes") {
      await expect(taking).rejects.toThrow("crashed");
    } else if (fate === "nothing" && !here) {
      expect(await taking).toEqual({ outcome: "no-case" });
      this.seen.set(number, { caseId: undefined, at: this.clock() });
    } else {
      const taken = await taking;
      if (taken.outcome !== "taken") throw new Error(`not taken: ${taken.outcome}`);
      const found = here ?? { id: taken.head.id, texts: [], closedAt: undefined, outgoing: 0 };
      this.cases.set(thread, found);
      this.seen.set(number, { caseId: found.id, at: this.clock() });
      if (fate !== "nothing") this.add(found, text, fate === "closes");
      expect(taken.head).toMatchObject({ id: found.id, version: found.texts.length, closedAt: found.closedAt });
    }
  }

  add(to: ModelCase, text: string, closes: boolean): void {
    to.texts.push(text);
    to.outgoing += 1;
    to.closedAt = closes ? (to.closedAt ?? this.clock()) : undefined;
    const now = this.clock();
    this.rows.push({
      caseId: to.id,
      number: to.outgoing,
      createdAt: now,
      state: "waiting",
      dueAt: 0,
      owner: undefined,
      attempt: 0,
    });
  }

  async claim(owner: string, limit: number): Promise<void> {
    const now = this.clock();
    const waiting = this.rows.filter(({ state }) => state === "waiting");
    const due = waiting
      .filter(
        (row) => row.dueAt <= now && !waiting.some((each) => each.caseId === row.caseId && each.number < row.number),
      )
      .sort((one, two) => one.createdAt - two.createdAt || (one.caseId < two.caseId ? -1 : 1))
      .slice(0, limit);
    for (const row of due) Object.assign(row, { owner, dueAt: now + LEASE_MS, attempt: row.attempt + 1 });
    const claimed = await this.store.claim({ owner, ms: LEASE_MS }, ["slack", "web"], limit);
    expect(claimed.map(({ id, attempt }) => [id, attempt])).toEqual(
      due.map(({ caseId, number, attempt }) => [`${caseId}.${number}`, attempt]),
    );
    this.claims.push(...claimed);
  }

  async settle(which: number, how: "sent" | "later" | "dead"): Promise<void> {
    const claimed = this.claims[which % Math.max(1, this.claims.length)];
    if (!claimed) return;
    const row = this.rows.find(({ caseId, number }) => `${caseId}.${number}` === claimed.id);
    const isHeld = row?.state === "waiting" && row.owner === claimed.owner && row.attempt === claimed.attempt;
    const settled =
      how === "sent"
        ? this.store.sent(claimed, "ref")
        : this.store.notSent(claimed, how === "dead" ? "dead" : { retryMs: 10_000 }, "why");
    expect(await settled).toBe(isHeld);
    if (!row || !isHeld) return;
    row.owner = undefined;
    if (how === "sent") this.rows.splice(this.rows.indexOf(row), 1);
    else if (how === "dead") row.state = "dead";
    else row.dueAt = this.clock() + 10_000;
  }

  async purge(ms: number): Promise<void> {
    const before = this.clock() - ms;
    const gone = [...this.cases].filter(([, { closedAt }]) => closedAt !== undefined && closedAt < before);
    for (const [thread, { id }] of gone) {
      this.cases.delete(thread);
      this.rows = this.rows.filter(({ caseId }) => caseId !== id);
    }
    for (const [number, { at }] of this.seen)
      if (at < Math.min(before, this.clock() - 7 * DAY)) this.seen.delete(number);
    expect(await this.store.purge({ closedBefore: before, seenBefore: before })).toBe(gone.length);
  }

  async compare(): Promise<void> {
    const { waiting, dead } = await this.store.outbox();
    const count = (state: ModelRow["state"]) => this.rows.filter((row) => row.state === state).length;
    expect({ waiting, dead }).toEqual({ waiting: count("waiting"), dead: count("dead") });
    expect(await this.store.cases({})).toHaveLength(this.cases.size);
    for (const [thread, { id, texts }] of this.cases) {
      expect(await this.store.caseAt(message({ thread: `C/${thread}` }).place)).toMatchObject({
        id,
        version: texts.length,
      });
      expect((await this.store.turns(id)).map(({ echo }) => echo)).toEqual(texts);
    }
  }
}

export function modelConformance(newDatabase: NewDatabase, runs: number): void {
  it(`${runs} random histories go as the model says`, { timeout: 240_000 }, async () => {
    const history = fc.array(command, { minLength: 10, maxLength: 60 });
    const holds = async (commands: readonly Command[]) => {
      const database = await newDatabase();
      const clock = handClock();
      try {
        const open = () => database.open(clock);
        const run = new Run(clock, await open(), open);
        for (const next of commands) await run.step(next);
        await run.compare();
      } finally {
        await database.remove();
      }
    };
    await fc.assert(fc.asyncProperty(history, holds), { numRuns: runs });
  });
}
