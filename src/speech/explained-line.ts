/** What a line of a paste is, in words. */
import type { Explanation } from "../domain/explanation.ts";
import type { Block } from "../domain/reply.ts";
import type { Evidence } from "../domain/verdict.ts";
import { text } from "./blocks.ts";

export interface LineSaid {
  /** Of the output that it stands in; absent: it stands in none that was recognised. */
  readonly command?: string | undefined;
  readonly isUnread: boolean;
  readonly means?: Explanation | undefined;
  /** The kind of reading that it went into. */
  readonly reading?: string | undefined;
  readonly speaksFor: readonly string[];
  readonly speaksAgainst: readonly string[];
}

const MOST_SOURCES = 3;
const BRIEF = 3;

export function speakLine(where: Evidence, said: LineSaid): Block[] {
  const { means, speaksFor, speaksAgainst } = said;
  return [
    { type: "evidence", lines: [where] },
    text(whatWasMadeOfIt(said)),
    ...(means === undefined ? [] : speakMeaning(means)),
    ...list("It speaks for", speaksFor),
    ...list("It speaks against", speaksAgainst),
  ];
}

function whatWasMadeOfIt({ command, isUnread, means, reading }: LineSaid): string {
  const from = command === undefined || command === "unknown" ? "no output that I know" : `the output of ${command}`;
  if (isUnread)
    return `I could not read this line, which stands in ${from}: it counted neither for nor against anything. ${
      means === undefined ? "I know no message or state that looks like it." : "It looks like something that I know:"
    }`;
  const isPointedAt = reading !== undefined || means !== undefined;
  const read = reading === undefined ? "" : `, read as part of ${reading.replaceAll("-", " ")}`;
  if (!isPointedAt)
    return `A line of ${from}. Nothing that I read points to it, and it matches no message or state by itself.`;
  const match = means === undefined ? "It matches no message or state by itself." : `It matches ${KINDS[means.about]}:`;
  return `A line of ${from}${read}. ${match}`;
}

const KINDS: Readonly<Record<Explanation["about"], string>> = {
  signature: "a message that I know",
  state: "a state",
  topic: "a term",
  finding: "a root cause",
  symptom: "a symptom",
};

function speakMeaning({ title, short, paragraphs, not, causes, sources }: Explanation): Block[] {
  const brief = paragraphs.slice(0, BRIEF).map((paragraph) => text(paragraph));
  return [
    { type: "heading", mark: "none", text: title },
    text(short),
    ...brief,
    ...list("What it is not", not),
    ...list(
      "It can be",
      causes.slice(0, BRIEF + 1).map((cause) => cause.title),
    ),
    ...(sources.length === 0 ? [] : [text(`Source: ${sources.slice(0, MOST_SOURCES).join("; ")}`, "quiet")]),
  ];
}

function list(label: string, items: readonly string[]): Block[] {
  return items.length === 0 ? [] : [{ type: "list", label, items }];
}

/** The line is not held: why, and what can be asked for. */
export function speakNoLine(asked: {
  readonly names: readonly string[];
  readonly paste?: string | undefined;
  readonly number?: number | undefined;
  readonly command?: string | undefined;
}): Block[] {
  const { names, paste, number, command } = asked;
  if (names.length === 0) return [text("There is no paste yet, so there is no line to explain.")];
  if (paste === undefined) return [text(`There is no paste of that name here; there are: ${names.join(", ")}.`)];
  const where = command === undefined || command === "unknown" ? "" : ` It stood in the output of ${command}.`;
  return [
    text(
      `Line ${number} of ${paste} is not kept: of a paste I keep the lines that something points to, and those around them.${where} Paste the line by itself after "explain", and I say what it means.`,
    ),
  ];
}
