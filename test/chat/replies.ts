/**
 * Example replies that every chat has to render within its limits: each type of block, and the extremes that a case can
 * bring about. Free of any chat's format.
 */
import type { Block, Reply } from "../../src/domain/reply.ts";
import { EXTREMES } from "./extreme-replies.ts";

export interface ExampleReply {
  readonly name: string;
  readonly reply: Reply;
}

/** Text that would be markup, a mention, a link or an escape somewhere. None of it may act; all of it must be readable. */
export const HOSTILE_TEXTS: readonly string[] = [
  '<script>alert("x")</script>',
  '"><img src=x onerror=alert(1)>',
  "</textarea></template></style><svg onload=alert(1)>",
  "&lt;b&gt; &amp;amp; &#x3c;i&#x3e;",
  "javascript:alert(1)",
  "<!channel> <@U012AB3CD> <https://example.org|click>",
  "@everyone @here <@!1234> <#1234> [click](https://example.org)",
  "*bold* _italic_ ~struck~ `code` ```fence``` ||spoiler|| # heading",
  "```\nend of fence\n```\nand after it",
  "line one\r\nline two\u2028line three\0null",
  "\x1b[31mred\x1b[0m \x1b]0;title\x07",
  "{{7*7}} <%= 7*7 %> #{7*7} %s %d",
];

const text = (words: string, tone?: "plain" | "quiet" | "strong"): Block => ({ type: "text", text: words, tone });

const VERDICT: Reply = {
  blocks: [
    text("Read from PUNE: show running-config. I removed 1 key or password; better change it.", "quiet"),
    {
      type: "path",
      stages: [
        { name: "IKE SA", mark: "yes" },
        { name: "IPsec SA", mark: "no" },
        { name: "routing", mark: "open" },
        { name: "dead peer", mark: "unseen" },
        { name: "replay", mark: "unseen" },
      ],
    },
    { type: "heading", mark: "found", text: "The crypto ACLs are not mirrors", badge: "confirmed" },
    text("Each end has to protect what the other sends to it, the other way round."),
    {
      type: "table",
      rows: [
        ["", "HUB", "PUNE"],
        ["crypto ACL", "10.1.0.0/16 → 10.9.0.0/16", "10.8.0.0/16 → 10.1.0.0/16"],
        ["PFS", "none", "none"],
      ],
      marked: [1],
    },
    {
      type: "evidence",
      label: "Shown by",
      lines: [
        { paste: "hub.txt", line: 88, text: "permit ip 10.1.0.0 0.0.255.255 10.9.0.0 0.0.255.255" },
        { paste: "paste 2", line: 61, text: "permit ip 10.8.0.0 0.0.255.255 10.1.0.0 0.0.255.255" },
      ],
    },
    {
      type: "code",
      label: "Fix on HUB",
      lines: ["ip access-list extended PUNE-ACL", " permit ip 10.1.0.0 0.0.255.255 10.8.0.0 0.0.255.255"],
      risk: "drops-this-tunnel",
      note: "The flow renegotiates; nothing else on the router is touched.",
    },
    {
      type: "choices",
      choices: [
        { id: "done", label: "Done, check it" },
        { id: "more", label: "Show everything" },
        { id: "hand-over", label: "Write it up" },
      ],
    },
  ],
};

const EACH_TYPE: readonly ExampleReply[] = [
  { name: "a verdict as people see it", reply: VERDICT },
  { name: "text in each tone", reply: { blocks: [text("plain"), text("quiet", "quiet"), text("strong", "strong")] } },
  { name: "text of three paragraphs", reply: { blocks: [text("One.\nTwo.\nThree.")] } },
  {
    name: "a heading with each mark",
    reply: {
      blocks: (["found", "healthy", "open", "none"] as const).flatMap((mark): Block[] => [
        { type: "heading", mark, text: `A heading marked ${mark}` },
        { type: "heading", mark, text: `A heading marked ${mark}`, badge: "likely" },
      ]),
    },
  },
  {
    name: "code with each risk, with and without label and note",
    reply: {
      blocks: [
        { type: "code", lines: ["show crypto isakmp sa"] },
        ...(["none", "low", "drops-this-tunnel", "drops-other-tunnels"] as const).map(
          (risk): Block => ({
            type: "code",
            label: `Fix on HUB (${risk})`,
            lines: ["clear crypto sa"],
            risk,
            note: "A note.",
          }),
        ),
      ],
    },
  },
  {
    name: "evidence with and without a label",
    reply: {
      blocks: [
        { type: "evidence", lines: [{ paste: "paste 1", line: 1, text: "dst src state conn-id status" }] },
        {
          type: "evidence",
          label: "Speaks against it",
          lines: [
            { paste: "hub.txt", line: 1_048_576, text: "#pkts encaps: 0" },
            { paste: "a name with spaces & <marks>.log", line: 7, text: "" },
          ],
        },
      ],
    },
  },
  {
    name: "a list with and without a label",
    reply: {
      blocks: [
        { type: "list", items: ["one", "two"] },
        { type: "list", label: "I won't guess; it can be", items: ["The keys differ", "The policies differ"] },
      ],
    },
  },
  {
    name: "a path with each mark",
    reply: {
      blocks: [
        {
          type: "path",
          stages: (["yes", "no", "open", "unseen"] as const).map((mark) => ({ name: `stage ${mark}`, mark })),
        },
      ],
    },
  },
  {
    name: "a picture",
    reply: {
      blocks: [
        {
          type: "picture",
          name: "1-path",
          picture: {
            kind: "path",
            stages: [
              { name: "IKE SA", mark: "yes" },
              { name: "IPsec SA", mark: "no" },
            ],
          },
          words: "The path through the tree: IKE SA passed, IPsec SA fails.",
        },
      ],
    },
  },
  {
    name: "a short file",
    reply: { blocks: [{ type: "file", name: "hand-off-7F3K.md", text: "# Hand-off 7F3K\n\nThe tunnel is down." }] },
  },
];

/** A hostile text in each place of each block. */
function everywhere(words: string): Reply {
  return {
    blocks: [
      text(words),
      { type: "heading", mark: "found", text: words, badge: words },
      { type: "code", label: words, lines: [words, words], risk: "low", note: words },
      { type: "evidence", label: words, lines: [{ paste: words, line: 1, text: words }] },
      {
        type: "table",
        rows: [
          [words, words],
          [words, words],
        ],
        marked: [1],
      },
      { type: "list", label: words, items: [words] },
      { type: "path", stages: [{ name: words, mark: "open" }] },
      { type: "choices", choices: [{ id: words, label: words }] },
      {
        type: "picture",
        name: words,
        picture: {
          kind: "ends",
          local: { name: words, address: words },
          remote: { name: words, address: words },
          out: { state: "lost", sent: 7, arrived: 0 },
          back: { state: "nothing", arrived: 0 },
          isDifference: true,
        },
        words,
      },
      { type: "file", name: words, text: words },
    ],
  };
}

export const EXAMPLE_REPLIES: readonly ExampleReply[] = [
  ...EACH_TYPE,
  ...EXTREMES,
  ...HOSTILE_TEXTS.map((words) => ({ name: `everywhere: ${JSON.stringify(words)}`, reply: everywhere(words) })),
];
