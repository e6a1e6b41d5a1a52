/** `tunnelmedic explain WORD…`: what a state, message or term means. */
import { renderTerminal } from "../chat/terminal/render.ts";
import { explain } from "../knowledge/explain.ts";
import { speakExplanation } from "../speech/explanation.ts";
import { UsageError } from "./arguments.ts";
import { terminalStyle } from "./style.ts";

const NOT_FOUND = 3;

export function runExplain(args: readonly string[]): number {
  const words = args.join(" ").trim();
  if (words === "") throw new UsageError("explain wants a word, as in: npx tunnelmedic explain MM_WAIT_MSG4");
  const found = explain(words);
  process.stdout.write(`${renderTerminal(speakExplanation(found), terminalStyle(process.stdout))}\n`);
  return found.kind === "explanation" ? 0 : NOT_FOUND;
}
