import fc from "fast-check";
import { expect, it } from "vitest";
import { type Case, situationOf } from "../src/case/case.ts";
import type { CaseEvent } from "../src/case/events.ts";
import { PLATFORM_IDS, SIDES, SYMPTOM_IDS } from "../src/domain/ids.ts";
import { loadKnowledge } from "../src/knowledge/load.ts";
import { readPaste } from "../src/paste/read.ts";
import { createSecretTagger } from "../src/paste/redact.ts";
import { nextStep } from "../src/speech/next-step.ts";
import { VENDORS } from "../src/vendors/index.ts";

const knowledge = await loadKnowledge();
const paste = readPaste("paste 1", "HUB#show crypto isakmp sa\nIPv4 Crypto ISAKMP SA\nHUB#", {
  vendors: VENDORS,
  signatures: knowledge.signatures,
  tagger: createSecretTagger(),
});
const side = fc.constantFrom(...SIDES);
const event: fc.Arbitrary<CaseEvent> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ type: fc.constant("symptom-said"), symptom: fc.constantFrom(...SYMPTOM_IDS) }) },
  {
    weight: 6,
    arbitrary: fc.record({
      type: fc.constant("platform-said"),
      side,
      platform: fc.constantFrom("unknown", ...PLATFORM_IDS.slice(0, 3)),
    }),
  },
  fc.constant<CaseEvent>({ type: "undone" }),
  fc.constant<CaseEvent>({ type: "started-over" }),
  fc.constant<CaseEvent>({ type: "peer-said", address: "198.51.100.7" }),
  fc.record({ type: fc.constant("cannot-run"), side, command: fc.constantFrom("*", "show crypto isakmp sa") }),
  fc.constant<CaseEvent>({ type: "fix-tried", finding: "ike-psk-mismatch" }),
  fc.constant<CaseEvent>({ type: "pasted", paste }),
  fc.constant<CaseEvent>({ type: "forgotten", paste: "paste 1" }),
);

/** All that is told of a case as it stands. */
function told(one: Case, from = knowledge) {
  const situation = situationOf(one, from);
  const { verdict, path, rested, ends, titles, tunnel } = situation.diagnosis;
  const { lastPaste, waiting, fixTried, check } = situation;
  return {
    verdict: JSON.stringify(verdict),
    asked: JSON.stringify(nextStep(situation)),
    known: tunnel.known,
    rest: { path, rested, ends, titles, lastPaste, waiting, fixTried, check },
  };
}

it("how a case begins is worked out once for all cases, and says of each what it says when worked out for it alone", () => {
  fc.assert(
    fc.property(fc.array(event, { maxLength: 6 }), (events) => {
      // What is remembered is remembered for one knowledge: with a copy of it, nothing is.
      expect(told({ events })).toEqual(told({ events }, { ...knowledge }));
    }),
    { numRuns: 200 },
  );
});

it("the same beginning is worked out once", () => {
  const begun = (at: number): Case => ({ events: [{ type: "symptom-said", symptom: "one-way", at }] });
  expect(situationOf(begun(1), knowledge)).toBe(situationOf(begun(2), knowledge));
});
