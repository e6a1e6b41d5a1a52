/** What `explain` answers: plain text throughout; how it looks is for whoever shows it. */
import type { z } from "zod";
import type { MeaningSchema, ReferenceSchema, SuggestionsSchema } from "./explanation-schema.ts";
import type { Plain } from "./plain.ts";

export type Reference = Plain<z.infer<typeof ReferenceSchema>>;
export type Explanation = Plain<z.infer<typeof MeaningSchema>>;
/** Nothing (or more than one thing) goes by that name; these come near. */
export type Suggestions = Plain<z.infer<typeof SuggestionsSchema>>;

/** For somebody who asked for nothing we know: where to begin. */
export const STARTING_POINTS: readonly string[] = [
  "troubleshooting-order",
  "two-phases",
  "show-crypto-isakmp-sa",
  "mm-no-state",
  "qm-idle",
];
