/** Schemas of the readings of sessions and of the crypto engine (../session.ts). */
import { z } from "zod";
import { Amount, At, amount, IkeVersion, LineNumber, Selector, TunnelNames, text } from "./shared.ts";

const SessionFlow = z.object({
  line: LineNumber,
  text: z.string(),
  local: Selector.optional(),
  remote: Selector.optional(),
  activeSas: amount,
  origin: text,
  decrypted: amount,
  decryptDrops: amount,
  encrypted: amount,
  encryptDrops: amount,
  bytesOut: amount,
  bytesIn: amount,
  inboundKilobytesLeft: amount,
  inboundSecondsLeft: amount,
  outboundKilobytesLeft: amount,
  outboundSecondsLeft: amount,
  at: At,
});

const SessionIkeSa = z.object({
  line: LineNumber,
  version: IkeVersion,
  local: z.string(),
  localPort: Amount,
  remote: z.string(),
  remotePort: Amount,
  active: z.boolean(),
  sessionId: amount,
  capabilities: text,
  connectionId: amount,
  lifetimeLeft: text,
  at: At,
});

export const CryptoSessions = z.object({
  kind: z.literal("crypto-sessions"),
  sessions: z.array(
    z.object({
      line: LineNumber,
      interface: text,
      profile: text,
      uptime: text,
      status: text,
      local: text,
      peer: text,
      peerPort: amount,
      fvrf: text,
      ivrf: text,
      phase1Id: text,
      description: text,
      username: text,
      group: text,
      assignedAddress: text,
      ikeSas: z.array(SessionIkeSa),
      flows: z.array(SessionFlow),
      names: TunnelNames.optional(),
      at: At,
    }),
  ),
  peer: text,
  restrictedTo: text,
  detail: z.boolean(),
});

export const EngineConnections = z.object({
  kind: z.literal("engine-connections"),
  connections: z.array(
    z.object({
      line: LineNumber,
      id: Amount,
      interface: text,
      address: text,
      type: text,
      algorithm: text,
      encrypt: amount,
      decrypt: amount,
      lastSequence: amount,
      state: text,
    }),
  ),
});
