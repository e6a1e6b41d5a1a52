/**
 * A replica of the bot for tests that kill it: store, bot, deliverer, and a plain chat over HTTP on loopback that
 * acknowledges (200) once the message is committed. Its kill points are wrappers around the store and the sender.
 */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { createBot } from "../../src/bot/bot.ts";
import { startDelivering } from "../../src/bot/deliver.ts";
import { conversationTools } from "../../src/case/conversation-tools.ts";
import type { Outgoing } from "../../src/domain/chat.ts";
import type { Inbound } from "../../src/domain/inbound.ts";
import { loadKnowledge } from "../../src/knowledge/load.ts";
import { createKeyedSecretTagger } from "../../src/paste/keyed-tagger.ts";
import type { Database, Session } from "../../src/store/database.ts";
import { SQLITE_FILE } from "../../src/store/open.ts";
import { sqlStore } from "../../src/store/sql-store.ts";
import type { Store } from "../../src/store/store.ts";
import { isOnMessagesWay, type KillPoint, type ReplicaOptions } from "./kill-points.ts";

const options = JSON.parse(process.env["REPLICA"] ?? "") as ReplicaOptions;
const { kill, owner } = options;
let reached = 0;

function at(point: KillPoint): void {
  if (kill?.at !== point) return;
  reached += 1;
  if (reached === kill.nth) process.kill(process.pid, "SIGKILL");
}

async function openDatabase(): Promise<Database> {
  if (options.databaseUrl !== undefined)
    return (await import("../../src/store/postgres.ts")).openPostgres(options.databaseUrl, undefined);
  return (await import("../../src/store/sqlite.ts")).openSqlite(`${options.dataDir}/${SQLITE_FILE}`, Date.now);
}

/** The point before the commit: all rows of a turn are written. */
function watched(database: Database): Database {
  return {
    ...database,
    write: (work) =>
      database.write(async (session) => {
        let isTurn = false;
        const telling: Session = {
          ...session,
          run(sql, values) {
            isTurn ||= sql.startsWith("insert into turns");
            return session.run(sql, values);
          },
        };
        const value = await work(telling);
        if (isTurn) at("before commit");
        return value;
      }),
  };
}

function withPoints(store: Store): Store {
  return {
    ...store,
    async take(taking, decide) {
      const taken = await store.take(taking, async (locked) => {
        const decision = await decide(locked);
        at("in the transaction");
        return decision;
      });
      at("after commit");
      if (taken.outcome === "taken" && taken.claimed.length > 0) at("claimed");
      return taken;
    },
    async claim(lease, chats, limit) {
      const rows = await store.claim(lease, chats, limit);
      if (rows.length > 0) at("claimed");
      return rows;
    },
    async sent(claimed, reference) {
      const isOurs = await store.sent(claimed, reference);
      at("sent and noted");
      return isOurs;
    },
  };
}

async function send({ id, caseId, turn, body }: Outgoing, signal: AbortSignal): Promise<string> {
  // Who is to die on a message's way must not be sending that message's reply when it does.
  if (kill && isOnMessagesWay(kill.at)) await pause(150);
  const response = await fetch(`${options.platform}/messages`, {
    method: "POST",
    headers: { "idempotency-key": id },
    body: JSON.stringify({ id, caseId, turn, type: body.type, from: owner }),
    signal,
  });
  if (!response.ok) throw new Error(`the platform said ${response.status}`);
  const reference = await response.text();
  at("sent, not yet noted");
  return reference;
}

const [database, knowledge] = await Promise.all([openDatabase(), loadKnowledge()]);
const store = withPoints(sqlStore(watched(database)));
const tagKey = new Uint8Array(32).fill(7);
const bot = createBot({
  store,
  toolsFor: (caseId) => conversationTools(knowledge, createKeyedSecretTagger(tagKey, caseId)),
  sends: () => true,
  lease: () => deliverer.lease(),
  committed: (_, claimed) => (claimed.length > 0 ? deliverer.send(claimed) : deliverer.wake()),
  broken: (_, error) => {
    process.stderr.write(`${error instanceof Error ? error.stack : "broken"}\n`);
    process.exit(70);
  },
});
const deliverer = startDelivering({
  store,
  senders: [{ chat: "test", send }],
  owner,
  times: { lease: options.lease, send: options.send, poll: 100, firstRetry: 50, longestRetry: 200 },
});

async function deliver(request: IncomingMessage, response: ServerResponse): Promise<void> {
  let body = "";
  for await (const chunk of request) body += String(chunk);
  at("received");
  const inbound = JSON.parse(body) as Inbound;
  if (options.acknowledgesFirst) {
    response.end(JSON.stringify({ outcome: "repeat" }));
    await bot.hear(inbound);
    return;
  }
  try {
    const heard = await bot.hear(inbound);
    at("before acknowledging");
    response.end(JSON.stringify(heard), () => at("after acknowledging"));
  } catch (error) {
    response.statusCode = 503;
    response.end(error instanceof Error ? error.message : "failed");
  }
}

async function outbox(response: ServerResponse): Promise<void> {
  response.end(JSON.stringify(await store.outbox()));
}

async function stop(response: ServerResponse): Promise<void> {
  await deliverer.stop(5_000);
  await store.close();
  response.end(() => process.exit(0));
}

const server = createServer((request, response) => {
  if (request.url === "/deliver") void deliver(request, response);
  else if (request.url === "/outbox") void outbox(response);
  else void stop(response);
});
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  if (typeof address === "object" && address) process.stdout.write(`${address.port}\n`);
});
// Not longer than whoever started it.
process.stdin.on("end", () => process.exit(0)).resume();
