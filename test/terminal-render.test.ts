/** What a reply looks like in a terminal that is narrow. */
import { expect, it } from "vitest";
import { renderTerminal } from "../src/chat/terminal/render.ts";
import type { Block } from "../src/domain/reply.ts";

const shown = (block: Block, width: number) => renderTerminal({ blocks: [block] }, { colours: false, width });

it("a device's line that is too long goes on below itself, and breaks no word", () => {
  const text = "203.0.113.1     198.51.100.7    MM_NO_STATE          0    0 ACTIVE (deleted)";
  const lines = [
    { paste: "paste 1", line: 4, text },
    { paste: "paste 12", line: 104, text: "encr aes" },
  ];
  expect(shown({ type: "evidence", label: "Shown by", lines }, 64)).toBe(
    [
      "Shown by:",
      "  paste 1:4     203.0.113.1 198.51.100.7 MM_NO_STATE 0 0 ACTIVE",
      "                  (deleted)",
      "  paste 12:104  encr aes",
    ].join("\n"),
  );
  expect(shown({ type: "evidence", lines }, 120)).toContain(text);
});

it("choices stand below one another, also where there are ten", () => {
  const choices = Array.from({ length: 10 }, (_, index) => ({ id: `${index}`, label: `choice ${index + 1}` }));
  const lines = shown({ type: "choices", choices }, 64).split("\n");
  expect([lines[0], lines[9]]).toEqual(["   1 choice 1", "  10 choice 10"]);
});

it("a write-up's words are wrapped, its tables and fences are not", () => {
  const row = `| platform | ${"x".repeat(70)} |`;
  const fenced = `show ${"crypto ".repeat(12)}sa`;
  const text = [
    "# T",
    "",
    `- ${"some words ".repeat(9).trim()}`,
    "",
    row,
    "",
    "```",
    fenced,
    "```",
    "plain ".repeat(20),
  ].join("\n");
  const lines = shown({ type: "file", name: "hand-off.md", text }, 64).split("\n");
  expect(lines).toContain(row);
  expect(lines).toContain(fenced);
  for (const line of lines) if (line !== row && line !== fenced) expect(line.length).toBeLessThanOrEqual(64);
  expect(lines.find((line) => line.startsWith("- some"))).toBeDefined();
  expect(lines.find((line) => line.startsWith("  words") || line.startsWith("  some"))).toBeDefined();
});
