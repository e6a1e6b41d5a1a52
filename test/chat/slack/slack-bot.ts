/** The bot as it runs with Slack, on a real store, in this process. */
import { setTimeout as sleep } from "node:timers/promises";
import { type ServerType, serve } from "@hono/node-server";
import { type Deliverer, startDelivering } from "../../../src/bot/deliver.ts";
import { createSlackChat, type SlackSettings, type SlackTools } from "../../../src/chat/slack/index.ts";
import type { Chat } from "../../../src/domain/chat.ts";
import { explain, searchKnowledge } from "../../../src/knowledge/explain.ts";
import { symptomFromWords } from "../../../src/knowledge/symptoms.ts";
import { speakBriefly } from "../../../src/speech/explanation.ts";
import { type Assembled, type AssembleOptions, assemble } from "../../bot/assembled.ts";
import { APP_TOKEN, BOT_TOKEN, SIGNING_SECRET } from "./peer/local-slack.ts";

export interface SlackBotOptions {
  readonly apiUrl: string;
  readonly mode: "socket" | "events";
  readonly settings?: Partial<SlackSettings>;
  readonly store?: AssembleOptions;
  /** Puts something between the chat and the bot, or the outbox and the chat. */
  readonly around?: {
    bot?(bot: SlackTools["bot"]): SlackTools["bot"];
    sender?(sender: Chat["sender"]): Chat["sender"];
  };
  readonly log?: SlackTools["log"];
  readonly now?: () => number;
  /** Milliseconds: for so long nobody else sends what a process that was killed had to send. */
  readonly lease?: number | undefined;
}

export interface SlackBot extends Assembled {
  /** Where it hears over HTTP. */
  readonly requestUrl: string | undefined;
  stop(): Promise<void>;
}

let bots = 0;

export async function startSlackBot({
  apiUrl,
  mode,
  settings,
  store: kept,
  around = {},
  log,
  now = Date.now,
  lease = 3_000,
}: SlackBotOptions): Promise<SlackBot> {
  let deliverer: Deliverer | undefined;
  const assembled = await assemble({
    ...kept,
    sends: (chat) => chat === "slack",
    lease: () => deliverer?.lease(),
    committed({ inOutbox }, claimed) {
      if (claimed.length > 0) deliverer?.send(claimed);
      else if (inOutbox) deliverer?.wake();
    },
  });
  const { store, bot } = assembled;
  const chat = createSlackChat({
    bot: around.bot?.(bot) ?? bot,
    cases: store,
    look: bot.look,
    settings: {
      botToken: BOT_TOKEN,
      apiUrl,
      ...(mode === "socket" ? { appToken: APP_TOKEN } : { signingSecret: SIGNING_SECRET }),
      ...settings,
    },
    known: (asked: string) => searchKnowledge(asked),
    explain: (words) => speakBriefly(explain(words)).blocks,
    symptomIn: symptomFromWords,
    now,
    log: log ?? { info() {}, warn() {} },
  });
  bots += 1;
  const sender = around.sender?.(chat.sender) ?? chat.sender;
  deliverer = startDelivering({
    store,
    senders: [sender],
    owner: `${process.pid}:${bots}`,
    times: { firstRetry: 200, poll: 200, lease, send: lease - 500 },
  });
  const { server, url } = chat.http === undefined ? { server: undefined, url: undefined } : await listen(chat.http);
  await chat.start();
  return {
    ...assembled,
    requestUrl: url,
    async stop() {
      await chat.stopHearing();
      await deliverer?.stop(2_000);
      await chat.close();
      server?.close();
      await sleep(0);
      await assembled.close();
    },
  };
}

async function listen({ path, handle }: NonNullable<Chat["http"]>): Promise<{ server: ServerType; url: string }> {
  return new Promise((resolve) => {
    const server = serve({ fetch: handle, hostname: "127.0.0.1", port: 0 }, ({ port }) =>
      resolve({ server, url: `http://127.0.0.1:${port}${path}` }),
    );
  });
}
