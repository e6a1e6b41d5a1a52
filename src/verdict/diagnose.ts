/** From what a case knows to the verdict: walk the tree, weigh the findings of where it rests, say what to ask next. */
import { conclude, NO_ANSWERS, restOf, type TreeAnswers, walk } from "../../flows/site-to-site.ts";
import type { FlowChange } from "../domain/change.ts";
import type { ComparedRow } from "../domain/comparison.ts";
import { type RootCauseId, type Side, STAGES, type Stage, stageIndex } from "../domain/ids.ts";
import type { NamedEnds } from "../domain/named-ends.ts";
import type { ReadOutput } from "../domain/output.ts";
import type { Ask, Finding, PasteReport, Verdict } from "../domain/verdict.ts";
import type { AskEntry, KnownFault } from "../knowledge/finding-schema.ts";
import type { Answer } from "../tunnel/answer.ts";
import { changesOf } from "../tunnel/changes.ts";
import { compareEnds } from "../tunnel/compare/table.ts";
import type { Known } from "../tunnel/known.ts";
import { ofOneTunnel } from "../tunnel/one-tunnel.ts";
import { answering as answeringFor } from "../tunnel/questions.ts";
import { packetsPassTheirChecks } from "../tunnel/status/integrity.ts";
import { peerAnswers } from "../tunnel/status/liveness.ts";
import { type Tunnel, viewTunnel } from "../tunnel/tunnel.ts";
import type { EndView } from "../tunnel/view.ts";
import { advise } from "./advise.ts";
import { chooseAsks } from "./asks.ts";
import { type Weighing, weighingOf } from "./conditions.ts";
import { inWordsOf } from "./doubt.ts";
import { failedFixes, type PathStep } from "./failed-fixes.ts";
import { findingsOfTheNextRekey } from "./next-rekey.ts";
import { asksApart, endsApart, pointElsewhere } from "./not-of-one-tunnel.ts";
import { reasonOf, titleOf } from "./sayings.ts";
import { STAGE_ASKS } from "./stage-asks.ts";
import { byCertainty, OnTrial, type WeighedFinding } from "./weigh.ts";
import { asksForEachPeer } from "./which-peer.ts";
import { whatWouldTell } from "./would-tell.ts";

export interface Knowledge {
  readonly findings: readonly KnownFault[];
  readonly asks: ReadonlyMap<string, AskEntry>;
}

/** What was concluded, for people: the verdict, and the way to it. */
export interface Diagnosis {
  readonly verdict: Verdict;
  readonly tunnel: Tunnel;
  /** How to call the two ends. */
  readonly ends: NamedEnds;
  /** The title of every root cause we know, by its id. */
  readonly titles: ReadonlyMap<string, string>;
  /** That the second device is another tunnel's, and left out; undefined where it is not. */
  readonly leftOut: string | undefined;
  /** Where the tree rests. */
  readonly rest: ReturnType<typeof restOf>;
  /** The state that the walk came to, before the findings were weighed. */
  readonly rested: string;
  /** The tree's questions in order, with their answers. */
  readonly path: readonly PathStep[];
  /** What the counters did from reading to reading, oldest first; worked out when asked for. */
  readonly changes: () => readonly FlowChange[];
  /** What would tell one of the findings from the others, the cheapest look first; worked out when asked for. */
  readonly wouldTell: (id: RootCauseId) => Ask | undefined;
  /** Both ends side by side, for people; worked out when asked for. */
  readonly comparison: () => readonly ComparedRow[];
}

