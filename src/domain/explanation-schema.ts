/** What `explain` answers programs: a meaning, or what comes near; the one source of the types in explanation.ts. */
import { z } from "zod";

export const ReferenceSchema = z.strictObject({ id: z.string(), title: z.string() });

export const MeaningSchema = z
  .strictObject({
    kind: z.literal("explanation"),
    about: z.enum(["state", "topic", "finding", "symptom", "signature"]),
    id: z.string(),
    title: z.string(),
    short: z.string().describe('One or two sentences; the rest may hide behind "more"'),
    paragraphs: z.array(z.string()),
    next: z.array(z.string()).describe("What to look at next"),
    not: z.array(z.string()).describe("What it does not mean, with what is right"),
    causes: z.array(ReferenceSchema).describe("Root causes it can be"),
    see: z.array(ReferenceSchema),
    sources: z.array(z.string()),
  })
  .describe("What a state, message, command or term means");

export const SuggestionsSchema = z
  .strictObject({ kind: z.literal("suggestions"), suggestions: z.array(ReferenceSchema) })
  .describe("Nothing, or more than one thing, goes by that name; these come near");

export const ExplanationSchema = z.discriminatedUnion("kind", [MeaningSchema, SuggestionsSchema]);
