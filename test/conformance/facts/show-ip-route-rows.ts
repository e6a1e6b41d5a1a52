import type { Routes } from "../../../src/domain/readings/path.ts";
import { type Facts, NOT_KEPT } from "../facts.ts";
import { type Json, objectAt, rowsOf, textOf } from "../json.ts";
import type { Fixture } from "../mapping.ts";
import { prefixText } from "../networks.ts";

/** What ntc-templates' codes are in our words. */
const SOURCES: Readonly<Record<string, string>> = {
  S: "static",
  C: "connected",
  L: "local",
  O: "ospf",
  D: "eigrp",
  B: "bgp",
  R: "rip",
  i: "isis",
};

/** ntc-templates: one row a path, in the order of the text. */
export function routeRows(facts: Facts, expected: Json | undefined, tables: readonly Routes[]): void {
  const rows = rowsOf(objectAt(expected)["parsed_sample"]);
  const paths = tables.flatMap((table) =>
    table.routes.flatMap((route) => route.via.map((via) => ({ vrf: table.vrf, route, via }))),
  );
  facts.add("rows", rows.length, paths.length);
  for (const [index, { protocol, network, prefix_length: length, ...row }] of rows.entries()) {
    const { vrf, route, via } = paths[index] ?? {};
    const at = `row.${index + 1}`;
    facts.add(`${at}.network`, `${textOf(network)}/${textOf(length)}`, prefixText(route?.network));
    facts.add(`${at}.protocol`, SOURCES[textOf(protocol)] ?? `${textOf(protocol)} (not in the table)`, route?.source);
    facts.record(at, row, {
      distance: route?.distance,
      metric: route?.metric,
      nexthop_if: via?.interface,
      nexthop_ip: via?.nextHop,
      vrf,
      flag: NOT_KEPT,
      type: NOT_KEPT,
      uptime: NOT_KEPT,
      nexthop_vrf: NOT_KEPT,
    });
  }
}

/** napalm merges all VRFs' answers: those of this text's table must be in ours, and none where the text says there is none. */
export function napalmRoute(facts: Facts, { expected, text }: Fixture, tables: readonly Routes[]): void {
  if (/not in table/.test(text)) {
    facts.add("not in table", true, tables[0]?.notInTableLine !== undefined);
    facts.add("routes", 0, tables[0]?.routes.length);
    return;
  }
  const table = tables[0];
  const [[prefix, answers] = ["", []]] = Object.entries(objectAt(expected));
  const own = table?.routes[0];
  facts.add("network", prefix, prefixText(own?.network));
  const hops = rowsOf(answers).filter((row) => row["routing_table"] === (table?.vrf ?? "default"));
  facts.add("paths", hops.length, own?.via.length);
  for (const [index, hop] of hops.entries()) {
    const { protocol, next_hop: nextHop, outgoing_interface: name, ...more } = hop;
    facts.add(`${index + 1}.protocol`, protocol, own?.source?.split(" ")[0]);
    facts.add(`${index + 1}.next_hop`, nextHop, own?.via[index]?.nextHop);
    facts.add(`${index + 1}.outgoing_interface`, name, own?.via[index]?.interface);
    facts.skip(more);
  }
}
