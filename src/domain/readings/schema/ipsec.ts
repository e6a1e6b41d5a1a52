/** Schemas of the readings about IPsec (../ipsec.ts). */
import { z } from "zod";
import {
  Amount,
  At,
  amount,
  flag,
  IkeVersion,
  LineNumber,
  Mode,
  Network,
  optionalAt,
  optionalLine,
  Selector,
  Texts,
  Transform,
  TunnelNames,
  text,
} from "./shared.ts";

const IpsecSa = z.object({
  line: LineNumber,
  direction: z.enum(["inbound", "outbound"]),
  protocol: z.enum(["esp", "ah", "pcp"]),
  spi: text,
  transform: Transform.optional(),
  settings: Texts,
  mode: Mode.optional(),
  udpEncapsulated: flag,
  connectionId: amount,
  flowId: text,
  secondsLeft: amount,
  kilobytesLeft: amount,
  replayDetection: flag,
  replayWindow: amount,
  status: text,
});

const FlowCounters = z.object({
  encaps: amount,
  encrypt: amount,
  digest: amount,
  decaps: amount,
  decrypt: amount,
  verify: amount,
  compressed: amount,
  decompressed: amount,
  sendErrors: amount,
  recvErrors: amount,
  noSaSend: amount,
  invalidSaReceive: amount,
  encapsFailed: amount,
  decapsFailed: amount,
  invalidProtocol: amount,
  verifyFailed: amount,
  invalidIdentity: amount,
  invalidLength: amount,
  replayRolloverSend: amount,
  replayRolloverReceive: amount,
  replayFailed: amount,
  internalErrorSend: amount,
  internalErrorReceive: amount,
});

const IpsecFlow = z.object({
  line: LineNumber,
  interface: text,
  mapTag: text,
  localAddress: text,
  vrf: text,
  localIdent: Selector.optional(),
  remoteIdent: Selector.optional(),
  peer: text,
  peerPort: amount,
  permit: flag,
  flags: Texts,
  counters: FlowCounters,
  localEndpoint: text,
  remoteEndpoint: text,
  pathMtu: amount,
  ipMtu: amount,
  plaintextMtu: amount,
  outboundSpi: text,
  pfs: flag,
  pfsGroup: amount,
  sas: z.array(IpsecSa),
  names: TunnelNames.optional(),
  at: At,
});

export const IpsecSas = z.object({
  kind: z.literal("ipsec-sas"),
  flows: z.array(IpsecFlow),
  seenFrom: z.array(z.object({ own: z.string(), flows: z.array(IpsecFlow) })).optional(),
  peer: text,
  asked: text,
  detail: z.boolean(),
  takenAtSeconds: amount,
});

export const TransformSets = z.object({
  kind: z.literal("transform-sets"),
  sets: z.array(
    z.object({
      name: z.string(),
      line: LineNumber,
      transform: Transform,
      alternatives: z.array(Transform).optional(),
      text: z.string(),
      mode: Mode,
      isDefault: flag,
      at: optionalAt,
    }),
  ),
  complete: z.boolean(),
});

export const AclAddress = z.object({ network: Network.optional(), objectGroup: text, port: text });

export const AclEntry = z.object({
  line: LineNumber,
  destinationLine: optionalLine,
  sequence: amount,
  action: z.enum(["permit", "deny"]),
  protocol: z.string(),
  source: AclAddress,
  destination: AclAddress,
  options: Texts,
  matches: amount,
  netmaskAsWildcard: flag,
  text: z.string(),
});

export const AccessLists = z.object({
  kind: z.literal("access-lists"),
  lists: z.array(
    z.object({
      name: z.string(),
      line: LineNumber,
      type: z.enum(["standard", "extended", "ipv6", "unknown"]),
      entries: z.array(AclEntry),
    }),
  ),
  asked: text,
  complete: z.boolean(),
});

const CryptoMapEntry = z.object({
  map: z.string(),
  sequence: Amount,
  line: LineNumber,
  type: z.enum(["ipsec-isakmp", "ipsec-manual", "dynamic", "gdoi", "profile", "unknown"]),
  peers: Texts,
  aclName: text,
  acl: z.array(AclEntry).optional(),
  transformSets: Texts,
  transforms: z.array(Transform).optional(),
  pfs: z.object({ group: amount }).optional(),
  lifetimeSeconds: amount,
  lifetimeKilobytes: amount,
  profile: text,
  ikeVersion: IkeVersion.optional(),
  reverseRoute: z.object({ static: z.boolean(), remotePeer: text }).optional(),
  replayWindow: amount,
  replayDisabled: flag,
  incomplete: flag,
  dynamicMap: text,
  aggressive: flag,
  natTraversalOff: flag,
  responderOnly: flag,
  at: At,
});

export const CryptoMaps = z.object({
  kind: z.literal("crypto-maps"),
  maps: z.array(
    z.object({
      name: z.string(),
      line: LineNumber,
      localAddress: text,
      interfaces: Texts.optional(),
      entries: z.array(CryptoMapEntry),
      at: At,
    }),
  ),
  complete: z.boolean(),
});
