/**
 * The configuration (`show`, `show full-configuration`, a backup, or pieces of one): tunnels with their phases 1 and 2,
 * interfaces, static routes, address objects, zones and firewall policies. Other tables are passed over.
 * Source: FortiOS CLI Reference.
 */
import type { Command, Output, Parsed } from "../../domain/output.ts";
import type { Connection } from "../../domain/readings/connection.ts";
import type { ReadingValue } from "../../domain/readings/index.ts";
import { connectionsOf } from "./configuration/connections.ts";
import { deviceOf, hasLearntAddress, interfacesOf, staticRoutesOf } from "./configuration/network.ts";
import { objectsOf } from "./configuration/networks.ts";
import { policiesOf, zonesOf } from "./configuration/policies.ts";
import { readSections, type Sections } from "./configuration/sections.ts";

const TABLES =
  "(?:vpn|system|firewall|router|log|user|switch-controller|wireless-controller|webfilter|antivirus|ips|dlp|application|endpoint-control|icap|authentication|report|waf|ssh-filter|dnsfilter|voip|web-proxy|certificate|emailfilter|file-filter|videofilter|monitoring|automation|extender-controller|ftp-proxy|gtp|nsxt|sctp-filter|virtual-patch|ztna|casb|dpdk|telemetry-controller|rule|vdom|global)";

export const configuration: Command = {
  run: "config",
  alsoRun: [
    "config vpn ipsec TABLE",
    "show full-configuration [PART1] [PART2] [PART3] [PART4]",
    "show vpn ipsec TABLE [NAME]",
    "show system interface [NAME]",
    "show system global",
    "show system zone [NAME]",
    "show system sdwan",
    "show router static [NUMBER]",
    "show firewall policy [NUMBER]",
    "show firewall address [NAME]",
    "show firewall addrgrp [NAME]",
  ],
  looksLike: [
    new RegExp(`^config ${TABLES}(?: [\\w-]{1,40}){0,3}$`),
    /^#config-version=FG?\w/,
    /^\s{0,40}edit (?:"[^"]{1,80}"|\d{1,6})$/,
    /^\s{0,40}set (?:phase1name|psksecret|remote-gw|proposal|dhgrp|src-subnet|dst-subnet|ike-version|peertype|net-device|localid|nattraversal|keylifeseconds|auto-negotiate|src-addr-type|dst-addr-type|srcintf|dstintf|snmp-index|allowaccess) /,
  ],
  mayStartWith: [/^\s{0,40}config [a-z][\w-]{1,40}(?: [\w-]{1,40}){0,3}$/],
  inPieces: true,
  parse(output: Output): Parsed {
    const sections = readSections(output.lines);
    const objects = objectsOf(sections);
    const interfaces = interfacesOf(sections);
    const addresses = new Map(interfaces.flatMap(({ name, address }) => (address ? [[name, address] as const] : [])));
    const connections = connectionsOf(sections, objects, addresses);
    const routes = staticRoutesOf(sections, objects);
    const device = deviceOf(sections);
    const complete = isAll(sections, output);
    const values: ReadingValue[] = device ? [device] : [];
    if (connections.length > 0 || complete)
      values.push({
        kind: "connections",
        connections: complete ? connections.map(withoutChild) : connections,
        complete,
      });
    if (interfaces.length > 0)
      values.push({
        kind: "interfaces",
        from: "configuration",
        interfaces,
        complete: complete && !hasLearntAddress(sections),
      });
    if (routes.length > 0 || complete)
      values.push({ kind: "static-routes", routes, complete: complete && !hasRouting(sections) });
    const zones = zonesOf(sections, complete);
    const policies = policiesOf(sections, objects, complete);
    if (zones) values.push(zones);
    if (policies) values.push(policies);
    return { values, unread: sections.unread, command: "config" };
  },
};

/** A whole backup begins with its release and ends every table that it opens. */
function isAll({ header, isWhole, unread, entries }: Sections, { isCut }: Output): boolean {
  const tables = new Set(entries.map(({ table }) => table));
  return (
    header !== undefined &&
    isWhole &&
    unread.length === 0 &&
    isCut !== true &&
    tables.has("system global") &&
    tables.has("system interface")
  );
}

/** Routes may come from a routing protocol, from policy routes, or from SD-WAN. */
function hasRouting({ entries }: Sections): boolean {
  return entries.some(({ table, settings }) =>
    /^router (?:policy|policy6)$|^system (?:sdwan|virtual-wan-link)$/.test(table)
      ? true
      : /^(?:neighbor|network|area|interface)$/.test(table) || settings.has("sdwan-zone"),
  );
}

function withoutChild(connection: Connection): Connection {
  return connection.children.length > 0 ? connection : { ...connection, lacksChild: true };
}
