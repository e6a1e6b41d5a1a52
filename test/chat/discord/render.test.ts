import { ComponentType } from "discord.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { escaped, inFence, readable } from "../../../src/chat/discord/markdown.ts";
import { type DiscordMessage, renderReply } from "../../../src/chat/discord/render.ts";
import type { Block, Reply } from "../../../src/domain/reply.ts";
import { EXAMPLE_REPLIES, HOSTILE_TEXTS } from "../replies.ts";
import { acceptMessage } from "./peer/accept.ts";
import { Honesty } from "./peer/honesty.ts";
import { World } from "./peer/world.ts";

const OFFER = { caseId: "7F3K", turn: 12 };

/** What Discord would refuse of these messages, as the peer sees it. */
function refused(messages: readonly DiscordMessage[]): string[] {
  const honesty = new Honesty();
  const world = new World(honesty);
  for (const { content, components, files } of messages) {
    const given = files.map(({ name, text }) => ({ name, bytes: Buffer.from(text) }));
    const body = { content, components, allowed_mentions: { parse: [] } };
    acceptMessage(world, "MessageCreateRequestSchema", body, given);
    if (content.length > 2000) honesty.note("content is too long in UTF-16");
    if (files.some(({ text }) => text.length > 10 * 1024 * 1024)) honesty.note("a file is too large");
    if (new Set(files.map(({ name }) => name)).size !== files.length) honesty.note("two files have one name");
  }
  return honesty.problems;
}

