/** What goes wrong with a PostgreSQL server: nothing is acknowledged, one line says why, and it recovers by itself. */
import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { StoreUnavailable } from "../../src/domain/chat.ts";
import { StoreRefused } from "../../src/store/database.ts";
import { openStore } from "../../src/store/open.ts";
import type { Store } from "../../src/store/store.ts";
import { answered, caseOf, message } from "./engine.ts";
import { hasPostgres, type PostgresServer, startPostgres } from "./postgres-server.ts";
import { proxyTo, type TcpProxy } from "./tcp-proxy.ts";

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe.runIf(hasPostgres)("PostgreSQL", { timeout: 60_000 }, () => {
  let server: PostgresServer;
  let url: string;
  const open: Store[] = [];
  beforeAll(async () => {
    server = await startPostgres();
  }, 60_000);
  afterAll(() => server.remove(), 30_000);
  beforeEach(async () => {
    url = await server.newDatabase();
  });
  afterEach(async () => {
    for (const store of open.splice(0)) await store.close();
  });
  const openAt = async (databaseUrl: string): Promise<Store> => {
    const store = await openStore({ databaseUrl, dataDir: "unused" });
    open.push(store);
    return store;
  };

  /** The error's message, which is one line and has neither the words said nor anything of the address. */
  async function failure(promise: Promise<unknown>): Promise<string> {
    const error = await promise.then(
      () => new Error("it did not fail"),
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(StoreUnavailable);
    const text = error instanceof Error ? error.message : "";
    const { password, port } = new URL(url);
    expect(text).not.toMatch(new RegExp(`\n|Wort|insert into|${password}|${port}`));
    return text;
  }

  describe("is refused", () => {
    it.each(["mysql://user:hushhush@host/db", "user:hushhush@host/db", "postgres//hushhush", "/hushhush.db"])(
      "by an address that is none, without repeating it: %s",
      async (databaseUrl) => {
        const refused = openAt(databaseUrl);
        await expect(refused).rejects.toBeInstanceOf(StoreRefused);
        await expect(refused).rejects.toThrow(/^DATABASE_URL is not of the form (?!.*hushhush)/);
      },
    );

    it("where it does not keep what it acknowledges", async () => {
      const forgetful = `${url}${encodeURIComponent(" -c synchronous_commit=off")}`;
      await expect(openAt(forgetful)).rejects.toBeInstanceOf(StoreRefused);
      await expect(openAt(forgetful)).rejects.toThrow(/synchronous_commit off/);
      const unsafe = await startPostgres(["fsync=off"]);
      try {
        await expect(openAt(await unsafe.newDatabase())).rejects.toThrow(/fsync off/);
      } finally {
        await unsafe.remove();
      }
    });
  });

  describe("says in one line, without the password", () => {
    it("that it does not let us in", async () => {
      const wrong = new URL(url);
      wrong.password = "hushhush";
      const told = await failure(openAt(wrong.href));
      expect(told).toMatch(/refused the user or password of DATABASE_URL \(28P01\)$/);
      expect(told).not.toContain("hushhush");
    });

    it("that the database is not there, nor the server, nor the host", async () => {
      const there = new URL(url);
      there.pathname = "/nowhere";
      expect(await failure(openAt(there.href))).toMatch(/does not exist/);
      there.port = "1";
      expect(await failure(openAt(there.href))).toMatch(
        /nothing listens at the address of DATABASE_URL \(ECONNREFUSED\)/,
      );
      there.hostname = "no-such-host.invalid";
      expect(await failure(openAt(there.href))).toMatch(/host of DATABASE_URL is not known/);
    });

    it("how it is backed up", async () => {
      const store = await openAt(url);
      await expect(store.backup("file")).rejects.toThrow(/pg_dump/);
    });
  });

  it("that is killed and started again: what was acknowledged is there, the rest is taken when it comes again", async () => {
    const stores = [await openAt(url), await openAt(url)];
    const heard: string[] = [];
    stores[0]?.watch((caseId) => heard.push(caseId));
    const acknowledged: string[] = [];
    const refused: string[] = [];
    let isOver = false;
    const talk = async (worker: number) => {
      for (let each = 0; !isOver || each < 10; each += 1) {
        const text = `${worker}/${each}`;
        const said = message({ thread: `C1/${worker % 3}`, deliveries: [text] });
        for (let isTaken = false; !isTaken; ) {
          const take = stores[worker % 2]?.take(said, () => answered(text));
          await take?.then(
            () => {
              isTaken = true;
              acknowledged.push(text);
            },
            async (error: unknown) => {
              expect(error).toBeInstanceOf(StoreUnavailable);
              refused.push(text);
              await pause(50);
            },
          );
        }
      }
    };
    const talking = Promise.all([0, 1, 2, 3, 4, 5].map(talk));
    for (let round = 0; round < 3; round += 1) {
      await pause(300);
      await server.kill();
      await pause(200);
      await server.start();
    }
    await pause(300);
    isOver = true;
    await talking;
    expect(refused.length).toBeGreaterThan(0);
    const echoes: string[] = [];
    for (const { id, version } of (await stores[1]?.cases({})) ?? []) {
      const turns = (await stores[1]?.turns(id)) ?? [];
      expect(turns.map(({ number }) => number)).toEqual(Array.from({ length: version }, (_, index) => index + 1));
      echoes.push(...turns.map(({ echo }) => echo));
    }
    expect(echoes.sort()).toEqual(acknowledged.sort());
    heard.length = 0;
    const id = caseOf((await stores[1]?.take(message(), () => answered("after"))) ?? { outcome: "no-case" });
    await vi.waitFor(() => expect(heard).toContain(id), { timeout: 15_000 });
  });

  it("that closed our idle connections is asked anew, and nobody notices", async () => {
    const store = await openAt(url);
    await Promise.all(Array.from({ length: 6 }, () => store.take(message(), () => answered("x"))));
    for (let round = 0; round < 3; round += 1) {
      await server.ask(
        url,
        "select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and application_name = 'tunnelmedic'",
      );
      if (round > 0) await pause(100);
      expect(await store.take(message(), () => answered("again"))).toMatchObject({ outcome: "taken" });
      expect(await store.cases({ limit: 1 })).toHaveLength(1);
    }
  });

  it("where somebody else keeps a case locked: says that it took too long, and others go on", async () => {
    const store = await openAt(url);
    const thread = "C2/2";
    const id = caseOf(await store.take(message({ thread }), () => answered("one")));
    const other = new pg.Client({ connectionString: url });
    await other.connect();
    await other.query("begin");
    await other.query("select 1 from cases for update");
    const slow = store.take(message({ thread }), () => answered("Wort"));
    const told = failure(slow);
    expect(await store.take(message({ thread: "C3/3" }), () => answered("x"))).toMatchObject({ outcome: "taken" });
    expect(await told).toMatch(/it took too long \(57014\)$/);
    await other.query("rollback");
    await other.end();
    await store.take(message({ thread }), () => answered("two"));
    expect((await store.turns(id)).map(({ echo }) => echo)).toEqual(["one", "two"]);
  });

  describe("behind a bad network", () => {
    let proxy: TcpProxy;
    let store: Store;
    beforeEach(async () => {
      const address = new URL(url);
      proxy = await proxyTo("127.0.0.1", Number(address.port));
      address.port = String(proxy.port);
      store = await openAt(address.href);
    });
    afterEach(async () => {
      proxy.heal();
      await store.close();
      await proxy.close();
    });

    it("when the answer to the commit is lost: not acknowledged, and a repeat when it comes again", async () => {
      const said = message();
      proxy.cutAnswerTo("commit");
      expect(await failure(store.take(said, () => answered("Wort")))).toMatch(
        /whether it was kept shows when the message comes again/,
      );
      const again = await store.take(said, () => answered("Wort"));
      expect(again).toEqual({ outcome: "repeat", caseId: (await store.caseAt(said.place))?.id });
      expect(await store.claim({ owner: "me", ms: 1_000 }, ["slack"], 5)).toHaveLength(1);
    });

    it("when the connection breaks before the commit it is tried again, and deciding has no part in that", async () => {
      const said = message();
      proxy.cutAnswerTo("insert into turns");
      let decided = 0;
      const taken = await store.take(said, () => {
        decided += 1;
        return answered("x");
      });
      expect([taken.outcome, decided]).toEqual(["taken", 2]);
      expect(await store.caseAt(said.place)).toMatchObject({ version: 1 });
    });

    it("when nothing comes back: fails in time, and goes on when the network does", { timeout: 90_000 }, async () => {
      await store.check();
      proxy.stall();
      expect(await failure(store.take(message(), () => answered("Wort")))).toMatch(/did not answer in time|connection/);
      proxy.heal();
      await vi.waitFor(() => store.check(), { timeout: 20_000, interval: 500 });
      expect(await store.take(message(), () => answered("x"))).toMatchObject({ outcome: "taken" });
    });
  });
});
