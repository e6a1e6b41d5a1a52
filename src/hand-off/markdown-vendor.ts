/** What a vendor's support case asks for, short; the outputs come behind it. */
import type { HandOffDocument } from "../domain/hand-off.ts";
import { fence, lines, list, md, table } from "./markdown-parts.ts";
import {
  endRows,
  KEPT_OF_OUTPUTS,
  OUTCOMES,
  ownerOf,
  problemInShort,
  secretsWords,
  sideNames,
  supportByEnd,
  whenWords,
} from "./words.ts";

export function forVendor(document: HandOffDocument): string[] {
  return [...problem(document), ...device(document), ...tried(document), ...outputs(document), ...appendix(document)];
}

function problem(document: HandOffDocument): string[] {
  const { standing, counters } = document;
  const { fails, why, shownBy, against, alsoPossible, ruledOut } = problemInShort(document);
  const titles = (label: string, all: string) => (all === "" ? [] : [`${label}: ${md(all)}.`, ""]);
  return [
    "## The problem",
    "",
    `${md(standing.summary)}${fails === undefined ? "" : `; ${md(fails.name)} fails`}.`,
    "",
    ...counters.slice(-2).map((line) => `- ${md(line)}`),
    "",
    ...(why === undefined ? [] : [md(why), ""]),
    ...lines("Shown by", shownBy),
    ...lines("Speaks against it", against),
    ...titles("Also possible", alsoPossible),
    ...titles("Ruled out", ruledOut),
  ];
}

function device(document: HandOffDocument): string[] {
  const names = sideNames(document);
  const head = document.ends.map(({ name, side }) => `${name} (${names[side]})`);
  return ["## Devices", "", ...table(["", ...head], endRows(document))];
}

function tried({ tried: all }: HandOffDocument): string[] {
  return list(
    "Tried",
    all.map(
      ({ title, at, outcome }) => `${md(title)}: **${OUTCOMES[outcome]}**${at === null ? "" : ` (${whenWords(at)})`}`,
    ),
  );
}

function outputs(document: HandOffDocument): string[] {
  const all = supportByEnd(document);
  if (all.length === 0) return [];
  return [
    "## Outputs",
    "",
    ...all.flatMap(({ on, collected, missing }) => [
      ...(collected.length === 0 ? [] : [`Collected on ${md(on)}, in the appendix:`, "", ...fence(collected), ""]),
      ...(missing.length === 0 ? [] : [`Missing on ${md(on)}:`, "", ...fence(missing), ""]),
    ]),
  ];
}

function appendix(document: HandOffDocument): string[] {
  const { appendix: all, secretsRemoved } = document;
  if (all.length === 0) return [];
  return [
    "## Appendix: outputs",
    "",
    [KEPT_OF_OUTPUTS, secretsWords(secretsRemoved)].filter(Boolean).join(" "),
    "",
    ...all.flatMap(({ paste, side, command, lines: kept, omitted }) => [
      `### ${md(command)}, on ${md(ownerOf(document, side))} (${md(paste)})`,
      "",
      ...fence(kept.map(({ text }) => text)),
      "",
      ...(omitted === 0 ? [] : [`${omitted} ${omitted === 1 ? "line" : "lines"} left out.`, ""]),
    ]),
  ];
}
