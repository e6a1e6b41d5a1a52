/** The schema of any reading, for readings that were kept as JSON: told apart by their kind. */
import { z } from "zod";
import * as capture from "./capture.ts";
import * as certificate from "./certificate.ts";
import * as connection from "./connection.ts";
import * as ike from "./ike.ts";
import * as ipsec from "./ipsec.ts";
import * as log from "./log.ts";
import * as path from "./path.ts";
import * as policy from "./policy.ts";
import * as session from "./session.ts";

export const ReadingValueSchema = z.discriminatedUnion("kind", [
  ike.IkeSas,
  ike.IkeSaCount,
  ike.Admission,
  ike.IkePolicies,
  connection.IkeProposals,
  connection.Connections,
  ike.IkeKeys,
  ike.IkeProfiles,
  ike.IkePeers,
  ike.IkeSettings,
  ipsec.IpsecSas,
  ipsec.TransformSets,
  ipsec.AccessLists,
  ipsec.CryptoMaps,
  session.CryptoSessions,
  session.EngineConnections,
  path.Routes,
  path.Forwarding,
  path.Ping,
  path.PacketTrace,
  path.PathTrace,
  path.NhrpMappings,
  path.HostFilter,
  path.KernelPolicies,
  path.DropCounters,
  capture.Captures,
  certificate.Certificates,
  certificate.TrustPoints,
  certificate.Clock,
  path.NatTranslations,
  path.NatRules,
  path.Interfaces,
  path.StaticRoutes,
  policy.SecurityZones,
  policy.SecurityPolicies,
  log.Log,
  log.Typed,
  log.Device,
]);
