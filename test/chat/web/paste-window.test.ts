import fc from "fast-check";
import { expect, it } from "vitest";
import { windowOf } from "../../../src/case/paste-window.ts";
import type { ReadPaste } from "../../../src/domain/output.ts";

function kept(numbers: readonly number[]): ReadPaste {
  return {
    name: "paste 1",
    outputs: [],
    secretsRemoved: 0,
    lines: numbers.map((number) => ({ number, text: `line ${number}` })),
  };
}

it("counts what is missing before, between and after its lines", () => {
  const { rows, earlier, later } = windowOf(kept([3, 4, 9]), 4, 10);
  expect(rows.map((row) => ("missing" in row ? `(${row.missing})` : row.number))).toEqual(["(2)", 3, 4, "(4)", 9]);
  expect([earlier, later]).toEqual([undefined, undefined]);
});

it("shows no more lines than asked for, always the one pointed at, and says where to go on", () => {
  const numbers = fc
    .uniqueArray(fc.integer({ min: 1, max: 5_000 }), { minLength: 1, maxLength: 200 })
    .map((list) => list.sort((a, b) => a - b));
  fc.assert(
    fc.property(numbers, fc.integer({ min: 1, max: 50 }), fc.nat(), (list, most, pick) => {
      const around = list[pick % list.length] ?? 1;
      const { rows, earlier, later } = windowOf(kept(list), around, most);
      const shown = rows.flatMap((row) => ("missing" in row ? [] : [row.number]));
      expect(shown.length).toBe(Math.min(most, list.length));
      expect(shown).toContain(around);
      expect(earlier).toBe(list[list.indexOf(shown[0] ?? 0) - 1]);
      expect(later).toBe(list[list.indexOf(shown.at(-1) ?? 0) + 1]);
      for (const row of rows) if ("missing" in row) expect(row.missing).toBeGreaterThan(0);
    }),
  );
});

it("has nothing to show of a paste of which nothing is kept", () => {
  expect(windowOf(kept([]), 1, 10)).toEqual({ rows: [], earlier: undefined, later: undefined });
});
