import { z } from "zod";
import type { SqliteFile } from "./sqlite-file.ts";
import type { WriteQueue } from "./write-queue.ts";

/** How soon a change by another process is seen. */
const LOOK_MS = 1_000;

type Changed = (caseId: string) => void;

const Seen = z.object({ version: z.number(), seq: z.number() });
type Seen = z.infer<typeof Seen>;
const CaseId = z.object({ case_id: z.string() });

/** Tells of this process's changes at once, of others' by looking whether the file changed. */
export function sqliteWatch({ writer, reader }: SqliteFile, queue: WriteQueue) {
  const listeners = new Set<Changed>();
  let looking: NodeJS.Timeout | undefined;
  let seen: Seen | undefined;

  const announce = (caseIds: readonly string[]): void => {
    for (const caseId of caseIds) for (const listener of listeners) listener(caseId);
  };
  const look = (): void => {
    queue
      .between(() => {
        const now = seeNow(writer);
        if (seen && now.version !== seen.version) announce(changedSince(reader, seen.seq));
        seen = now;
      })
      // Best effort: the next look sees it.
      .catch(() => undefined);
  };
  const stop = (): void => {
    clearInterval(looking);
    looking = undefined;
    seen = undefined;
    listeners.clear();
  };
  const watch = (changed: Changed): (() => void) => {
    // Its own function each time, so that the same one can watch twice.
    const listener: Changed = (caseId) => changed(caseId);
    listeners.add(listener);
    if (!looking) {
      look();
      looking = setInterval(look, LOOK_MS).unref();
    }
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) stop();
    };
  };
  return { announce, watch, stop };
}

/** `version` counts commits of other connections than the writer's, which no other process has. */
function seeNow(writer: SqliteFile["writer"]): Seen {
  const seq = writer.prepare("select coalesce(max(rowid), 0) from turns").pluck().get();
  return Seen.parse({ version: writer.pragma("data_version", { simple: true }), seq });
}

function changedSince(reader: SqliteFile["reader"], seq: number): readonly string[] {
  const rows = reader.prepare("select distinct case_id from turns where rowid > ?").all(seq);
  return rows.map((row) => CaseId.parse(row).case_id);
}
