/** Schemas of the readings about IKE (../ike.ts). */
import { z } from "zod";
import { Amount, At, amount, flag, IkeVersion, LineNumber, optionalAt, Texts, TunnelNames, text } from "./shared.ts";

export const IkeSas = z.object({
  kind: z.literal("ike-sas"),
  version: IkeVersion.optional(),
  sas: z.array(
    z.object({
      version: IkeVersion.optional(),
      line: LineNumber,
      initiator: text,
      role: z.enum(["initiator", "responder"]).optional(),
      responder: text,
      local: text,
      remote: text,
      localPort: amount,
      remotePort: amount,
      state: text,
      standing: z.enum(["up", "negotiating", "deleted"]),
      progress: z.enum(["begun", "agreed", "keyed"]).optional(),
      status: text,
      connectionId: amount,
      vrf: text,
      encryption: text,
      integrity: text,
      prf: text,
      auth: text,
      dhGroup: amount,
      lifetimeSecondsLeft: amount,
      dpd: flag,
      localId: text,
      remoteId: text,
      peerAuth: text,
      localSpi: text,
      remoteSpi: text,
      fragmentation: flag,
      natTraversal: flag,
      capabilities: text,
      names: TunnelNames.optional(),
      at: optionalAt,
    }),
  ),
  peer: text,
  restrictedTo: text,
  ikeOff: flag,
});

export const IkeSaCount = z.object({
  kind: z.literal("ike-sa-count"),
  line: LineNumber,
  active: amount,
  standby: amount,
  negotiating: amount,
  dead: amount,
});

export const Admission = z.object({
  kind: z.literal("admission"),
  line: LineNumber,
  rejected: amount,
  lowResources: amount,
  saLimit: amount,
  negotiationLimit: amount,
  queueLimit: amount,
  tooWeak: amount,
  activeSas: amount,
  mostSas: amount,
  negotiating: amount,
  mostNegotiating: amount,
  at: At,
});

export const IkePolicies = z.object({
  kind: z.literal("ike-policies"),
  version: IkeVersion,
  policies: z.array(
    z.object({
      priority: Amount,
      line: LineNumber,
      isDefault: z.boolean(),
      encryption: z.string(),
      integrity: z.string(),
      auth: z.string(),
      dhGroup: Amount,
      lifetimeSeconds: Amount,
      at: At,
    }),
  ),
  complete: z.boolean(),
  ikeOff: flag,
});

export const IkeKeys = z.object({
  kind: z.literal("ike-keys"),
  keys: z.array(
    z.object({
      line: LineNumber,
      use: z.enum(["local", "remote"]).optional(),
      block: text,
      version: IkeVersion.optional(),
      keyring: z.string(),
      vrf: text,
      address: text,
      mask: text,
      hostname: text,
      localAddress: text,
      noXauth: flag,
      secret: z.object({ tag: text }),
    }),
  ),
  complete: z.boolean(),
});

const keepalive = { seconds: Amount, retry: amount };

export const IkeProfiles = z.object({
  kind: z.literal("ike-profiles"),
  profiles: z.array(
    z.object({
      name: z.string(),
      line: LineNumber,
      keyring: text,
      moreKeyrings: Texts.optional(),
      selfIdentity: text,
      version: IkeVersion.optional(),
      localAuth: text,
      remoteAuth: text,
      matchIdentity: Texts,
      vrf: text,
      keepalive: z.object(keepalive).optional(),
      initiateMode: text,
      trustPoints: Texts.optional(),
      at: At,
    }),
  ),
  complete: z.boolean(),
});

const PeerDpd = z.object({
  line: LineNumber,
  lastReceivedSeconds: amount,
  sentAndWaiting: flag,
  mySequence: text,
  peersSequence: text,
});

export const IkePeers = z.object({
  kind: z.literal("ike-peers"),
  peers: z.array(
    z.object({
      line: LineNumber,
      address: z.string(),
      port: amount,
      local: text,
      phase1Id: text,
      flags: text,
      dpd: PeerDpd.optional(),
      ikeSas: amount,
      ipsecBundles: amount,
      description: text,
      vrf: text,
      version: IkeVersion.optional(),
      auth: text,
      encryption: text,
      integrity: text,
      dhGroup: amount,
      lifetimeSeconds: amount,
      localId: text,
      assignedAddress: text,
      group: text,
      username: text,
      at: optionalAt,
    }),
  ),
  peer: text,
  restrictedTo: text,
});

export const IkeSettings = z.object({
  kind: z.literal("ike-settings"),
  enabled: flag,
  keepalive: z.object({ ...keepalive, mode: z.enum(["periodic", "on-demand"]) }).optional(),
  natKeepaliveSeconds: amount,
  identity: text,
  aggressiveModeDisabled: flag,
  aggressivePeers: z.array(z.object({ line: LineNumber, address: text, hostname: text, vrf: text, at: At })).optional(),
  invalidSpiRecovery: flag,
  fragmentation: flag,
  natTransparency: flag,
  decryptedFilters: z
    .array(z.object({ aclName: z.string(), peer: text, line: LineNumber, holdsLine: LineNumber }))
    .optional(),
  replayWindow: amount,
  replayDisabled: flag,
  saLifetimeSeconds: amount,
  saLifetimeKilobytes: amount,
  dfBit: z.enum(["clear", "copy", "set"]).optional(),
  complete: z.boolean(),
  at: At,
});
