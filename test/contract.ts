/** The contract of `diagnose --json` and `read --json`, as strict schemas: nothing more, nothing less. */
import { z } from "zod";
import { PLATFORM_IDS, ROOT_CAUSE_IDS, SIDES } from "../src/domain/ids.ts";

const Side = z.enum(SIDES);
const Platform = z.enum([...PLATFORM_IDS, "unknown"]);
const Evidence = z.strictObject({ paste: z.string(), line: z.number().int().min(1), text: z.string() });

export const VerdictJson = z.strictObject({
  schema: z.literal(1),
  verdict: z.enum(["found", "healthy", "need-more"]),
  findings: z.array(
    z.strictObject({
      id: z.enum(ROOT_CAUSE_IDS),
      title: z.string().min(1),
      why: z.string().min(1),
      certainty: z.enum(["confirmed", "likely", "possible"]),
      side: z.enum([...SIDES, "both"]).nullable(),
      differs: z.array(z.strictObject({ attribute: z.string(), local: z.string(), remote: z.string() })),
      evidence: z.array(Evidence).min(1),
      against: z.array(Evidence),
      fix: z.array(
        z.strictObject({
          side: Side,
          platform: Platform,
          commands: z.array(z.string().min(1)),
          risk: z.enum(["none", "low", "drops-this-tunnel", "drops-other-tunnels"]),
          note: z.string(),
        }),
      ),
      verify: z.array(
        z.strictObject({ side: Side, platform: Platform, command: z.string().min(1), expect: z.string().min(1) }),
      ),
      sources: z.array(z.string()).min(1),
    }),
  ),
  ruledOut: z.array(z.strictObject({ id: z.enum(ROOT_CAUSE_IDS), evidence: z.array(Evidence) })),
  asks: z.array(z.strictObject({ side: Side, platform: Platform, command: z.string().min(1), why: z.string().min(1) })),
  pastes: z.array(
    z.strictObject({
      name: z.string(),
      side: Side.nullable(),
      outputs: z.array(
        z.strictObject({
          platform: Platform,
          command: z.string(),
          firstLine: z.number().int().min(1),
          lastLine: z.number().int().min(1),
          unread: z.array(z.string()),
        }),
      ),
    }),
  ),
  secretsRemoved: z.number().int().min(0),
});

export const ReadJson = z.array(
  z.strictObject({
    paste: z.string(),
    side: Side.nullable(),
    platform: Platform,
    command: z.string(),
    firstLine: z.number().int().min(1),
    lastLine: z.number().int().min(1),
    unread: z.array(z.string()),
    facts: z.record(z.string(), z.unknown()),
  }),
);
