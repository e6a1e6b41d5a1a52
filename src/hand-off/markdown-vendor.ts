/** What a vendor's support case asks for, short; the outputs come behind it. */
import type { HandOffDocument } from "../domain/hand-off.ts";
import { fence, lines, list, md, table } from "./markdown-parts.ts";
import {
  endRows,
  inTurn,
  KEPT_OF_OUTPUTS,
  OUTCOMES,
  secretsWords,
  sideNames,
  supportByEnd,
  whenWords,
} from "./words.ts";

/** Of each list, what support reads first. */
const MOST_LINES = 6;
const MOST_RULED_OUT = 5;

export function forVendor(document: HandOffDocument): string[] {
  return [...problem(document), ...device(document), ...tried(document), ...outputs(document), ...appendix(document)];
}

function problem({ standing, path, counters, findings, ruledOut }: HandOffDocument): string[] {
  const [best, ...others] = findings;
  const fails = path.find(({ mark }) => mark === "no");
  return [
    "## The problem",
    "",
    `${md(standing.summary)}${fails === undefined ? "" : `; ${md(fails.name)} fails`}.`,
    "",
    ...counters.slice(-2).map((line) => `- ${md(line)}`),
    "",
    ...(best === undefined ? [] : [md(inTurn(best.why)), ""]),
    ...lines("Shown by", (best?.evidence ?? fails?.evidence ?? []).slice(0, MOST_LINES)),
    ...lines("Speaks against it", (best?.against ?? []).slice(0, 2)),
    ...(others.length === 0
      ? []
      : [
          `Also possible: ${md(
            others
              .slice(0, 3)
              .map(({ title }) => title)
              .join("; "),
          )}.`,
          "",
        ]),
    ...(ruledOut.length === 0
      ? []
      : [
          `Ruled out: ${md(
            ruledOut
              .slice(0, MOST_RULED_OUT)
              .map(({ title }) => title)
              .join("; "),
          )}.`,
          "",
        ]),
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

function appendix({ appendix: all, ends, secretsRemoved }: HandOffDocument): string[] {
  if (all.length === 0) return [];
  const nameOf = (side: string | null) => ends.find((end) => end.side === side)?.name ?? "an end that was not named";
  return [
    "## Appendix: outputs",
    "",
    [KEPT_OF_OUTPUTS, secretsWords(secretsRemoved)].filter(Boolean).join(" "),
    "",
    ...all.flatMap(({ paste, side, command, lines: kept, omitted }) => [
      `### ${md(command)}, on ${md(nameOf(side))} (${md(paste)})`,
      "",
      ...fence(kept.map(({ text }) => text)),
      "",
      ...(omitted === 0 ? [] : [`${omitted} ${omitted === 1 ? "line" : "lines"} left out.`, ""]),
    ]),
  ];
}
