/** Fixes that were tried, and what was read after them that shows that they did not help. */
import type { FlowChange } from "../domain/change.ts";
import { type RootCauseId, type Stage, stageIndex } from "../domain/ids.ts";
import type { Evidence } from "../domain/verdict.ts";
import type { KnownFault } from "../knowledge/finding-schema.ts";
import { changesOf } from "../tunnel/changes.ts";
import type { Tunnel } from "../tunnel/tunnel.ts";

/** An answer on the way through the tree. */
export interface PathStep {
  readonly stage: Stage;
  readonly answer: boolean | undefined;
  readonly evidence: readonly Evidence[];
}

export interface FailedFix {
  /** The lines read since that show the same trouble, or an earlier one. */
  readonly evidence: readonly Evidence[];
  /** Whether a line was read after the fix. */
  readonly isSince: (line: Evidence) => boolean;
}

/**
 * A fix did not help where something read after it answers a question of the tree with no, at the finding's stage or
 * before it.
 */
export function failedFixes(
  tunnel: Tunnel,
  path: readonly PathStep[],
  findings: readonly KnownFault[],
): ReadonlyMap<RootCauseId, FailedFix> {
  const { known } = tunnel;
  const failed = new Map<RootCauseId, FailedFix>();
  const stands = path.find(({ answer }) => answer !== true);
  if (stands?.answer !== false) return failed;
  for (const { finding: id, before } of known.tried ?? []) {
    const finding = findings.find((one) => one.id === id);
    if (finding === undefined || isUndated(stands, changesOf(tunnel), new Set(before))) continue;
    const isSince = ({ paste }: Evidence) => !before.includes(paste);
    const evidence = stands.evidence.filter((line) => line.text !== "" && isSince(line));
    const isAtIt = stageIndex(stands.stage) <= stageIndex(finding.stage) || finding.alsoAt.includes(stands.stage);
    if (isAtIt && evidence.length > 0) failed.set(id, { evidence, isSince });
    else failed.delete(id);
  }
  return failed;
}

/**
 * Drops are counted from the SA's beginning (trap T9): after a fix, the same totals tell nothing. Two readings since, or an
 * SA that was made or counters that were cleared since, do.
 */
export function isUndated(
  { stage, answer }: PathStep,
  changes: readonly FlowChange[],
  before: ReadonlySet<string>,
): boolean {
  if (stage !== "replay" || answer !== false) return false;
  return !changes.some(
    ({ earlier, later, broken }) => !before.has(later) && (broken !== undefined || !before.has(earlier)),
  );
}
