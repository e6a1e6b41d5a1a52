/** Replies at the edge of what a case can bring about: nothing, very long, very many, and other scripts. */
import type { Block } from "../../src/domain/reply.ts";
import type { ExampleReply } from "./replies.ts";

const HEBREW = "המנהרה למטה מאז 02:40";
const ARABIC = "النفق معطل منذ 02:40";
const EMOJI = "🛠️ 👩‍💻 🇮🇳 ✅ ☠️";
const LONGEST_LINE = `crypto map OUTSIDE ${"9".repeat(9_970)} end`;

function text(words: string): Block {
  return { type: "text", text: words };
}

export const EXTREMES: readonly ExampleReply[] = [
  { name: "no blocks at all", reply: { blocks: [] } },
  {
    name: "blocks with nothing in them",
    reply: {
      blocks: [
        text(""),
        { type: "heading", mark: "found", text: "", badge: "" },
        { type: "code", label: "", lines: [], note: "" },
        { type: "evidence", label: "", lines: [] },
        { type: "table", rows: [] },
        { type: "table", rows: [[]] },
        { type: "list", label: "", items: [] },
        { type: "list", items: [""] },
        { type: "path", stages: [] },
        { type: "choices", choices: [] },
        { type: "file", name: "", text: "" },
      ],
    },
  },
  {
    name: "lines of 10,000 characters",
    reply: {
      blocks: [
        text(LONGEST_LINE),
        { type: "heading", mark: "found", text: LONGEST_LINE, badge: "confirmed" },
        { type: "code", label: "Fix on HUB", lines: [LONGEST_LINE, "end"], risk: "low", note: LONGEST_LINE },
        { type: "evidence", lines: [{ paste: "paste 1", line: 1, text: LONGEST_LINE }] },
        { type: "list", items: [LONGEST_LINE] },
        {
          type: "table",
          rows: [
            ["", "HUB"],
            ["map", LONGEST_LINE],
          ],
        },
      ],
    },
  },
  {
    name: "a table of 200 rows",
    reply: {
      blocks: [
        {
          type: "table",
          rows: [
            ["peer", "state", "encaps", "decaps"],
            ...Array.from({ length: 199 }, (_, row) => [`198.51.100.${row}`, "QM_IDLE", `${row * 17}`, "0"]),
          ],
          marked: [3, 150],
        },
      ],
    },
  },
  {
    name: "code of 500 lines",
    reply: { blocks: [{ type: "code", lines: Array.from({ length: 500 }, (_, i) => ` line ${i}`) }] },
  },
  {
    name: "evidence of 100 lines",
    reply: {
      blocks: [
        {
          type: "evidence",
          label: "Shown by",
          lines: Array.from({ length: 100 }, (_, i) => ({
            paste: "hub.txt",
            line: i * 90 + 1,
            text: `replay check failed ${i}`,
          })),
        },
      ],
    },
  },
  {
    name: "a file of 300,000 characters",
    reply: { blocks: [{ type: "file", name: "hand-off.md", text: `${"a line of the write-up\n".repeat(13_044)}end` }] },
  },
  {
    name: "thirty choices with long labels",
    reply: {
      blocks: [
        text("Which one is it about?"),
        {
          type: "choices",
          choices: Array.from({ length: 30 }, (_, i) => ({
            id: `peer:2001:db8::${i}`,
            label: `${"2001:db8:".repeat(12)}${i}`,
          })),
        },
      ],
    },
  },
  {
    name: "seventy blocks",
    reply: {
      blocks: Array.from(
        { length: 70 },
        (_, i): Block => (i % 2 ? text(`Text ${i}`) : { type: "code", lines: [`show ${i}`] }),
      ),
    },
  },
  {
    name: "right-to-left text and emoji",
    reply: {
      blocks: [
        text(`${HEBREW} — ${ARABIC} ${EMOJI}`),
        { type: "heading", mark: "open", text: `${ARABIC} (HUB)`, badge: EMOJI },
        { type: "evidence", lines: [{ paste: `${HEBREW}.txt`, line: 3, text: `description ${ARABIC} 10.1.0.0` }] },
        { type: "code", label: HEBREW, lines: [`description ${HEBREW}`], note: EMOJI },
        {
          type: "table",
          rows: [
            ["", HEBREW],
            [ARABIC, EMOJI],
          ],
          marked: [1],
        },
        { type: "choices", choices: [{ id: "peer:192.0.2.1", label: HEBREW }] },
        // A bidirectional override that is never closed, and half of a surrogate pair.
        text("before \u202E after \uD83D end"),
      ],
    },
  },
];
