/** The bot as a service: the store, the engine, the chats that are on, the outbox, and one HTTP port. */
import { randomBytes } from "node:crypto";
import { createEngine } from "../api/engine.ts";
import { createBot } from "../bot/bot.ts";
import { type Deliverer, startDelivering } from "../bot/deliver.ts";
import { startHousekeeping } from "../bot/housekeeping.ts";
import { watchQuietCases } from "../bot/quiet-cases.ts";
import { createResumeCodes } from "../bot/resume-code.ts";
import { conversationTools } from "../case/conversation-tools.ts";
import { handOffOf } from "../case/hand-off-of.ts";
import { createWebChat } from "../chat/web/web-chat.ts";
import { createWebhookSender } from "../chat/webhook/send.ts";
import { type Bot, StoreUnavailable } from "../domain/chat.ts";
import { explain, searchKnowledge } from "../knowledge/explain.ts";
import { loadKnowledge } from "../knowledge/load.ts";
import { createKeyedSecretTagger } from "../paste/keyed-tagger.ts";
import { speakExplanation } from "../speech/explanation.ts";
import { openStore } from "../store/open.ts";
import { createChats } from "./chats.ts";
import { isLoopback, type Settings } from "./env.ts";
import { createLargePastes } from "./large-pastes.ts";
import { errorFields, type Logger } from "./log.ts";
import { createMetrics } from "./metrics.ts";
import { isGone, ownerName } from "./owner.ts";
import { startServer } from "./server.ts";

export interface Service {
  readonly url: string;
  /** Finishes what is in hand, sends what is due, closes everything. */
  stop(): Promise<void>;
}

/** Milliseconds for each step of stopping: a supervisor waits for about thirty seconds in all before it kills. */
const STOP = { connections: 3_000, outbox: 12_000 };

/** @throws Error with one line that says what to change */
export async function startService(settings: Settings, log: Logger): Promise<Service> {
  const [store, knowledge] = await Promise.all([
    openStore({ databaseUrl: settings.databaseUrl, dataDir: settings.dataDir }),
    loadKnowledge(),
  ]);
  const metrics = createMetrics(store);
  const tagKey = settings.tagKey === undefined ? randomBytes(32) : Buffer.from(settings.tagKey);
  const toolsFor = (caseId: string) => ({
    ...conversationTools(knowledge, createKeyedSecretTagger(tagKey, caseId)),
    sendsOn: settings.webhook !== undefined,
  });
  const largePastes = createLargePastes(tagKey);
  let deliverer: Deliverer | undefined;
  const sends = new Set<string>();
  const bot = createBot({
    store,
    toolsFor,
    sends: (chat) => sends.has(chat),
    codes: createResumeCodes(tagKey),
    lease: () => deliverer?.lease(),
    aside: largePastes.read,
    committed(turn, claimed) {
      metrics.committed(turn);
      log.info(turn, "turn");
      if (claimed.length > 0) deliverer?.send(claimed);
      else if (turn.inOutbox) deliverer?.wake();
    },
    broken: (caseId, error) => log.error({ caseId, ...errorFields(error) }, "a message broke us"),
  });
  const stopping = new AbortController();
  /** Errors that the log has already. */
  const notTaken = new WeakSet<Error>();
  const heard = measured(bot, metrics, (chat, error) => {
    log.error(
      { chat, ...(error instanceof StoreUnavailable ? { reason: error.message } : errorFields(error)) },
      "not taken",
    );
    if (error instanceof Error) notTaken.add(error);
  });
  const owner = ownerName();
  // A file is written by processes of one machine: what one of them was killed over need not wait for its lease to end.
  if (settings.databaseUrl === undefined) await store.freeFrom((other) => isGone(other, owner));
  const words = toolsFor("");
  const chats = await createChats(settings, { bot: heard, store, look: bot.look, words, owner, log });
  for (const { sender } of chats) sends.add(sender.chat);
  const web = createWebChat({
    bot: heard,
    cases: store,
    look: bot.look,
    explain: (asked) => speakExplanation(explain(asked)),
    known: (asked) => searchKnowledge(asked),
    handOff: (seen, as) => handOffOf(seen, as, { knowledge, said: { at: Date.now() } }),
    engine: createEngine(knowledge),
    token: settings.webToken,
    isLoopback: isLoopback(settings.host),
    now: Date.now,
    refused: (reason) => log.warn({ reason }, "web: refused"),
    failed(error) {
      if (!(error instanceof StoreUnavailable)) log.error(errorFields(error), "web: a fault of ours");
      else if (!notTaken.has(error)) log.error({ reason: error.message }, "web: not served");
    },
    stopping: stopping.signal,
  });
  const server = await startServer({
    host: settings.host,
    port: settings.port,
    metrics,
    web,
    chats,
    async ready() {
      if (stopping.signal.aborted) throw new StoreUnavailable("stopping");
      await store.check().catch((error: unknown) => {
        log.warn(error instanceof StoreUnavailable ? { reason: error.message } : errorFields(error), "not ready");
        throw error;
      });
    },
  });
  deliverer = startDelivering({
    store,
    senders: [
      ...chats.map(({ sender }) => sender),
      ...(settings.webhook === undefined ? [] : [createWebhookSender({ ...settings.webhook, now: Date.now })]),
    ],
    owner,
    told(what) {
      metrics.delivered(what);
      if (what.outcome !== "sent") log.warn(what, "not delivered");
    },
  });
  const stopHousekeeping = startHousekeeping({
    store,
    retentionDays: settings.retentionDays,
    now: Date.now,
    purged: (cases) => cases > 0 && log.info({ cases }, "purged"),
    failed: (error) => log.warn(errorFields(error), "not purged"),
  });
  const stopLookingAtQuiet = watchQuietCases({
    bot: heard,
    store,
    now: Date.now,
    ...settings.quiet,
    failed: (error) => log.warn(errorFields(error), "quiet cases were not looked at"),
  });
  for (const chat of chats) await chat.start();

  return {
    url: server.url,
    async stop() {
      stopping.abort();
      stopHousekeeping();
      stopLookingAtQuiet();
      await Promise.all(chats.map((chat) => chat.stopHearing()));
      await server.stop(STOP.connections);
      await deliverer.stop(STOP.outbox);
      await Promise.all(chats.map((chat) => chat.close()));
      await largePastes.close();
      await store.close();
    },
  };
}

/** The bot with its clock watched; an error goes on to the chat, which then does not acknowledge. */
function measured(
  bot: Bot,
  metrics: ReturnType<typeof createMetrics>,
  notTaken: (chat: string, error: unknown) => void,
): Bot {
  return {
    async hear(inbound) {
      const { chat } = inbound.place;
      const start = performance.now();
      const done = (outcome: string) => metrics.heard(chat, outcome, (performance.now() - start) / 1000);
      try {
        const heard = await bot.hear(inbound);
        done(heard.outcome);
        return heard;
      } catch (error) {
        done("failed");
        notTaken(chat, error);
        throw error;
      }
    },
  };
}
