import { describe, expect, it } from "vitest";
import { PLATFORM_IDS } from "../src/domain/ids.ts";
import { readFindings } from "../src/knowledge/read.ts";
import { readCases } from "./accuracy/case.ts";
import { judge, run } from "./accuracy/judge.ts";
import { notShownBy } from "./accuracy/not-shown.ts";
import { countsOf, tableOf } from "./accuracy/table.ts";

const judged = readCases().map(judge);

describe("labelled cases", () => {
  it.each(judged.map((one) => [`${one.item.about}: ${one.item.name}`, one] as const))("%s", (_, { faults }) => {
    expect(faults).toEqual([]);
  });

  it("has every name once within its file", () => {
    const names = judged.map(({ item }) => `${item.about}: ${item.name}`);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  it("confirms nothing wrongly", () => {
    expect(judged.filter(({ wrongConfirmed }) => wrongConfirmed).map(({ item }) => item.name)).toEqual([]);
  });

  it("has a table with a line of totals", () => {
    expect(tableOf(judged).split("\n").at(-1)).toMatch(new RegExp(`^all +${judged.length} +${judged.length} `));
  });
});

describe("asking on", () => {
  const open = judged.filter(({ diagnosis }) => diagnosis.verdict.verdict === "need-more");

  it.each(open.map((one) => [`${one.item.about}: ${one.item.name}`, one] as const))(
    "%s: every ask that is refused is not asked again, and in the end there is none",
    (_, { item }) => {
      const cannot = [...item.cannot];
      const seen = new Set<string>();
      for (let turn = 0; turn < 40; turn += 1) {
        const { verdict } = run({ ...item, cannot });
        expect(verdict.verdict).toBe("need-more");
        const [ask] = verdict.asks;
        if (!ask) return;
        const name = `${ask.side} ${ask.command}`;
        expect(seen.has(name)).toBe(false);
        seen.add(name);
        cannot.push({ side: ask.side, command: ask.command });
      }
      expect.fail("asks go on for ever");
    },
  );

  it("always has something to ask unless all of it was refused", () => {
    const silent = open.filter(
      ({ item, diagnosis }) => item.cannot.length === 0 && diagnosis.verdict.asks.length === 0,
    );
    expect(silent.map(({ item }) => item.name)).toEqual([]);
  });
});

describe("whatever is pasted in whatever order", () => {
  it.each(judged.map((one) => [`${one.item.about}: ${one.item.name}`, one] as const))(
    "%s: the ends swapped give the mirrored verdict",
    (_, { item, diagnosis }) => {
      const areSaid = item.pastes.length > 0 && item.pastes.every(({ end }) => end !== undefined);
      if (!areSaid || item.peer !== undefined || item.cannot.length > 0) return;
      const swap = (end: "local" | "remote" | undefined) =>
        end === "local" ? "remote" : end === "remote" ? "local" : end;
      const { verdict } = run({ ...item, pastes: item.pastes.map((paste) => ({ ...paste, end: swap(paste.end) })) });
      const mine = diagnosis.verdict.findings.filter(({ certainty }) => certainty === "confirmed").map(({ id }) => id);
      const theirs = verdict.findings.filter(({ certainty }) => certainty === "confirmed").map(({ id }) => id);
      // What only one end can be said to be (the far side of somebody) has no mirror.
      const oneSided = ["routing-far-side"];
      expect(theirs.filter((id) => !oneSided.includes(id)).sort()).toEqual(
        mine.filter((id) => !oneSided.includes(id)).sort(),
      );
    },
  );
});

describe("the labels", () => {
  it("cover every finding at least three times", () => {
    const counts = new Map<string, number>();
    for (const { item } of judged)
      for (const id of new Set([item.expect.id, ...item.expect.also]))
        if (id) counts.set(id, (counts.get(id) ?? 0) + 1);
    const thin = readFindings().filter(({ id }) => (counts.get(id) ?? 0) < 3);
    expect(thin.map(({ id }) => `${id}: ${counts.get(id) ?? 0}`)).toEqual([]);
  });

  const counts = countsOf(judged);
  it.for(PLATFORM_IDS)("cover every finding that %s can show at least three times", (platform) => {
    const reasons = notShownBy(platform);
    const thin = readFindings().filter(({ id }) => (counts.get(id)?.get(platform) ?? 0) < 3 && !reasons[id]);
    expect(thin.map(({ id }) => `${id}: ${counts.get(id)?.get(platform) ?? 0}`)).toEqual([]);
  });

  it.for(PLATFORM_IDS)("say of no finding that %s cannot show it where three cases show it", (platform) => {
    const shown = Object.keys(notShownBy(platform)).filter((id) => (counts.get(id)?.get(platform) ?? 0) >= 3);
    expect(shown).toEqual([]);
  });
});
