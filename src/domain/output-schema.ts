/** The schema of a paste that was read and kept as JSON (output.ts). */
import { z } from "zod";
import { PLATFORM_IDS, SIDES } from "./ids.ts";
import type { Line } from "./output.ts";
import { ReadingValueSchema } from "./readings/schema/index.ts";
import { Amount, amount, isLineNumber, LineNumber, Platform, text } from "./readings/schema/shared.ts";

/** Lines of a paste, numbers rising. Checked by hand: there are a million of them, and zod would copy each. */
const Lines = z
  .custom<Line[]>(Array.isArray, { error: "is no list of lines", abort: true })
  .superRefine((lines: unknown[], { addIssue }) => {
    let before = 0;
    for (const [index, line] of lines.entries()) {
      const { number, text } = (line ?? {}) as Partial<Line>;
      // Evidence is looked up by line number: out of order, another line would be shown.
      if (!isLineNumber(number) || number <= before)
        addIssue({ code: "custom", path: [index, "number"], message: "is no line number above the one before" });
      if (typeof text !== "string") addIssue({ code: "custom", path: [index, "text"], message: "is no text" });
      before = number ?? before;
    }
  });

const ReadOutputSchema = z
  .object({
    platform: Platform,
    alsoOf: z.array(z.enum(PLATFORM_IDS)).optional(),
    command: z.string(),
    typed: text,
    host: text,
    saidSide: z.enum(SIDES).optional(),
    isHeaded: z.boolean().optional(),
    firstLine: LineNumber,
    lastLine: LineNumber,
    unread: Lines,
    values: z.array(ReadingValueSchema),
    skipped: amount,
    fault: text,
  })
  .refine(({ firstLine, lastLine }) => firstLine <= lastLine, {
    path: ["lastLine"],
    error: "is before the first line",
  });

export const ReadPasteSchema = z.object({
  name: z.string(),
  outputs: z.array(ReadOutputSchema),
  lines: Lines,
  secretsRemoved: Amount,
  brokenLine: LineNumber.optional(),
  trouble: z.enum(["empty", "binary", "nothing-recognised", "other-platform"]).optional(),
});
