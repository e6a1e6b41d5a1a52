/**
 * TunnelMedic as a library: `import { diagnose, read, explain } from "tunnelmedic"`. The same engine as the command's,
 * and the same shapes as its `--json`. Works offline; the same pastes give the same answer; nothing is kept.
 */
import type { Explanation, Suggestions } from "../domain/explanation.ts";
import type { ReadReport, Verdict } from "../domain/verdict.ts";
import { loadKnowledge } from "../knowledge/load.ts";
import { createEngine, type Engine } from "./engine.ts";
import type { DiagnoseOptions, PasteInput } from "./input.ts";
import { checkRequest, DiagnoseRequest, ExplainRequest, ReadRequest } from "./requests.ts";

export type { Explanation, Reference, Suggestions } from "../domain/explanation.ts";
export type { PlatformId, RootCauseId, Side, SymptomId } from "../domain/ids.ts";
export { PLATFORM_IDS, ROOT_CAUSE_IDS, SIDES, SYMPTOM_IDS } from "../domain/ids.ts";
export type {
  Ask,
  Certainty,
  Difference,
  Evidence,
  Finding,
  FixStep,
  PasteReport,
  ReadReport,
  Risk,
  RuledOut,
  Verdict,
  VerifyStep,
} from "../domain/verdict.ts";
export type { DiagnoseOptions, PasteInput } from "./input.ts";
export { type Problem, WrongInput } from "./wrong-input.ts";

let engine: Promise<Engine> | undefined;

/** Knowledge is read on the first call. */
function ready(): Promise<Engine> {
  engine ??= loadKnowledge().then(createEngine);
  return engine;
}

/**
 * The verdict on everything given, and what to run next. No paste at all is fine: then it says what to begin with.
 * @throws WrongInput that names the place and the remedy
 */
export async function diagnose(pastes: readonly PasteInput[], options: DiagnoseOptions = {}): Promise<Verdict> {
  const { pastes: given, ...known } = checkRequest(DiagnoseRequest, { ...options, pastes });
  return (await ready()).diagnose(given, known).verdict;
}

/**
 * What each output was recognised as and the facts read from it, in order.
 * @throws WrongInput that names the place and the remedy
 */
export async function read(pastes: readonly PasteInput[]): Promise<readonly ReadReport[]> {
  const { pastes: given } = checkRequest(ReadRequest, { pastes });
  return (await ready()).read(given).map(({ report }) => report);
}

/**
 * What a state, message, command, term or log line means; misspelt is fine. What was asked is not in the answer.
 * @throws WrongInput where nothing is asked
 */
export async function explain(words: string): Promise<Explanation | Suggestions> {
  const { words: asked } = checkRequest(ExplainRequest, { words });
  return (await ready()).explain(asked);
}
