/** What was read, output by output, in the contract's shape. */
import type { Side } from "../domain/ids.ts";
import type { ReadOutput } from "../domain/output.ts";
import type { ReadingValue } from "../domain/readings/index.ts";
import type { ReadReport } from "../domain/verdict.ts";
import { findEnds } from "../tunnel/ends.ts";
import type { GivenPaste } from "../tunnel/known.ts";

export interface ReportedOutput {
  readonly report: ReadReport;
  readonly values: readonly ReadingValue[];
}

/** Every output of all pastes in order, each with the end it is from as far as the pastes tell. */
export function reportOutputs(pastes: readonly GivenPaste[]): ReportedOutput[] {
  const { sideOf } = findEnds(pastes, {});
  return pastes.flatMap(({ paste }) =>
    paste.outputs.map((output) => ({
      report: reportOutput(paste.name, output, sideOf.get(output) ?? null),
      values: output.values,
    })),
  );
}

function reportOutput(paste: string, output: ReadOutput, side: Side | null): ReadReport {
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
