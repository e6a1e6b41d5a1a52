/**
 * The configuration as `set` lines, whole or in pieces: IKE gateways with their crypto profiles and tunnels,
 * interfaces, static routes. What concerns no tunnel is passed over.
 * Source: PAN-OS administrator's guide, "Set Up Site-to-Site VPN"; PAN-OS CLI quick start. In braces it is recognised, and not read.
 */
import type { Command, Output, Parsed } from "../../domain/output.ts";
import type { ReadingValue } from "../../domain/readings/index.ts";
import { connectionsOf } from "./configuration/connections.ts";
import { natOf } from "./configuration/nat.ts";
import { devicesName, interfacesOf, staticRoutesOf } from "./configuration/network.ts";
import { pathsOf } from "./configuration/paths.ts";
import { policiesOf, zonesOf } from "./configuration/rules.ts";

const SET =
  "^(?:set|delete) (?:template \\S{1,63} (?:config )?)?(?:devices localhost\\.localdomain )?(?:vsys \\S{1,40} )?";

export const configuration: Command = {
  run: "show config running [xpath PATH]",
  alsoRun: [
    "show network [PART1] [PART2] [PART3] [PART4] [PART5]",
    "show deviceconfig [PART1] [PART2]",
    "show config saved NAME",
    "show zone [NAME]",
    "show rulebase [PART1] [PART2] [PART3]",
  ],
  looksLike: [
    new RegExp(
      `${SET}(?:network (?:ike|tunnel|interface|virtual-router|logical-router|profiles|ikegateway) |deviceconfig |rulebase |mgt-config )`,
    ),
    new RegExp(
      `${SET}(?:zone|address|address-group|service|import) \\S{1,80} (?:network|ip-netmask|static|protocol|fqdn) `,
    ),
    /^\s{0,40}(?:ike-crypto-profiles|ipsec-crypto-profiles|auto-key|virtual-router|deviceconfig|ike-gateway|peer-address|local-address|protocol-common|mgt-config|global-protect-app-crypto-profiles) ?\{\s*$/,
    /^\s{1,40}(?:ike-crypto-profile|ipsec-crypto-profile|tunnel-interface) \S{1,80};\s*$/,
  ],
  mayStartWith: [
    /^\s{0,40}(?:config|devices|network|ike|gateway|crypto-profiles|tunnel|ipsec|interface|proxy-id|[\w.-]{1,40}) ?\{\s*$/,
  ],
  inPieces: true,
  parse(output: Output): Parsed {
    const { paths, unread } = pathsOf(output.lines);
    const roots = new Set(paths.map(({ words }) => words[0]));
    const complete = output.isCut !== true && roots.has("deviceconfig") && roots.has("network");
    const found = interfacesOf(paths);
    const connections = connectionsOf(paths, found);
    // What Panorama adds is not shown here.
    const hasAllRules = complete && !paths.some(({ words }) => words.includes("panorama"));
    const zones = zonesOf(paths, hasAllRules);
    const policies = policiesOf(paths, hasAllRules);
    const { rules, lists, interfaces } = natOf(paths, zones?.zones ?? [], connections, found);
    const routes = staticRoutesOf(paths);
    const name = devicesName(paths);
    const values: ReadingValue[] = [];
    if (name) values.push(name);
    if (connections.length > 0 || complete) values.push({ kind: "connections", connections, complete });
    if (interfaces.length > 0)
      values.push({ kind: "interfaces", from: "configuration", interfaces, complete: complete && !hasDhcp(paths) });
    if (routes.length > 0 || complete)
      values.push({ kind: "static-routes", routes, complete: complete && !routesElsewhere(paths) });
    if (lists.length > 0) {
      values.push({ kind: "access-lists", lists, complete: false });
      values.push({ kind: "nat-rules", rules, routeMaps: {}, complete: hasAllRules });
    }
    if (zones) values.push(zones);
    if (policies) values.push(policies);
    return { values, unread, command: "config" };
  },
};

function hasDhcp(paths: ReturnType<typeof pathsOf>["paths"]): boolean {
  return paths.some(({ words }) => words.includes("dhcp-client") || words.includes("pppoe"));
}

/** Routes may come from where no static route shows them: a routing protocol, policy based forwarding, an address that is learnt. */
function routesElsewhere(paths: ReturnType<typeof pathsOf>["paths"]): boolean {
  return (
    hasDhcp(paths) ||
    paths.some(
      ({ words }) =>
        words.includes("pbf") ||
        (words.includes("protocol") && words.some((word) => /^(?:bgp|ospf|ospfv3|rip)$/.test(word))),
    )
  );
}
