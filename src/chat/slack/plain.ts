/** Reply → plain text: for notifications, and for what goes into a file. */
import type { Block, Reply } from "../../domain/reply.ts";
import { evidenceLines } from "../../speech/evidence-lines.ts";
import { pathLine } from "./path-line.ts";
import { tableLines } from "./table.ts";

export const HEADING_MARKS = { found: "✗ ", healthy: "✓ ", open: "", none: "" } as const;

export function plainText(reply: Reply): string {
  return reply.blocks
    .map(plainBlock)
    .filter((text) => text.trim() !== "")
    .join("\n\n");
}

function plainBlock(block: Block): string {
  switch (block.type) {
    case "text":
      return block.text;
    case "heading":
      return `${HEADING_MARKS[block.mark]}${block.text}${block.badge === undefined ? "" : ` (${block.badge})`}`;
    case "code":
      return [...titled(block.label), ...block.lines.map((line) => `  ${line}`), ...noted(block.note)].join("\n");
    case "evidence":
      return [...titled(block.label), ...evidenceLines(block.lines).map((line) => `  ${line}`)].join("\n");
    case "table":
      return tableLines(block).join("\n");
    case "list":
      return [...titled(block.label), ...block.items.map((item) => `- ${item}`)].join("\n");
    case "path":
      return pathLine(block);
    case "choices":
      return block.choices.map(({ label }) => `- ${label}`).join("\n");
    case "picture":
      return block.words;
    case "file":
      return `${block.name}\n${block.text}`;
  }
}

function titled(label: string | undefined): string[] {
  return label === undefined || label === "" ? [] : [`${label}:`];
}

function noted(note: string | undefined): string[] {
  return note === undefined || note === "" ? [] : [note];
}
