/**
 * The configuration, whole or in pieces, as `set` lines, in braces or in XML: IKE gateways with their crypto profiles and tunnels,
 * interfaces, static routes. What concerns no tunnel is passed over.
 * Source: PAN-OS administrator's guide, "Set Up Site-to-Site VPN"; PAN-OS CLI quick start.
 */
import type { Command, Output, Parsed } from "../../domain/output.ts";
import type { Connection } from "../../domain/readings/connection.ts";
import type { ReadingValue } from "../../domain/readings/index.ts";
import { connectionsOf } from "./configuration/connections.ts";
import { natOf } from "./configuration/nat.ts";
import { devicesName, interfacesOf, staticRoutesOf } from "./configuration/network.ts";
import { type Path, pathsOf } from "./configuration/paths.ts";
import { policiesOf, zonesOf } from "./configuration/rules.ts";

const SET =
  "^(?:set|delete) (?:template \\S{1,63} (?:config )?)?(?:devices localhost\\.localdomain )?(?:vsys \\S{1,40} )?";

/** Words that open a level in braces; some are Junos' as well. */
const LEVELS =
  "config|mgt-config|devices|localhost\\.localdomain|network|vsys|rulebase|deviceconfig|ike|ipsec|gateway|interface|ethernet|layer3|units|crypto-profiles|ike-crypto-profiles|ipsec-crypto-profiles|global-protect-app-crypto-profiles|auto-key|ike-gateway|proxy-id|peer-address|local-address|protocol|protocol-common|dpd|virtual-router|routing-table|static-route|nexthop|security|nat|rules|system|pre-shared-key";
const ELEMENTS =
  "mgt-config|devices|deviceconfig|rulebase|crypto-profiles|ike-crypto-profiles|ipsec-crypto-profiles|auto-key|ike-gateway|gateway|proxy-id|peer-address|local-address|protocol-common|virtual-router|routing-table|static-route|pre-shared-key|tunnel-interface|ike-crypto-profile|ipsec-crypto-profile";
/** A line below the first in braces, or one that begins with a tag; a configuration of Junos may begin with its version. */
const WITHIN =
  /^(?:\s{1,200}[^\s{};][^{};]{0,2000}\{\s{0,8}$|\s{0,200}(?!version )[^\s{};][^{};]{0,2000};\s{0,8}$|\s{0,200}\}\s{0,8}$|\s{0,200}<\/?[A-Za-z])/;

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
    new RegExp(`^\\s{0,80}(?:${LEVELS}) ?\\{\\s*$`),
    /^\s{0,40}(?:config|network|devices|deviceconfig|rulebase|ike) \{ [\w.-]{1,64} \{ /,
    new RegExp(`^\\s{0,80}<(?:${ELEMENTS})>`),
    /^\s{0,80}(?:<\?xml [^<>]{1,80}\?>\s{0,8})?(?:<response status="success"[^<>]{0,80}>\s{0,8}<result[^<>]{0,80}>\s{0,8})?<config(?: [^<>]{1,200})?>/,
    /^\s{0,80}<entry name="[^"<>]{1,127}"/,
    /^\s{1,40}(?:ike-crypto-profile|ipsec-crypto-profile|tunnel-interface) \S{1,80};\s*$/,
  ],
  mayStartWith: [
    /^\s{0,40}[\w.-]{1,40} ?\{\s*$/,
    /^\s{0,40}<\?xml /,
    /^\s{0,40}<(?:response status="success"|result|ike|tunnel|ipsec|interface|units|network|vsys)[^<>]{0,80}>/,
  ],
  continues: (text) => WITHIN.test(text),
  inPieces: true,
  parse(output: Output): Parsed {
    const { paths, unread, isBalanced } = pathsOf(output.lines, levelOf(output.command));
    const roots = new Set(paths.map(({ words }) => words[0]));
    const complete = output.isCut !== true && isBalanced && roots.has("deviceconfig") && roots.has("network");
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
    if (connections.length > 0 || complete)
      values.push({
        kind: "connections",
        connections: complete ? connections : connections.map(mayHaveChild),
        complete,
      });
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

function hasDhcp(paths: readonly Path[]): boolean {
  return paths.some(({ words }) => words.includes("dhcp-client") || words.includes("pppoe"));
}

/** Routes may come from where no static route shows them: a routing protocol, policy based forwarding, an address that is learnt. */
function routesElsewhere(paths: readonly Path[]): boolean {
  return (
    hasDhcp(paths) ||
    paths.some(
      ({ words }) =>
        words.includes("pbf") ||
        (words.includes("protocol") && words.some((word) => /^(?:bgp|ospf|ospfv3|rip)$/.test(word))),
    )
  );
}

/** "show network ike gateway" → network ike gateway; commands that show a whole configuration begin at its root. */
function levelOf(command: string): readonly string[] {
  const words = /^show ((?:network|deviceconfig|zone|rulebase)\b[^|]{0,200})/.exec(command)?.[1]?.trim();
  return words?.split(/\s+/) ?? [];
}

function mayHaveChild({ lacksChild: _, ...connection }: Connection): Connection {
  return connection;
}
