/** `show route`, whole or for an address: the active route of each destination, by table. */
import { canonicalAddress, networkFromText, prefixLengthOf } from "../../domain/network.ts";
import type { Command, Line, Output, Parsed } from "../../domain/output.ts";
import type { Route, Routes, RouteVia } from "../../domain/readings/path.ts";
import { isMark } from "./marks.ts";

const TABLE = /^(?:(?<instance>[\w.-]{1,64})\.)?(?<table>inet6?)\.\d{1,3}: \d{1,9} destinations, \d{1,9} routes/;
const ROUTE =
  /^(?<prefix>[0-9a-fA-F.:]{2,45}\/\d{1,3})\s{1,40}(?<active>[*+-]?)\[(?<protocol>[\w-]{2,20})\/(?<preference>\d{1,10})(?:\/-?\d{1,10})?\]/;
const OTHER = /^\s{0,60}(?<active>[*+-]?)\[(?<protocol>[\w-]{2,20})\/\d{1,10}/;
const HOP =
  /^\s{1,60}(?<chosen>>)?\s{0,4}(?:to (?<hop>[0-9a-fA-F.:]{2,45}) )?(?:via (?<exit>[\w./-]{2,40}))?(?<lost>Discard|Reject|Receive)?(?:, .{0,120})?$/;
const LOCAL = /^\s{1,60}(?:Local via |Local$|to table )/;
const LEGEND = /^(?:\s{8,60}AS path: |\+ = Active Route|Restart (?:Complete|Unsupported|Pending)|@ = )/;
const ASKED =
  /^show route (?:terse |detail |extensive |best |exact |table \S{1,80} )*(?<address>[0-9a-fA-F.:]{2,45})(?:\/\d{1,3})?/;

type Draft = { -readonly [K in keyof Route]: Route[K] } & { via: RouteVia[] };

export const showRoute: Command = {
  run: "show route [ADDRESS] [table NAME] [exact] [active-path] [best] [protocol NAME] [detail] [terse] [extensive]",
  looksLike: [TABLE, ROUTE],
  parse(output: Output): Parsed {
    const asked = canonicalAddress(ASKED.exec(output.command)?.groups?.["address"] ?? "");
    const tables: { vrf: string | undefined; routes: Draft[] }[] = [];
    const unread: Line[] = [];
    let open: Draft | undefined;
    for (const line of output.lines) {
      const { text, number } = line;
      const table = TABLE.exec(text)?.groups;
      const route = ROUTE.exec(text)?.groups;
      if (isMark(text) || LEGEND.test(text) || LOCAL.test(text)) continue;
      if (table) {
        open = undefined;
        tables.push({ vrf: table["instance"], routes: [] });
      } else if (route) {
        open = routeOf(route, number);
        if (tables.length === 0) tables.push({ vrf: undefined, routes: [] });
        if (open) tables.at(-1)?.routes.push(open);
      } else if (OTHER.test(text)) open = undefined;
      else if (HOP.test(text)) take(open, HOP.exec(text)?.groups ?? {}, number);
      else unread.push(line);
    }
    const values = tables.map(({ vrf, routes }): Routes => {
      const fallback = routes.find(({ network }) => prefixLengthOf(network) === 0);
      return { kind: "routes", asked, vrf, routes, gatewayOfLastResort: fallback?.via[0]?.nextHop };
    });
    return { values: values.filter(({ routes }) => routes.length > 0), unread };
  },
};

/** Undefined for a route that is not in use. */
function routeOf(groups: Readonly<Record<string, string>>, line: number): Draft | undefined {
  const network = networkFromText(groups["prefix"] ?? "");
  if (!network || (groups["active"] !== "*" && groups["active"] !== "+")) return undefined;
  const protocol = (groups["protocol"] ?? "").toLowerCase();
  const source = protocol === "direct" ? "connected" : protocol.startsWith("ari") ? "static" : protocol;
  return { line, network, source, distance: Number(groups["preference"]), via: [] };
}

function take(open: Draft | undefined, groups: Readonly<Record<string, string | undefined>>, line: number): void {
  const { hop, exit, lost } = groups;
  if (!open || lost === "Receive" || (hop === undefined && exit === undefined && lost === undefined)) return;
  open.via.push({ line, nextHop: canonicalAddress(hop ?? ""), interface: exit ?? lost?.toLowerCase() });
}
