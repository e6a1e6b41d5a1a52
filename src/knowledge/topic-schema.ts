/** What knowledge/states, knowledge/topics and knowledge/symptoms.yaml must look like. */
import { z } from "zod";
import { PLATFORM_IDS, ROOT_CAUSE_IDS, SYMPTOM_IDS } from "../domain/ids.ts";

const Id = z.string().regex(/^[a-z0-9][a-z0-9-]*$/);
/** Plain text for a phone: no markup, no line breaks. */
const Text = z
  .string()
  .min(1)
  .refine((text) => !/[\n`]|\*\*/.test(text), "plain text on one line, without markup");
const Texts = z.array(Text).default([]);

const Described = z.strictObject({
  id: Id,
  title: Text,
  /** Other names, abbreviations and spellings; `_`, `-`, blanks and case make no difference. */
  also: Texts,
  /** One or two sentences. */
  short: Text,
  text: Texts,
  /** What it does not mean: the common mistake, and what is right. */
  not: Texts,
  /** Ids of topics, states or root causes. */
  see: z.array(Id).default([]),
  sources: z.array(Text).min(1),
});

/** knowledge/states/*.yaml: states and status words that devices print. */
export const StateFile = z.strictObject({
  platforms: z.array(z.enum(PLATFORM_IDS)).min(1),
  /** The outputs that print them. */
  printedBy: Text,
  states: z.array(
    Described.extend({
      /** What this end has sent when it shows the state. */
      sent: Text.optional(),
      /** What it waits for. */
      awaits: Text.optional(),
      /** What being stuck there means for the end that began the exchange, and for the one that answers. */
      stuckInitiator: Text.optional(),
      stuckResponder: Text.optional(),
      /** What to look at next. */
      next: Texts,
      causes: z.array(z.enum(ROOT_CAUSE_IDS)).default([]),
    }),
  ),
});
export type State = z.output<typeof StateFile>["states"][number];

/** knowledge/topics/*.yaml: terms, messages and commands. */
export const TopicFile = z.strictObject({
  theme: Text,
  topics: z.array(
    Described.extend({
      /** Commands explained here, in full; upper-case words stand for an argument, further words may follow. */
      commands: Texts,
    }),
  ),
});
export type Topic = z.output<typeof TopicFile>["topics"][number];

/**
 * Words in this order with at most a few others between them; `drop*` is any word that begins so, `pass|flow` either
 * word. No punctuation, apostrophes left out.
 */
const Phrase = z.string().regex(/^[a-z0-9*| ]+$/);

/** knowledge/symptoms.yaml: what people say is wrong. */
export const SymptomFile = z.strictObject({
  symptoms: z.array(
    z.strictObject({
      id: z.enum(SYMPTOM_IDS),
      title: Text,
      short: Text,
      says: z.array(Phrase).min(1),
      see: z.array(Id).default([]),
    }),
  ),
  /** What sounds like a symptom and is none. */
  notSymptoms: z.array(Phrase),
});
export type Symptom = z.output<typeof SymptomFile>["symptoms"][number];
