/** The tree's states and steps as they are in the machine, for whoever draws it. Nothing here is written by hand. */
import type { Stage } from "../src/domain/ids.ts";
import { type RestMeta, siteToSite } from "./site-to-site.ts";

export interface OutlineState {
  readonly name: string;
  readonly rests: RestMeta["rests"];
  readonly stage?: Stage | undefined;
}

export interface OutlineStep {
  readonly from: string;
  readonly to: string;
  /** The name of the guard that lets it through; "" where there is none. */
  readonly when: string;
}

export interface Outline {
  readonly start: string;
  readonly states: readonly OutlineState[];
  /** Steps that are taken as soon as their guard holds. */
  readonly steps: readonly OutlineStep[];
  /** Steps that can be taken wherever the tree rests. */
  readonly fromAnywhere: readonly Omit<OutlineStep, "from">[];
}

/** Read off the machine `siteToSite`. */
export function outline(): Outline {
  const { root } = siteToSite;
  const states = Object.values(root.states);
  const start = root.initial.target[0]?.key ?? "";
  return {
    start,
    states: states.map(({ key, meta }) => ({ name: key, rests: meta?.rests ?? "symptoms", stage: meta?.stage })),
    steps: states.flatMap((state) => (state.always ?? []).flatMap((step) => stepsOf(state.key, step))),
    fromAnywhere: [...root.transitions.values()]
      .flat()
      .flatMap((step) => stepsOf("", step))
      .filter(({ to }) => to !== start)
      .map(({ to, when }) => ({ to, when })),
  };
}

function stepsOf(
  from: string,
  { target, guard }: { readonly target: readonly { readonly key: string }[] | undefined; readonly guard?: unknown },
): OutlineStep[] {
  return (target ?? []).map(({ key }) => ({ from, to: key, when: typeof guard === "string" ? guard : "" }));
}

/** The states from the top to `name`, both included; empty where no steps lead there. The tree is one: there is one way. */
export function wayTo(name: string, { start, steps }: Outline): string[] {
  const way = [name];
  for (let at = name; at !== start; ) {
    const step = steps.find(({ to }) => to === at);
    if (!step || way.includes(step.from)) return [];
    at = step.from;
    way.unshift(at);
  }
  return way;
}
