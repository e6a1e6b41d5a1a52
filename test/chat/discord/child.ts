/**
 * The bot with Discord as a process of its own, to be killed: the store that DATABASE_URL or DATA_DIR name, Discord at
 * DISCORD_API_URL. KILL_AT names the moment of the first message said in a case at which it kills itself.
 */
import { createBot } from "../../../src/bot/bot.ts";
import { type Deliverer, startDelivering } from "../../../src/bot/deliver.ts";
import { conversationTools } from "../../../src/case/conversation-tools.ts";
import { createDiscordChat } from "../../../src/chat/discord/discord-chat.ts";
import type { Bot, Sender } from "../../../src/domain/chat.ts";
import { searchKnowledge } from "../../../src/knowledge/explain.ts";
import { loadKnowledge } from "../../../src/knowledge/load.ts";
import { createKeyedSecretTagger } from "../../../src/paste/keyed-tagger.ts";
import { openStore } from "../../../src/store/open.ts";
import type { Store } from "../../../src/store/store.ts";

const { DATABASE_URL: databaseUrl, DATA_DIR: dataDir = "unset", DISCORD_API_URL: apiUrl = "", KILL_AT } = process.env;
const owner = `process ${process.pid}`;
const knowledge = await loadKnowledge();
const opened = await openStore({ databaseUrl, dataDir });

let isArmed = false;
function reached(moment: string): void {
  if (isArmed && moment === KILL_AT) process.kill(process.pid, "SIGKILL");
}

const store: Store = {
  ...opened,
  async take(taking, decide) {
    const taken = await opened.take(taking, async (locked) => {
      const decision = await decide(locked);
      reached("before the commit");
      return decision;
    });
    reached("after the commit");
    return taken;
  },
  async claim(lease, chats, limit) {
    const rows = await opened.claim(lease, chats, limit);
    if (rows.length > 0) reached("after the claim");
    return rows;
  },
};
const toolsFor = (caseId: string) =>
  conversationTools(knowledge, createKeyedSecretTagger(new Uint8Array(32).fill(7), caseId));
const words = toolsFor("");
let deliverer: Deliverer | undefined;
const bot = createBot({
  store,
  toolsFor,
  sends: () => true,
  lease: () => deliverer?.lease(),
  committed: (_, claimed) => (claimed.length > 0 ? deliverer?.send(claimed) : deliverer?.wake()),
});
const heard: Bot = {
  hear(inbound) {
    isArmed ||= inbound.content.type === "said";
    reached("before it is heard");
    return bot.hear(inbound);
  },
};
const chat = await createDiscordChat({
  bot: heard,
  cases: store,
  look: bot.look,
  settings: {
    token: process.env["DISCORD_TOKEN"] ?? "",
    apiUrl,
    times: { lease: 2_000, renew: 300, reconnect: 200, storeRetry: 100 },
  },
  owner,
  known: (asked: string) => searchKnowledge(asked),
  explain: words.explain,
  symptomIn: words.symptomFromWords,
  now: Date.now,
  log: { info: () => {}, warn: () => {} },
});
const sender: Sender = {
  chat: chat.sender.chat,
  async send(outgoing, signal) {
    const reference = await chat.sender.send(outgoing, signal);
    reached("after the send");
    return reference;
  },
};
const times = { lease: 3_000, send: 2_000, poll: 100, firstRetry: 100 };
const delivering = startDelivering({ store, senders: [sender], owner, times });
deliverer = delivering;
await chat.start();
process.stdout.write("started\n");
process.on("SIGTERM", () => {
  void (async () => {
    await chat.stopHearing();
    await delivering.stop(2_000);
    await chat.close();
    await opened.close();
    process.exit(0);
  })();
});
