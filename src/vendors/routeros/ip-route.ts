/** `/ip route print`: the routing table. Source: MikroTik RouterOS documentation, "IP Routing". */
import { canonicalAddress, networkFromText } from "../../domain/network.ts";
import type { Command, Line, Output, Parsed } from "../../domain/output.ts";
import type { Route } from "../../domain/readings/path.ts";

const LEGEND =
  /^\s*Flags: (?:X - disabled, A - active, D - dynamic|D - DYNAMIC; (?:X - DISABLED, )?(?:I - INACTIVE, )?A - ACTIVE)/;
const COLUMNS = /^\s*Columns: DST-ADDRESS, GATEWAY/;
const HEADING = /^\s*# {1,12}DST-ADDRESS {1,40}(?:PREF-SRC {1,40})?GATEWAY/;
/** With a number only where the route can be changed (RouterOS 7); a preferred source may stand before the gateway. */
const ROW =
  /^\s{0,4}(?:\d{1,5})? {1,4}(?<flags>[XADCSrbomBUPIcsdvyHg+ ]{1,6}?) {1,4}(?<to>[0-9a-fA-F.:]{2,45}\/\d{1,3}) {1,30}(?:(?<source>[0-9.]{7,15}) {1,20}(?=[a-zA-Z]))?(?<gateway>[\w.:%-]{1,60})(?: {1,40}[\w-]{1,30}){0,2}\s*$/;

export const ipRoutePrint: Command = {
  run: "ip route print [OPTIONS1] [OPTIONS2] [OPTIONS3]",
  alsoRun: ["/ip route print [OPTIONS1] [OPTIONS2] [OPTIONS3]", "/ip/route/print [OPTIONS1] [OPTIONS2] [OPTIONS3]"],
  looksLike: [LEGEND, HEADING],
  mayStartWith: [COLUMNS],
  parse(output: Output): Parsed {
    const routes: Route[] = [];
    const unread: Line[] = [];
    let hasSources = false;
    for (const line of output.lines) {
      const groups = ROW.exec(line.text)?.groups;
      hasSources ||= line.text.includes(" PREF-SRC ");
      const route = groups && routeOf(groups, line.number, hasSources);
      if (route && (groups["flags"] ?? "").includes("A")) routes.push(route);
      else if (!route && ![LEGEND, COLUMNS, HEADING, /^\s*$/].some((pattern) => pattern.test(line.text)))
        unread.push(line);
    }
    // A part of the table does not tell what the rest of it would do.
    const isPart = routes.length === 0 || / where | ?from=/.test(output.typed ?? "");
    return { values: isPart ? [] : [{ kind: "routes", routes }], unread };
  },
};

function routeOf(
  groups: Readonly<Record<string, string | undefined>>,
  line: number,
  hasSources: boolean,
): Route | undefined {
  const network = networkFromText(groups["to"] ?? "");
  if (!network) return undefined;
  const flags = groups["flags"] ?? "";
  // Without a column for the source, what looks like one is the gateway, and a routing table's name follows.
  const [gateway = "", name] = ((hasSources ? undefined : groups["source"]) ?? groups["gateway"] ?? "").split("%");
  const nextHop = canonicalAddress(gateway);
  return {
    line,
    network,
    source: /c/i.test(flags) ? "connected" : /s/i.test(flags) ? "static" : undefined,
    via: [{ line, nextHop, interface: name ?? (nextHop === undefined ? gateway : undefined) }],
  };
}
