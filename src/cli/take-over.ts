/** A case of the service, taken over by somebody at a terminal with its database. */
import { randomBytes } from "node:crypto";
import { createBot } from "../bot/bot.ts";
import { createResumeCodes } from "../bot/resume-code.ts";
import { conversationTools } from "../case/conversation-tools.ts";
import type { StoredCase } from "../chat/terminal/start.ts";
import type { Content, Person, Place } from "../domain/inbound.ts";
import { loadKnowledge } from "../knowledge/load.ts";
import { createKeyedSecretTagger } from "../paste/keyed-tagger.ts";
import type { Store } from "../store/store.ts";
import { UsageError } from "./arguments.ts";

/**
 * Who has the database may. The place that the case was at is told by the service that serves it.
 * @throws UsageError where there is no such case, or it is closed
 */
export async function takeOver(store: Store, caseId: string, place: Place, person: Person) {
  const knowledge = await loadKnowledge();
  const { TAG_KEY } = process.env;
  const key = TAG_KEY === undefined || TAG_KEY === "" ? undefined : Buffer.from(TAG_KEY);
  const codes = key && createResumeCodes(key);
  const tools = conversationTools(knowledge, createKeyedSecretTagger(key ?? randomBytes(32), caseId));
  const bot = createBot({
    store,
    toolsFor: () => tools,
    sends: (chat) => chat === "slack" || chat === "discord",
    codes: { codeFor: (id, where) => codes?.codeFor(id, where), isRight: () => true },
  });
  let message = 0;
  const hear = async (content: Content) => {
    message += 1;
    const deliveries = [`terminal:${place.thread}:${message}`] as const;
    const heard = await bot.hear({ deliveries: [...deliveries], place, person, at: Date.now(), content });
    const seen = await bot.look(caseId);
    return { heard, case: { events: seen?.events ?? [] } };
  };
  const head = await store.caseById(caseId);
  if (head === undefined) throw new UsageError(`there is no case ${caseId} in this database`);
  if (head.status === "closed") throw new UsageError(`case ${caseId} is closed; reopen it where it is`);
  const first = await hear({ type: "resumed", caseId, code: "by the database" });
  if (first.heard.outcome !== "taken") throw new UsageError(`case ${caseId} could not be taken over; try again`);
  const stored: StoredCase = {
    case: first.case,
    opening: first.heard.reply ?? { blocks: [] },
    async hear(text) {
      const { heard, case: now } = await hear({ type: "said", text });
      if (heard.outcome === "taken") return { case: now, reply: heard.reply ?? { blocks: [] } };
      const words = heard.outcome === "closed" ? "The case is closed." : "The case goes on elsewhere by now.";
      return { case: now, reply: { blocks: [{ type: "text", text: words }] } };
    },
  };
  return { stored, tools };
}
