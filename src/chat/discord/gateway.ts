/** Who holds the gateway: one process of those that share the store, by a lease; another takes over when it ends. */
import { setTimeout as sleep } from "node:timers/promises";
import { type APIGatewayBotInfo, type REST, Routes } from "discord.js";
import { type Connection, ContentNotAllowed, connect, type Hears } from "./connection.ts";
import { pauseBefore } from "./identify-budget.ts";
import { CHAT } from "./place.ts";
import { type DiscordTools, TIMES } from "./settings.ts";

export const LEASE = "discord-gateway";

export interface GatewayTools extends Pick<DiscordTools, "cases" | "settings" | "owner" | "log"> {
  readonly rest: REST;
  readonly hears: Omit<Hears, "ended">;
  /** Whether the developer portal says that we may read everything; trying it costs a session where it does not. */
  readonly mayReadAll: boolean;
  /** Once connected, by whoever holds the gateway. */
  readonly connected: () => Promise<void>;
}

export interface Gateway {
  /** Connects, or stands by while another process is connected. @throws Error where Discord refuses us */
  start(): Promise<void>;
  stop(): Promise<void>;
  roleIn(guildId: string): string | undefined;
  isThread(channelId: string): boolean | undefined;
  readonly readsAll: boolean;
}

export const WITHOUT_CONTENT =
  "Discord: the Message Content intent is off, so the bot reads messages only where they mention it, in direct messages, in forms and by Read this output. Switch it on under Bot in the developer portal, and people can simply paste into a case's thread, and edits and deletions there are followed.";

export function createGateway(tools: GatewayTools): Gateway {
  const { cases, settings, owner, log, rest, hears, connected, mayReadAll } = tools;
  const times = { ...TIMES, ...settings.times };
  const stopping = new AbortController();
  let connection: Connection | undefined;
  let readsAll = mayReadAll;
  let heldUntil = 0;
  /** As of the last time that the store could be asked. */
  let isAnothers = false;
  let failures = 0;
  let running: Promise<void> = Promise.resolve();
  let wake: () => void = () => {};

  /** Takes or renews the lease. While the store is away, what we hold lasts until it would have ended. */
  async function hold(): Promise<boolean> {
    const asked = Date.now();
    try {
      const isHeld = await cases.hold(LEASE, { owner, ms: times.lease });
      heldUntil = isHeld ? asked + times.lease : 0;
      isAnothers = !isHeld;
    } catch {
      log.warn({ chat: CHAT }, "store away: the gateway's lease is not renewed");
    }
    return Date.now() < heldUntil;
  }

  /**
   * @param mayWait false: where it had to wait first, it does nothing yet
   * @throws Error where Discord refuses us, or can't be reached
   */
  async function open(mayWait: boolean): Promise<void> {
    const { session_start_limit: limit } = (await rest.get(Routes.gatewayBot())) as APIGatewayBotInfo;
    const pause = pauseBefore(limit);
    if (pause > 0) {
      log.warn({ chat: CHAT, waitMs: pause, left: limit.remaining }, "few Discord sessions are left today: waiting");
      if (!mayWait) return;
      const end = Date.now() + pause;
      while (Date.now() < end && !stopping.signal.aborted && (await hold()))
        await nap(Math.min(times.renew, end - Date.now()));
      if (stopping.signal.aborted || Date.now() >= heldUntil) return;
    }
    const ended = (reason: string) => {
      log.warn({ chat: CHAT, reason }, "Discord ended the connection");
      const gone = connection;
      connection = undefined;
      void gone?.close().catch(() => undefined);
      wake();
    };
    try {
      connection = await connect(settings, readsAll, { ...hears, ended });
    } catch (error) {
      if (!(error instanceof ContentNotAllowed)) throw error;
      readsAll = false;
      log.warn({ chat: CHAT }, WITHOUT_CONTENT);
      connection = await connect(settings, false, { ...hears, ended });
    }
    await connected();
    log.info({ chat: CHAT }, "connected to Discord");
  }

  async function close(): Promise<void> {
    const gone = connection;
    connection = undefined;
    await gone?.close().catch(() => undefined);
  }

  /**
   * One look: hold the lease, connect once it is held, and let go once another holds it. While the store is away nobody
   * could take what people say, and who is connected tells them so; should another process reach it, both hear
   * everything, and what was heard is known.
   */
  async function look(mayWait: boolean): Promise<void> {
    const isHeld = await hold();
    if (isAnothers && connection) {
      log.warn({ chat: CHAT }, "another process holds the gateway now");
      await close();
    }
    if (isHeld && !connection) {
      await whileHolding(() => open(mayWait));
      failures = 0;
    }
  }

  /** Shards begin one after the other, five seconds apart: the lease is renewed meanwhile, and without it nothing stays open. */
  async function whileHolding(work: () => Promise<void>): Promise<void> {
    const renewing = setInterval(() => void hold(), times.renew);
    try {
      await work();
    } finally {
      clearInterval(renewing);
    }
    if (!isAnothers) return;
    log.warn({ chat: CHAT }, "another process took the gateway while this one was connecting");
    await close();
  }

  function nap(ms: number): Promise<void> {
    const woken = new AbortController();
    wake = () => woken.abort();
    const signal = AbortSignal.any([woken.signal, stopping.signal]);
    return sleep(Math.max(0, ms), undefined, { signal }).catch(() => undefined);
  }

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      const backoff = failures === 0 ? times.renew : Math.min(300_000, times.reconnect * 2 ** (failures - 1));
      const end = Date.now() + backoff;
      // The lease is kept also while we wait to connect again, unless another could do better.
      await nap(Math.min(times.renew, backoff));
      if (failures > 0 && Date.now() < end) {
        await hold();
        await nap(end - Date.now());
      }
      if (stopping.signal.aborted) return;
      try {
        await look(true);
      } catch (error) {
        failures += 1;
        const name = error instanceof Error ? error.name : typeof error;
        log.warn({ chat: CHAT, error: name, failures }, "can't connect to Discord; trying again");
        // Another process may get through.
        if (failures >= 3) await cases.letGo(LEASE, owner).catch(() => undefined);
      }
    }
  }

  return {
    async start() {
      if (!mayReadAll) log.warn({ chat: CHAT }, WITHOUT_CONTENT);
      await look(false);
      running = run();
    },
    async stop() {
      stopping.abort();
      await running;
      await close();
      await cases.letGo(LEASE, owner).catch(() => undefined);
    },
    roleIn: (guildId) => connection?.roleIn(guildId),
    isThread: (channelId) => connection?.isThread(channelId),
    get readsAll() {
      return readsAll;
    },
  };
}
