/** The question or the next command: one thing at a time, so that a reply fits a phone screen. */
import { PLATFORM_IDS, SYMPTOM_IDS, type SymptomId } from "../domain/ids.ts";
import type { NamedEnds } from "../domain/named-ends.ts";
import { PLATFORM_NAMES } from "../domain/platform-names.ts";
import type { Block, Choice, Reply } from "../domain/reply.ts";
import type { Ask } from "../domain/verdict.ts";
import { choices, text } from "./blocks.ts";
import { checksToRun } from "./checked.ts";
import type { Said } from "./diagnosis.ts";
import { nameOf } from "./names.ts";
import type { Standing } from "./standing.ts";

export const SYMPTOMS: Readonly<Record<SymptomId, string>> = {
  "tunnel-down": "The tunnel is down",
  "up-no-traffic": "It is up, but no traffic passes",
  "one-way": "Traffic passes one way only",
  intermittent: "It loses packets now and then",
  flapping: "It goes up and down",
  slow: "It is slow, or large transfers hang",
  unknown: "Not sure",
};

export function greeting(): Reply {
  return {
    blocks: [
      { type: "heading", mark: "none", text: "TunnelMedic" },
      {
        type: "text",
        text: "I help to find what is wrong with an IPsec tunnel. You can paste any output at any time, from either end; I remove keys before I keep anything.",
      },
    ],
  };
}

/** The question or the next command, with what to choose from. */
export function nextStep(standing: Standing): Reply {
  const { waiting, diagnosis } = standing;
  switch (waiting.for) {
    case "symptom":
      return {
        blocks: [
          text("What do you see?"),
          choices(SYMPTOM_IDS.map((id) => ({ id: `symptom:${id}`, label: SYMPTOMS[id] }))),
        ],
      };
    case "platform":
      return {
        blocks: [
          text("Which box are you on?"),
          choices([
            ...PLATFORM_IDS.map((id) => ({ id: `platform:${id}`, label: PLATFORM_NAMES[id] })),
            { id: "platform:unknown", label: "Not sure" },
          ]),
        ],
      };
    case "side":
      return {
        blocks: [
          text("Which end is that from? Neither a prompt nor an address tells me."),
          choices([
            { id: "side:local", label: "My end" },
            { id: "side:remote", label: "The far end" },
          ]),
        ],
      };
    case "peer":
      return {
        blocks: [
          ...(diagnosis.leftOut === undefined ? [] : [text(diagnosis.leftOut)]),
          text(
            `${waiting.candidates.length} tunnels of this device come into question. Which one is it about? The peer's address is enough.`,
          ),
          choices(waiting.candidates.slice(0, 8).map((address) => ({ id: `peer:${address}`, label: address }))),
        ],
      };
    case "far-address":
      return {
        blocks: [
          text("Which of the two is the far end's address? That output names both, but not which one it was taken on."),
          choices(waiting.candidates.map((address) => ({ id: `peer:${address}`, label: address }))),
        ],
      };
    case "verification":
      return { blocks: checkNext(standing) };
    case "output":
      return { blocks: askFor(diagnosis) };
    case "nothing":
      return { blocks: nothingMore(standing) };
  }
}

/** What would show whether the fix helped, one thing at a time. */
function checkNext({ check, diagnosis }: Standing): Block[] {
  return [...checksToRun(check?.missing.slice(0, 1) ?? [], diagnosis.ends), choices(WHILE_CHECKING)];
}

/** While we wait for what would show whether a fix helped. */
export const WHILE_CHECKING: readonly Choice[] = [
  { id: "not-helped", label: "It did not help" },
  { id: "cannot", label: "Can't run that" },
  { id: "so-far", label: "So far" },
  { id: "hand-over", label: "Write it up" },
];

function askFor({ verdict, ends }: Said): Block[] {
  const [ask] = verdict.asks;
  if (!ask) return [];
  const isFound = verdict.verdict === "found";
  return [
    { type: "text", text: isFound ? `That is likely; this would make it sure. ${ask.why}` : ask.why },
    { type: "code", label: `On ${whose(ask, ends)}`, lines: ask.command.split("\n") },
    choices([
      ...(isFound ? [{ id: "done", label: "Done, check it" }] : []),
      { id: "cannot", label: "Can't run that" },
      // Long labels stand one below the other on a phone.
      { id: "cannot-reach", label: "Can't reach it" },
      { id: "so-far", label: "So far" },
      { id: "hand-over", label: "Write it up" },
    ]),
  ];
}

function whose(ask: Ask, ends: NamedEnds): string {
  const name = nameOf(ask.side, ends);
  return name.startsWith("your") || name.startsWith("the far")
    ? name
    : `${name} (${ask.side === "local" ? "your end" : "the far end"})`;
}

function nothingMore({ diagnosis, fixTried }: Standing): Block[] {
  const { verdict } = diagnosis;
  if (verdict.verdict === "healthy")
    return fixTried
      ? [text('It works. Type "close" to close the case.'), choices([{ id: "hand-over", label: "Write it up" }])]
      : [];
  if (verdict.verdict === "found")
    return [
      choices([
        { id: "done", label: "Done, check it" },
        { id: "more", label: "Show everything" },
        { id: "hand-over", label: "Write it up" },
      ]),
    ];
  return [
    text(
      "I have no further command that would tell more. What I can do is write it up for the next engineer, with what is ruled out and by which line.",
    ),
    choices([
      { id: "hand-over", label: "Write it up" },
      { id: "start-over", label: "Start over" },
    ]),
  ];
}

/** After an aside: what the case still waits for. */
export function stillWaiting({ waiting, diagnosis }: Standing): Block[] {
  const [ask] = diagnosis.verdict.asks;
  if (waiting.for !== "output" || !ask) return [];
  const command = ask.command.split("\n").join("; ");
  return [text(`Whenever you are ready: ${command}, on ${whose(ask, diagnosis.ends)}.`, "quiet")];
}
