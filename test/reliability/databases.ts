/** A new database of each engine, for replicas and for looking at it afterwards. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { StoreSettings } from "../../src/store/open.ts";
import { hasPostgres, type PostgresServer, startPostgres } from "../store/postgres-server.ts";

/** RELIABILITY=full: as many rounds as before a release, for some minutes. */
export const isFullRun = process.env["RELIABILITY"] === "full";

export interface Databases {
  /** Those that can be tested on this machine. */
  readonly engines: readonly Engine[];
  start(): Promise<void>;
  newDatabase(engine: Engine): Promise<StoreSettings>;
  /** Kills PostgreSQL without asking it, and starts it again after a while. */
  crashPostgres(awayMs: number): Promise<void>;
  remove(): Promise<void>;
}
export type Engine = "SQLite" | "PostgreSQL";

export function databases(): Databases {
  const folder = mkdtempSync(join(tmpdir(), "reliability-"));
  let server: PostgresServer | undefined;
  return {
    engines: hasPostgres ? ["SQLite", "PostgreSQL"] : ["SQLite"],
    async start() {
      if (hasPostgres) server = await startPostgres();
    },
    async newDatabase(engine) {
      const dataDir = mkdtempSync(join(folder, "data-"));
      return { dataDir, databaseUrl: engine === "PostgreSQL" ? await server?.newDatabase() : undefined };
    },
    async crashPostgres(awayMs) {
      await server?.kill();
      await pause(awayMs);
      await server?.start();
    },
    async remove() {
      await server?.remove();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
