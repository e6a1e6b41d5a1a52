/**
 * `get router info routing-table details ADDRESS` and `… all`: one destination or the whole table.
 * Source: FortiOS Administration Guide, "Routing concepts".
 */
import { canonicalAddress, networkFromPrefix } from "../../domain/network.ts";
import type { Command, Line, Output, Parsed } from "../../domain/output.ts";
import type { Route, RouteVia } from "../../domain/readings/path.ts";

const TABLE = /^Routing table for VRF=(?<vrf>\d{1,5})/;
const LEGEND = /^\s*(?:Codes: ?)?(?:[A-Za-z0-9>*]{1,3} - |\* - )/;
const NOT_IN_TABLE = /^\s*% ?(?:Network not in table|Can't find matching)/i;
const ENTRY = /^\s*Routing entry for (?<address>[0-9a-fA-F.:]{2,45})\/(?<length>\d{1,3})/;
const KNOWN = /^\s*Known via "(?<source>[^"]{1,40})", distance (?<distance>\d{1,3}), metric (?<metric>\d{1,10})/;
const PATH =
  /^\s{1,8}\*? {0,2}(?:vrf \d{1,5} )?(?<path>(?:via|directly connected|is a summary|[0-9a-fA-F.:]{3,45}, via) ?.{0,200})$/;
const ROW =
  /^(?<codes>[A-Z][A-Z0-9 *>]{0,8}) (?<address>[0-9a-fA-F.:]{2,45})\/(?<length>\d{1,3}) (?:\[(?<distance>\d{1,3})\/(?<metric>\d{1,10})\] )?(?<path>(?:via|is directly connected|is a summary).{0,200})$/;
const MORE = /^\s{10,40}\[\d{1,3}\/\d{1,10}\] (?<path>via .{1,200})$/;
const ASKED = /\bdetails (?<address>[0-9a-fA-F.:]{2,45})/;

type Draft = { -readonly [K in keyof Route]: Route[K] } & { via: RouteVia[] };

export const routingTable: Command = {
  run: "get router info routing-table details [ADDRESS]",
  alsoRun: ["get router info routing-table all", "get router info routing-table static"],
  looksLike: [TABLE, /^\s{1,8}\* (?:vrf \d{1,5} )?via \S{1,40} tunnel /],
  mayStartWith: [LEGEND],
  continues: (text) => [ENTRY, KNOWN, PATH, ROW, MORE, NOT_IN_TABLE].some((pattern) => pattern.test(text)),
  parse(output: Output): Parsed {
    const unread: Line[] = [];
    const routes: Draft[] = [];
    let notInTableLine: number | undefined;
    for (const line of output.lines) {
      if (NOT_IN_TABLE.test(line.text)) notInTableLine = line.number;
      else if (!readLine(routes, line) && !TABLE.test(line.text) && !LEGEND.test(line.text) && line.text.trim() !== "")
        unread.push(line);
    }
    const asked = canonicalAddress(ASKED.exec(output.typed ?? "")?.groups?.["address"] ?? "");
    if (routes.length === 0 && notInTableLine === undefined) return { values: [], unread };
    return {
      values: [{ kind: "routes", asked, routes, ...(notInTableLine !== undefined && { notInTableLine }) }],
      unread,
    };
  },
};

function readLine(routes: Draft[], { text, number }: Line): boolean {
  const start = (ENTRY.exec(text) ?? ROW.exec(text))?.groups;
  if (start) {
    const network = networkFromPrefix(start["address"] ?? "", Number(start["length"]));
    if (!network) return false;
    const { codes, distance, metric, path } = start;
    routes.push({
      line: number,
      network,
      ...(codes !== undefined && { source: SOURCES[codes.charAt(0)] ?? codes.toLowerCase().trim() }),
      ...(distance !== undefined && { distance: Number(distance), metric: Number(metric) }),
      via: path === undefined ? [] : [pathOf(path, number)],
    });
    return true;
  }
  const open = routes.at(-1);
  const known = KNOWN.exec(text)?.groups;
  const path = (PATH.exec(text) ?? MORE.exec(text))?.groups?.["path"];
  if (!open) return false;
  if (known) {
    open.source = known["source"];
    open.distance = Number(known["distance"]);
    open.metric = Number(known["metric"]);
  } else if (path !== undefined) open.via.push(pathOf(path, number));
  return known !== undefined || path !== undefined || /^\s{2,8}Last update/.test(text);
}

const SOURCES: Readonly<Record<string, string>> = {
  S: "static",
  C: "connected",
  K: "kernel",
  O: "ospf",
  B: "bgp",
  R: "rip",
  I: "isis",
};

/** "via branch-7 tunnel 203.0.113.91", "198.51.100.1, via port1", "via 198.51.100.1, port1", "is a summary, Null". */
function pathOf(text: string, line: number): RouteVia {
  if (/\bNull\b/.test(text)) return { line, interface: "Null0" };
  const [, tunnel] = /^via (\S{1,40}) tunnel /.exec(text) ?? [];
  if (tunnel !== undefined) return { line, interface: tunnel };
  const [, connected] = /^(?:is )?directly connected, (\S{1,40}?),?(?:\s|$)/.exec(text) ?? [];
  if (connected !== undefined) return { line, interface: connected };
  const [, before, out] = /^([0-9a-fA-F.:]{3,45}), via (\S{1,40}?),?(?:\s|$)/.exec(text) ?? [];
  const [, hop, name] = /^via ([0-9a-fA-F.:]{3,45})(?:, (\S{1,40}?))?,?(?:\s|$)/.exec(text) ?? [];
  return { line, nextHop: before ?? hop, interface: out ?? name };
}
