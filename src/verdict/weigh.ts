/** Weighs the findings of a stage: what speaks for each, what against, and how sure that makes us. */
import { type Side, stageIndex } from "../domain/ids.ts";
import type { Certainty, Difference, Evidence } from "../domain/verdict.ts";
import type { FindingRule, KnownFault } from "../knowledge/finding-schema.ts";
import { otherSide } from "../tunnel/tunnel.ts";
import { type Condition, conditionsOf, isInPlace, prepared, type Weighing } from "./conditions.ts";
import { type Doubt, doubtOf } from "./doubt.ts";
import type { FailedFix } from "./failed-fixes.ts";

/** Strong and weak rules add up; a finding is likely from here on. One strong rule is enough, five weak ones are. */
const LIKELY = 10;
const POINTS = { confirms: 100, strong: 10, weak: 2 } as const;
const COUNTER_POINTS = { excludes: 0, strong: 8, weak: 2 } as const;

export interface WeighedFinding {
  readonly finding: KnownFault;
  /** undefined: nothing speaks for it. */
  readonly certainty: Certainty | undefined;
  readonly score: number;
  readonly excluded: boolean;
  readonly side: Side | "both" | null;
  readonly evidence: readonly Evidence[];
  readonly against: readonly Evidence[];
  readonly differs: readonly Difference[];
  /** What would tell it from its look-alikes as things stand. */
  readonly settle: KnownFault["settle"];
  /** What alone keeps it from being sure. */
  readonly heldDown?: Doubt | undefined;
}

/**
 * @param failed its fix was tried and did not help: strong counter evidence, unless something sure that was read since
 *   shows the fault again (then the fix did not take, and weighs little)
 */
export function weigh(finding: KnownFault, weighing: Weighing, failed?: FailedFix): WeighedFinding {
  let heldDown: Doubt | undefined;
  const hits = met(finding.for, weighing, POINTS).map((hit) => {
    const doubt = hit.weight === "confirms" ? doubtOf(finding.id, hit.evidence, weighing.tunnel) : undefined;
    heldDown ??= doubt;
    return doubt === undefined ? hit : { ...hit, weight: "strong" as const, points: POINTS.strong };
  });
  // Where nothing speaks for it, what speaks against it matters only if that rules it out.
  if (hits.length === 0 && !isExcluded(finding, weighing)) return nothingFor(finding);
  const counter = met(finding.against, weighing, COUNTER_POINTS);
  if (failed !== undefined) {
    const isShownAgain = hits.some(({ evidence, points }) => points >= POINTS.strong && evidence.some(failed.isSince));
    const weight = isShownAgain ? "weak" : "strong";
    counter.push({
      evidence: [...failed.evidence],
      differs: undefined,
      side: undefined,
      points: COUNTER_POINTS[weight],
      weight,
    });
  }
  const excluded = counter.some(({ weight }) => weight === "excludes");
  const score = sum(hits) - sum(counter);
  const doubted = counter.some(({ weight }) => weight === "strong");
  const confirmed = hits.some(({ weight }) => weight === "confirms") && !doubted;
  const best = hits.toSorted((a, b) => b.points - a.points);
  return {
    finding,
    certainty: excluded || hits.length === 0 ? undefined : certaintyOf(confirmed, score),
    score,
    excluded,
    side: best.find(({ side }) => side !== undefined)?.side ?? finding.blames ?? null,
    evidence: distinct(best.flatMap(({ evidence }) => evidence)),
    against: distinct(counter.flatMap(({ evidence }) => evidence)),
    differs: best.find(({ differs }) => differs && differs.length > 0)?.differs ?? [],
    settle: finding.settle.filter((wish) => isInPlace(wish, weighing)),
    heldDown: confirmed || doubted ? undefined : heldDown,
  };
}

/** A finding that is weighed when it comes into play, or when somebody asks what was ruled out. */
export class OnTrial {
  readonly finding: KnownFault;
  readonly #weighing: Weighing;
  readonly #failed: FailedFix | undefined;
  #weighed: WeighedFinding | undefined;

  constructor(finding: KnownFault, weighing: Weighing, failed: FailedFix | undefined) {
    this.finding = finding;
    this.#weighing = weighing;
    this.#failed = failed;
  }

  get weighed(): WeighedFinding {
    this.#weighed ??= weigh(this.finding, this.#weighing, this.#failed);
    return this.#weighed;
  }
}

type Met<W> = NonNullable<ReturnType<typeof meets>> & { readonly weight: W; readonly points: number };

/** The rules whose conditions hold; most don't. */
function met<W extends string>(
  rules: readonly (FindingRule & { readonly weight: W })[],
  weighing: Weighing,
  points: Readonly<Record<W, number>>,
): Met<W>[] {
  const found: Met<W>[] = [];
  for (const { rule, conditions } of prepared(rules)) {
    const how = metAs(rule, conditions, weighing);
    if (how) found.push({ ...how, weight: rule.weight, points: points[rule.weight] });
  }
  return found;
}

function isExcluded({ against }: KnownFault, { holds }: Weighing): boolean {
  return prepared(against).some(({ rule, conditions }) => rule.weight === "excludes" && conditions.every(holds));
}

function nothingFor(finding: KnownFault): WeighedFinding {
  return {
    finding,
    certainty: undefined,
    score: 0,
    excluded: false,
    side: finding.blames ?? null,
    evidence: NONE,
    against: NONE,
    differs: NONE,
    settle: finding.settle,
  };
}

const NONE: readonly never[] = [];

function certaintyOf(confirmed: boolean, score: number): Certainty | undefined {
  if (confirmed) return "confirmed";
  if (score >= LIKELY) return "likely";
  return score > 0 ? "possible" : undefined;
}

/** Best first: by certainty, then by the stage at which the tree meets it, then by what speaks for it, then by how common it is. */
export function byCertainty(one: WeighedFinding, other: WeighedFinding): number {
  const rank = ({ certainty }: WeighedFinding) => ["confirmed", "likely", "possible"].indexOf(certainty ?? "possible");
  return (
    rank(one) - rank(other) ||
    (one.certainty === "confirmed" ? stageIndex(one.finding.stage) - stageIndex(other.finding.stage) : 0) ||
    other.score - one.score ||
    other.finding.prior - one.finding.prior
  );
}

/** Whether all conditions of a rule hold, with their lines. */
export function meets(rule: FindingRule, weighing: Weighing) {
  return metAs(rule, conditionsOf(rule.when), weighing);
}

function metAs(rule: FindingRule, conditions: readonly Condition[], { holds }: Weighing) {
  for (const condition of conditions) if (!holds(condition)) return undefined;
  const answers = conditions.flatMap((condition) => holds(condition) ?? []);
  const here = answers.find(({ side }) => side !== undefined)?.side;
  return {
    evidence: answers.flatMap(({ evidence }) => evidence),
    differs: answers.find(({ differs }) => differs !== undefined)?.differs,
    side: blamed(rule.blames, here),
  };
}

function blamed(blames: FindingRule["blames"], here: Side | "both" | undefined): Side | "both" | undefined {
  if (blames === "both") return "both";
  if (blames === "there" && here !== undefined && here !== "both") return otherSide(here);
  return here;
}

function sum(items: readonly { readonly points: number }[]): number {
  return items.reduce((total, { points }) => total + points, 0);
}

function distinct(evidence: readonly Evidence[]): Evidence[] {
  const seen = new Set<string>();
  return evidence.filter(({ paste, line, text }) => {
    const key = `${paste}:${line}`;
    if (text === "" || seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
