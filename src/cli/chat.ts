/** `tunnelmedic chat`: the conversation in the terminal; with `--case`, one of the service's cases, taken over. */
import { randomUUID } from "node:crypto";
import { userInfo } from "node:os";
import { parseArgs } from "node:util";
import { caseIdFrom } from "../case/commands.ts";
import { conversationTools } from "../case/conversation-tools.ts";
import { startTerminalChat } from "../chat/terminal/start.ts";
import { loadKnowledge } from "../knowledge/load.ts";
import { createSecretTagger } from "../paste/redact.ts";
import { UsageError } from "./arguments.ts";
import { pastCases, type WithStore } from "./past-cases.ts";
import { terminalStyle } from "./style.ts";

export async function runChat(args: readonly string[]): Promise<number> {
  const caseId = caseAsked(args);
  // Loaded where it is needed: most conversations look for nothing.
  const withStore: WithStore = async (work) => (await import("./stored.ts")).withStore(work);
  const common = { input: process.stdin, output: process.stdout, style: terminalStyle(process.stdout) };
  if (caseId === undefined) {
    const tools = conversationTools(await loadKnowledge(), createSecretTagger());
    await startTerminalChat({ ...common, tools, past: pastCases(withStore) });
    return 0;
  }
  const { takeOver } = await import("./take-over.ts");
  return withStore(async (store) => {
    const { username } = userInfo();
    const place = { chat: "terminal", workspace: "", thread: randomUUID() };
    const person = { id: `terminal-${username}`, name: username };
    const { stored, tools } = await takeOver(store, caseId, place, person);
    const past = pastCases((work) => work(store), caseId);
    await startTerminalChat({ ...common, tools, stored, past });
    return 0;
  });
}

function caseAsked(args: readonly string[]): string | undefined {
  if (args.length === 0) return undefined;
  const usage = `chat takes nothing but --case CASE; to read files: npx tunnelmedic diagnose FILE`;
  try {
    const { values } = parseArgs({ args: [...args], options: { case: { type: "string" } }, strict: true });
    const id = caseIdFrom(values.case ?? "");
    if (id !== undefined) return id;
  } catch {
    // One line for whatever was wrong.
  }
  throw new UsageError(usage);
}
