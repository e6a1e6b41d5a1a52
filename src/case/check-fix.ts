/** Whether a fix that was tried helped: what was read since, against where the case stood when it was advised. */
import type { FixCheck, FlowChange } from "../domain/change.ts";
import { type Stage, stageIndex } from "../domain/ids.ts";
import type { Evidence, VerifyStep } from "../domain/verdict.ts";
import { cannotRun } from "../verdict/answered.ts";
import type { Diagnosis, Knowledge } from "../verdict/diagnose.ts";
import { isUndated } from "../verdict/failed-fixes.ts";
import { type CaseEvent, standingEvents } from "./events.ts";

type FixTried = Extract<CaseEvent, { type: "fix-tried" }>;

/** The fixes that were tried, in order. */
export function triedFixes(events: readonly CaseEvent[]): FixTried[] {
  return standingEvents(events).filter((event): event is FixTried => event.type === "fix-tried");
}

/**
 * @param index which of the tried fixes
 * @param diagnosis of the case as it stands, or as it stood when the next fix was tried
 */
export function checkFix(fix: FixTried, index: number, diagnosis: Diagnosis, knowledge: Knowledge): FixCheck {
  const { known } = diagnosis.tunnel;
  const before = new Set(known.tried?.[index]?.before);
  const isSince = ({ paste }: Evidence) => !before.has(paste);
  const stands = diagnosis.path.find(({ answer }) => answer !== true);
  const base = { finding: fix.finding, standsAt: stands?.stage };
  const missing = (fix.checks ?? []).filter((check) => !wasSeen(check, before, diagnosis));
  const nothingSince = known.pastes.every(({ paste }) => before.has(paste.name));
  if (nothingSince) return { ...base, evidence: [], missing };
  if (diagnosis.verdict.verdict === "healthy")
    return { ...base, standsAt: undefined, outcome: "fixed", evidence: passed(diagnosis, isSince), missing: [] };
  const mends = fix.stage ?? knowledge.findings.find(({ id }) => id === fix.finding)?.stage;
  if (stands === undefined || mends === undefined) return { ...base, evidence: [], missing };
  if (isUndated(stands, diagnosis.changes(), before))
    return { ...base, evidence: [], missing: fix.checks ?? [], isUndated: true };
  const evidence = stands.evidence.filter((line) => line.text !== "" && isSince(line));
  const steps = stageIndex(stands.stage) - stageIndex(mends);
  if (steps > 0) {
    const shown = passedAt(mends, diagnosis).filter(isSince);
    if (shown.length > 0) return { ...base, outcome: "better", evidence: shown, missing };
  }
  const isNo = stands.answer === false && evidence.length > 0;
  if (steps < 0 && isNo) return { ...base, outcome: "worse", evidence, missing };
  const lessLost = fewerDrops(diagnosis.changes(), before);
  if (steps === 0 && lessLost) return { ...base, outcome: "better", evidence: lessLost.evidence, missing };
  const further = steps === 0 && stands.stage === "ike-sa" ? gotFurther(diagnosis, before) : undefined;
  if (further) return { ...base, outcome: "better", evidence: [further], missing };
  if (steps === 0 && isNo) return { ...base, outcome: "same", evidence, missing };
  return { ...base, evidence: [], missing };
}

function passedAt(stage: Stage, { path }: Diagnosis): readonly Evidence[] {
  return path.find((step) => step.stage === stage)?.evidence.filter(({ text }) => text !== "") ?? [];
}

/** The lines of the last question that was answered by something read since. */
function passed({ path }: Diagnosis, isSince: (line: Evidence) => boolean): Evidence[] {
  return (
    path
      .map(({ evidence }) => evidence.filter((line) => line.text !== "" && isSince(line)))
      .findLast(({ length }) => length > 0) ?? []
  );
}

/** Whether the output of a check was pasted after the fix, or can't be had. */
function wasSeen({ side, command }: VerifyStep, before: ReadonlySet<string>, { tunnel }: Diagnosis): boolean {
  if (cannotRun(tunnel, side, command)) return true;
  const wanted = command.split("\n").map(wordsOf);
  return tunnel.known.pastes.some(
    ({ paste }) =>
      !before.has(paste.name) &&
      paste.outputs.some((output) => {
        if (output.values.length === 0 || (tunnel.ends.sideOf.get(output) ?? side) !== side) return false;
        const read = wordsOf(output.command);
        return wanted.some((words) => isBegin(words, read) || isBegin(read, words));
      }),
  );
}

function wordsOf(command: string): string[] {
  return (command.split("|")[0] ?? "").toLowerCase().trim().split(/\s+/);
}

function isBegin(short: readonly string[], long: readonly string[]): boolean {
  return short.length > 1 && short.every((word, index) => word === long[index]);
}

/** How far IKE got, by the states of main and aggressive mode in the order in which they are passed. */
const STATES = [
  ["MM_NO_STATE", "AG_NO_STATE"],
  ["MM_SA_SETUP", "AG_INIT_EXCH"],
  ["MM_KEY_EXCH", "AG_AUTH"],
  ["MM_KEY_AUTH"],
] as const;

/** The row that shows IKE further than anything before the fix did; states also fall back by themselves. */
function gotFurther({ tunnel }: Diagnosis, before: ReadonlySet<string>): Evidence | undefined {
  const rank = (state: string | undefined) => STATES.findIndex((names) => names.some((name) => name === state));
  let most = -1;
  let best: { rank: number; paste: string; line: number } | undefined;
  for (const end of [tunnel.local, tunnel.remote]) {
    for (const { item, paste } of end.attempts) if (before.has(paste)) most = Math.max(most, rank(item.furthestState));
    for (const { item, paste } of end.ikeSas.flatMap(({ items }) => items)) {
      const reached = rank(item.state);
      if (before.has(paste)) most = Math.max(most, reached);
      else if (reached > (best?.rank ?? -1)) best = { rank: reached, paste, line: item.line };
    }
  }
  return best && most >= 0 && best.rank > most ? tunnel.lines.evidence(best.paste, best.line) : undefined;
}

const DROPS = ["replayFailed", "verifyFailed", "recvErrors", "sendErrors"] as const;

/** The change since the fix in which a smaller part was dropped than in the last one before it: less than half. */
function fewerDrops(changes: readonly FlowChange[], before: ReadonlySet<string>): FlowChange | undefined {
  return changes.findLast((change) => {
    if (change.broken !== undefined || before.has(change.later) || before.has(change.earlier)) return false;
    const earlier = changes.findLast(
      ({ side, flow, later, broken }) =>
        side === change.side && flow === change.flow && before.has(later) && broken === undefined,
    );
    const [was, is] = [earlier && dropped(earlier), dropped(change)];
    return was !== undefined && is !== undefined && was > 0 && is < was / 2;
  });
}

/** The part of its packets that a flow lost; undefined where it had none. */
function dropped({ counts }: FlowChange): number | undefined {
  const lost = DROPS.reduce((sum, name) => sum + (counts[name] ?? 0), 0);
  const all = lost + (counts.decaps ?? 0) + (counts.encaps ?? 0);
  return all === 0 ? undefined : lost / all;
}
