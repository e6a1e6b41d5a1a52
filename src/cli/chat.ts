/** `tunnelmedic chat`: the conversation in the terminal. */
import { startTerminalChat } from "../chat/terminal/start.ts";
import { explain } from "../knowledge/explain.ts";
import { loadKnowledge } from "../knowledge/load.ts";
import { symptomFromWords } from "../knowledge/symptoms.ts";
import { readPaste } from "../paste/read.ts";
import { createSecretTagger } from "../paste/redact.ts";
import { speakBriefly } from "../speech/explanation.ts";
import { VENDORS } from "../vendors/index.ts";
import { UsageError } from "./arguments.ts";
import { terminalStyle } from "./style.ts";

export async function runChat(args: readonly string[]): Promise<number> {
  if (args.length > 0) throw new UsageError(`chat takes no arguments; to read files: npx tunnelmedic diagnose FILE`);
  const knowledge = await loadKnowledge();
  const tagger = createSecretTagger();
  const tools = { vendors: VENDORS, signatures: knowledge.signatures, tagger };
  await startTerminalChat({
    input: process.stdin,
    output: process.stdout,
    style: terminalStyle(process.stdout),
    tools: {
      knowledge,
      read: (name, text) => readPaste(name, text, tools),
      symptomFromWords,
      explain: (words) => speakBriefly(explain(words)).blocks,
    },
  });
  return 0;
}