export function diagnose(known: Known, knowledge: Knowledge): Diagnosis {
  const shown = viewTunnel(known);
  const tunnel = ofOneTunnel(shown);
  const answer = answeringFor(tunnel);
  const weighing = weighingOf(tunnel, answer);
  // What was read of several tunnels says nothing about any one of them.
  const isUndecided = tunnel.focus.inTrouble.length > 1;
  const elsewhere = isUndecided ? undefined : pointElsewhere(shown, tunnel !== shown);
  const path = isUndecided ? [] : pathOf(tunnel, answer);
  const failed = failedFixes(tunnel, path, knowledge.findings);
  const all = isUndecided
    ? []
    : knowledge.findings.map((finding) => new OnTrial(finding, weighing, failed.get(finding.id)));
  const answers = isUndecided ? { ...NO_ANSWERS, somethingIsKnown: true } : answersOf(tunnel, path);
  const state = walkHeeding(answers, all);
  const rest = restOf(state);
  const open = rest.rests === "healthy" ? [] : inPlay(all, rest.stage);
  const cause = rest.rests === "healthy" ? undefined : causeAmong(open, rest);
  const isSure = rest.rests === "healthy" || cause?.certainty === "confirmed";
  const asks = isUndecided
    ? asksForEachPeer(tunnel, knowledge.asks)
    : isSure
      ? []
      : elsewhere
        ? asksApart(tunnel, elsewhere, nextAsks(tunnel, rest, open, knowledge), knowledge.asks)
        : nextAsks(tunnel, rest, open, knowledge);
  // Beside what is sure, what is merely possible only distracts.
  const told = isSure ? open.filter(({ certainty }) => certainty !== "possible") : open;
  const final = conclude(state, { causeIsFound: cause !== undefined, somethingIsLeftToAsk: asks.length > 0 });
  const findings =
    rest.rests === "healthy"
      ? findingsOfTheNextRekey(tunnel, knowledge.findings, toFinding)
      : told.map((item) => toFinding(item, weighing));
  const listed = new Set(findings.map(({ id }) => id));
  // What was pasted before a fix was put in no longer tells of the next rekey.
  const mended = new Set(rest.rests === "healthy" ? known.tried?.map(({ finding }) => finding) : []);
  const verdict: Verdict = {
    schema: 1,
    verdict: rest.rests === "healthy" ? "healthy" : cause ? "found" : "need-more",
    findings: mended.size === 0 ? findings : findings.filter(({ id }) => !mended.has(id)),
    get ruledOut() {
      return all
        .map((item) => item.weighed)
        .filter(({ finding, excluded, against }) => excluded && against.length > 0 && !listed.has(finding.id))
        .map(({ finding, against }) => ({ id: finding.id, evidence: against }));
    },
    asks,
    pastes: known.pastes.map(({ paste }) => reportPaste(tunnel, paste.name, tunnel !== shown)),
    secretsRemoved: known.pastes.reduce((sum, { paste }) => sum + paste.secretsRemoved, 0),
  };
  let titles: Diagnosis["titles"] | undefined;
  return {
    verdict,
    tunnel,
    ends: elsewhere ? endsApart(shown, elsewhere) : { local: named(tunnel.local), remote: named(tunnel.remote) },
    wouldTell: (id) =>
      whatWouldTell(
        tunnel,
        open.find(({ finding }) => finding.id === id),
        knowledge.asks,
      ),
    comparison: () => (isUndecided || elsewhere ? [] : compareEnds(tunnel)),
    get titles() {
      titles ??= new Map(knowledge.findings.map((finding) => [finding.id, titleOf(finding, tunnel)]));
      return titles;
    },
    leftOut: tunnel === shown ? undefined : elsewhere?.why,
    rest: rest.rests === "healthy" ? rest : restOf(final),
    rested: rest.name,
    path: STAGES.map(
      (stage) => path.find((step) => step.stage === stage) ?? { stage, answer: undefined, evidence: [] },
    ),
    changes: () => (isUndecided ? [] : changesOf(tunnel)),
  };
}

/** The tree's questions in order, with their answers. */
function pathOf(tunnel: Tunnel, answer: (question: string) => Answer): PathStep[] {
  const step = (stage: Stage, { is, evidence }: Answer): PathStep => ({ stage, answer: is, evidence });
  return [
    step("ike-sa", answer("ike-sa-is-up")),
    step("ipsec-sa", answer("ipsec-sa-is-up")),
    step("routing", answer("traffic-flows-both-ways")),
    step("dead-peer", peerAnswers(tunnel)),
    step("replay", packetsPassTheirChecks(tunnel)),
  ];
}

function answersOf(tunnel: Tunnel, path: readonly PathStep[]): TreeAnswers {
  const is = (stage: Stage) => path.find((step) => step.stage === stage)?.answer;
  return {
    somethingIsKnown: tunnel.local.seen || tunnel.remote.seen,
    ikeSaIsUp: is("ike-sa"),
    ipsecSaIsUp: is("ipsec-sa"),
    trafficFlowsBothWays: is("routing"),
    peerAnswers: is("dead-peer"),
    packetsPassTheirChecks: is("replay"),
  };
}

function named({ host, own, platform }: EndView): NamedEnds[Side] {
  return { host, own, platform };
}

/** Counters can look well where something else shows a fault of the data path: a tunnel with a confirmed one is not healthy. */
function walkHeeding(answers: TreeAnswers, all: readonly OnTrial[]): ReturnType<typeof walk> {
  const state = walk(answers);
  if (restOf(state).rests !== "healthy") return state;
  const [fault] = all
    .filter(({ finding }) => DATA_QUESTIONS[finding.stage] !== undefined)
    .map(({ weighed }) => weighed)
    .filter(({ certainty }) => certainty === "confirmed")
    .sort(byCertainty);
  const question = fault && DATA_QUESTIONS[fault.finding.stage];
  return question === undefined ? state : walk({ ...answers, [question]: false });
}

