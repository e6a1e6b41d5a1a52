/** The conditions of knowledge/findings: what they ask of a tunnel, each tried once however many rules share it. */
import type { FindingRule } from "../knowledge/finding-schema.ts";
import type { Answer } from "../tunnel/answer.ts";
import { wasLogged } from "../tunnel/status/attempts.ts";
import type { Tunnel } from "../tunnel/tunnel.ts";

/** One thing that a rule asks: "ike-sa-is-up", "no route-exists", "log own-firewall-blocks-ike x3", "symptom one-way". */
export interface Condition {
  /** Counts from 0, in the order in which they are first met. */
  readonly number: number;
  /** "no ", "log ", "symptom " or "". */
  readonly kind: string;
  readonly name: string;
  readonly times: number;
}

export interface Weighing {
  readonly tunnel: Tunnel;
  /** The answer with which a condition of knowledge/findings holds; undefined where it doesn't. */
  readonly holds: (condition: Condition) => Answer | undefined;
}

/** Findings share their conditions: each is tried once. */
export function weighingOf(tunnel: Tunnel, answer: (question: string) => Answer): Weighing {
  /** By the condition's number; null: it does not hold. */
  const tried = new Array<Answer | null | undefined>(conditions.size);
  const holds = (condition: Condition) => {
    const known = tried[condition.number];
    if (known !== undefined) return known ?? undefined;
    const found = tryCondition(condition, tunnel, answer);
    tried[condition.number] = found ?? null;
    return found;
  };
  return { tunnel, holds };
}

/** Whether a step, a check or an ask is for how things stand. */
export function isInPlace(
  { when, unless }: { readonly when?: string[] | undefined; readonly unless?: string[] | undefined },
  { holds }: Weighing,
): boolean {
  if (when && !conditionsOf(when).every(holds)) return false;
  return !unless || !conditionsOf(unless).some(holds);
}

function tryCondition(
  { kind, name, times }: Condition,
  tunnel: Tunnel,
  answer: (question: string) => Answer,
): Answer | undefined {
  if (kind === "symptom ") return tunnel.known.symptom === name ? { is: true, evidence: [] } : undefined;
  if (kind === "log ") {
    const logged = wasLogged(tunnel, name, times);
    return logged.is === true ? logged : undefined;
  }
  const said = answer(name);
  return said.is === (kind !== "no ") ? said : undefined;
}

const conditions = new Map<string, Condition>();
const conditionsOfRules = new WeakMap<readonly string[], readonly Condition[]>();

/** The conditions of a `when` or an `unless`; the same list gives the same ones. */
export function conditionsOf(when: readonly string[]): readonly Condition[] {
  let known = conditionsOfRules.get(when);
  if (known === undefined) {
    known = when.map(conditionOf);
    conditionsOfRules.set(when, known);
  }
  return known;
}

interface PreparedRule<R> {
  readonly rule: R;
  readonly conditions: readonly Condition[];
}
const preparedLists = new WeakMap<readonly FindingRule[], readonly PreparedRule<FindingRule>[]>();

/** The rules of a list with their conditions: most are tried, and few hold. */
export function prepared<R extends FindingRule>(rules: readonly R[]): readonly PreparedRule<R>[] {
  let known = preparedLists.get(rules);
  if (known === undefined) {
    known = rules.map((rule) => ({ rule, conditions: conditionsOf(rule.when) }));
    preparedLists.set(rules, known);
  }
  return known as readonly PreparedRule<R>[];
}

/** Each is read once: there are some hundred, in knowledge/findings. */
function conditionOf(text: string): Condition {
  const known = conditions.get(text);
  if (known) return known;
  const [, kind = "", name = "", times = "1"] = /^(no |log |symptom )?([a-z0-9-]+)(?: x(\d+))?$/.exec(text) ?? [];
  const condition = { number: conditions.size, kind, name, times: Number(times) };
  conditions.set(text, condition);
  return condition;
}
