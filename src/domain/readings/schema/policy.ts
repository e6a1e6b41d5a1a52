/** Schemas of the readings about zones and policies (../policy.ts). */
import { z } from "zod";
import { AclAddress } from "./ipsec.ts";
import { At, flag, LineNumber, Texts } from "./shared.ts";

export const SecurityZones = z.object({
  kind: z.literal("security-zones"),
  zones: z.array(
    z.object({
      line: LineNumber,
      name: z.string(),
      interfaces: z.array(z.object({ line: LineNumber, name: z.string(), services: Texts.optional() })),
      services: Texts.optional(),
      at: At,
    }),
  ),
  neededFor: z.enum(["tunnel", "traffic"]).optional(),
  complete: z.boolean(),
});

export const SecurityPolicies = z.object({
  kind: z.literal("security-policies"),
  policies: z.array(
    z.object({
      line: LineNumber,
      name: z.string(),
      from: Texts,
      to: Texts,
      source: z.array(AclAddress),
      destination: z.array(AclAddress),
      action: z.enum(["permit", "deny"]),
      translates: flag,
      at: At,
    }),
  ),
  tunnelNeedsOne: flag,
  permitsTheRest: flag,
  complete: z.boolean(),
});
