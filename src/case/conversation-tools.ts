/** What every conversation needs, from what is known and how keys are told apart. */

import type { Knowledge } from "../knowledge/assemble.ts";
import { explain } from "../knowledge/explain.ts";
import { symptomFromWords } from "../knowledge/symptoms.ts";
import { readPaste } from "../paste/read.ts";
import type { SecretTagger } from "../paste/redact.ts";
import { speakBriefly } from "../speech/explanation.ts";
import { VENDORS } from "../vendors/index.ts";
import type { ConversationTools } from "./conversation.ts";

/** @param tagger one for each case: keys are compared within a case only */
export function conversationTools(knowledge: Knowledge, tagger: SecretTagger): ConversationTools {
  const tools = { vendors: VENDORS, signatures: knowledge.signatures, tagger };
  return {
    knowledge,
    read: (name, text) => readPaste(name, text, tools),
    symptomFromWords,
    explain: (words) => speakBriefly(explain(words)).blocks,
  };
}
