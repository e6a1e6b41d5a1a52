import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { checkFixtures } from "./conformance/check.ts";
import { isSame } from "./conformance/compare.ts";
import { Facts, NOT_KEPT } from "./conformance/facts.ts";

const folder = fileURLToPath(new URL("../../shared/fixtures", import.meta.url));

if (existsSync(folder)) {
  it("reads what other parsers' test data expects, but for what is explained", { timeout: 120_000 }, () => {
    const result = checkFixtures(folder);
    const differences = result?.fixtures.flatMap((one) => one.differences) ?? [];
    expect(result?.fixtures.length).toBeGreaterThan(0);
    expect(differences.filter(({ explanation }) => explanation === undefined)).toEqual([]);
    expect(result?.idle).toEqual([]);
  });
} else
  it.skip("reads what other parsers' test data expects (skipped: ../shared/fixtures is not here)", () => undefined);

it("says so where there are no fixtures", () => {
  expect(checkFixtures("/nowhere")).toBeUndefined();
});

describe("the comparison", () => {
  it.each([
    ["(none)", undefined],
    ["QM_IDLE", "qm_idle"],
    ["500", 500],
    ["80.0", 80],
    ["2001:DB8:0::1", "2001:db8::1"],
    [
      ["Tunnel", " "],
      ["tunnel", undefined],
    ],
  ])("takes %j for %j", (expected, ours) => {
    expect(isSame(expected, ours)).toBe(true);
  });

  it.each([
    ["0", undefined],
    ["10.0.0.1", "10.0.0.10"],
    [false, undefined],
    [["a"], ["a", "b"]],
    [{ interface: "Tunnel0" }, { nextHop: "192.0.2.1", interface: "Tunnel0" }],
  ])("tells %j from %j", (expected, ours) => {
    expect(isSame(expected, ours)).toBe(false);
  });

  it("passes over no field: neither one without a mapping nor one that only we have", () => {
    const facts = new Facts();
    facts.record(
      "row",
      { known: 1, unknown: 2, elsewhere: { a: 1, b: 2 } },
      { known: 1, ours: 3, elsewhere: NOT_KEPT },
    );
    expect(facts.list.filter(({ expected, ours }) => !isSame(expected, ours)).map(({ field }) => field)).toEqual([
      "row.unknown",
      "row.ours",
    ]);
    expect(facts.notKept).toBe(2);
  });
});
