/** A fix is told with the blanks that its own words need; which group fills a blank must not depend on the case. */
import { expect, it } from "vitest";
import { SIDES } from "../src/domain/ids.ts";
import { BLANK_GROUPS, blankNames } from "../src/verdict/blanks/index.ts";
import { readCases } from "./accuracy/case.ts";
import { run } from "./accuracy/judge.ts";

it("a blank is always filled by the same group, whatever the case shows", () => {
  const names = blankNames();
  const expected = BLANK_GROUPS.map((_, group) =>
    [...names].flatMap(([name, of]) => (of === group ? [name] : [])).sort(),
  );
  for (const item of readCases()) {
    const { tunnel } = run(item);
    for (const side of SIDES)
      expect(
        BLANK_GROUPS.map((fill) => Object.keys(fill(tunnel, side)).sort()),
        `${item.name}, ${side} end`,
      ).toEqual(expected);
  }
});
