/** The schema goes forward only, once, whole, and never under a version that does not know it. */
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Database, StoreRefused } from "../../src/store/database.ts";
import { MIGRATIONS } from "../../src/store/migrations.ts";
import { SQLITE_FILE } from "../../src/store/open.ts";
import { openPostgres } from "../../src/store/postgres.ts";
import { sqlStore } from "../../src/store/sql-store.ts";
import { openSqlite } from "../../src/store/sqlite.ts";
import { answered, message } from "./engine.ts";
import { hasPostgres, type PostgresServer, startPostgres } from "./postgres-server.ts";

const run = promisify(execFile);
type Migrations = typeof MIGRATIONS;

/** A database of its own, to be opened by each version, and by processes that get its address. */
interface Place {
  open(migrations: Migrations): Promise<Database>;
  readonly environment: NodeJS.ProcessEnv;
}

/** A version that comes after this one. */
const step = (number: number, sql: string) => ({ number, sqlite: sql, postgres: sql });
const NEXT = [
  ...MIGRATIONS,
  step(MIGRATIONS.length + 1, "create table added (one integer); insert into added values (7);"),
];
const LATER = [...NEXT, step(NEXT.length + 1, "alter table added add column two integer;")];

function migrationTests(newPlace: () => Promise<Place>): void {
  const numbers = async (database: Database) =>
    (await database.all("select number from migrations order by number", [])).map((row) => row["number"]);

  it.each(MIGRATIONS.map(({ number }) => number))(
    "a database of schema %i with cases in it comes to the newest",
    async (number) => {
      const place = await newPlace();
      const old = await place.open(MIGRATIONS.slice(0, number));
      // The store of today may not know yesterday's tables; a case is what every schema has.
      const isToday = number === MIGRATIONS.length;
      if (isToday) await sqlStore(old).take(message({ thread: "old" }), () => answered("old"));
      await old.close();
      const database = await place.open(LATER);
      expect(await numbers(database)).toEqual(LATER.map((each) => each.number));
      expect(await database.all("select one, two from added", [])).toEqual([{ one: 7, two: null }]);
      const store = sqlStore(database);
      await store.take(message({ thread: "old" }), () => answered("new"));
      const head = await store.caseAt(message({ thread: "old" }).place);
      expect((await store.turns(head?.id ?? "")).map(({ echo }) => echo)).toEqual(isToday ? ["old", "new"] : ["new"]);
      await store.close();
    },
  );

  it("a schema of a newer version is refused in one line, and left alone", async () => {
    const place = await newPlace();
    await (await place.open(LATER)).close();
    const refused = place.open(MIGRATIONS);
    await expect(refused).rejects.toBeInstanceOf(StoreRefused);
    await expect(refused).rejects.toThrow(
      /^the database has schema \d+, made by a newer version; this one knows schema \d+: .*$/,
    );
    const database = await place.open(LATER);
    expect(await numbers(database)).toEqual(LATER.map((each) => each.number));
    await database.close();
  });

  it("a step that changed since it was applied is refused", async () => {
    const place = await newPlace();
    await (await place.open(NEXT)).close();
    const changed = [...MIGRATIONS, step(MIGRATIONS.length + 1, "create table added (another integer);")];
    await expect(place.open(changed)).rejects.toThrow(
      /^schema \d+ of the database was made by another build than this one: .*$/,
    );
  });

  it("a step that fails leaves nothing of itself, and can be taken again", async () => {
    const place = await newPlace();
    const broken = [
      ...NEXT.slice(0, -1),
      step(NEXT.length, "create table added (one integer); insert into nowhere values (1);"),
    ];
    await expect(place.open(broken)).rejects.toThrow();
    const database = await place.open(NEXT);
    expect(await database.all("select one from added", [])).toEqual([{ one: 7 }]);
    await database.close();
  });

  it("several that open a new database at the same moment apply each step once", async () => {
    const place = await newPlace();
    const opened = await Promise.all(Array.from({ length: 6 }, () => place.open(LATER)));
    expect(await numbers(opened[3] as Database)).toEqual(LATER.map((each) => each.number));
    for (const database of opened) await database.close();
  });

  it("so do processes, which then share it", { timeout: 120_000 }, async () => {
    const place = await newPlace();
    const script = fileURLToPath(new URL("open-and-take.ts", import.meta.url));
    const start = (NAME: string) =>
      run(process.execPath, ["--import", "tsx", script], {
        env: { ...process.env, ...place.environment, NAME, MESSAGES: "40" },
      });
    await Promise.all(["a", "b", "c"].map(start));
    const store = sqlStore(await place.open(MIGRATIONS));
    const heads = await store.cases({});
    expect(heads.map(({ version }) => version).sort()).toEqual([39, 39, 42]);
    const echoes: string[] = [];
    for (const { id } of heads) echoes.push(...(await store.turns(id)).map(({ echo }) => echo));
    expect(new Set(echoes).size).toBe(120);
    await store.close();
  });
}

it("steps are numbered without gaps", () => {
  expect(MIGRATIONS.map(({ number }) => number)).toEqual(MIGRATIONS.map((_, index) => index + 1));
});

describe("SQLite", () => {
  const directories: string[] = [];
  afterAll(() => {
    for (const directory of directories) rmSync(directory, { recursive: true });
  });
  migrationTests(async () => {
    const dataDir = mkdtempSync(join(tmpdir(), "store-"));
    directories.push(dataDir);
    const file = join(dataDir, SQLITE_FILE);
    return {
      open: (migrations) => openSqlite(file, Date.now, migrations),
      environment: { DATA_DIR: dataDir, DATABASE_URL: "" },
    };
  });
});

describe.runIf(hasPostgres)("PostgreSQL", () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres();
  }, 60_000);
  afterAll(() => server.remove(), 30_000);
  migrationTests(async () => {
    const url = await server.newDatabase();
    return {
      open: (migrations) => openPostgres(url, undefined, migrations),
      environment: { DATABASE_URL: url },
    };
  });
});
