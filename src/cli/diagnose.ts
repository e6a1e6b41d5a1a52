/** `tunnelmedic diagnose`: no questions; the verdict and what to run next. */
import { renderTerminal } from "../chat/terminal/render.ts";
import { loadKnowledge } from "../knowledge/load.ts";
import { speakVerdict } from "../speech/diagnosis.ts";
import { diagnose } from "../verdict/diagnose.ts";
import { parseDiagnose } from "./arguments.ts";
import { readInputs } from "./inputs.ts";
import { terminalStyle } from "./style.ts";

const NEEDS_MORE = 3;

export async function runDiagnose(args: readonly string[]): Promise<number> {
  const { json, symptom, platforms, peer, cannot, inputs } = parseDiagnose(args);
  const knowledge = await loadKnowledge();
  const pastes = await readInputs(inputs, knowledge);
  const diagnosis = diagnose({ pastes, symptom, platforms, peer, cannot }, knowledge);
  const { verdict } = diagnosis;
  const text = json
    ? JSON.stringify(verdict, null, 2)
    : renderTerminal(speakVerdict(diagnosis), terminalStyle(process.stdout));
  process.stdout.write(`${text}\n`);
  return verdict.verdict === "need-more" ? NEEDS_MORE : 0;
}
