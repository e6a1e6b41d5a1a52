/** Schemas of the readings of debug and syslog (../log.ts). */
import { z } from "zod";
import { EspProposal, IkeProposal } from "./connection.ts";
import {
  Amount,
  amount,
  flag,
  IkeVersion,
  LineNumber,
  optionalLine,
  Selector,
  Texts,
  Transform,
  TunnelNames,
  text,
} from "./shared.ts";

const LogEvent = z.object({
  line: LineNumber,
  signature: z.string(),
  captures: z.record(z.string(), z.string()),
  noise: z.literal(true).optional(),
  unseen: z.literal(true).optional(),
  time: text,
  // The paste's own clock may run through midnight, or backwards.
  seconds: z.number().optional(),
  connection: text,
  peer: text,
  names: TunnelNames.optional(),
});

const OfferedIkePolicy = z.object({
  line: LineNumber,
  against: amount,
  encryption: text,
  integrity: text,
  auth: text,
  dhGroup: amount,
  lifetimeSeconds: amount,
  accepted: flag,
  refusedFor: text,
  refusedLine: optionalLine,
});

const OfferedIpsecProposal = z.object({
  line: LineNumber,
  transform: Transform,
  encapsulation: text,
  lifetimeSeconds: amount,
  pfsGroup: amount,
  accepted: flag,
  refusedLine: optionalLine,
});

const Attempt = z.object({
  firstLine: LineNumber,
  lastLine: LineNumber,
  peer: text,
  local: text,
  role: z.enum(["initiator", "responder"]).optional(),
  connections: Texts,
  version: IkeVersion.optional(),
  furthestState: text,
  furthestStateLine: optionalLine,
  progress: z.enum(["begun", "agreed", "keyed"]).optional(),
  phase1CompleteLine: optionalLine,
  phase2StartedLine: optionalLine,
  phase2CompleteLine: optionalLine,
  ikeOffers: z.array(OfferedIkePolicy),
  ipsecOffers: z.array(OfferedIpsecProposal),
  ikeCompared: z.object({ received: z.array(IkeProposal), configured: z.array(IkeProposal) }).optional(),
  espCompared: z.object({ received: z.array(EspProposal), configured: z.array(EspProposal) }).optional(),
  proxies: z.array(z.object({ line: LineNumber, local: Selector, remote: Selector })),
  heardFromPeerLine: optionalLine,
  usesPort4500Line: optionalLine,
  natFoundLine: optionalLine,
  names: TunnelNames.optional(),
  events: z.array(LogEvent),
});

export const Log = z.object({
  kind: z.literal("log"),
  topic: z.string(),
  attempts: z.array(Attempt),
  events: z.array(LogEvent),
  chatter: Amount,
});

export const Typed = z.object({
  kind: z.literal("typed"),
  line: LineNumber,
  command: z.string(),
  clears: z.enum(["counters", "peer", "everything"]).optional(),
  peer: text,
});

export const Device = z.object({
  kind: z.literal("device"),
  hostname: text,
  hostnameLine: optionalLine,
  version: text,
  uptimeSeconds: amount,
  uptimeLine: optionalLine,
});
