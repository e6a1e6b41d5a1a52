/** A line of a paste that the case holds: what it is, what was made of it, what it means and does not. */
import type { Explanation } from "../domain/explanation.ts";
import type { ReadOutput, ReadPaste } from "../domain/output.ts";
import type { Block } from "../domain/reply.ts";
import type { Evidence, Finding } from "../domain/verdict.ts";
import { explain, explainLine } from "../knowledge/explain.ts";
import { type LineSaid, speakLine, speakNoLine } from "../speech/explained-line.ts";
import { speakBriefly } from "../speech/explanation.ts";
import type { Situation } from "./case.ts";

/** A line as people name it: "paste 1:12", "1:12", "line 12", "line 12 of hub.txt". */
export interface LineAsked {
  /** Absent: the last one. */
  readonly paste?: string | undefined;
  readonly line: number;
}

const FORMS: readonly RegExp[] = [
  /^(?:paste )?(?<paste>\d{1,3}):(?<line>\d{1,7})$/,
  /^(?<paste>[\p{L}\p{N}._ -]{1,40}):(?<line>\d{1,7})$/u,
  /^(?:the )?line (?<line>\d{1,7})(?: (?:of|in) (?:paste )?(?<paste>[\p{L}\p{N}._ -]{1,40}))?$/u,
  /^(?:paste )?(?<paste>\d{1,3}),? line (?<line>\d{1,7})$/,
];

/** @returns undefined where the words name no line */
export function lineAsked(words: string): LineAsked | undefined {
  const said = words
    .trim()
    .toLowerCase()
    .replace(/[?.!]{1,3}$/, "");
  for (const form of FORMS) {
    const found = form.exec(said)?.groups;
    if (found !== undefined) return { paste: found["paste"]?.trim(), line: Number(found["line"]) };
  }
  return undefined;
}

/** @returns undefined where the case holds no such paste */
export function pasteAsked({ diagnosis, lastPaste }: Situation, name: string | undefined): ReadPaste | undefined {
  if (name === undefined) return lastPaste;
  const pastes = diagnosis.tunnel.known.pastes.map(({ paste }) => paste);
  const wanted = name.toLowerCase();
  return (
    pastes.find((paste) => paste.name.toLowerCase() === wanted) ??
    pastes.find((paste) => paste.name.toLowerCase() === `paste ${wanted}`)
  );
}

export function explainLineOf(situation: Situation, { paste: name, line: number }: LineAsked): Block[] {
  const paste = pasteAsked(situation, name);
  const names = situation.diagnosis.tunnel.known.pastes.map((each) => each.paste.name);
  if (paste === undefined) return speakNoLine({ names });
  const output = paste.outputs.find(({ firstLine, lastLine }) => firstLine <= number && number <= lastLine);
  const line = paste.lines.find((each) => each.number === number);
  if (line === undefined || line.text.trim() === "")
    return speakNoLine({ names, paste: paste.name, number, command: output?.command });
  const where = { paste: paste.name, line: number, text: line.text };
  return speakLine(where, whatItIs(situation, output, where));
}

/**
 * What a single line means that was pasted alone and belongs to no output: a message of a log, or a state.
 * @returns undefined where it is neither
 */
export function meaningOfLine({ lines }: ReadPaste): readonly Block[] | undefined {
  const [line, ...others] = lines.filter(({ text }) => text.trim() !== "");
  const found = line && others.length === 0 ? explainLine(line.text, "unknown") : undefined;
  return found && [...speakBriefly(found).blocks, { type: "text", text: ALONE, tone: "quiet" }];
}

const ALONE = "A line alone says little of your tunnel: paste the log around it, with its prompt or its times.";

function whatItIs(situation: Situation, output: ReadOutput | undefined, where: Evidence): LineSaid {
  const { verdict, titles } = situation.diagnosis;
  const isUnread = output === undefined || output.unread.some(({ number }) => number === where.line);
  const isHere = (lines: readonly Evidence[]) =>
    lines.some(({ paste, line }) => paste === where.paste && line === where.line);
  const told = (lines: (finding: Finding) => readonly Evidence[]) =>
    verdict.findings.filter((finding) => isHere(lines(finding))).map(({ title }) => title);
  return {
    command: output?.command,
    isUnread,
    // A line that was not read may still look like one that is known; what it says counted for nothing.
    means: explainLine(where.text, output?.platform ?? "unknown") ?? (output && messageAt(output, where.line)),
    reading: output === undefined || isUnread ? undefined : readingOf(output, where.line),
    speaksFor: told(({ evidence }) => evidence),
    speaksAgainst: [
      ...told(({ against }) => against),
      ...verdict.ruledOut.filter(({ evidence }) => isHere(evidence)).map(({ id }) => titles.get(id) ?? id),
    ],
  };
}

/** The message that the reader took the line for. */
function messageAt({ values }: ReadOutput, line: number): Explanation | undefined {
  const events = values.flatMap((value) => (value.kind === "log" ? value.events : []));
  const id = events.find((event) => event.line === line)?.signature;
  const found = id === undefined ? undefined : explain(id);
  return found?.kind === "explanation" ? found : undefined;
}

/** The kind of reading that names the line: "ike-policies". */
function readingOf({ values }: ReadOutput, line: number): string | undefined {
  return values.find((value) => namesLine(value, line))?.kind;
}

/** Readings name their lines in fields called `line`, `…Line`, and in `at`. */
function namesLine(value: unknown, line: number): boolean {
  if (Array.isArray(value)) return value.some((item) => namesLine(item, line));
  if (typeof value !== "object" || value === null) return false;
  return Object.entries(value).some(([name, field]) => {
    if (typeof field === "number") return field === line && (name === "line" || name.endsWith("Line"));
    if (name === "at" && typeof field === "object" && field !== null) return Object.values(field).includes(line);
    return namesLine(field, line);
  });
}
