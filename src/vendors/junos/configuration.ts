/**
 * The configuration, whole or in pieces, as `set` lines (`display set`) or in braces: IKE, IPsec, interfaces, static routes,
 * source NAT, zones and policies. What concerns no tunnel is passed over.
 * Sources: Junos OS IPsec VPN user guide; Junos OS CLI reference (security ike, security ipsec, security nat source).
 */
import type { Command, Output, Parsed } from "../../domain/output.ts";
import type { ReadingValue } from "../../domain/readings/index.ts";
import type { Statement } from "../../domain/set-lines.ts";
import { connectionsOf } from "./configuration/connections.ts";
import { keysOf } from "./configuration/keys.ts";
import { fromTheRoot, withGroups } from "./configuration/levels.ts";
import { sourceNat } from "./configuration/nat.ts";
import { interfacesOf, routesOfSelectors, staticRoutesOf } from "./configuration/network.ts";
import { readStatements } from "./configuration/statements.ts";
import { policiesOf, zonesOf } from "./configuration/zones.ts";

const ROOT =
  "(?:security (?:ike|ipsec|zones|policies|nat|flow|address-book|pki) |interfaces (?:ge|xe|et|fe|st0|fxp|lo0|reth|ae|irb|vlan|gr|ip|lt|pp)[-\\d ]|routing-options |routing-instances |system (?:host-name|root-authentication|login|services|syslog|ntp) |policy-options |protocols (?:bgp|ospf|ospf3|isis|rip) |groups |apply-groups |chassis cluster )";

export const configuration: Command = {
  run: "config",
  alsoRun: ["show configuration [LEVEL1] [LEVEL2] [LEVEL3] [LEVEL4] [LEVEL5] [LEVEL6]", "show full-configuration"],
  looksLike: [
    new RegExp(`^(?:set|delete|deactivate) ${ROOT}`),
    /^\s{0,40}## Last (?:commit|changed): /,
    /^\s{0,40}version \d{2}\.\d[\w.-]{1,20};$/,
    /^\s{0,40}(?:security|ike|ipsec|interfaces|groups|system|zones|policies|nat|flow|match|then|source-nat|system-services|family inet6?|protocols) \{\s*$/,
    /^\s{0,40}(?:(?:proposal|policy|gateway|vpn|address-set|rule|unit|route|[gxf]e-\d) ?\S{1,80}|st0|lo0|reth\d{1,3}|static|source|global) \{\s*$/,
    /^\s{0,40}(?:security-zone|traffic-selector|rule-set|traceoptions|host-inbound-traffic|dead-peer-detection|proxy-identity|routing-options|from-zone \S{1,64} to-zone) ?\S{0,64} ?\{\s*$/,
    /^\s{0,40}(?:ike-policy|external-interface|bind-interface|ipsec-policy|authentication-method|pre-shared-key (?:ascii-text|hexadecimal)|establish-tunnels|perfect-forward-secrecy|dh-group group\d{1,2}|encryption-algorithm|authentication-algorithm|lifetime-seconds|proposal-set) ?[^{}]{0,200};(?: ## SECRET-DATA)?\s*$/,
    /^\s{0,40}(?:next-hop \S{1,60}|(?:route|host-name|source-address|destination-address|address) [^\s{};][^{};]{0,200});$/,
  ],
  mayStartWith: [/^\s{0,40}[a-z]{2,5}-?\d{1,3}(?:\/\d{1,3}){0,2} \{\s*$/, /^apply-groups /],
  parse(output: Output): Parsed {
    const level = levelOf(output.command);
    const { statements: read, unread, isBalanced } = readStatements(output.lines, level);
    const { statements, isWhole } = withGroups(fromTheRoot(read));
    const isAll = isBalanced && isWhole && unread.length === 0 && output.isCut !== true && !isFiltered(output.command);
    const roots = new Set(statements.map(({ words }) => words[0]));
    // Closed braces show where a configuration ends; a `set` line may be followed by others.
    const isEnded = output.isOpenEnded !== true || output.lines.some(({ text }) => text.trim() === "}");
    const shows = (root: string) => isAll && isEnded && (isRoot(output, root) || isEverything(roots));
    const found = interfacesOf(statements);
    const hasSecurity = shows("security");
    const connections = connectionsOf(statements, found, hasSecurity);
    const { rules, lists, interfaces } = sourceNat(statements, connections, found);
    const routes = [...staticRoutesOf(statements), ...routesOfSelectors(connections)];
    const keys = keysOf(connections);
    const values: ReadingValue[] = [];
    const name = statements.findLast(({ words }) => words[0] === "system" && words[1] === "host-name");
    if (name) values.push({ kind: "device", hostname: name.words[2], hostnameLine: name.line });
    if (connections.length > 0 || hasSecurity) values.push({ kind: "connections", connections, complete: hasSecurity });
    if (keys.length > 0) values.push({ kind: "ike-keys", keys, complete: hasSecurity });
    if (interfaces.length > 0)
      values.push({
        kind: "interfaces",
        from: "configuration",
        interfaces,
        complete: shows("interfaces") && !isLearnt(statements),
      });
    if (routes.length > 0 || shows("routing-options"))
      values.push({
        kind: "static-routes",
        routes,
        complete: isEverything(roots) && isAll && isEnded && !routesElsewhere(statements),
      });
    if (rules.length > 0 || hasSecurity) {
      values.push({ kind: "nat-rules", rules, routeMaps: {}, complete: hasSecurity });
      if (lists.length > 0) values.push({ kind: "access-lists", lists, complete: false });
    }
    const zones = zonesOf(statements, hasSecurity);
    const policies = policiesOf(statements, hasSecurity);
    if (zones) values.push(zones);
    if (policies) values.push(policies);
    return { values, unread, command: "config" };
  },
};

/** "show configuration security ike | display set" is at the level "security ike", and prints it again only with `set`. */
function levelOf(command: string): string[] {
  const path = /^show configuration ([^|]{1,200})/.exec(command)?.[1]?.trim().split(/\s+/) ?? [];
  return command.includes("|") && /\| ?display set/.test(command) ? [] : path;
}

function isFiltered(command: string): boolean {
  return command
    .split("|")
    .slice(1)
    .some((filter) => !/^\s?(?:display (?:set|inheritance|omit)|no-more)/.test(filter));
}

/** The command asked for all of it, or for all below this root. */
function isRoot({ command }: Output, root: string): boolean {
  const [shown] = command.split(" |", 1);
  return shown === "show configuration" || shown === `show configuration ${root}`;
}

/** What a whole configuration has in any case. */
function isEverything(roots: ReadonlySet<string | undefined>): boolean {
  return ["system", "interfaces", "security"].every((root) => roots.has(root));
}

function isLearnt(statements: readonly Statement[]): boolean {
  return statements.some(
    ({ words }) => words[0] === "interfaces" && /^(?:dhcp|dhcp-client|pppoe-options|ppp-options)$/.test(words[5] ?? ""),
  );
}

/** Routes may come from where no static route shows them. */
function routesElsewhere(statements: readonly Statement[]): boolean {
  return (
    isLearnt(statements) ||
    statements.some(
      ({ words }) =>
        words.includes("instance-import") ||
        words.includes("filter") ||
        words.includes("rib-groups") ||
        words.includes("advpn") ||
        (words.includes("protocols") && words.some((word) => /^(?:bgp|ospf|ospf3|rip|isis)$/.test(word))),
    )
  );
}
