import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { situationOf } from "../../../src/case/case.ts";
import { carried } from "../../../src/chat/slack/choices.ts";
import { renderReply } from "../../../src/chat/slack/render.ts";
import type { Block, Reply } from "../../../src/domain/reply.ts";
import { loadKnowledge } from "../../../src/knowledge/load.ts";
import { speakChanges } from "../../../src/speech/changes.ts";
import { nextStep } from "../../../src/speech/next-step.ts";
import { EXAMPLE_REPLIES, HOSTILE_TEXTS } from "../replies.ts";
import { faultsOfMessage } from "./limits-of-slack.ts";

const ASKING = situationOf(
  {
    events: [
      { type: "symptom-said", symptom: "tunnel-down" },
      { type: "platform-said", side: "local", platform: "cisco-ios" },
    ],
  },
  await loadKnowledge(),
);
const OF = { caseId: "7F3K", turn: 12 };

describe.each(EXAMPLE_REPLIES)("$name", ({ reply }) => {
  it("is taken by Slack, with buttons and without", () => {
    for (const of of [OF, undefined]) {
      const { text, blocks, files } = renderReply(reply, of);
      if (text !== "" || blocks.length > 0) expect(faultsOfMessage({ text, blocks: [...blocks] })).toEqual([]);
      expect(blocks.length).toBeLessThanOrEqual(45);
      for (const file of files) expect(file.name).toMatch(/^[\p{L}\p{N}._ -]{1,80}$/u);
    }
  });

  it("loses nothing: each line is in the message or in a file", () => {
    const { blocks, files } = renderReply(reply, OF);
    const shown = squeezed([...textsOf(blocks), ...files.map(({ text }) => text)].join(""));
    for (const words of wordsOf(reply)) expect(shown).toContain(squeezed(words));
  });
});

it("shows pasted text as it is: no element but text, and only in places where Slack reads no markup", () => {
  for (const hostile of HOSTILE_TEXTS) {
    const reply: Reply = {
      blocks: [
        { type: "text", text: hostile },
        { type: "code", lines: [hostile] },
      ],
    };
    const { blocks, text } = renderReply(reply, OF);
    const types = new Set<unknown>();
    JSON.stringify(blocks, (key, value: unknown) => {
      if (key === "type") types.add(value);
      return value;
    });
    const allowed = ["rich_text", "rich_text_section", "rich_text_preformatted", "text", "context", "plain_text"];
    expect([...types].filter((type) => !allowed.includes(String(type)))).toEqual([]);
    expect(text).not.toMatch(/<(?!$)/);
  }
});

it("carries the case, the turn and the choice in each button", () => {
  const { blocks } = renderReply(
    { blocks: [{ type: "choices", choices: [{ id: "peer:2001:db8::1", label: "2001:db8::1" }] }] },
    OF,
  );
  const [actions] = blocks as unknown as { elements: { value: string; action_id: string }[] }[];
  expect(carried(actions?.elements[0]?.value)).toEqual({ ...OF, choice: "peer:2001:db8::1" });
  expect(carried("something else")).toBeUndefined();
  expect(carried('["7F3K",1]')).toBeUndefined();
});

it("keeps commands apart from everything else, so that what is copied is only them", () => {
  const { blocks } = renderReply(
    { blocks: [{ type: "code", label: "On HUB", lines: ["show crypto isakmp sa", "show crypto session"] }] },
    OF,
  );
  expect(textsOf(blocks)).toContain("show crypto isakmp sa\nshow crypto session");
});

/** As the bot answers a paste: what was read, how far it is, then the verdict. */
const VERDICT: Reply = {
  blocks: [
    { type: "heading", mark: "none", text: "TunnelMedic" },
    { type: "text", text: "Read from PUNE: configuration.", tone: "quiet" },
    { type: "path", stages: [{ name: "IKE SA", mark: "no" }] },
    { type: "heading", mark: "found", text: "The pre-shared keys differ", badge: "confirmed" },
    { type: "text", text: "The fifth message can't be read." },
    {
      type: "evidence",
      lines: [
        { paste: "paste 1", line: 4, text: "192.0.2.1        198.51.100.7       MM_KEY_EXCH       1017    0 ACTIVE" },
      ],
    },
  ],
};

