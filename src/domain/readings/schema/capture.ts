/** Schema of captured packets (../capture.ts). */
import { z } from "zod";
import { Amount, amount, flag, IkeVersion, LineNumber, text } from "./shared.ts";

const CapturedStream = z.object({
  what: z.enum(["ike", "esp", "ah", "udp-4500", "keep-alive", "fragment", "icmp-error", "other"]),
  from: z.string(),
  to: z.string(),
  port: amount,
  version: IkeVersion.optional(),
  exchange: z
    .enum(["main-mode", "aggressive-mode", "quick-mode", "informational", "ike-sa-init", "ike-auth", "create-child-sa"])
    .optional(),
  isResponse: flag,
  error: z.enum(["port-unreachable", "prohibited", "unreachable", "too-big"]).optional(),
  errorPort: amount,
  direction: z.enum(["in", "out"]).optional(),
  interface: text,
  dropReason: text,
  packets: Amount,
  line: LineNumber,
  lastLine: LineNumber,
  lastsSeconds: amount,
});

export const Captures = z.object({
  kind: z.literal("captures"),
  streams: z.array(CapturedStream),
  packets: Amount,
  oneWay: flag,
  mayMissEsp: flag,
});
