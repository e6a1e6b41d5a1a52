/** A case → the document that its hand-offs are made from. */
import type { HandOffDocument, HandOffTemplate } from "../domain/hand-off.ts";
import { SIDES, type Side } from "../domain/ids.ts";
import { formatNetwork } from "../domain/network.ts";
import type { Evidence } from "../domain/verdict.ts";
import type { Knowledge } from "../knowledge/assemble.ts";
import { changeLine } from "../speech/changes.ts";
import { nameOfRow } from "../speech/comparison.ts";
import { pathStages, STAGE_NAMES } from "../speech/diagnosis.ts";
import { nameOf } from "../speech/names.ts";
import { SYMPTOMS } from "../speech/next-step.ts";
import { protectedFlows } from "../tunnel/compare/protected-flows.ts";
import { otherSide } from "../tunnel/tunnel.ts";
import { type Case, situationOf } from "./case.ts";
import { checkFix, triedFixes } from "./check-fix.ts";
import { type Stamp, standingEvents } from "./events.ts";
import { forFarSide } from "./hand-off-far-side.ts";
import { nextThings } from "./hand-off-next.ts";
import { collectedOutputs, supportOutputs } from "./hand-off-support.ts";
import { timelineOf } from "./hand-off-timeline.ts";
import { calledIn } from "./people.ts";

/** What a write-up needs beside the case itself. */
export interface WritingUp {
  readonly knowledge: Knowledge;
  /** Where the case has an id. */
  readonly caseId?: string | undefined;
  /** Who asked for it, and when. */
  readonly said?: Stamp | undefined;
}

/** So many differences of counters are told, the latest. */
const MOST_CHANGES = 6;

export function writeUp(one: Case, template: HandOffTemplate, tools: WritingUp): HandOffDocument {
  const document = nextShift(one, tools);
  if (template === "next-shift") return document;
  const { diagnosis } = situationOf(one, tools.knowledge);
  if (template === "far-side") return forFarSide(document, diagnosis, tools.knowledge);
  return {
    ...document,
    template,
    support: supportOutputs(diagnosis, tools.knowledge),
    appendix: collectedOutputs(diagnosis),
  };
}

function nextShift(one: Case, { knowledge, caseId, said }: WritingUp): HandOffDocument {
  const situation = situationOf(one, knowledge);
  const { diagnosis } = situation;
  const { verdict, ends, tunnel } = diagnosis;
  const standing = standingEvents(one.events);
  const complaint = standing.findLast(({ type }) => type === "symptom-said");
  const tried = triedIn(one, knowledge);
  const mended = new Set(
    tried.filter(({ outcome }) => outcome === "fixed" || outcome === "better").map(({ finding }) => finding),
  );
  const stands = diagnosis.path.find(({ answer }) => answer !== true);
  return {
    kind: "tunnelmedic-hand-off",
    version: 1,
    template: "next-shift",
    case: caseId ?? null,
    writtenAt: timeOf(said),
    writtenBy: calledIn(said),
    reported: {
      symptom: tunnel.known.symptom ?? null,
      words: tunnel.known.symptom === undefined ? "not said" : SYMPTOMS[tunnel.known.symptom],
      peer: tunnel.known.peer ?? tunnel.focus.remote ?? null,
      at: timeOf(complaint ?? one.events[0]),
      by: calledIn(complaint ?? one.events[0]),
    },
    standing: {
      verdict: verdict.verdict,
      summary: summaryOf(situation),
      stage: verdict.verdict === "healthy" ? null : (stands?.stage ?? null),
    },
    ends: SIDES.map((side) => endOf(side, diagnosis)),
    timeline: timelineOf(one.events, diagnosis),
    path: pathStages(diagnosis).map((stage, index) => ({
      ...stage,
      evidence: stage.mark === "unseen" ? [] : linesOf(diagnosis.path[index]?.evidence ?? []).slice(0, 4),
    })),
    findings: verdict.findings.map(({ id, title, why, certainty, side, differs, evidence, against }) => ({
      ...{ id, title, why, certainty, side },
      differs: differs.map((each) => ({ ...each })),
      evidence: linesOf(evidence),
      against: linesOf(against),
    })),
    // What was the cause and is mended is among what was tried.
    ruledOut: verdict.ruledOut
      .filter(({ id }) => !mended.has(id))
      .map(({ id, evidence }) => ({ id, title: diagnosis.titles.get(id) ?? id, evidence: linesOf(evidence) })),
    tried,
    notObtained: tunnel.known.cannot.map(({ side, command }) => ({
      side,
      on: nameOf(side, ends),
      command: command === "*" ? null : command,
    })),
    next: nextThings(situation),
    counters: diagnosis
      .changes()
      .slice(-MOST_CHANGES)
      .map((change) => changeLine(change, ends, true)),
    compared: diagnosis.comparison().map((row) => ({
      attribute: nameOfRow(row, ends),
      local: row.local.value,
      remote: row.remote.value,
      verdict: row.verdict,
      note: row.note ?? null,
    })),
    outputs: verdict.pastes.flatMap((paste) =>
      paste.outputs.map(({ platform, command, firstLine, lastLine, unread }) => ({
        paste: paste.name,
        side: paste.side,
        ...{ platform, command, firstLine, lastLine },
        unread: unread.length,
      })),
    ),
    support: [],
    appendix: [],
    secretsRemoved: verdict.secretsRemoved,
  };
}

