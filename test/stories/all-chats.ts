/** One bot with all chats, as the service has them, on one store; Slack and Discord are those on loopback. */
import { startDelivering } from "../../src/bot/deliver.ts";
import { lookAtQuietCases } from "../../src/bot/quiet-cases.ts";
import { createResumeCodes } from "../../src/bot/resume-code.ts";
import { createDiscordChat } from "../../src/chat/discord/discord-chat.ts";
import { createSlackChat } from "../../src/chat/slack/index.ts";
import type { Bot } from "../../src/domain/chat.ts";
import { explain, searchKnowledge } from "../../src/knowledge/explain.ts";
import { symptomFromWords } from "../../src/knowledge/symptoms.ts";
import { speakBriefly } from "../../src/speech/explanation.ts";
import { startDiscordPeer } from "../chat/discord/peer/peer.ts";
import { APP_TOKEN, BOT_TOKEN, NOT_HERE } from "../chat/slack/peer/local-slack.ts";
import { startSlackPeer } from "../chat/slack/peer/slack-peer.ts";
import { appOnly } from "../chat/web/served.ts";
import { storyClock } from "./clock.ts";
import { storiesInDiscord } from "./in-discord.ts";
import { storiesInSlack } from "./in-slack.ts";
import { storiesInTerminal } from "./in-terminal.ts";
import { storiesOnWeb } from "./on-web.ts";
import type { ChatName, StoryChat } from "./story.ts";

const USERS = ["UASHA", "UBEN"] as const;
const ROOMS = Array.from({ length: 40 }, (_, number) => ({ id: `C0R${number}`, name: `room-${number}` }));
const TAG_KEY = "a key of the service's for tags and codes";

export interface AllChats {
  readonly chats: Partial<Record<ChatName, StoryChat>>;
  /** What Slack and Discord found wrong with what they were sent. */
  problems(): readonly string[];
  close(): Promise<void>;
}

/** Without Slack where it can't run. */
export async function startAllChats(): Promise<AllChats> {
  const discord = await startDiscordPeer();
  discord.world.clock.stand();
  const clock = storyClock((ms) => discord.world.clock.pass(ms));
  const sends = new Set(["slack", "discord"]);
  process.env["TAG_KEY"] = TAG_KEY;
  const web = await appOnly(
    { now: clock.now },
    {
      sends: (chat) => sends.has(chat),
      codes: createResumeCodes(Buffer.from(TAG_KEY)),
      lease: () => deliverer?.lease(),
      committed: ({ inOutbox }, claimed) =>
        claimed.length > 0 ? deliverer?.send(claimed) : inOutbox ? deliverer?.wake() : undefined,
    },
  );
  const { bot, store } = web;
  const log = { info() {}, warn() {} };
  const common = {
    cases: store,
    look: bot.look,
    known: (asked: string) => searchKnowledge(asked),
    explain: (words: string) => speakBriefly(explain(words)).blocks,
    symptomIn: symptomFromWords,
    now: clock.now,
    log,
  };
  // When a message was said is Slack's to tell, and its clock can't be moved.
  const byTheClock: Bot = { hear: (inbound) => bot.hear({ ...inbound, at: clock.now() }) };
  const slack =
    NOT_HERE === undefined ? await startSlackPeer({ mode: "socket", users: [...USERS], channels: ROOMS }) : undefined;
  const inSlack =
    slack &&
    createSlackChat({
      ...common,
      bot: byTheClock,
      settings: { botToken: BOT_TOKEN, appToken: APP_TOKEN, apiUrl: slack.apiUrl, messagesPerSecond: 1_000 },
    });
  const inDiscord = await createDiscordChat({
    ...common,
    bot,
    owner: "stories",
    settings: { token: discord.token, apiUrl: discord.apiUrl },
  });
  const chatsOn = [inDiscord, ...(inSlack === undefined ? [] : [inSlack])];
  const deliverer: ReturnType<typeof startDelivering> | undefined = startDelivering({
    store,
    senders: chatsOn.map(({ sender }) => sender),
    owner: "stories",
    times: { poll: 50, firstRetry: 50, lease: 12_000 },
  });
  for (const chat of chatsOn) await chat.start();
  const begun = clock.now();
  // Cases of other stories stay as they are.
  let since = begun;
  const forAll = {
    pass: clock.pass,
    async lookAtQuiet() {
      const young: Parameters<typeof lookAtQuietCases>[0]["store"] = {
        turns: store.turns,
        cases: (filter) => store.cases({ ...filter, openedSince: since }),
      };
      await lookAtQuietCases({ bot, store: young, now: clock.now, remindAfterHours: 24, closeAfterHours: 72 });
    },
    look: bot.look,
    statusOf: async (caseId: string) => (await store.caseById(caseId))?.status,
  };
  const terminal = storiesInTerminal(store, bot, clock);
  let rooms = 0;
  const newRoom = () => {
    rooms += 1;
    return `C0R${rooms}`;
  };
  const people = [discord.person("Asha"), discord.person("Ben")] as const;
  const all: StoryChat[] = [
    terminal.chat,
    storiesOnWeb(web.app, forAll),
    storiesInDiscord(discord, { store, people }, forAll),
    ...(slack === undefined ? [] : [storiesInSlack(slack, { store, users: USERS, newRoom }, forAll)]),
  ];
  const fresh = (chat: StoryChat): StoryChat => ({
    ...chat,
    begin() {
      since = clock.now() - 1_000;
      return chat.begin();
    },
  });
  return {
    chats: Object.fromEntries(all.map((chat) => [chat.name, fresh(chat)])),
    problems: () => [...discord.problems(), ...(slack === undefined ? [] : [...slack.web.refusals, ...slack.lost])],
    async close() {
      await terminal.close();
      for (const chat of chatsOn) await chat.stopHearing();
      await deliverer?.stop(2_000);
      for (const chat of chatsOn) await chat.close();
      await slack?.close();
      await discord.close();
      await web.close();
    },
  };
}
