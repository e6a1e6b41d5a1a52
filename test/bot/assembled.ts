/** The bot as it runs, on a real store, without the process around it. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BotTools, createBot, type TheBot } from "../../src/bot/bot.ts";
import { conversationTools } from "../../src/case/conversation-tools.ts";
import type { Content, Inbound, Place } from "../../src/domain/inbound.ts";
import { loadKnowledge } from "../../src/knowledge/load.ts";
import { createKeyedSecretTagger } from "../../src/paste/keyed-tagger.ts";
import { openStore } from "../../src/store/open.ts";
import type { Store } from "../../src/store/store.ts";

const knowledge = await loadKnowledge();

export interface Assembled {
  readonly store: Store;
  readonly bot: TheBot;
  readonly dir: string;
  close(): Promise<void>;
}

export type AssembleOptions = Partial<
  Pick<BotTools, "sends" | "codes" | "committed" | "lease" | "aside" | "broken" | "toolsFor">
> & {
  /** A database to use; absent: SQLite in a folder of its own, removed at the end. */
  readonly databaseUrl?: string | undefined;
  readonly dir?: string | undefined;
  /** The service's key for tags: equal for processes that share it. */
  readonly tagKey?: Uint8Array | undefined;
};

export async function assemble(options: AssembleOptions = {}): Promise<Assembled> {
  const { databaseUrl, tagKey = new Uint8Array(32).fill(7) } = options;
  const dir = options.dir ?? mkdtempSync(join(tmpdir(), "tunnelmedic-"));
  const store = await openStore({ databaseUrl, dataDir: dir });
  const bot = createBot({
    store,
    toolsFor: (caseId) => conversationTools(knowledge, createKeyedSecretTagger(tagKey, caseId)),
    sends: () => false,
    ...options,
  });
  return {
    store,
    bot,
    dir,
    async close() {
      await store.close();
      if (options.dir === undefined) rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** A place of its own for each name. */
export function placeNamed(thread: string, chat = "web"): Place {
  return { chat, workspace: "", thread };
}

let deliveries = 0;

/** A message that comes once. `more` overrides what a test is about. */
export function inbound(place: Place, content: Content, more: Partial<Inbound> = {}): Inbound {
  deliveries += 1;
  return {
    deliveries: [`${place.chat}:test:${deliveries}`],
    place,
    person: { id: "U1", name: "Asha" },
    at: 1_790_000_000_000 + deliveries * 60_000,
    content,
    ...more,
  };
}