describe("a reply", () => {
  it.each(EXAMPLE_REPLIES)("$name: is what Discord takes", ({ reply }) => {
    const messages = renderReply(reply, {
      offer: OFFER,
      controls: [{ label: "Paste privately", action: { type: "paste", caseId: "7F3K" } }],
    });
    expect(messages.length).toBeGreaterThan(0);
    expect(messages.length).toBeLessThanOrEqual(3);
    expect(refused(messages)).toEqual([]);
  });

  it("is what Discord takes, whatever stands in it", () => {
    const text = fc.oneof(fc.string({ unit: "binary", maxLength: 3000 }), fc.constantFrom(...HOSTILE_TEXTS));
    const block: fc.Arbitrary<Block> = fc.oneof(
      fc.record({
        type: fc.constant("text" as const),
        text,
        tone: fc.constantFrom("plain" as const, "quiet" as const, "strong" as const),
      }),
      fc.record({
        type: fc.constant("heading" as const),
        mark: fc.constantFrom("found" as const, "open" as const),
        text,
        badge: text,
      }),
      fc.record({
        type: fc.constant("code" as const),
        label: text,
        lines: fc.array(text, { maxLength: 60 }),
        risk: fc.constantFrom("low" as const, "drops-other-tunnels" as const),
        note: text,
      }),
      fc.record({
        type: fc.constant("evidence" as const),
        label: text,
        lines: fc.array(fc.record({ paste: text, line: fc.nat(), text })),
      }),
      fc.record({
        type: fc.constant("table" as const),
        rows: fc.array(fc.array(text, { maxLength: 4 }), { maxLength: 20 }),
      }),
      fc.record({ type: fc.constant("list" as const), label: text, items: fc.array(text, { maxLength: 30 }) }),
      fc.record({
        type: fc.constant("choices" as const),
        choices: fc.array(fc.record({ id: text, label: text }), { maxLength: 40 }),
      }),
      fc.record({ type: fc.constant("file" as const), name: text, text }),
    );
    const reply: fc.Arbitrary<Reply> = fc.record({ blocks: fc.array(block, { maxLength: 25 }) });
    fc.assert(
      fc.property(reply, (given) => {
        expect(refused(renderReply(given, { offer: OFFER }))).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  it("loses no word of a text, however long", () => {
    const words = Array.from({ length: 4_000 }, (_, i) => `word${i}`);
    const messages = renderReply({ blocks: [{ type: "text", text: words.join(" ") }] });
    const all = [
      ...messages.map(({ content }) => content),
      ...messages.flatMap(({ files }) => files.map(({ text }) => text)),
    ].join(" ");
    for (const word of words) expect(all.includes(word), word).toBe(true);
    expect(messages.at(-1)?.files.map(({ name }) => name)).toEqual(["more.md"]);
  });

  it("has its commands in a block by themselves, to be copied as they are", () => {
    const lines = ["crypto isakmp policy 15", " encryption aes", " authentication pre-share", " lifetime 86_400 *"];
    const [message] = renderReply({ blocks: [{ type: "code", label: "Fix on HUB", lines, risk: "low" }] });
    expect(message?.content).toBe(`**Fix on HUB** · low risk\n\`\`\`\n${lines.join("\n")}\n\`\`\``);
  });

  it("begins with what is asked, which a notification shows; what was read is said below", () => {
    const blocks: Block[] = [
      { type: "text", text: "Read from HUB (your end): show crypto isakmp sa.", tone: "quiet" },
      { type: "path", stages: [{ name: "IKE SA", mark: "no" }] },
      { type: "text", text: "The end that answers names what it refuses." },
      { type: "code", label: "On PUNE (the far end)", lines: ["debug crypto isakmp"] },
      { type: "choices", choices: [{ id: "cannot", label: "Can't run that" }] },
    ];
    const [message] = renderReply({ blocks }, { offer: OFFER });
    expect(message?.content).toMatch(/^The end that answers .*debug crypto isakmp\n```\n-# Read from HUB.*IKE.SA$/s);
    const [soFar] = renderReply({ blocks: [...blocks.slice(1, 2), { type: "list", label: "Read", items: ["a log"] }] });
    expect(soFar?.content).toMatch(/IKE.SA\n\*\*Read\*\*/);
  });

  it("shows the verdict first, also in a notification, and does not say the bot's name, which Discord does", () => {
    const blocks: Block[] = [
      { type: "heading", mark: "none", text: "TunnelMedic" },
      { type: "text", text: "Read from PUNE (your end): configuration.", tone: "quiet" },
      { type: "path", stages: [{ name: "IKE SA", mark: "no" }] },
      { type: "heading", mark: "found", text: "The pre-shared keys differ", badge: "confirmed" },
      { type: "evidence", lines: [{ paste: "paste 1", line: 4, text: "192.0.2.1        198.51.100.7       QM_IDLE" }] },
    ];
    expect(renderReply({ blocks })[0]?.content.split("\n")).toEqual([
      "### ❌ The pre-shared keys differ · confirmed",
      "-# Read from PUNE (your end): configuration.",
      "❌\u00a0IKE\u00a0SA",
      "```",
      "paste 1:4  192.0.2.1  198.51.100.7  QM_IDLE",
      "```",
    ]);
  });

  it("has buttons for a few choices and a select for many, with what they are for", () => {
    const choices = (count: number): Reply => ({
      blocks: [
        {
          type: "choices",
          choices: Array.from({ length: count }, (_, i) => ({ id: `peer:192.0.2.${i}`, label: `192.0.2.${i}` })),
        },
      ],
    });
    const few = renderReply(choices(5), { offer: OFFER })[0]?.components[0]?.components ?? [];
    expect(few.map(({ type }) => type)).toEqual(Array(5).fill(ComponentType.Button));
    expect(few[3]).toMatchObject({ custom_id: "choose|7F3K|12|peer:192.0.2.3", label: "192.0.2.3" });
    const many = renderReply(choices(30), { offer: OFFER })[0]?.components[0]?.components ?? [];
    expect(many).toMatchObject([
      { type: ComponentType.StringSelect, custom_id: expect.stringContaining("choose|7F3K|12") },
    ]);
    expect("options" in (many[0] ?? {}) && (many[0] as { options: unknown[] }).options).toHaveLength(25);
    expect(renderReply(choices(3))[0]?.components).toEqual([]);
  });
});

describe("what was pasted", () => {
  it("is never markup, a mention, a link or an emoji, and reads as it was", () => {
    const text = fc.oneof(fc.string({ unit: "grapheme", maxLength: 300 }), fc.constantFrom(...HOSTILE_TEXTS));
    fc.assert(
      fc.property(text, (given) => {
        let shown = "";
        const written = escaped(given);
        for (let i = 0; i < written.length; i += 1) {
          const char = written.charAt(i);
          if (char === "\\") {
            i += 1;
            // Discord shows the character behind a backslash as it is, unless it is a letter, a digit or a blank.
            expect(written.charAt(i)).toMatch(/[^0-9A-Za-z\s]/);
            shown += written.charAt(i);
          } else {
            expect(char).not.toMatch(/[*_~`|<>[\]@#]/);
            shown += char;
          }
        }
        expect(shown).toBe(readable(given));
      }),
    );
    expect(escaped("- item\n1. one\n> quote\n-# small")).toBe("\\- item\n1\\. one\n\\> quote\n\\-\\# small");
    expect(escaped("https://example.org :smile: 2001:db8::1")).toBe("https\\://example.org \\:smile: 2001\\:db8::1");
  });

  it("can't end the block it stands in", () => {
    fc.assert(fc.property(fc.string({ unit: "grapheme" }), (text) => !inFence(`${text}\`\`\`${text}`).includes("```")));
  });
});
