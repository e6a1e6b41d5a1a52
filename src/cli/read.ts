/** `tunnelmedic read`: what each output was recognised as and the facts read from it. */
import { reportOutputs } from "../api/reports.ts";
import { renderTerminal } from "../chat/terminal/render.ts";
import { loadKnowledge } from "../knowledge/load.ts";
import { speakReading } from "../speech/reading.ts";
import { parseRead } from "./arguments.ts";
import { readInputs } from "./inputs.ts";
import { terminalStyle } from "./style.ts";

export async function runRead(args: readonly string[]): Promise<number> {
  const { json, inputs } = parseRead(args);
  const knowledge = await loadKnowledge();
  const outputs = reportOutputs(await readInputs(inputs, knowledge));
  const reports = outputs.map(({ report }) => report);
  const text = json
    ? JSON.stringify(reports, null, 2)
    : renderTerminal(speakReading(outputs), terminalStyle(process.stdout));
  process.stdout.write(`${text}\n`);
  return 0;
}
