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

it("a write-up's words are wrapped, its fences are not", () => {
  const fenced = `show ${"crypto ".repeat(12)}sa`;
  const text = ["# T", "", `- ${"some words ".repeat(9).trim()}`, "", "```", fenced, "```", "plain ".repeat(20)].join(
    "\n",
  );
  const lines = shown({ type: "file", name: "hand-off.md", text }, 64).split("\n");
  expect(lines).toContain(fenced);
  for (const line of lines) if (line !== fenced) expect(line.length).toBeLessThanOrEqual(64);
  expect(lines.find((line) => line.startsWith("- some"))).toBeDefined();
  expect(lines.find((line) => line.startsWith("  words") || line.startsWith("  some"))).toBeDefined();
});

const TIMELINE = `| when (UTC) | who | what |
| --- | --- | --- |
| 2026-11-27 15:41 | Asha | pasted paste 1: configuration, show crypto isakmp sa, show crypto ipsec sa peer 40.10.1.1, of HUB |
| 2026-11-27 15:42 | Ben |  |`;

it("a write-up's table stands in columns where there is room, else each row names its values", () => {
  const file = { type: "file", name: "hand-off.md", text: TIMELINE } as const;
  expect(shown(file, 100).split("\n").slice(1)).toEqual([
    "  when (UTC)         who    what",
    "  2026-11-27 15:41   Asha   pasted paste 1: configuration, show crypto isakmp sa, show crypto ipsec",
    "                            sa peer 40.10.1.1, of HUB",
    "  2026-11-27 15:42   Ben",
  ]);
  expect(shown(file, 64).split("\n").slice(1)).toEqual([
    "  2026-11-27 15:41",
    "    who: Asha",
    "    what: pasted paste 1: configuration, show crypto isakmp",
    "      sa, show crypto ipsec sa peer 40.10.1.1, of HUB",
    "  2026-11-27 15:42",
    "    who: Ben",
  ]);
});

it("a write-up's small table stands in columns on a narrow terminal too, a bar in a cell is a bar", () => {
  const text = ["|  | HUB |", "| --- | --- |", "| address | a \\| b |"].join("\n");
  expect(shown({ type: "file", name: "x.md", text }, 40).split("\n").slice(1)).toEqual([
    "            HUB",
    "  address   a | b",
  ]);
});
