/** Schemas of the readings about certificates and the clock (../certificate.ts). */
import { z } from "zod";
import { At, flag, LineNumber, Texts, text } from "./shared.ts";

/** Of any sign: a clock that was never set may stand before 1970. */
const time = z.object({ wallSeconds: z.number(), zone: text }).optional();

export const Certificates = z.object({
  kind: z.literal("certificates"),
  certificates: z.array(
    z.object({
      line: LineNumber,
      use: z.enum(["own", "ca"]),
      status: text,
      notBefore: time,
      notAfter: time,
      trustPoints: Texts,
      at: At,
    }),
  ),
  asked: text,
});

export const TrustPoints = z.object({
  kind: z.literal("trust-points"),
  trustPoints: z.array(z.object({ name: z.string(), line: LineNumber, hasAuthority: flag, hasOwn: flag, at: At })),
});

export const Clock = z.object({
  kind: z.literal("clock"),
  line: LineNumber,
  wallSeconds: z.number(),
  zone: text,
  isSet: z.boolean(),
});
