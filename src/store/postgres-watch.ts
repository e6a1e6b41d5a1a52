import { randomBytes } from "node:crypto";
import type { Client, Pool } from "pg";
import { z } from "zod";
import type { Reader } from "./database.ts";

const CHANNEL = "tunnelmedic_changed";
/** Announcements are gathered this long: notifying serialises commits, so it is done apart from them, and seldom. */
const GATHER_MS = 10;
/** A payload may have 8,000 bytes. */
const IDS_AT_ONCE = 500;
/** How often the tables are looked at for what no notification told: its sender was killed, or our connection was away. */
const LOOK_MS = 5_000;
const RECONNECT_MS = 1_000;

type Changed = (caseId: string) => void;

/** Tells of this process's changes at once, of others' by LISTEN, and of what that missed by looking. */
export function postgresWatch(pool: Pool, databaseUrl: string, all: Reader["all"]) {
  const origin = randomBytes(6).toString("hex");
  const listeners = new Set<Changed>();
  const told = new Set<string>();
  let stopListening: (() => Promise<void>) | undefined;
  const tell = (caseId: string): void => {
    if (stopListening) told.add(caseId);
    for (const listener of listeners) listener(caseId);
  };
  const notifications = notifier(pool, origin);

  const start = (): (() => Promise<void>) => {
    const look = looker(all, (caseId) => {
      if (!told.has(caseId)) tell(caseId);
    });
    const looking = setInterval(() => void look().then(() => told.clear()), LOOK_MS).unref();
    void look();
    const close = listenAgainAndAgain(databaseUrl, (payload) => {
      const [from, ...caseIds] = payload.split(" ");
      if (from !== origin) for (const caseId of caseIds) tell(caseId);
    });
    return async () => {
      clearInterval(looking);
      await close();
    };
  };

  return {
    announce(caseIds: readonly string[]): void {
      for (const caseId of caseIds) tell(caseId);
      notifications.add(caseIds);
    },
    watch(changed: Changed): () => void {
      // Its own function each time, so that the same one can watch twice.
      const listener: Changed = (caseId) => changed(caseId);
      listeners.add(listener);
      stopListening ??= start();
      return () => void listeners.delete(listener);
    },
    async stop(): Promise<void> {
      listeners.clear();
      await stopListening?.();
      await notifications.flush();
    },
  };
}

function notifier(pool: Pool, origin: string) {
  let waiting = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  const flush = async (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    const caseIds = [...waiting];
    waiting = new Set();
    for (let from = 0; from < caseIds.length; from += IDS_AT_ONCE) {
      const payload = [origin, ...caseIds.slice(from, from + IDS_AT_ONCE)].join(" ");
      // Best effort: others also look.
      await pool.query("select pg_notify($1, $2)", [CHANNEL, payload]).catch(() => undefined);
    }
  };
  const add = (caseIds: readonly string[]): void => {
    for (const caseId of caseIds) waiting.add(caseId);
    timer ??= setTimeout(() => void flush(), GATHER_MS);
  };
  return { add, flush };
}

/** Keeps one connection that listens; makes a new one when it breaks. */
function listenAgainAndAgain(databaseUrl: string, heard: (payload: string) => void): () => Promise<void> {
  let client: Client | undefined;
  let isOver = false;
  let retry: NodeJS.Timeout | undefined;
  const connect = async (): Promise<void> => {
    const { default: pg } = await import("pg");
    if (isOver) return;
    const next = new pg.Client({ connectionString: databaseUrl, keepAlive: true, connectionTimeoutMillis: 5_000 });
    client = next;
    let isLost = false;
    const lost = (): void => {
      if (isLost || isOver) return;
      isLost = true;
      next.end().catch(() => undefined);
      retry = setTimeout(() => void connect(), RECONNECT_MS).unref();
    };
    next.on("error", lost);
    next.on("end", lost);
    next.on("notification", ({ payload }) => heard(payload ?? ""));
    await next
      .connect()
      .then(() => next.query(`listen ${CHANNEL}`))
      .catch(lost);
  };
  const connecting = connect();
  return async () => {
    isOver = true;
    clearTimeout(retry);
    await connecting;
    await client?.end().catch(() => undefined);
  };
}

const Deliveries = z.array(z.object({ seq: z.number(), case_id: z.string().nullable() }));
const SINCE = "select seq, case_id from inbox where seq > ? order by seq limit 2000";
const LAST = "select seq, case_id from inbox order by seq desc limit 1";
/** Numbers are given before the commit, so a lower one may appear after a higher one. */
const OVERLAP = 200;

/** Each call tells of cases that took deliveries since the call before; the first tells nothing. */
function looker(all: Reader["all"], tell: Changed): () => Promise<void> {
  let last: number | undefined;
  let seen = new Set<number>();
  return async () => {
    try {
      if (last === undefined) {
        last = Deliveries.parse(await all(LAST, []))[0]?.seq ?? 0;
        seen = new Set(Deliveries.parse(await all(SINCE, [last - OVERLAP])).map(({ seq }) => seq));
        return;
      }
      const rows = Deliveries.parse(await all(SINCE, [last - OVERLAP]));
      for (const { seq, case_id: caseId } of rows) if (!seen.has(seq) && caseId !== null) tell(caseId);
      seen = new Set(rows.map(({ seq }) => seq));
      last = Math.max(last, rows.at(-1)?.seq ?? 0);
    } catch {
      // Best effort: the next look sees it.
    }
  };
}
