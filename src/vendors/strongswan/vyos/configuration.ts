/**
 * VyOS's configuration as `set` lines (`show configuration commands`), whole or in pieces: peers with their IKE and ESP
 * groups and tunnels, keys, interfaces, static routes, source NAT. charon serves them, so they are connections as
 * swanctl.conf has them. Source: VyOS documentation, "IPsec", "Site-to-Site", "NAT44".
 */
import type { Command, Output, Parsed } from "../../../domain/output.ts";
import type { ReadingValue } from "../../../domain/readings/index.ts";
import { asReadings } from "../configuration/readings.ts";
import { connectionsOf, keysOf } from "./connections.ts";
import { natOf } from "./nat.ts";
import { interfacesOf, staticRoutesOf } from "./network.ts";
import { statementsOf } from "./statements.ts";

const TREE =
  "(?:vpn ipsec|interfaces (?:ethernet|vti|loopback|bonding|bridge|wireguard|tunnel|dummy|pppoe)|protocols (?:static|bgp|ospf|ospfv3|rip)|system (?:host-name|login|ntp|syslog|name-server|console|config-management|conntrack|option)|nat (?:source|destination)|firewall (?:name|ipv4|ipv6|group|zone|global-options|state-policy|all-ping)|service (?:ssh|dhcp-server|dns|ntp|https|snmp)|policy (?:route-map|prefix-list|route))";

export const vyosConfiguration: Command = {
  run: "show configuration commands",
  alsoRun: ["show vpn ipsec"],
  looksLike: [new RegExp(`^(?:set|delete) ${TREE} `)],
  inPieces: true,
  parse(output: Output): Parsed {
    const { statements, unread } = statementsOf(output.lines);
    const roots = new Set(statements.map(({ words }) => words[0]));
    const isAll =
      output.isCut !== true && unread.length === 0 && ["system", "interfaces", "vpn"].every((root) => roots.has(root));
    const name = statements.find(({ words }) => words[0] === "system" && words[1] === "host-name");
    const interfaces = interfacesOf(statements);
    const routes = staticRoutesOf(statements);
    const { rules, lists } = natOf(statements);
    const values: ReadingValue[] = [];
    if (name?.words[2] !== undefined) values.push({ kind: "device", hostname: name.words[2], hostnameLine: name.line });
    values.push(
      ...asReadings({
        connections: connectionsOf(statements, interfaces),
        keys: keysOf(statements),
        complete: false,
        keysComplete: false,
        dialect: "vyos",
      }),
    );
    const learns = statements.some(
      ({ words }) => words.includes("dhcp") || (words[0] === "protocols" && words[1] !== "static"),
    );
    if (interfaces.length > 0)
      values.push({ kind: "interfaces", from: "configuration", interfaces, complete: isAll && !learns });
    if (routes.length > 0) values.push({ kind: "static-routes", routes, complete: isAll && !learns });
    if (lists.length > 0) {
      values.push({ kind: "access-lists", lists, complete: false });
      values.push({ kind: "nat-rules", rules, routeMaps: {}, complete: isAll });
    }
    return { values, unread, command: "config" };
  },
};
