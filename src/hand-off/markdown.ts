/** A hand-off as Markdown: what matters first, lines of pastes in fences, nothing of a paste as markup. */
import type { HandOffDocument } from "../domain/hand-off.ts";
import { code, fence, lines, list, md, placesOf, table } from "./markdown-parts.ts";
import { forVendor } from "./markdown-vendor.ts";
import {
  comparedRows,
  endRows,
  inTurn,
  KINDS,
  OUTCOMES,
  RISKS,
  secretsWords,
  sideNames,
  titleOf,
  whenWords,
  writtenWords,
} from "./words.ts";

export function handOffMarkdown(document: HandOffDocument): string {
  const parts =
    document.template === "vendor"
      ? forVendor(document)
      : [...standing(document), ...next(document), ...course(document), ...both(document), ...rest(document)];
  return `${[...heading(document), ...parts]
    .join("\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim()}\n`;
}

function heading({ reported, ...document }: HandOffDocument): string[] {
  const by = writtenWords(document);
  return [
    `# ${md(titleOf(document))}`,
    "",
    ...(by === "" ? [] : [md(by), ""]),
    `**Reported:** ${md(reported.words)}${reported.at === null && reported.by === null ? "" : ` (${md([reported.by, whenWords(reported.at)].filter(Boolean).join(", "))})`}`,
    "",
  ];
}

function standing({ standing: { summary }, path, counters }: HandOffDocument): string[] {
  return [
    `**Where it stands:** ${md(summary)}`,
    "",
    `**Path:** ${path.map(({ name, mark }) => `${md(name)} ${SIGNS[mark]}`).join(" → ")}`,
    "",
    ...counters.map((line) => `- ${md(line)}`),
    "",
  ];
}

const SIGNS = { yes: "✓", no: "✗ fails", open: "? not known yet", unseen: "· not looked at" } as const;

function next({ next: things }: HandOffDocument): string[] {
  if (things.length === 0) return [];
  return [
    "## What to do next",
    "",
    ...things.flatMap(({ kind, on, commands, why, risk }, index) => [
      `${index + 1}. **${KINDS[kind]} on ${md(on)}** (${RISKS[risk]})${why === "" ? "" : `: ${md(why)}`}`,
      "",
      ...fence(commands).map((line) => `   ${line}`),
      "",
    ]),
  ];
}

function course({ findings, tried, notObtained, template }: HandOffDocument): string[] {
  const names = sideNames({ template });
  return [
    ...(findings.length === 0 ? [] : ["## Findings", ""]),
    ...findings.flatMap((finding) => [
      `### ${md(finding.title)} (${finding.certainty})`,
      "",
      md(inTurn(finding.why)),
      "",
      ...table(
        ["", names.local, names.remote],
        finding.differs.map(({ attribute, local, remote }) => [attribute, local, remote]),
      ),
      ...lines("Speaks for it", finding.evidence),
      ...lines("Speaks against it", finding.against),
    ]),
    ...list(
      "Tried",
      tried.map(({ title, at, by, outcome, evidence }) => {
        const who = [by, whenWords(at)].filter(Boolean).join(", ");
        return `${md(title)}: **${OUTCOMES[outcome]}**${who === "" ? "" : ` (${md(who)})`}${placesOf(evidence)}`;
      }),
    ),
    ...list(
      "Could not be obtained",
      notObtained.map(({ on, command }) =>
        command === null ? `anything on ${md(on)}` : `${code(command)} on ${md(on)}`,
      ),
    ),
  ];
}

function both(document: HandOffDocument): string[] {
  const { ends, template } = document;
  const names = sideNames({ template });
  const compared = comparedRows(document);
  return [
    "## Both ends",
    "",
    ...table(["", ...ends.map(({ name, side }) => `${name} (${names[side]})`)], endRows(document)),
    ...(compared.length === 0 ? [] : ["## Compared", ""]),
    ...table(
      ["", names.local, names.remote, ""],
      compared.map(({ attribute, local, remote, verdict, note }) => [
        attribute,
        local,
        remote,
        [verdict.replaceAll("-", " "), note].filter(Boolean).join("; "),
      ]),
    ),
  ];
}

function rest({ timeline, outputs, ruledOut, secretsRemoved }: HandOffDocument): string[] {
  return [
    ...list(
      "Ruled out",
      ruledOut.map(({ title, evidence }) => `${md(title)}${placesOf(evidence)}`),
    ),
    ...(timeline.length === 0 ? [] : ["## Timeline", ""]),
    ...table(
      ["when (UTC)", "who", "what"],
      timeline.map(({ at, by, what }) => [whenWords(at), by ?? "", what]),
    ),
    ...list(
      "What was read",
      outputs.map(
        ({ paste, command, firstLine, lastLine, unread }) =>
          `${md(`${paste}:${firstLine}-${lastLine}`)} ${code(command)}${unread === 0 ? "" : `, ${unread} lines not read`}`,
      ),
    ),
    secretsWords(secretsRemoved),
  ];
}
