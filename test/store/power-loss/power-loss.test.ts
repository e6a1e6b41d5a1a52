/**
 * Killing a process proves nothing about a power cut, as the system still has its writes. Here a store's real calls are
 * recorded and the disk is rebuilt as a power cut at a random moment might have left it.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import Sqlite from "better-sqlite3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openStore, SQLITE_FILE } from "../../../src/store/open.ts";
import { seeded } from "../../mess.ts";
import { cutPower } from "./power-cut.ts";
import { type Operation, readTrace, STRACE } from "./trace.ts";

const MESSAGES = 150;
const ROUNDS = 100;
const SEED = Number(process.env["POWER_LOSS_SEED"] ?? 20_261_127);

/** Absent, or not allowed to look at processes, as in some containers. */
const hasStrace = spawnSync("strace", ["-o", "/dev/null", "true"]).status === 0;

/** The calls of a store that takes messages, one after the other. */
function record(synchronous: "full" | "normal"): Operation[] {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), "power-")));
  const trace = `${directory}.strace`;
  try {
    const writer = fileURLToPath(new URL("writer.ts", import.meta.url));
    const environment = { DATA_DIR: directory, SYNCHRONOUS: synchronous, MESSAGES: String(MESSAGES) };
    spawnSync("strace", [...STRACE, "-o", trace, process.execPath, "--import", "tsx", writer], {
      env: { ...process.env, ...environment },
    });
    return readTrace(readFileSync(trace, "utf8"), directory);
  } finally {
    rmSync(directory, { recursive: true });
    rmSync(trace, { force: true });
  }
}

interface Round {
  readonly acknowledged: number;
  /** Messages that were acknowledged and are not there. */
  readonly lost: number;
  readonly integrity: unknown;
}

async function play(operations: readonly Operation[], round: number): Promise<Round> {
  const random = seeded(SEED + round);
  const done = operations.slice(0, Math.floor(random() * operations.length) + 1);
  const acknowledged = done.reduce((last, each) => (each.type === "acknowledged" ? each.number : last), 0);
  const files = cutPower(done, [0, 0.5, 0.9][round % 3] ?? 0, random);
  const dataDir = mkdtempSync(join(tmpdir(), "power-"));
  try {
    // Its index of the log is in memory only, and made anew.
    for (const [file, bytes] of files) if (!file.endsWith("-shm")) writeFileSync(join(dataDir, file), bytes);
    const store = await openStore({ dataDir });
    await store.check();
    await store.close();
    const database = new Sqlite(join(dataDir, SQLITE_FILE), { readonly: true });
    const integrity = [
      ...(database.pragma("integrity_check") as object[]),
      ...(database.pragma("foreign_key_check") as object[]),
    ];
    const echoes = database.prepare("select echo from turns").pluck().all() as string[];
    const there = new Set(echoes.map((echo) => Number(/^message (\d+) /.exec(echo)?.[1])));
    const gaps = database
      .prepare("select c.id from cases c where c.version <> (select count(*) from turns t where t.case_id = c.id)")
      .all();
    const waiting = database.prepare("select count(*) from outbox").pluck().get();
    database.close();
    const lost = Array.from({ length: acknowledged }, (_, index) => index + 1).filter(
      (each) => !there.has(each),
    ).length;
    return { acknowledged, lost, integrity: { integrity, gaps, isWhole: waiting === there.size } };
  } finally {
    rmSync(dataDir, { recursive: true });
  }
}

const SOUND = { integrity: [{ integrity_check: "ok" }], gaps: [], isWhole: true };

describe.runIf(hasStrace)(`a power cut (POWER_LOSS_SEED=${SEED})`, { timeout: 300_000 }, () => {
  let full: Operation[];
  let normal: Operation[];
  beforeAll(() => {
    full = record("full");
    normal = record("normal");
  }, 300_000);
  afterAll(() => {
    full = normal = [];
  });

  it("the store waits for the disk between writing and acknowledging, each time", () => {
    const acknowledgements = full.filter(({ type }) => type === "acknowledged");
    expect(acknowledgements.map((each) => each.type === "acknowledged" && each.number)).toEqual(
      Array.from({ length: MESSAGES }, (_, index) => index + 1),
    );
    const unsynced = new Set<string>();
    for (const operation of full) {
      if (operation.type === "write") unsynced.add(operation.file);
      else if (operation.type === "sync") unsynced.delete(operation.file);
      else if (operation.type === "acknowledged")
        expect([...unsynced].filter((file) => file.endsWith("-wal"))).toEqual([]);
    }
  });

  it(`loses nothing that was acknowledged and damages nothing, ${ROUNDS} times`, async () => {
    let acknowledged = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      const found = await play(full, round);
      expect({ round, ...found }).toEqual({ round, acknowledged: found.acknowledged, lost: 0, integrity: SOUND });
      acknowledged += found.acknowledged;
    }
    expect(acknowledged).toBeGreaterThan(ROUNDS * 20);
  });

  it("would lose some with synchronous NORMAL: this test can fail", async () => {
    let roundsWithLoss = 0;
    for (let round = 0; round < ROUNDS; round += 1) if ((await play(normal, round)).lost > 0) roundsWithLoss += 1;
    expect(roundsWithLoss).toBeGreaterThan(ROUNDS / 5);
  });
});

it.skipIf(hasStrace)("A POWER CUT IS NOT TESTED: strace is not installed, or may not trace here", () => undefined);
