/** A reply's blocks as pieces of text, each short enough to be a message of its own; files beside them. */
import type { Picture } from "../../domain/picture.ts";
import type { Block } from "../../domain/reply.ts";
import type { Evidence, Risk } from "../../domain/verdict.ts";
import { evidenceLines } from "../../speech/evidence-lines.ts";
import { MOST_CONTENT } from "./limits.ts";
import { escaped, escapedLine, fenced, inFence, readable, shortened } from "./markdown.ts";
import { tableLines } from "./table.ts";

export interface TextFile {
  readonly name: string;
  readonly text: string;
  /** It is sent as a picture; `text` are its words. */
  readonly picture?: Picture | undefined;
}
export interface Pieces {
  readonly texts: readonly string[];
  readonly files: readonly TextFile[];
}

const RISKS: Readonly<Record<Risk, string>> = {
  none: "no risk",
  low: "low risk",
  "drops-this-tunnel": "⚠️ drops this tunnel while it renegotiates",
  "drops-other-tunnels": "🛑 **drops other tunnels too**",
};
const HEADING_MARKS = { found: "❌ ", healthy: "✅ ", open: "❔ ", none: "" } as const;
const PATH_MARKS = { yes: "✅", no: "❌", open: "❔", unseen: "▫️" } as const;

/** Characters of one piece; what is around it must fit as well. */
const ROOM = MOST_CONTENT - 200;
/** Lines in a message that a phone can still show; more of a code block goes into a file. */
const MOST_CODE_LINES = 40;
/** Of what goes into a file, so many are shown: of a comparison that is what differs. */
const SHOWN_OF_MORE = 24;
/** Raw characters of a line that is not broken; escaped they may be twice as many. */
const LONGEST_RUN = 500;

export function piecesOf(block: Block): Pieces {
  switch (block.type) {
    case "text":
      return texts(paragraphs(block.text, block.tone));
    case "heading": {
      if (block.text.trim() === "") return NONE;
      const badge = block.badge?.trim() ? ` · ${escapedLine(shortened(block.badge, 60))}` : "";
      return texts([`### ${HEADING_MARKS[block.mark]}${escapedLine(shortened(block.text, LONGEST_RUN))}${badge}`]);
    }
    case "code":
      return codePieces(block);
    case "evidence":
      return evidencePieces(block.label, block.lines);
    case "table":
      return block.rows.length === 0 || block.rows[0]?.length === 0
        ? NONE
        : fencedPieces(undefined, tableLines(block.rows, block.marked ?? []), "table.txt");
    case "list":
      return listPieces(block.label, block.items);
    case "path":
      return block.stages.length === 0
        ? NONE
        : texts([
            block.stages
              .map(
                ({ name, mark }) =>
                  `${PATH_MARKS[mark]}\u00a0${escapedLine(shortened(name, 40)).replaceAll(" ", "\u00a0")}`,
              )
              .join(" → "),
          ]);
    case "choices":
      return NONE;
    case "picture":
      return { texts: [], files: [{ name: `${block.name}.png`, text: block.words, picture: block.picture }] };
    case "file":
      return block.text === "" ? NONE : { texts: [], files: [{ name: block.name, text: block.text }] };
  }
}

const NONE: Pieces = { texts: [], files: [] };

function texts(list: readonly string[]): Pieces {
  return { texts: list, files: [] };
}

function paragraphs(words: string, tone: "plain" | "quiet" | "strong" | undefined): string[] {
  return runs(words).map((run) => {
    const text = escaped(run);
    return tone === "quiet" ? `-# ${text}` : tone === "strong" ? `**${text}**` : text;
  });
}

/** Lines with something in them; a line that is too long in several, broken at blanks where there are any. */
function runs(words: string): string[] {
  return readable(words)
    .split("\n")
    .flatMap((line) => broken(line.trim(), LONGEST_RUN));
}

function broken(line: string, most: number): string[] {
  const parts: string[] = [];
  let rest = line;
  while (rest.length > most) {
    const blank = rest.lastIndexOf(" ", most);
    const at = blank > most / 2 ? blank : most;
    // Not between the halves of a surrogate pair.
    const end = /[\ud800-\udbff]/.test(rest.charAt(at - 1)) ? at - 1 : at;
    parts.push(rest.slice(0, end).trim());
    rest = rest.slice(end).trim();
  }
  return rest === "" ? parts : [...parts, rest];
}

function codePieces({ label: name, lines, risk, note }: Extract<Block, { type: "code" }>): Pieces {
  if (lines.length === 0) return NONE;
  const title = [
    ...(name?.trim() ? [`**${escapedLine(shortened(name, 200))}**`] : []),
    ...(risk === undefined ? [] : [RISKS[risk]]),
  ].join(" · ");
  const code = fencedPieces(title === "" ? undefined : title, lines, "commands.txt");
  return { ...code, texts: [...code.texts, ...(note ? paragraphs(note, "quiet") : [])] };
}

/** A code block with its title; a long one as a file, with its beginning to look at. */
function fencedPieces(title: string | undefined, lines: readonly string[], file: string): Pieces {
  const head = title === undefined ? "" : `${title}\n`;
  const whole = `${head}${fenced(lines)}`;
  if (lines.length <= MOST_CODE_LINES && whole.length <= ROOM) return texts([whole]);
  const first: string[] = [];
  let used = 0;
  for (const line of lines.slice(0, SHOWN_OF_MORE)) {
    const cut = shortened(readable(line), 160);
    used += inFence(cut).length + 1;
    if (used > ROOM / 2) break;
    first.push(cut);
  }
  const rest = `-# That is the beginning; all ${lines.length} ${lines.length === 1 ? "line is" : "lines are"} in ${escapedLine(file)}.`;
  return {
    texts: [`${head}${fenced(first)}\n${rest}`],
    files: [{ name: file, text: `${lines.join("\n")}\n` }],
  };
}

function evidencePieces(name: string | undefined, lines: readonly Evidence[]): Pieces {
  if (lines.length === 0) return NONE;
  const written = evidenceLines(lines);
  const title = name?.trim() ? `**${escapedLine(shortened(name, 200))}**` : undefined;
  return fencedPieces(title, written, "evidence.txt");
}

function listPieces(name: string | undefined, items: readonly string[]): Pieces {
  const written = items.flatMap((item) =>
    runs(item.replace(/\s+/g, " ")).map((run, index) => `${index === 0 ? "- " : "  "}${escaped(run)}`),
  );
  if (written.length === 0) return NONE;
  const head = name?.trim() ? [`**${escapedLine(shortened(name, 200))}**`] : [];
  return texts([...head, ...written]);
}
