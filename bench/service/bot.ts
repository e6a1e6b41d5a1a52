/** The bot on a store, as the service has it, without chats. */
import { createBot, type TheBot } from "../../src/bot/bot.ts";
import { conversationTools } from "../../src/case/conversation-tools.ts";
import { loadKnowledge } from "../../src/knowledge/load.ts";
import { createKeyedSecretTagger } from "../../src/paste/keyed-tagger.ts";
import { openStore, type StoreSettings } from "../../src/store/open.ts";
import type { Store } from "../../src/store/store.ts";

export async function openBot(settings: StoreSettings): Promise<{ readonly bot: TheBot; readonly store: Store }> {
  const knowledge = await loadKnowledge();
  const store = await openStore(settings);
  const key = new Uint8Array(32).fill(7);
  const bot = createBot({
    store,
    toolsFor: (caseId) => conversationTools(knowledge, createKeyedSecretTagger(key, caseId)),
    sends: () => true,
    broken(_, error) {
      throw error;
    },
  });
  return { bot, store };
}
