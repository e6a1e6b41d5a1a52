/**
 * VyOS's configuration as `set` lines (`show configuration commands`) or in braces (`show configuration`), whole or in
 * pieces: peers with their IKE and ESP groups and tunnels, keys, interfaces, static routes, source NAT. charon serves them,
 * so they are connections as swanctl.conf has them. Sources: VyOS documentation, "IPsec", "Site-to-Site", "NAT44",
 * "Configuration overview".
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

/** In braces, without a semicolon behind a setting; what only VyOS has. */
const BRACES = [
  /^\s{0,40}(?:(?:esp-group|ike-group|psk|peer|ethernet|vif|bonding|dummy|wireguard|vti) \S{1,80}|site-to-site|ipsec-interfaces) \{$/,
  /^\s{0,40}(?:default-esp-group|ike-group|esp-group) [^\s;{}]{1,80}$/,
  /^\s{0,40}(?:key-exchange ikev[12]|dh-group \d{1,2}|pfs (?:enable|disable|dh-group\d{1,2})|encryption aes\d{3}(?:gcm\d{2,3})?|connection-type (?:initiate|respond|none|trap)|mode pre-shared-secret|prefix [\da-fA-F.:]{2,45}\/\d{1,3}|hw-id [\da-f:]{17})$/,
];
/** What Junos or PAN-OS print as well: the lines that follow tell whose it is. */
const ALSO_OF_OTHERS = [
  /^\s{0,40}(?:interfaces|system|nat|ipsec|protocols|static|source|match|then|dead-peer-detection|traffic-selector|(?:rule|route|proposal) \S{1,80}) \{$/,
];

export const vyosConfiguration: Command = {
  run: "show configuration commands",
  alsoRun: ["show configuration", "show vpn ipsec", "cat /config/config.boot"],
  looksLike: [new RegExp(`^(?:set|delete) ${TREE} `), ...BRACES, ...ALSO_OF_OTHERS],
  mayStartWith: [/^\s{0,40}(?:vpn|authentication|local|remote|tunnel \d{1,4}|login|firewall|service) \{$/],
  inPieces: true,
  parse(output: Output): Parsed {
    const { statements, unread, isBalanced } = statementsOf(output.lines);
    const roots = new Set(statements.map(({ words }) => words[0]));
    const isAll =
      isBalanced &&
      output.isCut !== true &&
      unread.length === 0 &&
      ["system", "interfaces", "vpn"].every((root) => roots.has(root));
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
