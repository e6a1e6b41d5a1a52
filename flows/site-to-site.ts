/**
 * The tree for a site-to-site tunnel, as the article walks it. It knows names only: what a question means is in
 * src/tunnel, what is said about it in knowledge/. Any new reading walks it again from the top; it rests where a
 * question is not known yet, where a fault was met, or where nothing is wrong.
 */
import { assign, initialTransition, setup, transition } from "xstate";
import type { Stage } from "../src/domain/ids.ts";

/** Answers to the tree's questions; undefined is "not known yet". */
export interface TreeAnswers {
  readonly somethingIsKnown: boolean;
  readonly ikeSaIsUp: boolean | undefined;
  readonly ipsecSaIsUp: boolean | undefined;
  readonly trafficFlowsBothWays: boolean | undefined;
  readonly peerAnswers: boolean | undefined;
  readonly packetsPassTheirChecks: boolean | undefined;
}

/** What weighing the findings of the stage came to. */
export interface Weighed {
  readonly causeIsFound: boolean;
  readonly somethingIsLeftToAsk: boolean;
}

type TreeEvent =
  | { readonly type: "answers"; readonly answers: TreeAnswers }
  | { readonly type: "weighed"; readonly weighed: Weighed }
  | { readonly type: "fixTried" };

export interface RestMeta {
  /** The stage whose findings are in play. */
  readonly stage?: Stage;
  /** Whether the stage's question is still open, or was answered with "no". */
  readonly rests: "asking" | "fault" | "advice" | "verification" | "healthy" | "hand-over" | "symptoms";
}

/** Nothing was asked, or nothing is known. */
export const NO_ANSWERS: TreeAnswers = {
  somethingIsKnown: false,
  ikeSaIsUp: undefined,
  ipsecSaIsUp: undefined,
  trafficFlowsBothWays: undefined,
  peerAnswers: undefined,
  packetsPassTheirChecks: undefined,
};

export const siteToSite = setup({
  types: {
    context: {} as { answers: TreeAnswers },
    events: {} as TreeEvent,
    meta: {} as RestMeta,
  },
  guards: {
    somethingIsKnown: ({ context }) => context.answers.somethingIsKnown,
    ikeSaIsUp: ({ context }) => context.answers.ikeSaIsUp === true,
    ikeSaIsDown: ({ context }) => context.answers.ikeSaIsUp === false,
    ipsecSaIsUp: ({ context }) => context.answers.ipsecSaIsUp === true,
    ipsecSaIsDown: ({ context }) => context.answers.ipsecSaIsUp === false,
    trafficFlowsBothWays: ({ context }) => context.answers.trafficFlowsBothWays === true,
    trafficIsMissing: ({ context }) => context.answers.trafficFlowsBothWays === false,
    peerAnswers: ({ context }) => context.answers.peerAnswers === true,
    peerIsDead: ({ context }) => context.answers.peerAnswers === false,
    packetsPassTheirChecks: ({ context }) => context.answers.packetsPassTheirChecks === true,
    packetsFailTheirChecks: ({ context }) => context.answers.packetsPassTheirChecks === false,
    causeIsFound: ({ event }) => event.type === "weighed" && event.weighed.causeIsFound,
    nothingIsLeftToAsk: ({ event }) => event.type === "weighed" && !event.weighed.somethingIsLeftToAsk,
  },
  actions: {
    learn: assign(({ context, event }) => (event.type === "answers" ? { answers: event.answers } : context)),
  },
}).createMachine({
  id: "siteToSite",
  context: { answers: NO_ANSWERS },
  initial: "symptoms",
  on: {
    answers: { target: ".symptoms", actions: "learn" },
    weighed: [
      { guard: "causeIsFound", target: ".advice" },
      { guard: "nothingIsLeftToAsk", target: ".handOver" },
    ],
    fixTried: ".verification",
  },
  states: {
    symptoms: {
      meta: { rests: "symptoms" },
      always: { guard: "somethingIsKnown", target: "ikeSa" },
    },
    ikeSa: {
      meta: { stage: "ike-sa", rests: "asking" },
      always: [
        { guard: "ikeSaIsUp", target: "ipsecSa" },
        { guard: "ikeSaIsDown", target: "noIkeSa" },
      ],
    },
    noIkeSa: { meta: { stage: "ike-sa", rests: "fault" } },
    ipsecSa: {
      meta: { stage: "ipsec-sa", rests: "asking" },
      always: [
        { guard: "ipsecSaIsUp", target: "routing" },
        { guard: "ipsecSaIsDown", target: "noIpsecSa" },
      ],
    },
    noIpsecSa: { meta: { stage: "ipsec-sa", rests: "fault" } },
    routing: {
      meta: { stage: "routing", rests: "asking" },
      always: [
        { guard: "trafficFlowsBothWays", target: "deadPeer" },
        { guard: "trafficIsMissing", target: "trafficMissing" },
      ],
    },
    trafficMissing: { meta: { stage: "routing", rests: "fault" } },
    deadPeer: {
      meta: { stage: "dead-peer", rests: "asking" },
      always: [
        { guard: "peerAnswers", target: "replay" },
        { guard: "peerIsDead", target: "peerDead" },
      ],
    },
    peerDead: { meta: { stage: "dead-peer", rests: "fault" } },
    replay: {
      meta: { stage: "replay", rests: "asking" },
      always: [
        { guard: "packetsPassTheirChecks", target: "healthy" },
        { guard: "packetsFailTheirChecks", target: "packetsDropped" },
      ],
    },
    packetsDropped: { meta: { stage: "replay", rests: "fault" } },
    healthy: { meta: { rests: "healthy" } },
    advice: { meta: { rests: "advice" } },
    verification: { meta: { rests: "verification" } },
    handOver: { meta: { rests: "hand-over" } },
  },
});

type TreeState = ReturnType<typeof walk>;

const walked = new Map<string, ReturnType<typeof walkOnce>>();

/** Walks the tree from the top with what is known now; each of the few hundred sets of answers is walked once. */
export function walk(answers: TreeAnswers) {
  const key = Object.keys(NO_ANSWERS)
    .map((name) => answers[name as keyof TreeAnswers])
    .join();
  const state = walked.get(key) ?? walkOnce(answers);
  walked.set(key, state);
  return state;
}

function walkOnce(answers: TreeAnswers) {
  const [start] = initialTransition(siteToSite);
  const [state] = transition(siteToSite, start, { type: "answers", answers });
  return state;
}

const concluded = new WeakMap<TreeState, Map<string, TreeState>>();

/** Moves on with what weighing the findings came to; from each state of a walk there are four ways. */
export function conclude(state: TreeState, weighed: Weighed): TreeState {
  const known = concluded.get(state) ?? new Map<string, TreeState>();
  concluded.set(state, known);
  const key = `${weighed.causeIsFound} ${weighed.somethingIsLeftToAsk}`;
  const next = known.get(key) ?? transition(siteToSite, state, { type: "weighed", weighed })[0];
  known.set(key, next);
  return next;
}

/** Where the tree rests. */
export function restOf(state: TreeState): { readonly name: string } & RestMeta {
  const [meta] = Object.values(state.getMeta());
  return { name: String(state.value), ...(meta ?? { rests: "symptoms" as const }) };
}
