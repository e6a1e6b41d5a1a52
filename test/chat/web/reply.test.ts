import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { html } from "../../../src/chat/web/markup.ts";
import { type ReplyLinks, renderReply } from "../../../src/chat/web/reply.ts";
import type { Block } from "../../../src/domain/reply.ts";
import { EXAMPLE_REPLIES, HOSTILE_TEXTS } from "../replies.ts";
import { shape, wordsOf } from "./shape.ts";

const LINKS: ReplyLinks = {
  line: ({ paste, line }) => `/case/7F3K/paste/${encodeURIComponent(paste)}?line=${line}#L${line}`,
  file: (block) => `/case/7F3K/file/1/${block}`,
  choices: { action: "/case/7F3K/choose", hidden: html`<input type="hidden" name="form" value="x">` },
};

/** One of each block, with the words in each of its places. */
function everywhere(words: string): Block[] {
  return [
    { type: "text", text: words },
    { type: "heading", mark: "found", text: words, badge: words },
    { type: "code", label: words, lines: [words], risk: "low", note: words },
    { type: "evidence", label: words, lines: [{ paste: words, line: 1, text: words }] },
    {
      type: "table",
      rows: [
        [words, "a"],
        [words, words],
      ],
      marked: [1],
    },
    { type: "list", label: words, items: [words] },
    { type: "path", stages: [{ name: words, mark: "open" }] },
    { type: "choices", choices: [{ id: words, label: words }] },
    { type: "file", name: words, text: words },
  ];
}

describe("a reply on the page", () => {
  it.each(EXAMPLE_REPLIES)("has all of its words and is well formed: $name", ({ reply }) => {
    const page = String(renderReply(reply, LINKS));
    expect(shape(page).unclosed).toEqual([]);
    const words = wordsOf(page);
    for (const block of reply.blocks) {
      if (block.type === "text") for (const line of block.text.split("\n")) expect(words).toContain(line.trim());
      if (block.type === "code") expect(words).toContain(block.lines.join("\n"));
      if (block.type === "evidence") for (const { text } of block.lines) expect(words).toContain(text);
      if (block.type === "table") for (const cell of block.rows.flat()) expect(words).toContain(cell);
      if (block.type === "list") for (const item of block.items) expect(words).toContain(item);
      if (block.type === "choices") for (const { label } of block.choices) expect(words).toContain(label);
    }
  });

  it("makes the same elements and attributes of whatever stands in the text", () => {
    const text = fc.oneof(
      fc.constantFrom(...HOSTILE_TEXTS),
      fc.string({ unit: "binary", minLength: 1, maxLength: 60 }),
      fc
        .array(
          fc.constantFrom("<", ">", '"', "'", "&", "=", "/", "`", "x", " ", "on", "script", "<!--", "-->", "]]>"),
          {
            minLength: 1,
            maxLength: 30,
          },
        )
        .map((parts) => parts.join("")),
    );
    // One line with something on it: the number of paragraphs is not what is at stake.
    const line = text.map((words) => `x${words.replace(/[\r\n]/g, "")}`);
    const expected = shape(String(renderReply({ blocks: everywhere("plain") }, LINKS)));
    fc.assert(
      fc.property(line, (words) => {
        expect(shape(String(renderReply({ blocks: everywhere(words) }, LINKS)))).toEqual(expected);
      }),
      { numRuns: 500 },
    );
  });

  it("offers choices only where they can be sent", () => {
    const reply = { blocks: [{ type: "choices", choices: [{ id: "done", label: "Done, check it" }] }] } as const;
    expect(String(renderReply(reply))).toBe("");
    expect(String(renderReply(reply, LINKS))).toContain('<button name="choice" value="done"');
  });

  it("leads from a line to its place in the paste, whatever the paste is called", () => {
    const reply = {
      blocks: [{ type: "evidence", lines: [{ paste: 'a "b" & c.txt', line: 88, text: "no" }] }],
    } as const;
    expect(String(renderReply(reply, LINKS))).toContain(
      'href="/case/7F3K/paste/a%20%22b%22%20%26%20c.txt?line=88#L88"',
    );
  });

  it("shows the beginning of a long file, collapsed, with all of it to download", () => {
    const page = String(
      renderReply({ blocks: [{ type: "file", name: "hand-off.md", text: "x".repeat(300_000) }] }, LINKS),
    );
    expect(page.length).toBeLessThan(25_000);
    expect(page).toContain("<details>");
    expect(page).toContain('href="/case/7F3K/file/1/0" download');
  });

  it("says marks in words too, for those who can't see them", () => {
    const page = String(renderReply({ blocks: [{ type: "path", stages: [{ name: "IKE SA", mark: "no" }] }] }));
    expect(wordsOf(page)).toContain("not in order");
  });
});
