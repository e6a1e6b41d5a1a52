/** The case written up for the next engineer: plain text that reads in two minutes. */
import type { Side, SymptomId } from "../domain/ids.ts";
import type { Evidence, Finding } from "../domain/verdict.ts";
import { type Said, STAGE_NAMES } from "./diagnosis.ts";
import { nameOf } from "./names.ts";

export interface HandOffFacts extends Said {
  readonly symptom?: SymptomId | undefined;
  readonly cannot: readonly { readonly side: Side; readonly command: string }[];
  /** Findings whose fix was tried. */
  readonly tried: readonly string[];
}
export interface HandOff {
  readonly name: string;
  readonly text: string;
}

export function writeHandOff(facts: HandOffFacts): HandOff {
  const { verdict, ends } = facts;
  const lines = [
    `Hand-over: tunnel between ${describeEnd("local", facts)} and ${describeEnd("remote", facts)}`,
    "",
    `Reported: ${facts.symptom ?? "not said"}`,
    `Way walked: ${wayWalked(facts)}`,
    `Verdict: ${verdictLine(facts)}`,
  ];
  const [best] = verdict.findings;
  if (verdict.verdict === "found" && best) {
    lines.push("", ...section("The lines that show it", best.evidence.map(place)));
    for (const step of best.fix)
      lines.push("", ...section(`Fix on ${nameOf(step.side, ends)} (${step.risk}; ${step.note})`, step.commands));
  } else if (verdict.findings.length > 0) {
    const title = verdict.verdict === "healthy" ? "Will not come up again at the next rekey" : "It can be one of";
    lines.push("", ...section(title, verdict.findings.map(candidate)));
  }
  lines.push(
    "",
    ...section(
      "Ruled out",
      verdict.ruledOut.map(({ id, evidence }) => `${facts.titles.get(id) ?? id} (${id})${because(evidence)}`),
    ),
  );
  lines.push(...section("Tried", facts.tried));
  lines.push(
    ...section(
      "Could not be run",
      facts.cannot.map(({ side, command }) => cannotLine(side, command, facts)),
    ),
  );
  lines.push(
    ...section(
      "Read",
      verdict.pastes.flatMap((paste) =>
        paste.outputs.map(
          ({ command, firstLine, lastLine }) =>
            `${paste.name}:${firstLine}-${lastLine} ${command}${paste.side === null ? "" : ` (${nameOf(paste.side, ends)})`}`,
        ),
      ),
    ),
  );
  const asks = verdict.asks.slice(0, 3);
  lines.push(
    ...section(
      "Next",
      asks.map((ask) => `on ${nameOf(ask.side, ends)}: ${ask.command.split("\n").join(" ; ")} — ${ask.why}`),
    ),
  );
  if (verdict.secretsRemoved > 0)
    lines.push(
      "",
      `${verdict.secretsRemoved === 1 ? "1 key or password was" : `${verdict.secretsRemoved} keys or passwords were`} removed from the pastes; change what was shared.`,
    );
  return {
    name: "hand-off.txt",
    text: lines
      .join("\n")
      .replace(/\n{3,}/g, "\n\n")
      .trimEnd(),
  };
}

function describeEnd(side: Side, { ends }: HandOffFacts): string {
  const { host, own, platform } = ends[side];
  const where = side === "local" ? "our end" : "the far end";
  const known = [host, own].filter((item) => item !== undefined).join(" ");
  return `${known === "" ? where : known} (${[known === "" ? "" : where, platform === "unknown" ? "platform not known" : platform].filter(Boolean).join(", ")})`;
}

function wayWalked({ path }: HandOffFacts): string {
  const words = path.map(
    ({ stage, answer }) => `${STAGE_NAMES[stage]} ${answer === undefined ? "?" : answer ? "ok" : "FAILS"}`,
  );
  const open = path.findIndex(({ answer }) => answer !== true);
  return words.slice(0, open < 0 ? words.length : open + 1).join(" > ");
}

function verdictLine({ verdict }: HandOffFacts): string {
  const [best] = verdict.findings;
  if (verdict.verdict === "healthy")
    return best
      ? "healthy: both SAs are up; the configurations behind them do not match"
      : "healthy: both SAs are up and nothing speaks against it";
  if (verdict.verdict === "found" && best) return `${best.title} (${best.id}, ${best.certainty})`;
  return "not known yet";
}

function candidate(finding: Finding): string {
  return `${finding.title} (${finding.id}, ${finding.certainty})${because(finding.evidence)}`;
}

function because(evidence: readonly Evidence[]): string {
  const [first] = evidence;
  return first ? `, by ${place(first)}` : "";
}

function place({ paste, line, text }: Evidence): string {
  return `${paste}:${line}  ${text.replace(/ {2,}/g, " ")}`;
}

function cannotLine(side: Side, command: string, { ends }: HandOffFacts): string {
  return command === "*"
    ? `anything on ${nameOf(side, ends)}`
    : `${command.split("\n").join(" ; ")} on ${nameOf(side, ends)}`;
}

function section(title: string, items: readonly string[]): string[] {
  return items.length === 0 ? [] : ["", `${title}:`, ...items.map((item) => `  ${item}`)];
}