it("shows the verdict first and largest, and does not say the bot's name, which Slack does", () => {
  const { blocks } = renderReply(VERDICT, OF);
  expect(blocks[0]).toMatchObject({ type: "header", text: { text: "✗ The pre-shared keys differ  ·  confirmed" } });
  expect(textsOf(blocks)).not.toContain("TunnelMedic");
  expect(textsOf(blocks)[1]).toBe("Read from PUNE: configuration.");
});

it("shows the verdict before what the counters did since the reading before", () => {
  const fixed: Reply = {
    blocks: [
      { type: "text", text: "Read from PUNE: show crypto ipsec sa.", tone: "quiet" },
      { type: "path", stages: [{ name: "IKE SA", mark: "yes" }] },
      ...speakChanges(
        [
          {
            side: "local",
            flow: "",
            earlier: "paste 1",
            later: "paste 2",
            isExact: false,
            counts: { encaps: 60 },
            evidence: [],
          },
        ],
        { local: { host: "PUNE", platform: "cisco-ios" }, remote: { platform: "unknown" } },
      ),
      { type: "heading", mark: "healthy", text: "Fixed: the tunnel is healthy" },
      { type: "text", text: "Both SAs are up." },
    ],
  };
  const { blocks, text } = renderReply(fixed, OF);
  expect(blocks[0]).toMatchObject({ type: "header", text: { text: "✓ Fixed: the tunnel is healthy" } });
  expect(textsOf(blocks).slice(1, 5).join("\n")).toMatch(/Read from PUNE.*Since the reading before.*encaps \+60/s);
  expect(text).toMatch(/^✓ Fixed/);
});

it("notifies with what matters: the verdict, or what to do; what was read comes last", () => {
  expect(renderReply(VERDICT, OF).text).toMatch(/^✗ The pre-shared keys differ \(confirmed\)\n\nThe fifth message/);
  const asks: Reply = {
    blocks: [
      { type: "text", text: "Read from PUNE: show version.", tone: "quiet" },
      { type: "code", label: "On PUNE", lines: ["show crypto isakmp sa"] },
    ],
  };
  expect(renderReply(asks, OF).text).toBe("On PUNE:\n  show crypto isakmp sa\n\nRead from PUNE: show version.");
});

it("shows a row of a device's table without its wide columns, which a phone breaks anywhere", () => {
  expect(textsOf(renderReply(VERDICT, OF).blocks)).toContain(
    "paste 1:4  192.0.2.1  198.51.100.7  MM_KEY_EXCH  1017  0 ACTIVE",
  );
});

it("says above each line of evidence where it stands, where a phone would break them; short ones stay in one line", () => {
  const lines = [
    { paste: "paste 1", line: 50, text: " permit ip 10.4.1.0 0.0.0.255 10.3.1.0 0.0.0.255" },
    { paste: "hub.txt", line: 13, text: "#pkts encaps: 0" },
  ];
  const shownAs = (shown: typeof lines) =>
    textsOf(renderReply({ blocks: [{ type: "evidence", lines: shown }] }, OF).blocks);
  expect(shownAs(lines)).toEqual([
    "paste 1:50\n  permit ip 10.4.1.0 0.0.0.255 10.3.1.0 0.0.0.255\nhub.txt:13\n  #pkts encaps: 0",
  ]);
  expect(shownAs(lines.slice(1).concat(lines.slice(1)))).toEqual([
    "hub.txt:13  #pkts encaps: 0\nhub.txt:13  #pkts encaps: 0",
  ]);
});

it("names both columns of a figure where they are equal, for they are not the same thing", () => {
  const rows = [
    ["cause", "cases", "seen fixed"],
    ["The transform sets have no pair in common", "2", "2"],
  ];
  const [shown] = textsOf(renderReply({ blocks: [{ type: "table", rows }] }, OF).blocks);
  expect(shown?.split("\n").map((line) => line.trim())).toEqual([
    "The transform sets have no pair in common",
    "cases       2",
    "seen fixed  2",
  ]);
});

