import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { getShortestPaths } from "xstate/graph";
import { conclude, restOf, siteToSite, type TreeAnswers, walk } from "../flows/site-to-site.ts";

const UNKNOWN: TreeAnswers = {
  somethingIsKnown: true,
  ikeSaIsUp: undefined,
  ipsecSaIsUp: undefined,
  trafficFlowsBothWays: undefined,
  peerAnswers: undefined,
  packetsPassTheirChecks: undefined,
};
const UP = { ...UNKNOWN, ikeSaIsUp: true, ipsecSaIsUp: true } as const;
const FLOWING = { ...UP, trafficFlowsBothWays: true, peerAnswers: true } as const;

const answer = fc.constantFrom(true, false, undefined);
const answers: fc.Arbitrary<TreeAnswers> = fc.record({
  somethingIsKnown: fc.constant(true),
  ikeSaIsUp: answer,
  ipsecSaIsUp: answer,
  trafficFlowsBothWays: answer,
  peerAnswers: answer,
  packetsPassTheirChecks: answer,
});

describe("the tree", () => {
  it("begins with the symptoms and looks for nothing while nothing is known", () => {
    expect(restOf(walk({ ...UNKNOWN, somethingIsKnown: false })).rests).toBe("symptoms");
  });

  it("asks for the IKE SA first", () => {
    expect(restOf(walk(UNKNOWN))).toMatchObject({ stage: "ike-sa", rests: "asking" });
  });

  it.each<[string, TreeAnswers, string, string]>([
    ["no IKE SA", { ...UNKNOWN, ikeSaIsUp: false }, "noIkeSa", "fault"],
    ["IKE up, IPsec not looked at", { ...UNKNOWN, ikeSaIsUp: true }, "ipsecSa", "asking"],
    ["IKE up, no IPsec SA", { ...UNKNOWN, ikeSaIsUp: true, ipsecSaIsUp: false }, "noIpsecSa", "fault"],
    ["both up, counters not read", UP, "routing", "asking"],
    ["both up, one way only", { ...UP, trafficFlowsBothWays: false }, "trafficMissing", "fault"],
    ["traffic, peer dead", { ...FLOWING, peerAnswers: false }, "peerDead", "fault"],
    ["traffic, checks not read", FLOWING, "replay", "asking"],
    ["traffic, replay drops", { ...FLOWING, packetsPassTheirChecks: false }, "packetsDropped", "fault"],
    ["all well", { ...FLOWING, packetsPassTheirChecks: true }, "healthy", "healthy"],
  ])("%s: rests at the right place", (_, given, name, rests) => {
    expect(restOf(walk(given))).toMatchObject({ name, rests });
  });

  it("never calls a tunnel healthy unless every question was answered with yes", () => {
    fc.assert(
      fc.property(answers, (given) => {
        const allYes = Object.values(given).every((value) => value === true);
        expect(restOf(walk(given)).rests === "healthy").toBe(allYes);
      }),
    );
  });

  it("rests where the first question is open or answered with no, whatever is known further down", () => {
    fc.assert(
      fc.property(answers, (given) => {
        const { somethingIsKnown: _, ...questions } = given;
        const first = Object.values(questions).find((value) => value !== true);
        const expected =
          first === undefined ? (Object.values(questions).includes(undefined) ? "asking" : "healthy") : "fault";
        const firstOpen = Object.values(questions).findIndex((value) => value !== true);
        const open = firstOpen >= 0 && Object.values(questions)[firstOpen] === undefined;
        expect(restOf(walk(given)).rests).toBe(open ? "asking" : expected);
      }),
    );
  });

  it("gives advice when the cause is found, and hands over when nothing is left to ask", () => {
    const state = walk({ ...UNKNOWN, ikeSaIsUp: false });
    expect(restOf(conclude(state, { causeIsFound: true, somethingIsLeftToAsk: true })).rests).toBe("advice");
    expect(restOf(conclude(state, { causeIsFound: false, somethingIsLeftToAsk: false })).rests).toBe("hand-over");
    expect(restOf(conclude(state, { causeIsFound: false, somethingIsLeftToAsk: true })).name).toBe("noIkeSa");
  });

  it("has no state that cannot be reached", () => {
    const someAnswers: TreeAnswers[] = [
      { ...UNKNOWN, ikeSaIsUp: false },
      UNKNOWN,
      { ...UNKNOWN, ikeSaIsUp: true },
      { ...UNKNOWN, ikeSaIsUp: true, ipsecSaIsUp: false },
      UP,
      { ...UP, trafficFlowsBothWays: false },
      { ...UP, trafficFlowsBothWays: true },
      { ...FLOWING, peerAnswers: false },
      FLOWING,
      { ...FLOWING, packetsPassTheirChecks: false },
      { ...FLOWING, packetsPassTheirChecks: true },
    ];
    const paths = getShortestPaths(siteToSite, {
      events: [
        ...someAnswers.map((given) => ({ type: "answers", answers: given }) as const),
        { type: "weighed", weighed: { causeIsFound: true, somethingIsLeftToAsk: true } },
        { type: "weighed", weighed: { causeIsFound: false, somethingIsLeftToAsk: false } },
        { type: "fixTried" },
      ],
      limit: 10_000,
    });
    const reached = new Set(paths.map(({ state }) => String(state.value)));
    expect([...reached].sort()).toEqual(Object.keys(siteToSite.states).sort());
  });
});
