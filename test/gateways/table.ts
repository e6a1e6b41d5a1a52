/** What came of a fault, in a line, and whether it is as it should be. */
import type { Verdict } from "../../src/domain/verdict.ts";
import type { Outcome } from "./lab.ts";

export function said({ verdict, findings }: Verdict): string {
  const [top] = findings;
  return verdict === "found" && top ? `${top.certainty} ${top.id}` : verdict;
}

/** What is wrong with it; empty where nothing is. One end alone may need more, but must not be sure of another fault. */
export function faultsOf({ fault, verdicts, mended }: Outcome): string[] {
  const wrong: string[] = [];
  const { isNamed } = fault;
  for (const view of ["a", "b"] as const) {
    const [top] = verdicts[view].findings;
    if (verdicts[view].verdict === "found" && top?.certainty === "confirmed" && !isNamed.includes(top.id))
      wrong.push(`${view} alone is sure of ${top.id}`);
  }
  const { both } = verdicts;
  if (isNamed.length === 0) {
    if (both.verdict !== "healthy" && !(fault.mayNeedMore && both.verdict === "need-more"))
      wrong.push(`both: ${said(both)}, not healthy`);
  } else if (both.verdict !== "found" || !isNamed.includes(both.findings[0]?.id ?? ""))
    wrong.push(`both: ${said(both)}, not ${isNamed.join(" or ")}`);
  if (mended === false) wrong.push("the fix did not bring the tunnel up");
  return wrong;
}

export function lineOf(outcome: Outcome): string {
  const { fault, verdicts, mended } = outcome;
  const fix = mended === undefined ? "by hand" : mended ? "mended" : "not mended";
  return [
    fault.name.padEnd(32),
    said(verdicts.a).padEnd(36),
    said(verdicts.b).padEnd(36),
    said(verdicts.both).padEnd(36),
    fix,
    ...faultsOf(outcome).map((item) => `✗ ${item}`),
  ].join(" ");
}
