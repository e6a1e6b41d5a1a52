/** The verdict as `diagnose --json` prints it (the contract): the one shape that every chat and program sees. */
import type { z } from "zod";
import type { Plain } from "./plain.ts";
import type {
  AskSchema,
  DifferenceSchema,
  EvidenceSchema,
  FindingSchema,
  FixStepSchema,
  PasteReportSchema,
  ReadReportSchema,
  RuledOutSchema,
  VerdictSchema,
  VerifyStepSchema,
} from "./verdict-schema.ts";

/** A line somebody can look at. `line` counts from 1 in the paste as given; `text` is redacted. */
export type Evidence = Plain<z.infer<typeof EvidenceSchema>>;
/** An attribute on which the two ends differ, in the vocabulary of crypto.ts. */
export type Difference = Plain<z.infer<typeof DifferenceSchema>>;
export type FixStep = Plain<z.infer<typeof FixStepSchema>>;
export type VerifyStep = Plain<z.infer<typeof VerifyStepSchema>>;
export type Finding = Plain<z.infer<typeof FindingSchema>>;
export type Certainty = Finding["certainty"];
export type Risk = FixStep["risk"];
export type RuledOut = Plain<z.infer<typeof RuledOutSchema>>;
export type Ask = Plain<z.infer<typeof AskSchema>>;
export type PasteReport = Plain<z.infer<typeof PasteReportSchema>>;
export type Verdict = Plain<z.infer<typeof VerdictSchema>>;
/** One output as `read --json` prints it. */
export type ReadReport = Plain<z.infer<typeof ReadReportSchema>>;
