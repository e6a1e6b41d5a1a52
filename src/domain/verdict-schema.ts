/**
 * What `diagnose --json` and `read --json` print (the contract): the one source of the types (verdict.ts),
 * of the published JSON Schema and of the OpenAPI document. Only what publishes or checks imports this file at run time.
 */
import { z } from "zod";
import { PLATFORM_IDS, ROOT_CAUSE_IDS, SIDES } from "./ids.ts";

const SideSchema = z.enum(SIDES).describe("One of the tunnel's two gateways: the one you are on, or the far one");
const PlatformSchema = z.enum([...PLATFORM_IDS, "unknown"]);
const RootCauseSchema = z.enum(ROOT_CAUSE_IDS);
const LineNumber = z.int().min(1).describe("Counts from 1 in the paste as it was given");

export const EvidenceSchema = z
  .strictObject({
    paste: z.string().describe("The name of the paste"),
    line: LineNumber,
    text: z.string().describe("The line, redacted"),
  })
  .describe("A line that somebody can look at");

export const DifferenceSchema = z
  .strictObject({ attribute: z.string(), local: z.string(), remote: z.string() })
  .describe("An attribute on which the two ends differ");

export const FixStepSchema = z.strictObject({
  side: SideSchema,
  platform: PlatformSchema,
  commands: z.array(z.string().min(1)),
  risk: z
    .enum(["none", "low", "drops-this-tunnel", "drops-other-tunnels"])
    .describe("What the commands do to traffic; say it before anybody runs them"),
  note: z.string(),
});

export const VerifyStepSchema = z.strictObject({
  side: SideSchema,
  platform: PlatformSchema,
  command: z.string().min(1),
  expect: z.string().min(1),
});

export const FindingSchema = z
  .strictObject({
    id: RootCauseSchema,
    title: z.string().min(1),
    why: z.string().min(1),
    certainty: z
      .enum(["confirmed", "likely", "possible"])
      .describe("confirmed: a line, or a comparison of both ends, that only this fault produces"),
    side: z
      .enum([...SIDES, "both"])
      .nullable()
      .describe("The end that should change; null where it can't be told"),
    differs: z.array(DifferenceSchema),
    evidence: z.array(EvidenceSchema).min(1).describe("The lines that it was concluded from"),
    against: z.array(EvidenceSchema).describe("The lines that speak against it"),
    fix: z.array(FixStepSchema),
    verify: z.array(VerifyStepSchema).describe("How to see that the fix worked"),
    sources: z.array(z.string()).min(1),
  })
  .describe("A root cause");

export const RuledOutSchema = z.strictObject({ id: RootCauseSchema, evidence: z.array(EvidenceSchema) });

export const AskSchema = z
  .strictObject({
    side: SideSchema,
    platform: PlatformSchema,
    command: z.string().min(1),
    why: z.string().min(1),
  })
  .describe("A command to run next, and what it would tell");

/** What an output of a paste was recognised as. */
const OUTPUT = {
  platform: PlatformSchema,
  command: z
    .string()
    .describe(
      "Canonical and unabbreviated; debug:TOPIC for debug output, syslog for log lines, config for configuration",
    ),
  firstLine: LineNumber,
  lastLine: LineNumber,
  unread: z.array(z.string()).describe("Lines of it that could not be read, redacted"),
};

export const PasteReportSchema = z.strictObject({
  name: z.string(),
  side: SideSchema.nullable().describe("null where it can't be told, or where the outputs are from both ends"),
  outputs: z.array(z.strictObject(OUTPUT)),
});

export const VerdictSchema = z
  .strictObject({
    schema: z.literal(1),
    verdict: z
      .enum(["found", "healthy", "need-more"])
      .describe("found: the first finding is at least likely and has no equal rival; need-more: run the first ask"),
    findings: z.array(FindingSchema).describe("Best first; with need-more they are open, none is the cause yet"),
    ruledOut: z.array(RuledOutSchema),
    asks: z.array(AskSchema).describe("Most telling first"),
    pastes: z.array(PasteReportSchema),
    secretsRemoved: z.int().min(0).describe("Keys and passwords that were taken out before anything was read"),
  })
  .describe("The verdict: what diagnose --json prints");

export const ReadReportSchema = z
  .strictObject({
    paste: z.string().describe("The name of the paste"),
    side: SideSchema.nullable().describe("null where it can't be told"),
    ...OUTPUT,
    facts: z
      .record(z.string(), z.unknown())
      .describe("What was read, by kind of reading; a kind that comes more than once in the output is a list"),
  })
  .describe("One output found in a paste");

export const ReadReportsSchema = z.array(ReadReportSchema).describe("Every output in order: what read --json prints");
