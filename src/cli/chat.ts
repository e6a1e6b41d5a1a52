/** `tunnelmedic chat`: the conversation in the terminal. */
import { conversationTools } from "../case/conversation-tools.ts";
import { startTerminalChat } from "../chat/terminal/start.ts";
import { loadKnowledge } from "../knowledge/load.ts";
import { createSecretTagger } from "../paste/redact.ts";
import { UsageError } from "./arguments.ts";
import { terminalStyle } from "./style.ts";

export async function runChat(args: readonly string[]): Promise<number> {
  if (args.length > 0) throw new UsageError(`chat takes no arguments; to read files: npx tunnelmedic diagnose FILE`);
  await startTerminalChat({
    input: process.stdin,
    output: process.stdout,
    style: terminalStyle(process.stdout),
    tools: conversationTools(await loadKnowledge(), createSecretTagger()),
  });
  return 0;
}
