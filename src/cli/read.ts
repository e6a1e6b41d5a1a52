/** `tunnelmedic read`: what each output was recognised as and the facts read from it. */
import { renderTerminal } from "../chat/terminal/render.ts";
import type { ReadOutput } from "../domain/output.ts";
import { loadKnowledge } from "../knowledge/load.ts";
import { type ReadPasteReport, speakReading } from "../speech/reading.ts";
import { findEnds } from "../tunnel/ends.ts";
import { parseRead } from "./arguments.ts";
import { readInputs } from "./inputs.ts";
import { terminalStyle } from "./style.ts";

export async function runRead(args: readonly string[]): Promise<number> {
  const { json, inputs } = parseRead(args);
  const knowledge = await loadKnowledge();
  const pastes = await readInputs(inputs, knowledge);
  const ends = findEnds(pastes, undefined);
  const outputs = pastes.flatMap(({ paste }) =>
    paste.outputs.map((output) => ({
      report: report(paste.name, output, ends.sideOf.get(output) ?? null),
      values: output.values,
    })),
  );
  const text = json
    ? JSON.stringify(
        outputs.map((output) => output.report),
        null,
        2,
      )
    : renderTerminal(speakReading(outputs), terminalStyle(process.stdout));
  process.stdout.write(`${text}\n`);
  return 0;
}

function report(paste: string, output: ReadOutput, side: ReadPasteReport["side"]): ReadPasteReport {
  const facts: Record<string, unknown> = {};
  for (const { kind, ...value } of output.values) {
    const before = facts[kind];
    // A kind that comes more than once in one output (several pings) is listed.
    facts[kind] = before === undefined ? value : [...(Array.isArray(before) ? before : [before]), value];
  }
  return {
    paste,
    side,
    platform: output.platform,
    command: output.command,
    firstLine: output.firstLine,
    lastLine: output.lastLine,
    unread: output.unread.map(({ text }) => text),
    facts,
  };
}
