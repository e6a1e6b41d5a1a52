/**
 * `show routing route`: the routing table of each virtual router, the rows that are active.
 * Source: PAN-OS CLI quick start, "Use the CLI to view routes".
 */
import { networkFromText } from "../../domain/network.ts";
import type { Command, Line, Output, Parsed } from "../../domain/output.ts";
import type { Route } from "../../domain/readings/path.ts";

const FLAGS = /^\s*(?:flags: A:active, |Oi:ospf intra-area, )/;
const ROUTER = /^\s*VIRTUAL ROUTER: (?<name>\S.{0,60}?) \(id \d{1,9}\)/;
const COLUMNS = /^\s*destination\s{1,80}nexthop\s{1,80}metric\s{1,20}flags/;
const TOTAL = /^\s*total routes shown: \d/;
const RULER = /^[\s=]*$/;
const ROW =
  /^(?<to>[0-9a-fA-F.:]{2,45}\/\d{1,3})\s{1,60}(?<hop>[0-9a-fA-F.:]{2,45}|vr \S{1,40}|discard)\s{1,60}(?:(?<metric>\d{1,9})\s{1,12})?(?<flags>(?:[A?~]|[A-Z])[A-Za-z0-9?~ ]{0,9}?)(?:\s{1,20}(?<age>\d{1,9}))?(?:\s{1,40}(?<interface>[a-z][\w/.-]{1,30}))?(?:\s{1,40}\d{1,10})?\s*$/;

const SOURCES: readonly (readonly [RegExp, string])[] = [
  [/S/, "static"],
  [/C/, "connected"],
  [/H/, "local"],
  [/O/, "ospf"],
  [/B/, "bgp"],
  [/R/, "rip"],
];

export const showRoutingRoute: Command = {
  run: "show routing route [type NAME] [destination PREFIX] [virtual-router ROUTER] [interface INTERFACE] [afi FAMILY]",
  looksLike: [FLAGS, ROUTER, COLUMNS],
  parse(output: Output): Parsed {
    const routes: Route[] = [];
    const unread: Line[] = [];
    for (const line of output.lines) {
      const groups = ROW.exec(line.text)?.groups;
      if (groups) {
        const route = readRow(groups, line.number);
        if (route && (groups["flags"] ?? "").startsWith("A")) routes.push(route);
      } else if (![FLAGS, ROUTER, COLUMNS, TOTAL, RULER].some((pattern) => pattern.test(line.text))) unread.push(line);
    }
    if (routes.length === 0) return { values: [], unread };
    return { values: [{ kind: "routes", routes }], unread };
  },
};

function readRow(groups: Readonly<Record<string, string | undefined>>, line: number): Route | undefined {
  const network = networkFromText(groups["to"] ?? "");
  if (!network) return undefined;
  const hop = groups["hop"] ?? "";
  const isNone = /^(?:0\.0\.0\.0|::|discard|vr )/.test(hop);
  const metric = groups["metric"];
  return {
    line,
    network,
    source: SOURCES.find(([flag]) => flag.test((groups["flags"] ?? "").slice(1)))?.[1],
    metric: metric === undefined ? undefined : Number(metric),
    via: [
      {
        line,
        nextHop: isNone ? undefined : hop,
        interface: hop === "discard" ? "Null0" : groups["interface"],
      },
    ],
  };
}
