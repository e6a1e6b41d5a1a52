/** What a case is found by later, and the lines in it that nobody could read: short, and redacted as the case is. */
import type { Situation } from "../case/case.ts";
import type { Line, ReadPaste } from "../domain/output.ts";
import { PLATFORM_NAMES } from "../domain/platform-names.ts";
import type { CaseRecall, StoredTurn } from "../store/store.ts";
import { wordsIn } from "../store/word-likeness.ts";
import { withoutAddresses } from "./summary.ts";

/** In characters: a case's row is written with each turn. */
const MOST_SAID = 300;
const MOST_WORDS = 900;
const MOST_SHAPES = 8;
const LONGEST_SHAPE = 100;
const MOST_REFUSED = 5;
/** Lines of one paste that are looked at. */
const MOST_LINES = 300;

/**
 * @param hasChanged whether this turn changed what is known
 * @param rewritten all turns of the case, where earlier ones were rewritten
 */
export function recallOf(
  situation: Situation,
  before: CaseRecall | undefined,
  echo: string,
  hasChanged: boolean,
  rewritten: readonly StoredTurn[] | undefined,
): CaseRecall {
  const said = rewritten === undefined ? [before?.said ?? ""] : rewritten.map((turn) => turn.echo);
  const all = [...said, echo]
    .filter((each) => each !== "" && each !== "…" && !each.startsWith("("))
    .join(" · ")
    .slice(0, MOST_SAID);
  if (before !== undefined && !hasChanged) return { ...before, said: all };
  return {
    said: all,
    words: wordsOf(situation),
    unread: unreadIn(situation),
    refused: situation.diagnosis.tunnel.known.cannot
      .map(({ command }) => (command === "*" ? "(cannot get to it)" : (withoutAddresses(command) ?? "")))
      .slice(-MOST_REFUSED),
  };
}

/** What tells most comes first: names and addresses, what was found and the lines that show it, then the other lines. */
function wordsOf({ diagnosis }: Situation): string {
  const words = new Set<string>();
  let length = 0;
  for (const list of wordsThatTell(diagnosis))
    for (const word of list) {
      if (words.has(word)) continue;
      if (length + word.length >= MOST_WORDS) return [...words].join(" ");
      length += word.length + 1;
      words.add(word);
    }
  return [...words].join(" ");
}

/** One text after the other, since most of them are not needed. */
function* wordsThatTell(diagnosis: Situation["diagnosis"]): Generator<readonly string[]> {
  for (const text of textsOf(diagnosis)) if (text !== undefined) yield wordsToKeep(text);
  const { pastes } = diagnosis.tunnel.known;
  for (const { paste } of pastes) for (const { command } of paste.outputs.slice(0, 20)) yield wordsToKeep(command);
  for (const { paste } of pastes) yield wordsOfLines(paste);
}

function wordsToKeep(text: string): string[] {
  return wordsIn(text.includes("<secret") ? text.replace(PLACEHOLDER, " ") : text).filter(
    (word) => word.length > 1 && !/^\d{1,12}$/.test(word),
  );
}

/** By the paste, which stays the same object while its case is remembered: later turns need not read its lines again. */
const linesRead = new WeakMap<ReadPaste, readonly string[]>();

/** Each word once; no more than can find room, even if as many again are known from elsewhere. */
function wordsOfLines(paste: ReadPaste): readonly string[] {
  const known = linesRead.get(paste);
  if (known !== undefined) return known;
  const words = new Set<string>();
  let length = 0;
  for (const { text } of paste.lines.slice(0, MOST_LINES)) {
    if (length > 2 * MOST_WORDS) break;
    for (const word of wordsToKeep(text)) {
      if (words.has(word)) continue;
      words.add(word);
      length += word.length + 1;
    }
  }
  const list = [...words];
  linesRead.set(paste, list);
  return list;
}

function* textsOf({ verdict, tunnel, ends }: Situation["diagnosis"]): Generator<string | undefined> {
  const both = [ends.local, ends.remote];
  for (const { host, own } of both) yield* [host, own];
  yield* [tunnel.focus.local, tunnel.focus.remote];
  for (const { platform } of both) if (platform !== "unknown") yield PLATFORM_NAMES[platform];
  for (const { id, title, evidence } of verdict.findings.slice(0, 3)) {
    yield* [id, title];
    for (const { text } of evidence) yield text;
  }
}

/** What stands in a key's place. */
const PLACEHOLDER = /<secret [^<>]{0,20}>/g;

function unreadIn({ diagnosis }: Situation): CaseRecall["unread"] {
  const shapes = new Map<string, { platform: string; shape: string; lines: number }>();
  for (const { paste } of diagnosis.tunnel.known.pastes)
    for (const { platform, unread } of paste.outputs)
      for (const line of unread.slice(0, MOST_LINES)) {
        const shape = shapeOf(line);
        if (shape === "") continue;
        const key = `${platform} ${shape}`;
        const known = shapes.get(key) ?? { platform, shape, lines: 0 };
        known.lines += 1;
        shapes.set(key, known);
      }
  return [...shapes.values()].sort((one, other) => other.lines - one.lines).slice(0, MOST_SHAPES);
}

/** The wording of a line without what differs from time to time: its time, addresses, numbers. */
export function shapeOf({ text }: Pick<Line, "text">): string {
  return text
    .trim()
    .slice(0, 400)
    .replace(/^[*.]?(?:\w{3} [ \d]\d (?:\d{4} )?)?\d\d:\d\d:\d\d(?:\.\d{1,6})?(?: [A-Z]{2,5})?:? /, "")
    .replace(/\b\d{1,3}(?:\.\d{1,3}){3}(?:\/\d{1,2})?\b/g, "ADDRESS")
    .replace(/(?<![\w:])[\da-f]{0,4}(?::[\da-f]{0,4}){2,7}(?![\w:])/gi, "ADDRESS")
    .replace(/\b(?:0x)?[\da-f]{6,64}\b/gi, (word) => (/\d/.test(word) ? "HEX" : word))
    .replace(/\d{1,20}/g, "N")
    .replace(/\s{1,400}/g, " ")
    .slice(0, LONGEST_SHAPE);
}
