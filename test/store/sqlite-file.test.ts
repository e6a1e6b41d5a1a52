/** What a SQLite file holds and does not hold any more; copies of it. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { caseIds } from "../../src/store/case-id.ts";
import { openStore, SQLITE_FILE } from "../../src/store/open.ts";
import { sqlStore } from "../../src/store/sql-store.ts";
import { openSqlite } from "../../src/store/sqlite.ts";
import type { Store } from "../../src/store/store.ts";
import { answered, caseOf, DAY, handClock, message, reply } from "./engine.ts";

let dataDir: string;
let store: Store;
let clock = handClock();
beforeEach(async () => {
  clock = handClock();
  dataDir = mkdtempSync(join(tmpdir(), "store-"));
  store = await openStore({ dataDir, now: clock });
});
afterEach(async () => {
  await store.close();
  rmSync(dataDir, { recursive: true });
});

/** Every byte of the directory: the file, its write-ahead log, its index of that. */
function bytes(): Buffer {
  return Buffer.concat(readdirSync(dataDir).map((name) => readFileSync(join(dataDir, name))));
}

/** The compressed texts as they stand in the file, in pieces that fit into a page. */
function zippedPieces(id: string): Buffer[] {
  const database = new Sqlite(join(dataDir, SQLITE_FILE), { readonly: true });
  const blobs = database
    .prepare("select events_zip from turns where case_id = ? and events_zip is not null")
    .pluck()
    .all(id) as Buffer[];
  database.close();
  return blobs.flatMap((blob) => [0, 5_000, blob.length - 200].map((from) => blob.subarray(from, from + 60)));
}

describe("a purged case", () => {
  it("leaves no byte in the file or its log, however long its texts were", { timeout: 60_000 }, async () => {
    const words = (canary: string, length: number) => `${canary} `.repeat(length / canary.length);
    const threads = Array.from({ length: 12 }, (_, index) => `C1/${index}`);
    const ids: string[] = [];
    for (let round = 0; round < 4; round += 1)
      for (const [index, thread] of threads.entries()) {
        const canary = index % 2 === 0 ? "gone-canary" : "kept-canary";
        const random = Array.from({ length: 3_000 }, () => Math.random());
        const events = round === 3 ? [canary, random] : [words(canary, 10 ** (round + 1) * 2)];
        const decision = {
          turn: { echo: `${canary} echo`, events, reply: reply(words(canary, 300)), message: `${canary}.${round}` },
          outbox: [{ body: { type: "reply" as const, reply: reply(words(canary, 900)) }, answerBy: canary }],
          tail: words(canary, 500),
          summary: { title: `${canary} title`, peer: canary },
          status: index % 2 === 0 && round === 3 ? ("closed" as const) : ("open" as const),
        };
        const taken = await store.take(message({ thread, person: { id: `${canary}-u` } }), () => decision);
        ids[index] = caseOf(taken);
      }
    const gone = ids.filter((_, index) => index % 2 === 0).flatMap(zippedPieces);
    const kept = zippedPieces(ids[1] ?? "");
    expect(gone.length).toBeGreaterThan(6);
    const before = bytes();
    expect(before.includes("gone-canary")).toBe(true);
    for (const piece of gone) expect(before.includes(piece)).toBe(true);
    const size = statSync(join(dataDir, SQLITE_FILE)).size;
    clock.pass(DAY);
    expect(await store.purge({ closedBefore: clock(), seenBefore: 0 })).toBe(6);
    const after = bytes();
    expect(after.includes("gone-canary")).toBe(false);
    for (const piece of gone) expect(after.includes(piece)).toBe(false);
    expect(after.includes("kept-canary")).toBe(true);
    for (const piece of kept) expect(after.includes(piece)).toBe(true);
    expect(statSync(join(dataDir, SQLITE_FILE)).size, "the room is given back").toBeLessThan(
      Math.max(size, before.length),
    );
    const check = new Sqlite(join(dataDir, SQLITE_FILE), { readonly: true });
    expect(check.pragma("integrity_check", { simple: true })).toBe("ok");
    expect(check.pragma("freelist_count", { simple: true })).toBe(0);
    check.close();
  });

  it("and what was deleted in the chat, soon after it was", async () => {
    const thread = "C2/2";
    const id = caseOf(await store.take(message({ thread }), () => answered("canary-said", { message: "m1" })));
    expect(bytes().includes("canary-said")).toBe(true);
    const [said] = await store.turns(id);
    const [row] = await store.claim({ owner: "me", ms: 1_000 }, ["slack"], 1);
    if (!said || !row) throw new Error("nothing said");
    await store.sent(row, "1733.1");
    await store.take(message({ thread }), () => ({
      ...answered("deleted"),
      rewrite: [{ ...said, echo: "", events: [], reply: undefined }],
    }));
    await vi.waitFor(() => expect(bytes().includes("canary-said")).toBe(false), { timeout: 5_000 });
  });
});

describe("a backup", () => {
  it("is a whole store as of one moment, taken while others write", async () => {
    for (let each = 0; each < 50; each += 1) await store.take(message(), () => answered(`m${each}`));
    const file = join(dataDir, "copy");
    let isOver = false;
    const writing = (async () => {
      while (!isOver) await store.take(message({ thread: "C1/1" }), () => answered("more"));
    })();
    await store.backup(file);
    isOver = true;
    await writing;
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const restored = mkdtempSync(join(tmpdir(), "restored-"));
    writeFileSync(join(restored, SQLITE_FILE), readFileSync(file));
    const other = await openStore({ dataDir: restored, now: clock });
    expect((await other.cases({ limit: 100 })).length).toBeGreaterThanOrEqual(50);
    await other.take(message(), () => answered("goes on"));
    await other.close();
    rmSync(restored, { recursive: true });
  });

  it("overwrites nothing, and says where it cannot write", async () => {
    const there = join(dataDir, "there");
    writeFileSync(there, "mine");
    await expect(store.backup(there)).rejects.toThrow(`${there} exists already`);
    expect(readFileSync(there, "utf8")).toBe("mine");
    await expect(store.backup(join(dataDir, "no", "such"))).rejects.toThrow("cannot be written");
  });
});

describe("a case's id", () => {
  it("has four characters that can't be mistaken for others", () => {
    const ids = Array.from({ length: 2_000 }, () => caseIds()[0] ?? "");
    expect(new Set(ids.join("")).size).toBe(32);
    expect(ids.join("")).not.toMatch(/[ILOUilou]/);
    expect(new Set(ids.map(({ length }) => length))).toEqual(new Set([4]));
  });

  it("grows where the shorter ones are taken, and gives up before it takes one twice", async () => {
    const database = await openSqlite(join(dataDir, "ids.db"), clock);
    const crowded = sqlStore(database, () => caseIds((bytes) => new Uint8Array(bytes)));
    const ids: string[] = [];
    for (let each = 0; each < 4; each += 1) ids.push(caseOf(await crowded.take(message(), () => answered("x"))));
    expect(ids).toEqual(["0000", "00000", "000000", "0000000"]);
    await expect(crowded.take(message(), () => answered("x"))).rejects.toThrow("no free case id");
    await crowded.close();
  });
});
