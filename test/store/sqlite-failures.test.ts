/** What goes wrong around a SQLite file: nothing is acknowledged, one line says why, and it recovers by itself. */
import { execFileSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { StoreUnavailable } from "../../src/domain/chat.ts";
import { StoreRefused } from "../../src/store/database.ts";
import { openStore, SQLITE_FILE } from "../../src/store/open.ts";
import { openingFailure } from "../../src/store/sqlite-failures.ts";
import type { Store } from "../../src/store/store.ts";
import { answered, caseOf, message } from "./engine.ts";

let dataDir: string;
const open: Store[] = [];
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "store-"));
});
afterEach(async () => {
  for (const store of open.splice(0)) await store.close();
  chmodSync(dataDir, 0o700);
  rmSync(dataDir, { recursive: true });
});

async function openHere(directory = dataDir): Promise<Store> {
  const store = await openStore({ dataDir: directory });
  open.push(store);
  return store;
}

/** The error's message, which is one line and has none of the words said. */
async function failure(promise: Promise<unknown>): Promise<string> {
  const error = await promise.then(
    () => new Error("it did not fail"),
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(StoreUnavailable);
  const text = error instanceof Error ? error.message : "";
  expect(text).not.toMatch(/\n|Wort|insert|update/);
  return text;
}

/** Random, so that it fills a disk however it is packed. */
const large = () => Array.from({ length: 60_000 }, () => Math.random());

describe("the file", () => {
  it("is for its owner only, with the files beside it", async () => {
    const store = await openHere(join(dataDir, "deep", "er"));
    await store.take(message(), () => answered("x"));
    const directory = join(dataDir, "deep", "er");
    expect(readdirSync(directory).length).toBeGreaterThanOrEqual(3);
    for (const name of readdirSync(directory))
      expect([name, statSync(join(directory, name)).mode & 0o777]).toEqual([name, 0o600]);
    expect(statSync(directory).mode & 0o777).toBe(0o700);
  });

  it("that is no database is left as it is, and the message says so", async () => {
    writeFileSync(join(dataDir, SQLITE_FILE), "this is a letter, and it is long enough to be looked at".repeat(100));
    await expect(openHere()).rejects.toThrow(/tunnelmedic\.db is not a SQLite database: move it away/);
    await expect(openHere()).rejects.toBeInstanceOf(StoreRefused);
  });

  it("in the place of which is a directory, or below a file, cannot be opened", async () => {
    mkdirSync(join(dataDir, SQLITE_FILE));
    await expect(openHere()).rejects.toThrow(/DATA_DIR/);
    writeFileSync(join(dataDir, "a-file"), "");
    await expect(openHere(join(dataDir, "a-file"))).rejects.toThrow(/DATA_DIR/);
  });

  it("that is damaged is refused or fails, and never answers wrongly", async () => {
    const store = await openHere();
    for (let each = 0; each < 50; each += 1) await store.take(message(), () => answered("Wort ".repeat(300)));
    await store.close();
    truncateSync(join(dataDir, SQLITE_FILE), 3 * 4096 + 100);
    const damaged = openHere().then((reopened) => reopened.take(message(), () => answered("x")));
    await expect(damaged).rejects.toThrow(/damaged: restore a backup/);
  });

  it("in a directory that cannot be written says whose fault it is", async () => {
    await (await openHere()).close();
    const locked = join(dataDir, "locked");
    mkdirSync(locked);
    chmodSync(locked, 0o555);
    await asOrdinaryUser(async () => {
      await expect(openHere(locked)).rejects.toThrow(/cannot be written: let this user write .* DATA_DIR/);
      await expect(openHere(join(locked, "below"))).rejects.toBeInstanceOf(StoreRefused);
    });
    expect(readdirSync(locked)).toEqual([]);
  });

  it("that cannot be written itself is refused", async () => {
    const store = await openHere();
    await store.close();
    chmodSync(join(dataDir, SQLITE_FILE), 0o400);
    await asOrdinaryUser(() => expect(openHere()).rejects.toThrow(/cannot be written/));
  });

  it("that turns read-only while in use takes nothing more, until it can be written again", async ({ skip }) => {
    const store = await openHere();
    const thread = "C1/1";
    const id = caseOf(await store.take(message({ thread }), () => answered("one")));
    // The flag also holds for files that are open, as a file system that turned read-only does.
    const files = ["", SQLITE_FILE, `${SQLITE_FILE}-wal`].map((name) => join(dataDir, name));
    const flag = (change: "+i" | "-i") => execFileSync("chattr", [change, ...files], { stdio: "ignore" });
    try {
      flag("+i");
    } catch {
      skip("NOT TESTED: this user, or this file system, has no immutable files");
    }
    const lost = message({ thread });
    try {
      const refused = /^nothing was kept: the disk refused to read or write|cannot be written/;
      expect(await failure(store.take(lost, () => answered("Wort")))).toMatch(refused);
      expect(await failure(store.check())).toMatch(refused);
      expect(
        (await store.turns(id)).map(({ echo }) => echo),
        "what was kept can be read",
      ).toEqual(["one"]);
    } finally {
      flag("-i");
    }
    expect((await store.take(lost, () => answered("two"))).outcome, "it comes again").toBe("taken");
    expect((await store.turns(id)).map(({ echo }) => echo)).toEqual(["one", "two"]);
  });

  it("that is moved away while in use takes nothing more, until it is back", async () => {
    const store = await openHere();
    const thread = "C1/1";
    const id = caseOf(await store.take(message({ thread }), () => answered("one")));
    const [file, away] = [join(dataDir, SQLITE_FILE), join(dataDir, "away")];
    renameSync(file, away);
    expect(await failure(store.take(message({ thread }), () => answered("Wort")))).toMatch(/moved or deleted/);
    expect(await failure(store.check())).toMatch(/moved or deleted/);
    writeFileSync(file, "");
    expect(await failure(store.check()), "another file in its place").toMatch(/moved or deleted/);
    renameSync(away, file);
    await store.take(message({ thread }), () => answered("two"));
    expect((await store.turns(id)).map(({ echo }) => echo)).toEqual(["one", "two"]);
  });
});

describe("the module", () => {
  it.each([
    Object.assign(new Error("x"), { code: "ERR_DLOPEN_FAILED" }),
    Object.assign(new Error("x"), { code: "ERR_MODULE_NOT_FOUND" }),
    new Error("Could not locate the bindings file. Tried: …"),
  ])("that was not built is named with the remedy: %o", (error) => {
    const told = openingFailure(error, "data/tunnelmedic.db");
    expect(told).toBeInstanceOf(StoreRefused);
    expect(String(told)).toMatch(/npm rebuild better-sqlite3.*DATABASE_URL/);
  });
});

const hasLimits = existsSync("/usr/bin/prlimit") || existsSync("/bin/prlimit");
const limitFiles = (bytes: string) => execFileSync("prlimit", ["--pid", String(process.pid), `--fsize=${bytes}:`]);

describe.runIf(hasLimits)("a disk that takes no more", () => {
  afterEach(() => limitFiles("unlimited"));

  it("acknowledges nothing, loses nothing, and goes on when there is room again", { timeout: 60_000 }, async () => {
    const store = await openHere();
    const thread = "C1/1";
    const id = caseOf(await store.take(message({ thread }), () => answered("one")));
    limitFiles(String(300_000));
    const tooLarge = message({ thread });
    const told = await failure(store.take(tooLarge, () => answered("Wort", { events: [large()] })));
    expect(told).toMatch(/^nothing was kept: the disk (?:is full|refused to read or write) \(SQLITE_/);
    expect(await store.turns(id)).toHaveLength(1);
    limitFiles("unlimited");
    await store.check();
    expect(await store.take(tooLarge, () => answered("two", { events: [large()] }))).toMatchObject({
      outcome: "taken",
    });
    expect((await store.turns(id)).map(({ echo }) => echo)).toEqual(["one", "two"]);
  });

  it("of many at once refuses those that don't fit, and keeps whole what it acknowledged", {
    timeout: 60_000,
  }, async () => {
    const store = await openHere();
    await store.take(message(), () => answered("warm"));
    limitFiles(String(1_500_000));
    const sizes = Array.from({ length: 30 }, (_, index) => (index % 3 === 1 ? large() : [index]));
    const outcomes = await Promise.allSettled(
      sizes.map((events, index) =>
        store.take(message({ thread: `C2/${index}` }), () => answered(`m${index}`, { events })),
      ),
    );
    limitFiles("unlimited");
    const kept = outcomes.map(({ status }) => status === "fulfilled");
    expect(kept).toContain(false);
    for (const [index, isKept] of kept.entries()) {
      const there = await store.caseAt({ chat: "slack", workspace: "T1", thread: `C2/${index}` });
      expect([index, there !== undefined]).toEqual([index, isKept]);
    }
    expect(await store.take(message(), () => answered("after"))).toMatchObject({ outcome: "taken" });
  });

  it("when it is truly full says so", { timeout: 60_000 }, async ({ skip }) => {
    const mount = join(dataDir, "small");
    mkdirSync(mount);
    try {
      execFileSync("mount", ["-t", "tmpfs", "-o", "size=600k", "tmpfs", mount], { stdio: "ignore" });
    } catch {
      skip("NOT TESTED: this user cannot mount a small disk");
    }
    try {
      const store = await openHere(mount);
      const id = caseOf(await store.take(message({ thread: "C3/3" }), () => answered("one")));
      const told = await failure(
        store.take(message({ thread: "C3/3" }), () => answered("Wort", { events: [large()] })),
      );
      expect(told).toBe("nothing was kept: the disk is full (SQLITE_FULL)");
      expect(await store.turns(id)).toHaveLength(1);
      expect(await store.take(message({ thread: "C3/3" }), () => answered("small"))).toMatchObject({
        outcome: "taken",
      });
      await store.close();
    } finally {
      execFileSync("umount", ["-l", mount]);
    }
  });
});

it.skipIf(hasLimits)("A FULL DISK IS NOT TESTED: prlimit (util-linux) is not installed", () => undefined);

/** Root may write anywhere, so it takes another user's rights for a while. */
async function asOrdinaryUser(work: () => Promise<unknown>): Promise<void> {
  if (process.getuid?.() !== 0) {
    await work();
    return;
  }
  chmodSync(dataDir, 0o755);
  process.seteuid?.("nobody");
  try {
    await work();
  } finally {
    process.seteuid?.(0);
  }
}
