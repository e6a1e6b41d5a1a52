/** A hand-off as Markdown: what matters first, lines of pastes in fences, nothing of a paste as markup. */
import type { HandOffDocument } from "../domain/hand-off.ts";
import {
  comparedRows,
  endRows,
  inTurn,
  KINDS,
  OUTCOMES,
  RISKS,
  sideNames,
  titleOf,
  whenWords,
  writtenWords,
} from "./words.ts";

export function handOffMarkdown(document: HandOffDocument): string {
  return `${[
    ...heading(document),
    ...standing(document),
    ...next(document),
    ...wanted(document),
    ...course(document),
    ...both(document),
    ...rest(document),
  ]
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

function wanted({ support }: HandOffDocument): string[] {
  return [
    ...(support.length === 0 ? [] : ["## What support asks for", ""]),
    ...table(
      ["", "command", "on", "why", "where"],
      support.map(({ command, on, why, collected }) => [
        collected === null ? "missing" : "collected",
        command,
        on,
        why,
        collected ?? "",
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
    ...(secretsRemoved === 0
      ? []
      : [
          `${secretsRemoved} ${secretsRemoved === 1 ? "key or password was" : "keys or passwords were"} removed from the pastes; change what was shared.`,
        ]),
  ];
}

type Lines = HandOffDocument["path"][number]["evidence"];

function lines(label: string, evidence: Lines): string[] {
  if (evidence.length === 0) return [];
  return [`${label}:`, "", ...fence(evidence.map(({ paste, line, text }) => `${paste}:${line}  ${text}`)), ""];
}

function placesOf(evidence: Lines): string {
  const [first] = evidence;
  return first === undefined ? "" : `, by ${md(`${first.paste}:${first.line}`)} ${code(first.text)}`;
}

function list(title: string, items: readonly string[]): string[] {
  return items.length === 0 ? [] : [`## ${title}`, "", ...items.map((item) => `- ${item}`), ""];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  if (rows.length === 0) return [];
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => md(cell)).join(" | ")} |`;
  return [line(head), `|${head.map(() => " --- ").join("|")}|`, ...rows.map(line), ""];
}

/** Fenced with more backticks than stand in it. */
function fence(inside: readonly string[]): string[] {
  const longest = Math.max(2, ...inside.flatMap((line) => [...line.matchAll(/`+/g)].map(([run]) => run.length)));
  const ticks = "`".repeat(longest + 1);
  return [ticks, ...inside.map(oneLine), ticks];
}

function code(text: string): string {
  const line = inTurn(oneLine(text));
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length));
  const ticks = "`".repeat(longest + 1);
  const pad = line.startsWith("`") || line.endsWith("`") ? " " : "";
  return line === "" ? "" : `${ticks}${pad}${line}${pad}${ticks}`;
}

function md(text: string): string {
  return oneLine(text).replace(/[\\`*_[\]<>#|~&!]/g, "\\$&");
}

function oneLine(text: string): string {
  return text.replace(/[\p{Cc}]+/gu, " ").trimEnd();
}
