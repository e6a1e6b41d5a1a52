import { expect, it } from "vitest";
import { type CaseEvent, knownFrom } from "../src/case/events.ts";
import type { ReadPaste } from "../src/domain/output.ts";

function paste(name: string, text = name): ReadPaste {
  return { name, outputs: [], lines: [{ number: 1, text }], secretsRemoved: 0 };
}
const pasted = (name: string): CaseEvent => ({ type: "pasted", paste: paste(name), message: name });
const texts = (...events: CaseEvent[]) => knownFrom(events).pastes.map((one) => one.paste.lines[0]?.text);

it("an edited message's paste stands where the first one stood", () => {
  const anew: CaseEvent = { type: "pasted-anew", paste: paste("paste 1", "edited") };
  expect(texts(pasted("paste 1"), pasted("paste 2"), anew)).toEqual(["edited", "paste 2"]);
  expect(texts(pasted("paste 1"), anew, { type: "undone" })).toEqual(["paste 1"]);
});

it("a deleted message's paste is gone, also when it was edited before", () => {
  const anew: CaseEvent = { type: "pasted-anew", paste: paste("paste 1", "edited") };
  expect(texts(pasted("paste 1"), pasted("paste 2"), anew, { type: "forgotten", paste: "paste 1" })).toEqual([
    "paste 2",
  ]);
});

it("a case replays alike whether the deleted paste was erased from the store or not", () => {
  const forgotten: CaseEvent = { type: "forgotten", paste: "paste 2" };
  const kept = [pasted("paste 1"), pasted("paste 2"), forgotten, { type: "undone" } as const];
  const erased = [pasted("paste 1"), forgotten, forgotten, { type: "undone" } as const];
  expect(texts(...kept)).toEqual([]);
  expect(texts(...erased)).toEqual([]);
  expect(texts(...kept, pasted("paste 3"))).toEqual(["paste 3"]);
});
