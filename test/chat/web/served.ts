/** The page as it is served: the real bot and store behind it, on a port of this machine. */

import { type ServerType, serve } from "@hono/node-server";
import type { Hono } from "hono";
import { createEngine } from "../../../src/api/engine.ts";
import { handOffOf } from "../../../src/case/hand-off-of.ts";
import type { WebTools } from "../../../src/chat/web/web.ts";
import { createWebChat } from "../../../src/chat/web/web-chat.ts";
import { explain, searchKnowledge } from "../../../src/knowledge/explain.ts";
import { loadKnowledge } from "../../../src/knowledge/load.ts";
import { speakExplanation } from "../../../src/speech/explanation.ts";
import { type Assembled, type AssembleOptions, assemble } from "../../bot/assembled.ts";

export interface Served {
  readonly app: Hono;
  readonly bot: Assembled["bot"];
  readonly store: Assembled["store"];
  /** "http://127.0.0.1:40123" */
  readonly url: string;
  /** Stops listening and ends every connection; the store stays. */
  stop(): Promise<void>;
  /** Listens again, at the same address, as after a restart. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** Serves the page; `tools` overrides what a test is about. */
export async function servePage(tools: Partial<WebTools> = {}): Promise<Served> {
  const { app, bot, store, close } = await appOnly(tools);
  let server = await listen(app, 0);
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      if ("closeAllConnections" in server) server.closeAllConnections();
    });
  return {
    app,
    bot,
    store,
    url: `http://127.0.0.1:${port}`,
    stop,
    async restart() {
      server = await listen(app, port);
    },
    async close() {
      await stop();
      await close();
    },
  };
}

/** The page without a port, for `app.request()`. */
export async function appOnly(tools: Partial<WebTools> = {}, options: AssembleOptions = {}) {
  const { bot, store, close } = await assemble(options);
  const knowledge = await loadKnowledge();
  const engine = createEngine(knowledge);
  const handOff: WebTools["handOff"] = (seen, as) => handOffOf(seen, as, { knowledge });
  const app = createWebChat({
    bot,
    cases: store,
    look: (id) => bot.look(id),
    engine,
    explain: (asked) => speakExplanation(explain(asked)),
    known: (asked) => searchKnowledge(asked),
    handOff,
    isLoopback: true,
    now: Date.now,
    ...tools,
  });
  return { app, bot, store, engine, handOff, close };
}

function listen(app: Hono, port: number): Promise<ServerType> {
  return new Promise((resolve) => {
    const server = serve({ fetch: app.fetch, hostname: "127.0.0.1", port }, () => resolve(server));
  });
}
