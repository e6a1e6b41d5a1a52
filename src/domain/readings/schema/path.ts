/** Schemas of the readings about the way of the packets (../path.ts). */
import { z } from "zod";
import { AclAddress, AclEntry } from "./ipsec.ts";
import { Amount, At, amount, flag, LineNumber, Network, optionalLine, Texts, text } from "./shared.ts";

const RouteVia = z.object({ line: LineNumber, nextHop: text, interface: text });

export const Routes = z.object({
  kind: z.literal("routes"),
  asked: text,
  vrf: text,
  routes: z.array(
    z.object({
      line: LineNumber,
      network: Network,
      source: text,
      distance: amount,
      metric: amount,
      via: z.array(RouteVia),
    }),
  ),
  notInTableLine: optionalLine,
  gatewayOfLastResort: text,
});

export const Forwarding = z.object({
  kind: z.literal("forwarding"),
  asked: text,
  vrf: text,
  entries: z.array(z.object({ line: LineNumber, network: Network, nextHops: z.array(RouteVia), drops: text })),
});

export const Ping = z.object({
  kind: z.literal("ping"),
  line: LineNumber,
  target: z.string(),
  source: text,
  sourceTyped: text,
  vrf: text,
  sent: amount,
  received: amount,
  bytes: amount,
  dfBit: flag,
  marks: z.string(),
  successLine: optionalLine,
});

export const NatTranslations = z.object({
  kind: z.literal("nat-translations"),
  translations: z.array(
    z.object({
      line: LineNumber,
      protocol: z.string(),
      insideGlobal: text,
      insideLocal: text,
      outsideLocal: text,
      outsideGlobal: text,
    }),
  ),
});

export const Interfaces = z.object({
  kind: z.literal("interfaces"),
  from: z.enum(["brief", "configuration"]),
  interfaces: z.array(
    z.object({
      line: LineNumber,
      name: z.string(),
      address: text,
      status: text,
      protocol: text,
      mask: text,
      vrf: text,
      cryptoMap: text,
      tunnelProtection: text,
      tunnelSource: text,
      tunnelDestination: text,
      tunnelMode: z.enum(["gre", "multipoint", "ipsec", "other"]).optional(),
      tunnelVrf: text,
      accessGroupIn: text,
      accessGroupOut: text,
      nat: z.enum(["inside", "outside"]).optional(),
      shutdown: flag,
      adjustMss: amount,
      ipMtu: amount,
      at: At,
    }),
  ),
  complete: z.boolean(),
});

export const StaticRoutes = z.object({
  kind: z.literal("static-routes"),
  routes: z.array(
    z.object({ line: LineNumber, network: Network, nextHop: text, interface: text, vrf: text, distance: amount }),
  ),
  complete: z.boolean(),
});

export const NatRules = z.object({
  kind: z.literal("nat-rules"),
  exemptions: z
    .array(
      z.object({
        line: LineNumber,
        hitsLine: LineNumber,
        hits: Amount,
        sources: z.array(Network),
        destinations: z.array(Network),
      }),
    )
    .optional(),
  rules: z.array(
    z.object({
      line: LineNumber,
      text: z.string(),
      type: z.enum(["dynamic", "static"]),
      aclName: text,
      routeMap: text,
      overload: z.boolean(),
      interface: text,
      pool: text,
      insideLocal: AclAddress.optional(),
      insideGlobal: text,
      protocol: text,
      port: amount,
    }),
  ),
  routeMaps: z.record(
    z.string(),
    z.array(
      z.object({
        line: LineNumber,
        action: z.enum(["permit", "deny"]),
        sequence: z.number(),
        lists: Texts,
        byMore: z.boolean(),
      }),
    ),
  ),
  complete: z.boolean(),
});

export const PacketTrace = z.object({
  kind: z.literal("packet-trace"),
  line: LineNumber,
  input: text,
  source: text,
  destination: text,
  phases: z.array(
    z.object({
      line: LineNumber,
      type: z.string(),
      subtype: text,
      isDropped: z.boolean(),
      detailLine: optionalLine,
      translatesSource: flag,
    }),
  ),
  action: z.enum(["allow", "drop"]).optional(),
  dropReason: text,
  dropLine: optionalLine,
});

export const DropCounters = z.object({
  kind: z.literal("drop-counters"),
  counters: z.array(z.object({ name: z.string(), count: Amount, line: LineNumber })),
  isDelta: flag,
});

export const PathTrace = z.object({
  kind: z.literal("path-trace"),
  line: LineNumber,
  target: text,
  hops: z.array(
    z.object({
      line: LineNumber,
      hop: Amount,
      address: text,
      refusal: z.enum(["prohibited", "unreachable"]).optional(),
    }),
  ),
  pathMtu: amount,
  pathMtuLine: optionalLine,
});

export const KernelPolicies = z.object({
  kind: z.literal("kernel-policies"),
  line: LineNumber,
  policies: z.array(
    z.object({
      line: LineNumber,
      direction: z.enum(["in", "out", "fwd"]),
      source: Network,
      destination: Network,
      byMore: z.boolean(),
      priority: Amount,
      action: z.enum(["allow", "block"]),
      from: text,
      to: text,
    }),
  ),
  complete: z.boolean(),
});

export const HostFilter = z.object({
  kind: z.literal("host-filter"),
  on: z.literal("forwarded").optional(),
  line: LineNumber,
  dropsTheRest: z.boolean(),
  rules: z.array(AclEntry),
  complete: z.boolean(),
  fasttrackLine: optionalLine,
});

export const NhrpMappings = z.object({
  kind: z.literal("nhrp-mappings"),
  mappings: z.array(
    z.object({
      line: LineNumber,
      tunnel: text,
      nbma: text,
      type: z.enum(["static", "dynamic", "incomplete"]).optional(),
      interface: text,
    }),
  ),
});
