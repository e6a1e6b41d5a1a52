/** What the HTTP API answers where it can't do what was asked: problem details (RFC 9457). */
import { z } from "zod";

export const ProblemSchema = z.strictObject({
  type: z.literal("about:blank"),
  title: z.string(),
  status: z.int().min(400).max(599),
  detail: z.string().describe("What is wrong, and what to do about it"),
  problems: z
    .array(
      z.strictObject({
        pointer: z.string().describe("A JSON Pointer into what was sent; empty for all of it"),
        detail: z.string().describe("What to change there"),
      }),
    )
    .optional(),
});
