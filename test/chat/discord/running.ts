/** The bot as it runs with Discord: a real store, the outbox, discord.js, and the peer instead of Discord. */
import { type APIMessage, MessageFlags, MessageType } from "discord.js";
import { type Deliverer, startDelivering } from "../../../src/bot/deliver.ts";
import { createDiscordChat } from "../../../src/chat/discord/discord-chat.ts";
import type { DiscordSettings } from "../../../src/chat/discord/settings.ts";
import { type Chat, StoreUnavailable } from "../../../src/domain/chat.ts";
import { explain, searchKnowledge } from "../../../src/knowledge/explain.ts";
import { symptomFromWords } from "../../../src/knowledge/symptoms.ts";
import { speakBriefly } from "../../../src/speech/explanation.ts";
import { type Assembled, type AssembleOptions, assemble } from "../../bot/assembled.ts";
import { type DiscordPeer, type PeerOptions, startDiscordPeer } from "./peer/peer.ts";
import { until } from "./until.ts";

export interface RunningBot {
  readonly here: Assembled;
  readonly chat: Chat;
  readonly logged: readonly string[];
  stop(): Promise<void>;
}

export interface RunOptions extends AssembleOptions {
  readonly settings?: Partial<DiscordSettings>;
  readonly owner?: string;
  /** The store is away the first time that the chat asks for the list of cases. */
  readonly failCasesOnce?: boolean;
}

let owners = 0;

function failingOnce(store: Assembled["store"]): Assembled["store"] {
  let failed = false;
  return {
    ...store,
    async cases(filter) {
      if (failed) return store.cases(filter);
      failed = true;
      throw new StoreUnavailable("away");
    },
  };
}

export async function startBot(peer: DiscordPeer, options: RunOptions = {}): Promise<RunningBot> {
  owners += 1;
  const { owner = `process ${owners}`, failCasesOnce = false } = options;
  let deliverer: Deliverer | undefined;
  const here = await assemble({
    sends: (chat) => chat === "discord",
    lease: () => deliverer?.lease(),
    committed: (_, claimed) => (claimed.length > 0 ? deliverer?.send(claimed) : deliverer?.wake()),
    ...options,
  });
  const logged: string[] = [];
  const note = (fields: object, message: string) => void logged.push(`${message} ${JSON.stringify(fields)}`);
  const chat = await createDiscordChat({
    bot: here.bot,
    cases: failCasesOnce ? failingOnce(here.store) : here.store,
    look: (caseId) => here.bot.look(caseId),
    settings: { token: peer.token, apiUrl: peer.apiUrl, ...options.settings },
    owner,
    known: (asked: string) => searchKnowledge(asked),
    explain: (words) => speakBriefly(explain(words)).blocks,
    symptomIn: symptomFromWords,
    now: Date.now,
    log: { info: note, warn: note },
  });
  const times = { poll: 50, firstRetry: 50, lease: 12_000 };
  const delivering = startDelivering({ store: here.store, senders: [chat.sender], owner, times });
  deliverer = delivering;
  await chat.start();
  return {
    here,
    chat,
    logged,
    async stop() {
      await chat.stopHearing();
      await delivering.stop(2_000);
      await chat.close();
      await here.close();
    },
  };
}

/** Bot and peer for one test, and what is left open at its end. */
export class Stage {
  private readonly open: (() => Promise<unknown>)[] = [];

  async peer(options?: PeerOptions): Promise<DiscordPeer> {
    const peer = await startDiscordPeer(options);
    this.open.push(() => peer.close());
    return peer;
  }

  async bot(peer: DiscordPeer, options?: RunOptions): Promise<RunningBot> {
    const bot = await startBot(peer, options);
    let isStopped = false;
    const stop = async () => {
      if (!isStopped) await bot.stop();
      isStopped = true;
    };
    this.open.push(stop);
    return { ...bot, stop };
  }

  async clear(): Promise<void> {
    for (const close of this.open.splice(0).reverse()) await close();
  }
}

/** What the bot says in a channel, as text: contents, embeds, names of files, words of buttons. */
export function readable({ content, embeds, attachments }: APIMessage): string {
  const parts = embeds.flatMap(({ title, description, fields = [] }) => [
    title,
    description,
    ...fields.map(({ name, value }) => `${name}: ${value}`),
  ]);
  return [content, ...parts, ...attachments.map(({ filename }) => `📎 ${filename}`)].filter(Boolean).join("\n");
}

const ONLY_FOR_ONE_OR_NOT_YET = MessageFlags.Ephemeral | MessageFlags.Loading;

/** What the bot said in a channel for all to read, message by message. */
export function saidBy(peer: DiscordPeer, channelId: string): APIMessage[] {
  return peer
    .shown(channelId)
    .filter(
      ({ author, type, flags = 0 }) =>
        author.id === peer.world.bot.id &&
        type !== MessageType.ThreadStarterMessage &&
        (flags & ONLY_FOR_ONE_OR_NOT_YET) === 0,
    );
}

/** Waits for the bot to say something more in a channel. @returns all that is new, once it holds `words` */
export async function answer(
  peer: DiscordPeer,
  channelId: string,
  after: number,
  words: string | RegExp = "",
): Promise<APIMessage[]> {
  const isSo = (text: string) => (typeof words === "string" ? text.includes(words) : words.test(text));
  const news = () => saidBy(peer, channelId).slice(after);
  try {
    await until(() => news().length > 0 && isSo(news().map(readable).join("\n")), 8_000);
  } catch (error) {
    const said = news().map(readable).join("\n---\n");
    throw new Error(`"${words}" is not said in ${channelId}, but:\n${said}\n${peer.problems().join("\n")}`, {
      cause: error,
    });
  }
  return news();
}

/** The thread that comes after so many others, once it is begun. */
export async function threadAfter(peer: DiscordPeer, count: number): Promise<string> {
  const ids = () => [...peer.world.threadMembers.keys()];
  await until(() => ids().length > count, 8_000);
  return ids()[count] ?? "";
}

/** Waits until everything that was to be sent is sent. */
export async function quiet(store: Assembled["store"]): Promise<void> {
  const end = Date.now() + 8_000;
  while ((await store.outbox()).waiting > 0) {
    if (Date.now() > end) throw new Error("the outbox does not get empty");
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
