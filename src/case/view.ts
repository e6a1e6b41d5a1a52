/** A case as it stands, gathered for showing: both ends, the verdict with its lines, the comparison, what was read. */

import type { ComparedRow } from "../domain/comparison.ts";
import type { Side } from "../domain/ids.ts";
import { SIDES } from "../domain/ids.ts";
import type { Line } from "../domain/output.ts";
import { PLATFORM_NAMES } from "../domain/platform-names.ts";
import type { Choice } from "../domain/reply.ts";
import type { Evidence, Finding } from "../domain/verdict.ts";
import { pathBlock } from "../speech/diagnosis.ts";
import { nameOf } from "../speech/names.ts";
import { nextStep, SYMPTOMS } from "../speech/next-step.ts";
import type { CaseLook } from "./look.ts";

export interface EndShown {
  readonly side: Side;
  readonly name: string;
  /** In words; undefined where it is not known. */
  readonly platform?: string | undefined;
  readonly address?: string | undefined;
  /** Commands whose output was read from it, each once, in the order of reading. */
  readonly outputs: readonly string[];
}

export interface PasteShown {
  readonly name: string;
  /** The name of the end it is from, where it is from one. */
  readonly from?: string | undefined;
  readonly outputs: readonly { readonly command: string; readonly firstLine: number; readonly lastLine: number }[];
  readonly secretsRemoved: number;
  readonly unread: readonly Line[];
}

export interface CaseView {
  readonly symptom?: string | undefined;
  readonly standing: { readonly mark: "found" | "healthy" | "open"; readonly text: string; readonly badge?: string };
  readonly path: Extract<ReturnType<typeof pathBlock>, { type: "path" }>["stages"];
  readonly tree: { readonly rested: string; readonly ended: string };
  readonly ends: readonly EndShown[];
  readonly findings: readonly Finding[];
  readonly ruledOut: readonly { readonly title: string; readonly evidence: readonly Evidence[] }[];
  /** What to run next, in words. */
  readonly ask?: { readonly command: string; readonly on: string; readonly why: string } | undefined;
  /** What can be chosen now. */
  readonly choices: readonly Choice[];
  readonly compared: readonly ComparedRow[];
  readonly pastes: readonly PasteShown[];
  readonly secretsRemoved: number;
}

export function viewCase({ situation }: CaseLook): CaseView {
  const { diagnosis } = situation;
  const { verdict, ends, tunnel } = diagnosis;
  const path = pathBlock(diagnosis);
  const [ask] = verdict.asks;
  const symptom = tunnel.known.symptom;
  return {
    symptom: symptom === undefined || symptom === "unknown" ? undefined : SYMPTOMS[symptom],
    standing: standingOf(verdict, tunnel.known.pastes.length > 0),
    path: path.type === "path" ? path.stages : [],
    tree: { rested: diagnosis.rested, ended: diagnosis.rest.name },
    ends: SIDES.map((side) => ({
      side,
      name: nameOf(side, ends),
      platform: ends[side].platform === "unknown" ? undefined : PLATFORM_NAMES[ends[side].platform],
      address: ends[side].own,
      outputs: outputsOf(side, tunnel),
    })),
    findings: verdict.findings,
    ruledOut: verdict.ruledOut.map(({ id, evidence }) => ({ title: diagnosis.titles.get(id) ?? id, evidence })),
    ask: ask && { command: ask.command, on: nameOf(ask.side, ends), why: ask.why },
    choices: nextStep(situation).blocks.flatMap((block) => (block.type === "choices" ? block.choices : [])),
    compared: diagnosis.comparison(),
    pastes: tunnel.known.pastes.map(({ paste }) => {
      const side = verdict.pastes.find(({ name }) => name === paste.name)?.side ?? undefined;
      return {
        name: paste.name,
        from: side && nameOf(side, ends),
        outputs: paste.outputs.map(({ command, firstLine, lastLine }) => ({ command, firstLine, lastLine })),
        secretsRemoved: paste.secretsRemoved,
        unread: paste.outputs.flatMap(({ unread }) => unread),
      };
    }),
    secretsRemoved: verdict.secretsRemoved,
  };
}

function standingOf(verdict: CaseLook["situation"]["diagnosis"]["verdict"], hasPaste: boolean): CaseView["standing"] {
  const [best] = verdict.findings;
  if (verdict.verdict === "healthy") return { mark: "healthy", text: "The tunnel looks healthy" };
  if (verdict.verdict === "found" && best) return { mark: "found", text: best.title, badge: best.certainty };
  if (verdict.findings.length > 0)
    return { mark: "open", text: `Not sure yet; ${verdict.findings.length} causes come into question` };
  return { mark: "open", text: hasPaste ? "Not known yet" : "Nothing read yet" };
}

function outputsOf(side: Side, { known, ends }: CaseLook["situation"]["diagnosis"]["tunnel"]): string[] {
  const outputs = known.pastes
    .flatMap(({ paste }) => paste.outputs)
    .filter((output) => output.platform !== "unknown" && ends.sideOf.get(output) === side);
  return [...new Set(outputs.map(({ command }) => command))];
}
