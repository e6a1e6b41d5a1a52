import { expect, it } from "vitest";
import { beginningsOf } from "../src/paste/beginnings.ts";
import { packBeginnings, unpackBeginnings } from "../src/paste/packed-beginnings.ts";
import { shapePatterns } from "../src/paste/recognise.ts";
import { VENDORS } from "../src/vendors/index.ts";

const PATTERNS = shapePatterns(VENDORS);

it("what lines can begin with is the same whether the build has packed it or not", () => {
  expect(unpackBeginnings(packBeginnings(PATTERNS), PATTERNS)).toEqual(beginningsOf(PATTERNS));
});

it("what was packed for other patterns, in another order or before one was changed, is not used", () => {
  const packed = packBeginnings(PATTERNS);
  const [first = /^/, second = /^/, ...rest] = PATTERNS;
  expect(unpackBeginnings(packed, [second, first, ...rest])).toBeUndefined();
  expect(unpackBeginnings(packed, [new RegExp(first.source, "i"), second, ...rest])).toBeUndefined();
  expect(unpackBeginnings(packed, PATTERNS.slice(1))).toBeUndefined();
  expect(unpackBeginnings(Buffer.alloc(0), PATTERNS)).toBeUndefined();
});
