import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe } from "vitest";
import { openStore } from "../../src/store/open.ts";
import type { Store } from "../../src/store/store.ts";
import { storeConformance } from "./conformance.ts";
import type { TestDatabase } from "./engine.ts";
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
