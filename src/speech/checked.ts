/** Whether a fix helped, in words. */
import type { FixCheck } from "../domain/change.ts";
import type { NamedEnds } from "../domain/named-ends.ts";
import type { Block } from "../domain/reply.ts";
import type { VerifyStep } from "../domain/verdict.ts";
import { text } from "./blocks.ts";
import { STAGE_NAMES } from "./diagnosis.ts";
import { nameOf } from "./names.ts";
import type { Standing } from "./standing.ts";

/** After a paste: fixed is told by the verdict's heading; the rest here, once, when this paste told it. */
export function speakCheck({ check, lastPaste, diagnosis }: Standing): Block[] {
  if (check === undefined || check.outcome === "fixed") return [];
  if (check.outcome === undefined) return notToldYet(check);
  if (!check.evidence.some(({ paste }) => paste === lastPaste?.name)) return [];
  const title = diagnosis.titles.get(check.finding) ?? check.finding;
  const blocks: Block[] = [
    { type: "heading", mark: check.outcome === "better" ? "open" : "found", text: HEADINGS[check.outcome] },
    text(WORDS[check.outcome](check, title)),
  ];
  return [...blocks, { type: "evidence", label: "Read after the fix", lines: check.evidence.slice(0, 3) }];
}

const HEADINGS = {
  better: "Better, but not done",
  same: "Not fixed yet: it is the same as before",
  worse: "Worse than before the fix",
} as const;

const WORDS: Readonly<Record<keyof typeof HEADINGS, (check: FixCheck, title: string) => string>> = {
  better: ({ standsAt }) =>
    standsAt === undefined ? "The fix helped." : `The fix helped. What is left is ${STAGE_NAMES[standsAt]}.`,
  same: (_, title) =>
    `That was tried and did not help, which counts against “${title}”. Take the change back, unless you want it anyway.`,
  worse: ({ standsAt }) =>
    `It now fails earlier${standsAt === undefined ? "" : `, at ${STAGE_NAMES[standsAt]}`}. Take the change back first, and look again.`,
};

function notToldYet({ isUndated = false, missing }: FixCheck): Block[] {
  if (isUndated)
    return [
      text(
        "These totals also count what was before the fix. The same once more, half a minute later, tells whether it helped.",
      ),
    ];
  return missing.length === 0 ? [] : [text("That does not show yet whether the fix helped.")];
}

/** What would show it, each in a block to copy. */
export function checksToRun(checks: readonly VerifyStep[], ends: NamedEnds): Block[] {
  return checks.map((check) => ({
    type: "code",
    label: `On ${nameOf(check.side, ends)}`,
    lines: check.command.split("\n"),
    note: check.expect,
  }));
}
