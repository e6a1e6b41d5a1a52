/** Reply → lines of text for a terminal. Colours only where asked for; nothing here writes. */
import { styleText } from "node:util";
import type { Block, Reply } from "../../domain/reply.ts";
import type { Evidence, Risk } from "../../domain/verdict.ts";
import { pictureText } from "../../pictures/words.ts";
import { renderMarkdown } from "./markdown.ts";
import { renderTable } from "./table.ts";
import { wrap } from "./wrap.ts";

export interface TerminalStyle {
  readonly colours: boolean;
  /** Columns to wrap running text at. */
  readonly width: number;
}

type Paint = Parameters<typeof styleText>[0];

const MARKS = { yes: "✓", no: "✗", open: "?", unseen: "·" } as const;
const MARK_PAINT = { yes: "green", no: "red", open: "yellow", unseen: "dim" } as const;
const HEADING_MARKS = { found: "✗", healthy: "✓", open: "?", none: "" } as const;
const HEADING_PAINT = { found: "red", healthy: "green", open: "yellow", none: "bold" } as const;
const RISKS: Readonly<Record<Risk, string>> = {
  none: "no risk",
  low: "low risk",
  "drops-this-tunnel": "drops this tunnel while it renegotiates",
  "drops-other-tunnels": "DROPS OTHER TUNNELS TOO",
};

export function renderTerminal(reply: Reply, style: TerminalStyle): string {
  return reply.blocks
    .map((block) => renderBlock(block, style))
    .filter((text) => text !== "")
    .join("\n\n");
}

function renderBlock(block: Block, style: TerminalStyle): string {
  const paint = painter(style);
  switch (block.type) {
    case "text":
      return wrap(block.text, style.width, "")
        .map((line) => paint(block.tone === "quiet" ? "dim" : block.tone === "strong" ? "bold" : "reset", line))
        .join("\n");
    case "heading": {
      const mark = HEADING_MARKS[block.mark];
      const text = paint(HEADING_PAINT[block.mark], `${mark}${mark === "" ? "" : " "}${block.text}`);
      return block.badge === undefined ? text : `${text}   ${paint("dim", block.badge)}`;
    }
    case "code":
      return renderCode(block, style);
    case "evidence":
      return [...label(block.label, paint), ...evidenceLines(block.lines, style)].join("\n");
    case "table":
      return renderTable(block, style.width)
        .map(([mark, line]) => paint(mark, line))
        .join("\n");
    case "list":
      return [
        ...label(block.label, paint),
        ...block.items.flatMap((item) =>
          wrap(item, style.width, "    ").map((line, i) => (i ? line : `  - ${line.trim()}`)),
        ),
      ].join("\n");
    case "path":
      return renderPath(block.stages, style);
    case "choices":
      return block.choices
        .map(({ label: text }, index) => {
          const number = `${index + 1}`.padStart(`${block.choices.length}`.length);
          return `  ${paint("cyan", number)} ${text}`;
        })
        .join("\n");
    case "picture":
      return pictureText(block.picture).join("\n");
    case "file":
      // For programs and browsers; a person at a terminal reads the Markdown.
      if (/\.(?:html|json)$/.test(block.name)) return "";
      return `${paint("dim", `── ${block.name} ──`)}\n${renderMarkdown(block.text, style.width)}`;
  }
}

/** The stages in one line; on a narrow terminal in two. */
function renderPath(stages: Extract<Block, { type: "path" }>["stages"], style: TerminalStyle): string {
  const paint = painter(style);
  let used = 0;
  let text = "";
  for (const { name, mark } of stages) {
    const length = name.length + 6;
    const breaks = used > 0 && used + length > style.width;
    text += `${used === 0 ? "  " : breaks ? "\n  " : " ── "}${name} ${paint(MARK_PAINT[mark], MARKS[mark])}`;
    used = (breaks ? 0 : used) + length;
  }
  return text;
}

function renderCode(block: Extract<Block, { type: "code" }>, style: TerminalStyle): string {
  const paint = painter(style);
  const risk = block.risk === undefined ? "" : ` (${RISKS[block.risk]})`;
  const lines = block.label === undefined ? [] : [`${paint("bold", block.label)}${risk}:`];
  for (const line of block.lines) lines.push(`    ${paint("cyan", line)}`);
  if (block.note !== undefined && block.note !== "")
    for (const line of wrap(block.note, style.width, "  ")) lines.push(paint("dim", line));
  return lines.join("\n");
}

/** A line that is too long loses what aligned its columns, then goes on below itself. */
function evidenceLines(items: readonly Evidence[], style: TerminalStyle): string[] {
  const paint = painter(style);
  const places = items.map(({ paste, line }) => `${paste}:${line}`);
  const width = Math.max(...places.map((place) => place.length));
  const room = style.width - width - 4;
  return items.flatMap(({ text }, index) => {
    const place = paint("dim", (places[index] ?? "").padEnd(width));
    const [first = "", ...more] = text.length <= room ? [text] : wrap(text.trim(), room, "");
    return [`  ${place}  ${first}`, ...more.map((line) => `  ${" ".repeat(width)}    ${line}`)];
  });
}

function label(text: string | undefined, paint: Painter): string[] {
  return text === undefined ? [] : [`${paint("bold", text)}:`];
}

type Painter = (paint: Paint, text: string) => string;

function painter({ colours }: TerminalStyle): Painter {
  return (paint, text) => (colours && text !== "" ? styleText(paint, text, { validateStream: false }) : text);
}
