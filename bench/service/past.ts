/** Looking back over few and over many closed cases, on both databases. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bundle } from "../../test/reliability/bundle.ts";
import { hasPostgres, startPostgres } from "../../test/store/postgres-server.ts";
import type { PastResult } from "./past-worker.ts";

const FEW = 1_000;
const ROUNDS = 3;

/** Prints milliseconds. @param conversations the file of the recorded ones */
export async function benchPast(conversations: string, many: number): Promise<void> {
  const [program, server] = await Promise.all([
    bundle("bench/service/past-worker.ts"),
    hasPostgres ? startPostgres() : undefined,
  ]);
  const folder = mkdtempSync(join(tmpdir(), "bench-"));
  try {
    for (const engine of server === undefined ? (["SQLite"] as const) : (["SQLite", "PostgreSQL"] as const)) {
      const results: PastResult[] = [];
      for (const cases of [FEW, many]) {
        const url = engine === "SQLite" ? "" : ((await server?.newDatabase()) ?? "");
        const dataDir = mkdtempSync(join(folder, "data-"));
        const words = [program.program, conversations, dataDir, url, String(cases), String(ROUNDS)];
        const { status, stdout, stderr } = spawnSync(process.execPath, words, { encoding: "utf8" });
        if (status !== 0) throw new Error(`looking back on ${engine} ended with ${status}: ${stderr}`);
        results.push(JSON.parse(stdout) as PastResult);
      }
      const [few = {}, lots = {}] = results;
      console.log(`  looking back with ${engine}, over ${FEW} and ${many} closed cases:`);
      for (const [what, took] of Object.entries(lots))
        console.log(`    ${what}: ${(few[what] ?? Number.NaN).toFixed(0)} ms, ${took.toFixed(0)} ms`);
    }
  } finally {
    rmSync(folder, { recursive: true });
    program.remove();
    await server?.remove();
  }
}
