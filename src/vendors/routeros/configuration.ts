/**
 * `/ip ipsec export`, `/export`, and what is typed in its place: peers, profiles, identities, proposals, policies, addresses,
 * routes and source NAT. Source: MikroTik RouterOS documentation, "IPsec" and "Configuration Management" (export).
 */
import type { Command, Output, Parsed } from "../../domain/output.ts";
import type { ReadingValue } from "../../domain/readings/index.ts";
import { connectionsOf } from "./configuration/connections.ts";
import { fasttrackOf } from "./configuration/fasttrack.ts";
import { filterOf } from "./configuration/filter.ts";
import { interfacesOf, natOf, staticRoutesOf } from "./configuration/path.ts";
import { statementsOf } from "./configuration/statements.ts";

const HEADER = /^\s*# (?:[a-z]{3}\/\d\d\/\d{4}|\d{4}-\d\d-\d\d) [\d:]{8} by RouterOS \d/;

/** A line that a backslash carried on: several settings, or one that no other configuration has. */
const CARRIED_ON =
  /^ {4}(?!sent=|<)(?:\S{1,200} [a-z][a-z0-9-]{1,30}=|(?:auth|dh|dst|enc|exchange|generate|hash|local|my|pfs|policy|proposal|remote|sa|src|to)-[a-z-]{2,30}=)/;

export const configuration: Command = {
  run: "ip ipsec export [verbose] [show-sensitive] [hide-sensitive] [terse]",
  alsoRun: [
    "/export [verbose] [show-sensitive] [hide-sensitive] [terse]",
    "export [verbose] [show-sensitive] [hide-sensitive] [terse]",
    "/ip/ipsec/export [verbose] [show-sensitive] [hide-sensitive] [terse]",
    "/ip ipsec export [verbose] [show-sensitive] [hide-sensitive] [terse]",
    "/ip firewall nat export [verbose]",
    "/ip firewall filter export [verbose]",
    "/ip firewall export [verbose]",
    "/ip route export [verbose]",
    "/ip address export [verbose]",
  ],
  looksLike: [
    HEADER,
    /^\/(?:ip|ipv6|interface|routing|system|ppp|certificate|queue|snmp|tool|user)(?:[ /][a-z0-9][a-z0-9-]{0,40}){0,5}$/,
    /^\/ip[ /](?:ipsec|firewall|route|address)(?:[ /][a-z-]{1,30}){0,2} (?:add|set) /,
    // Fields stand in the order of the alphabet: whichever was set comes first.
    /^add [a-z][a-z0-9-]{1,30}=/,
    /^set (?:\[ ?find |name=)/,
  ],
  mayStartWith: [/^# /],
  continues: (text) => CARRIED_ON.test(text),
  parse(output: Output): Parsed {
    const { statements, menus, unread, hasHeader } = statementsOf(output.lines);
    const isCut = output.isCut === true || !hasHeader;
    const isAll =
      !isCut && [...menus].some((menu) => /^(?:interface|system|user)\b/.test(menu)) && menus.has("ip address");
    const values: ReadingValue[] = [];
    const name = statements.find(({ menu }) => menu === "system identity")?.fields.get("name");
    if (name) values.push({ kind: "device", hostname: name.value, hostnameLine: name.line });
    const showsPeers = menus.has("ip ipsec peer");
    const showsIpsec = showsPeers && (menus.has("ip ipsec identity") || menus.has("ip ipsec policy"));
    const isWhole = !isCut && output.isOpenEnded !== true && unread.length === 0 && showsIpsec;
    const connections = connectionsOf(statements, isWhole);
    if (connections.length > 0) values.push({ kind: "connections", connections, complete: !isCut && showsPeers });
    const interfaces = interfacesOf(statements);
    if (interfaces.length > 0)
      values.push({
        kind: "interfaces",
        from: "configuration",
        interfaces,
        complete: isAll && !menus.has("ip dhcp-client"),
      });
    const routes = staticRoutesOf(statements);
    const learns = [...menus].some((menu) => /^routing (?:bgp|ospf|rip)/.test(menu)) || menus.has("ip dhcp-client");
    if (routes.length > 0) values.push({ kind: "static-routes", routes, complete: isAll && !learns });
    const { rules, lists } = natOf(statements);
    if (lists.length > 0) {
      values.push({ kind: "access-lists", lists, complete: false });
      values.push({ kind: "nat-rules", rules, routeMaps: {}, complete: !isCut });
    }
    const filter = filterOf(statements, !isCut);
    if (filter) values.push(filter);
    const fasttrack = fasttrackOf(statements);
    if (fasttrack) values.push(fasttrack);
    return { values, unread, command: "config" };
  },
};
