/** The chats that are on. Their SDKs are loaded here, and only where they are. */
import type { TheBot } from "../bot/bot.ts";
import type { ConversationTools } from "../case/conversation.ts";
import type { Bot, Chat } from "../domain/chat.ts";
import { searchKnowledge } from "../knowledge/explain.ts";
import type { Store } from "../store/store.ts";
import type { Settings } from "./env.ts";
import type { Logger } from "./log.ts";
import { patientChat } from "./patient-chat.ts";

export interface ChatTools {
  readonly bot: Bot;
  readonly store: Store;
  readonly look: TheBot["look"];
  readonly words: Pick<ConversationTools, "explain" | "symptomFromWords">;
  /** Unique to this process, for leases. */
  readonly owner: string;
  readonly log: Logger;
}

/** @throws Error with one line that says what to change, where a platform refuses us */
export async function createChats({ slack, discord }: Settings, tools: ChatTools): Promise<readonly Chat[]> {
  const { bot, store, look, words, owner, log } = tools;
  const common = {
    bot,
    cases: store,
    look,
    explain: words.explain,
    known: (asked: string) => searchKnowledge(asked),
    symptomIn: words.symptomFromWords,
    owner,
    now: Date.now,
    log: {
      info: (fields: object, message: string) => log.info(fields, message),
      warn: (fields: object, message: string) => log.warn(fields, message),
    },
  };
  const chats: Chat[] = [];
  if (slack) {
    const { createSlackChat } = await import("../chat/slack/index.ts");
    const chat = createSlackChat({ ...common, settings: slack });
    chats.push(patientChat("slack", () => chat, { log, http: chat.http }));
  }
  if (discord) {
    const { createDiscordChat } = await import("../chat/discord/discord-chat.ts");
    chats.push(patientChat("discord", () => createDiscordChat({ ...common, settings: discord }), { log }));
  }
  return chats;
}
