import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { describe, expect, it } from "vitest";
import { openStore, SQLITE_FILE } from "../../src/store/open.ts";
import type { Store } from "../../src/store/store.ts";
import { storeConformance } from "./conformance.ts";
import { message, reply, type TestDatabase, turn } from "./engine.ts";
import { modelConformance } from "./model.ts";

async function newSqlite(): Promise<TestDatabase> {
  const dataDir = mkdtempSync(join(tmpdir(), "store-"));
  const stores: Store[] = [];
  return {
    async open(now) {
      const store = await openStore({ dataDir, now });
      stores.push(store);
      return store;
    },
    async remove() {
      for (const store of stores) await store.close();
      rmSync(dataDir, { recursive: true });
    },
  };
}

describe("SQLite", () => {
  storeConformance(newSqlite);
  modelConformance(newSqlite, 60);
});

it("the next reply is found as soon behind thousands of one case that were given up as without them", async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "store-"));
  const store = await openStore({ dataDir });
  const outbox = Array.from({ length: 6_000 }, () => ({ body: { type: "reply", reply: reply("r") } as const }));
  await store.take(message(), () => ({ turn: turn("x"), outbox }));
  /** Milliseconds of the processor, the least of several. */
  const look = async (): Promise<number> => {
    const took: number[] = [];
    for (let time = 0; time < 5; time += 1) {
      const before = process.cpuUsage();
      const claimed = await store.claim({ owner: "me", ms: 60_000 }, ["slack"], 5);
      const { user, system } = process.cpuUsage(before);
      took.push((user + system) / 1000);
      expect(claimed).toHaveLength(1);
      await store.release(claimed);
    }
    return Math.min(...took);
  };
  const without = await look();
  const other = new Sqlite(join(dataDir, SQLITE_FILE));
  other.exec("update outbox set state = 'dead' where number <= 3000");
  other.close();
  expect(await look()).toBeLessThan(4 * without + 10);
  await store.close();
  rmSync(dataDir, { recursive: true });
});
