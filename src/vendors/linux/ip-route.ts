/** `ip route`, and `ip route get ADDRESS`: what Linux does with packets to an address. */
import { ANY_IPV4, canonicalAddress, type Network, networkFromPrefix, networkFromText } from "../../domain/network.ts";
import type { Command, Line, Output, Parsed } from "../../domain/output.ts";
import type { Route } from "../../domain/readings/path.ts";

/** With nothing behind the next hop it is a mapping of `show ip nhrp`. */
const ROUTE =
  /^(?<kind>(?:unreachable|blackhole|prohibit|throw|local|broadcast) )?(?<to>default|[0-9a-fA-F.:]{2,45}(?:\/\d{1,3})?)(?<rest>(?! via \S{2,45}$) (?:via|dev|from|nhid|encap|proto|src|scope|metric) .{0,400})$/;
/** What goes nowhere. A table of its own may come before: charon's is number 220. */
const NOWHERE = /^(?:unreachable|blackhole|prohibit) (?:default|[0-9a-fA-F.:]{2,45}(?:\/\d{1,3})?)\s*$/;
/** Asked for an address that such a route takes. */
const GOES_NOWHERE = /^RTNETLINK answers: (?:Invalid argument|Permission denied)/;
const NOT_THERE = /^RTNETLINK answers: (?:Network is unreachable|No route to host|Host is unreachable)/;
const NEXT_HOP = / via (?:inet6? )?(?<hop>[0-9a-fA-F.:]{2,45})/;
const DEVICE = / dev (?<device>\S{1,40})/;
const PROTOCOL = / proto (?<protocol>\S{1,20})/;
const ASKED = /^(?:sudo )?ip (?:-\S+ )?r(?:o|ou|out|oute)? g(?:e|et)? (?:to )?(?<address>\S{2,45})/;

export const ipRoute: Command = {
  run: "ip route [get] [show] [list] [table NAME] [from SOURCE] [ADDRESS]",
  alsoRun: ["ip route get ADDRESS [from SOURCE]", "ip -4 route [show]"],
  looksLike: [/^default via \S{2,45} dev \S/, ROUTE, NOT_THERE],
  parse(output: Output): Parsed {
    const routes: Route[] = [];
    const unread: Line[] = [];
    const asked = canonicalAddress(ASKED.exec(output.typed ?? "")?.groups?.["address"] ?? "");
    let gateway: string | undefined;
    let notInTableLine: number | undefined;
    for (const line of output.lines) {
      const { text, number } = line;
      const groups = ROUTE.exec(text)?.groups;
      if (NOWHERE.test(text)) continue;
      if (NOT_THERE.test(text) || (asked !== undefined && GOES_NOWHERE.test(text))) notInTableLine = number;
      else if (groups) {
        const route = readRoute(groups, number);
        if (/^(?:unreachable|blackhole|prohibit)/.test(groups["kind"] ?? ""))
          notInTableLine = asked === undefined ? notInTableLine : number;
        else if (route) routes.push(route);
        if (groups["to"] === "default") gateway ??= route?.via[0]?.nextHop;
      } else if (!/^(?:cache$|nexthop |$)/.test(text.trim())) unread.push(line);
    }
    if (routes.length === 0 && notInTableLine === undefined) return { values: [], unread };
    return { values: [{ kind: "routes", asked, routes, notInTableLine, gatewayOfLastResort: gateway }], unread };
  },
};

function readRoute(groups: Readonly<Record<string, string | undefined>>, line: number): Route | undefined {
  const { to = "", rest = "" } = groups;
  const network = networkIn(to, rest);
  if (!network) return undefined;
  const protocol = PROTOCOL.exec(rest)?.groups?.["protocol"];
  return {
    line,
    network,
    source: protocol === "kernel" ? "connected" : protocol,
    via: [{ line, nextHop: NEXT_HOP.exec(rest)?.groups?.["hop"], interface: DEVICE.exec(rest)?.groups?.["device"] }],
  };
}

function networkIn(to: string, rest: string): Network | undefined {
  if (to === "default") return / via \S*:/.test(rest) ? networkFromPrefix("::", 0) : ANY_IPV4;
  return networkFromText(to);
}