/** The question that a fault of a stage answers with "no"; the SAs of a healthy tunnel are up, whatever configurations say. */
const DATA_QUESTIONS: Partial<Readonly<Record<Stage, keyof TreeAnswers>>> = {
  routing: "trafficFlowsBothWays",
  "dead-peer": "peerAnswers",
  replay: "packetsPassTheirChecks",
};

/** What may be the cause, best first; of what is only possible no more than a person would look into. */
function inPlay(all: readonly OnTrial[], stage: Stage | undefined): WeighedFinding[] {
  const open = all
    .filter(({ finding }) => isInPlay(finding, stage))
    .map(({ weighed }) => weighed)
    .filter(({ certainty }) => certainty !== undefined)
    .sort(byCertainty);
  const sure = open.filter(({ certainty }) => certainty !== "possible");
  return [...sure, ...open.slice(sure.length, sure.length + MOST_POSSIBLE)];
}

const MOST_POSSIBLE = 6;

/** A finding is in play from its stage upwards: a missing IKE SA can be a fault of phase 2 (trap T1), not the reverse. */
function isInPlay(finding: KnownFault, stage: Stage | undefined): boolean {
  return stage === undefined || stageIndex(finding.stage) >= stageIndex(stage) || finding.alsoAt.includes(stage);
}

/** The cause: sure, or likely without a rival as good. While a SA's very state is unknown, only a sure one counts. */
function causeAmong(open: readonly WeighedFinding[], rest: ReturnType<typeof restOf>): WeighedFinding | undefined {
  const [best, rival] = open;
  if (best?.certainty === "confirmed") return best;
  if (best?.certainty !== "likely") return undefined;
  if (rest.rests === "asking" && (rest.stage === "ike-sa" || rest.stage === "ipsec-sa")) return undefined;
  return rival && rival.score >= best.score ? undefined : best;
}

function nextAsks(
  tunnel: Tunnel,
  rest: ReturnType<typeof restOf>,
  open: readonly WeighedFinding[],
  knowledge: Knowledge,
): Ask[] {
  const { first, last } = STAGE_ASKS[rest.stage ?? "ike-sa"];
  return chooseAsks(tunnel, { first: rest.rests === "fault" ? [] : first, last }, open, knowledge.asks);
}

/** Its fix and its checks are worked out when somebody asks: of most findings a reply tells no more than the title. */
function toFinding(item: WeighedFinding, weighing: Weighing, preface = ""): Finding {
  const { finding, certainty = "possible", side, differs, evidence, against } = item;
  let advice: ReturnType<typeof advise> | undefined;
  const { tunnel } = weighing;
  const advised = () => (advice ??= advise(item, weighing));
  return {
    id: finding.id,
    title: titleOf(finding, tunnel),
    why: [preface, reasonOf(finding, tunnel), inWordsOf(item.heldDown)].join(""),
    certainty,
    side,
    differs,
    evidence,
    against,
    get fix() {
      return advised().fix;
    },
    get verify() {
      return advised().verify;
    },
    sources: finding.sources,
  };
}

function reportPaste(tunnel: Tunnel, name: string, isFarLeftOut: boolean): PasteReport {
  const given = tunnel.known.pastes.find(({ paste }) => paste.name === name);
  const outputs = given?.paste.outputs ?? [];
  const sides = new Set(outputs.map((output) => tunnel.ends.sideOf.get(output)));
  const [side] = sides;
  // It is from neither end.
  const isLeftOut = isFarLeftOut && side === "remote" && given?.saidSide === undefined;
  return {
    name,
    side: given?.saidSide ?? (sides.size === 1 && !isLeftOut ? (side ?? null) : null),
    outputs: outputs.map((output) => ({
      platform: platformOf(tunnel, output),
      command: output.command,
      firstLine: output.firstLine,
      lastLine: output.lastLine,
      unread: output.unread.map(({ text }) => text),
    })),
  };
}

/** What several platforms print alike is of the one that its end has shown itself to be. */
function platformOf(tunnel: Tunnel, output: ReadOutput): ReadOutput["platform"] {
  const side = tunnel.ends.sideOf.get(output);
  const own = side && tunnel[side].platform;
  return own !== undefined && own !== "unknown" && output.alsoOf?.includes(own) === true ? own : output.platform;
}