type Diagnosis = ReturnType<typeof situationOf>["diagnosis"];

function endOf(side: Side, { ends, tunnel }: Diagnosis): HandOffDocument["ends"][number] {
  const view = tunnel[side];
  const seenByOther = [
    ...tunnel[otherSide(side)].ikePeers.map(({ item }) => item.phase1Id),
    ...tunnel[otherSide(side)].sessions.flatMap(({ items }) => items.map(({ item }) => item.phase1Id)),
  ].findLast((id) => id !== undefined);
  const own = view.profiles?.items.find(({ item }) => item.selfIdentity !== undefined)?.item.selfIdentity;
  return {
    side,
    name: nameOf(side, ends),
    platform: ends[side].platform,
    release: releaseOf(side, tunnel) ?? null,
    host: ends[side].host ?? null,
    address: ends[side].own ?? null,
    identity: own ?? seenByOther ?? view.settings.at(-1)?.item.identity ?? null,
    policies: (view.policies?.items ?? []).map(
      ({ item: { priority, encryption, integrity, auth, dhGroup } }) =>
        `${priority}: ${encryption}, ${integrity}, ${auth}, group ${dhGroup}`,
    ),
    protects: (protectedFlows(tunnel, view) ?? []).map(
      ({ source, destination }) => `${formatNetwork(source)} → ${formatNetwork(destination)}`,
    ),
  };
}

function releaseOf(side: Side, { known, ends }: Diagnosis["tunnel"]): string | undefined {
  return known.pastes
    .flatMap(({ paste }) => paste.outputs)
    .filter((output) => ends.sideOf.get(output) === side)
    .flatMap(({ values }) => values.flatMap((value) => (value.kind === "device" ? [value.version] : [])))
    .findLast((version) => version !== undefined);
}

/** Each fix with what became of it until the next one was tried. */
function triedIn(one: Case, knowledge: Knowledge): HandOffDocument["tried"] {
  const tried = triedFixes(one.events);
  return tried.map((fix, index) => {
    const next = tried[index + 1];
    const until: Case = next === undefined ? one : { events: one.events.slice(0, one.events.indexOf(next)) };
    const { diagnosis } = situationOf(until, knowledge);
    const { outcome, evidence } = checkFix(fix, index, diagnosis, knowledge);
    return {
      finding: fix.finding,
      title: diagnosis.titles.get(fix.finding) ?? fix.finding,
      at: timeOf(fix),
      by: calledIn(fix),
      outcome: outcome ?? "not-known",
      evidence: linesOf(evidence),
    };
  });
}

function summaryOf({ diagnosis, check }: ReturnType<typeof situationOf>): string {
  const { verdict, path } = diagnosis;
  const [best] = verdict.findings;
  if (verdict.verdict === "healthy")
    return best
      ? "Healthy: both SAs are up; the configurations behind them do not match"
      : `Healthy: both SAs are up and nothing speaks against it${check?.outcome === "fixed" ? ", after the fix" : ""}`;
  if (verdict.verdict === "found" && best) return `${best.title} (${best.certainty})`;
  const stands = path.find(({ answer }) => answer !== true);
  const where = stands === undefined ? "" : `; it stands at ${STAGE_NAMES[stands.stage]}`;
  if (best && verdict.findings.length === 1) return `Not sure yet, perhaps: ${best.title}${where}`;
  if (best) return `Not sure yet: it can be one of ${verdict.findings.length} causes${where}`;
  return `Not known yet${where}`;
}

function linesOf(evidence: readonly Evidence[]): { paste: string; line: number; text: string }[] {
  return evidence.filter(({ text }) => text !== "").map(({ paste, line, text }) => ({ paste, line, text }));
}

function timeOf(stamp: Stamp | undefined): string | null {
  return stamp?.at === undefined ? null : new Date(stamp.at).toISOString();
}