it("writes a remark on a table's row beside its name, not on a line that belongs to nobody", () => {
  const rows = [
    ["", "HUB", "PUNE", ""],
    ["crypto ACL", "10.1.0.0/16 → 10.9.0.0/16", "not seen", "?"],
  ];
  expect(textsOf(renderReply({ blocks: [{ type: "table", rows }] }, OF).blocks)).toEqual([
    "crypto ACL  ?\n  HUB   10.1.0.0/16 → 10.9.0.0/16\n  PUNE  not seen",
  ]);
});

const anyText = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 80 }),
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.constantFrom(...HOSTILE_TEXTS),
  fc.integer({ min: 1, max: 4_000 }).map((length) => "0123456789 ".repeat(length / 10)),
);
const anyLines = fc.array(anyText, { maxLength: 20 });
const anyBlock: fc.Arbitrary<Block> = fc.oneof(
  fc.record({ type: fc.constant("text" as const), text: anyText, tone: fc.constantFrom("plain", "quiet", "strong") }),
  fc.record({
    type: fc.constant("heading" as const),
    mark: fc.constantFrom("found", "open"),
    text: anyText,
    badge: anyText,
  }),
  fc.record({ type: fc.constant("code" as const), label: anyText, lines: anyLines, note: anyText }),
  fc.record({
    type: fc.constant("evidence" as const),
    label: anyText,
    lines: fc.array(fc.record({ paste: anyText, line: fc.nat(), text: anyText }), { maxLength: 20 }),
  }),
  fc.record({
    type: fc.constant("table" as const),
    rows: fc.array(fc.array(anyText, { maxLength: 5 }), { maxLength: 30 }),
    marked: fc.array(fc.nat(30)),
  }),
  fc.record({ type: fc.constant("list" as const), label: anyText, items: anyLines }),
  fc.record({
    type: fc.constant("choices" as const),
    choices: fc.array(fc.record({ id: anyText, label: anyText }), { maxLength: 120 }),
  }),
  fc.record({ type: fc.constant("file" as const), name: anyText, text: anyText }),
) as fc.Arbitrary<Block>;

it("makes no reply that Slack would refuse", () => {
  fc.assert(
    fc.property(fc.array(anyBlock, { maxLength: 60 }), (blocks) => {
      const { text, blocks: made } = renderReply({ blocks }, OF);
      if (text === "" && made.length === 0) return;
      expect(faultsOfMessage({ text: text || " ", blocks: [...made] })).toEqual([]);
    }),
    { numRuns: 60 },
  );
});

function textsOf(blocks: readonly unknown[]): string[] {
  const found: string[] = [];
  JSON.stringify(blocks, (key, value: unknown) => {
    if (key === "text" && typeof value === "string") found.push(value);
    return value;
  });
  return found;
}

function wordsOf(reply: Reply): string[] {
  return reply.blocks.flatMap((block) => {
    if (block.type === "text") return [block.text];
    if (block.type === "code") return [...block.lines];
    if (block.type === "evidence") return block.lines.map(({ text }) => text);
    if (block.type === "list") return [...block.items];
    if (block.type === "file") return [block.text];
    return [];
  });
}

/** Without blanks, which lines are broken at, and without what can't be sent. */
function squeezed(text: string): string {
  return text.replace(/[\s\p{Cc}\p{Cf}\p{Surrogate}\ufffd]/gu, "");
}

it("fits a phone: what an ask offers takes two rows of buttons there, not one for each", () => {
  const { blocks } = renderReply(nextStep(ASKING), OF);
  const { elements } = blocks.at(-1) as unknown as { elements: { type: string; text?: { text: string } }[] };
  // Slack's own type is about 7 points wide a letter, a button has 24 around them and 8 beside it; a phone shows 328.
  let rows = 1;
  let x = 0;
  for (const { text } of elements) {
    const width = 24 + 7 * (text?.text.length ?? 2);
    if (x > 0 && x + width > 328) {
      rows += 1;
      x = 0;
    }
    x += width + 8;
  }
  expect(rows).toBeLessThanOrEqual(2);
});
