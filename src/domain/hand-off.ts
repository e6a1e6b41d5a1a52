/**
 * A case written up: the typed document that all hand-offs are made from, and that programs get as JSON. Published as
 * docs/hand-off.schema.json. A field may be added; one that stands keeps its name and meaning while `version` is 1.
 */
import { z } from "zod";
import { PLATFORM_IDS, ROOT_CAUSE_IDS, SIDES, STAGES, SYMPTOM_IDS } from "./ids.ts";

/** Whom it is written for. */
export const TEMPLATES = ["next-shift", "far-side", "vendor"] as const;
export type HandOffTemplate = (typeof TEMPLATES)[number];

const Side = z.enum(SIDES);
const Platform = z.enum([...PLATFORM_IDS, "unknown"]);
const Time = z.iso.datetime().describe("UTC");
const Text = z.string();
const Risk = z.enum(["none", "low", "drops-this-tunnel", "drops-other-tunnels"]);
const EvidenceLine = z.strictObject({
  paste: Text,
  line: z.int().min(1).describe("counts from 1 in the paste as given"),
  text: Text.describe("redacted"),
});
const Lines = z.array(EvidenceLine);

const EndWritten = z.strictObject({
  side: Side,
  name: Text.describe("host name, else address, else where it is"),
  platform: Platform,
  release: Text.nullable(),
  host: Text.nullable(),
  address: Text.nullable().describe("its endpoint of the tunnel"),
  identity: Text.nullable().describe("what it calls itself in IKE, where that was seen"),
  policies: z.array(Text).describe("its IKE policies, in order of priority"),
  protects: z.array(Text).describe("the traffic that it protects, as network → network"),
});

const FindingWritten = z.strictObject({
  id: z.enum(ROOT_CAUSE_IDS),
  title: Text,
  why: Text,
  certainty: z.enum(["confirmed", "likely", "possible"]),
  side: z
    .enum([...SIDES, "both"])
    .nullable()
    .describe("the end that should change"),
  differs: z.array(z.strictObject({ attribute: Text, local: Text, remote: Text })),
  evidence: Lines,
  against: Lines,
});

const NextThing = z.strictObject({
  kind: z.enum(["fix", "look", "check"]),
  side: Side,
  on: Text.describe("that end's name"),
  commands: z.array(Text),
  why: Text,
  risk: Risk.describe("how disruptive it is"),
});

export const HandOffSchema = z
  .strictObject({
    kind: z.literal("tunnelmedic-hand-off"),
    version: z.literal(1),
    template: z.enum(TEMPLATES),
    case: Text.nullable(),
    writtenAt: Time.nullable(),
    writtenBy: Text.nullable(),
    reported: z.strictObject({
      symptom: z.enum(SYMPTOM_IDS).nullable(),
      words: Text,
      peer: Text.nullable(),
      at: Time.nullable(),
      by: Text.nullable(),
    }),
    standing: z.strictObject({
      verdict: z.enum(["found", "healthy", "need-more"]),
      summary: Text.describe("where the case stands, in a sentence"),
      stage: z.enum(STAGES).nullable().describe("the stage of the tree at which it stands; null: all are passed"),
    }),
    ends: z.array(EndWritten),
    timeline: z.array(z.strictObject({ at: Time.nullable(), by: Text.nullable(), what: Text })),
    path: z.array(
      z.strictObject({
        stage: z.enum(STAGES),
        name: Text,
        mark: z.enum(["yes", "no", "open", "unseen"]),
        evidence: Lines,
      }),
    ),
    findings: z.array(FindingWritten).describe("best first"),
    ruledOut: z.array(z.strictObject({ id: z.enum(ROOT_CAUSE_IDS), title: Text, evidence: Lines })),
    tried: z.array(
      z.strictObject({
        finding: z.enum(ROOT_CAUSE_IDS),
        title: Text,
        at: Time.nullable(),
        by: Text.nullable(),
        outcome: z.enum(["fixed", "better", "same", "worse", "not-known"]),
        evidence: Lines,
      }),
    ),
    notObtained: z.array(z.strictObject({ side: Side, on: Text, command: Text.nullable().describe("null: anything") })),
    next: z.array(NextThing).max(3),
    counters: z.array(Text).describe("what the packet counters did between readings"),
    compared: z.array(
      z.strictObject({
        attribute: Text,
        local: Text,
        remote: Text,
        verdict: z.enum(["same", "differs", "differs-no-fault", "unknown"]),
        note: Text.nullable(),
      }),
    ),
    outputs: z.array(
      z.strictObject({
        paste: Text,
        side: Side.nullable(),
        platform: Platform,
        command: Text,
        firstLine: z.int(),
        lastLine: z.int(),
        unread: z.int().min(0).describe("lines that could not be read"),
      }),
    ),
    support: z
      .array(
        z.strictObject({
          side: Side,
          on: Text,
          platform: Platform,
          command: Text,
          why: Text,
          collected: Text.nullable().describe("where it stands, as paste:line; null: missing"),
        }),
      )
      .describe("what the vendor's support asks for"),
    appendix: z
      .array(
        z.strictObject({
          paste: Text,
          side: Side.nullable(),
          command: Text,
          lines: z.array(z.strictObject({ line: z.int().min(1), text: Text.describe("redacted") })),
          omitted: z.int().min(0).describe("lines of the output that are not in it"),
        }),
      )
      .describe("for the vendor's support: what was collected, as far as the case keeps it"),
    secretsRemoved: z.int().min(0),
  })
  .meta({ title: "TunnelMedic hand-off", description: "A case written up for whoever goes on with it." });

export type HandOffDocument = Readonly<z.infer<typeof HandOffSchema>>;
