import { createHash } from "node:crypto";
import { z } from "zod";
import { type Row, StoreRefused } from "./database.ts";

/** Applied one after the other, each with its row in `migrations`, in one locked transaction. */
interface Step {
  readonly number: number;
  readonly sql: string;
}

/** What brings one engine's schema up to date: runs inside a transaction that holds a lock against other processes. */
export interface Migrating {
  exec(sql: string): Promise<void>;
  all(sql: string): Promise<readonly Row[]>;
}

const Applied = z.object({ number: z.number(), checksum: z.string() });

const CREATE =
  "create table if not exists migrations (number integer not null primary key, checksum text not null, applied_at text not null)";

/**
 * Brings the schema to the last step; `locked` gives one locked transaction each time it is called.
 * @throws StoreRefused where a newer version was here, or a step that was applied has changed since.
 */
export async function migrate(
  steps: readonly Step[],
  locked: (work: (database: Migrating) => Promise<boolean>) => Promise<boolean>,
): Promise<void> {
  let more = true;
  while (more) more = await locked((database) => applyNext(steps, database));
}

/** @returns whether there is more to do. */
async function applyNext(steps: readonly Step[], database: Migrating): Promise<boolean> {
  await database.exec(CREATE);
  const applied = z.array(Applied).parse(await database.all("select number, checksum from migrations order by number"));
  for (const { number, checksum } of applied) {
    const step = steps.find((each) => each.number === number);
    if (!step)
      throw new StoreRefused(
        `the database has schema ${applied.at(-1)?.number}, made by a newer version; this one knows schema ${steps.at(-1)?.number ?? 0}: run the newer version, or restore the backup made before it`,
      );
    if (checksumOf(step) !== checksum)
      throw new StoreRefused(
        `schema ${number} of the database was made by another build than this one: run the released version that made it`,
      );
  }
  const next = steps[applied.length];
  if (!next) return false;
  await database.exec(next.sql);
  await database.exec(
    `insert into migrations (number, checksum, applied_at) values (${next.number}, '${checksumOf(next)}', '${new Date().toISOString()}')`,
  );
  return applied.length + 1 < steps.length;
}

function checksumOf(step: Step): string {
  return createHash("sha256").update(step.sql).digest("hex").slice(0, 32);
}
