/** Schemas of the readings about connections (../connection.ts). */
import { z } from "zod";
import { Amount, At, amount, flag, LineNumber, Mode, optionalAt, Selector, Texts, text } from "./shared.ts";

const Version = z.union([z.literal(1), z.literal(2), z.literal("any")]);
const optionalTexts = Texts.optional();
const Groups = z.array(Amount).optional();

export const IkeProposal = z.object({
  line: LineNumber,
  name: text,
  encryption: optionalTexts,
  integrity: optionalTexts,
  prf: optionalTexts,
  dhGroups: Groups,
  auth: text,
  lifetimeSeconds: amount,
  boundBy: text,
  isDefault: flag,
  at: optionalAt,
});

export const IkeProposals = z.object({
  kind: z.literal("ike-proposals"),
  version: Version,
  proposals: z.array(IkeProposal),
  complete: z.boolean(),
});

export const EspProposal = z.object({
  line: LineNumber,
  name: text,
  protocol: z.enum(["esp", "ah"]),
  encryption: optionalTexts,
  integrity: optionalTexts,
  pfsGroups: Groups,
  isDefault: flag,
  at: optionalAt,
});

const ConnectionChild = z.object({
  name: z.string(),
  line: LineNumber,
  mode: Mode.optional(),
  local: z.array(Selector).optional(),
  remote: z.array(Selector).optional(),
  proposals: z.array(EspProposal),
  lifetimeSeconds: amount,
  lifetimeKilobytes: amount,
  startAction: text,
  replayWindow: amount,
  policy: text,
  at: At,
});

const ConnectionAuth = z.object({
  method: text,
  id: text,
  secret: z.object({ tag: text }).optional(),
  at: optionalAt,
});

const Connection = z.object({
  name: z.string(),
  line: LineNumber,
  version: Version.optional(),
  exchange: z.enum(["main", "aggressive"]).optional(),
  local: Texts,
  remote: Texts,
  localAuth: ConnectionAuth,
  remoteAuth: ConnectionAuth,
  ikeProposals: z.array(IkeProposal),
  ikePolicy: text,
  children: z.array(ConnectionChild),
  dpdSeconds: amount,
  dpdAction: text,
  natTraversal: z.enum(["on", "off", "forced"]).optional(),
  fragmentation: flag,
  responderOnly: flag,
  leadsNowhere: flag,
  lacksKey: flag,
  tunnelInterface: text,
  interface: text,
  disabled: flag,
  isNowhere: flag,
  lacksChild: flag,
  virtualRouter: text,
  at: At,
});

export const Connections = z.object({
  kind: z.literal("connections"),
  connections: z.array(Connection),
  complete: z.boolean(),
  dialect: z.literal("vyos").optional(),
});
