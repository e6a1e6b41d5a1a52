import type { Route, Routes } from "../../../src/domain/readings/path.ts";
import type { Facts } from "../facts.ts";
import { type JsonObject, objectAt, objectsIn, textOf } from "../json.ts";
import { type Mapping, readingsOf } from "../mapping.ts";
import { hopsOf, prefixText } from "../networks.ts";
import { napalmRoute, routeRows } from "./show-ip-route-rows.ts";
import { routingEntry } from "./show-ip-route-word.ts";

/** Tables by genie (`vrf.<name>.address_family.<family>.routes.<prefix>`), entries, ntc-templates' rows and napalm's routes. */
export const showIpRoute: Mapping = {
  command: "show ip route",
  folders: /^show_ip(?:v6)?_route(?:_updated|_word|_vrf_VRF(?:_updated)?)?$/,
  facts(facts, fixture, read) {
    const { expected, shape, command } = fixture;
    const tables = readingsOf(read, "routes");
    if (shape === "textfsm") return routeRows(facts, expected, tables);
    if (shape.startsWith("napalm")) return napalmRoute(facts, fixture, tables);
    if (command.endsWith("_word")) return routingEntry(facts, expected, tables);
    for (const [vrf, families] of objectsIn(objectAt(expected, "vrf")))
      for (const [, family] of objectsIn(objectAt(families, "address_family"))) {
        const routes = objectsIn(objectAt(family, "routes"));
        const ours = tablesOf(tables, vrf).flatMap((table) => table.routes);
        facts.add(`${vrf}.vrf`, vrf === "default" ? undefined : vrf, tablesOf(tables, vrf)[0]?.vrf);
        facts.add(`${vrf}.routes`, routes.length, ours.length);
        for (const [prefix, route] of routes)
          compareRoute(facts, `${vrf}.${prefix}`, route, routeOf(ours, prefix, route));
      }
  },
};

/** The tables of a VRF; a single one counts whatever it is called, so that a name alone does not hide the routes. */
function tablesOf(tables: readonly Routes[], vrf: string): readonly Routes[] {
  return tables.length === 1 ? tables : tables.filter((table) => (table.vrf ?? "default") === vrf);
}

/** The route to the prefix; where two sources have one (a connected and a local one), the one of the same source. */
function routeOf(routes: readonly Route[], prefix: string, expected: JsonObject): Route | undefined {
  const same = routes.filter(({ network }) => prefixText(network) === prefix.toLowerCase());
  return same.find(({ source }) => source === expected["source_protocol"]) ?? same[0];
}

function compareRoute(facts: Facts, at: string, expected: JsonObject, own: Route | undefined): void {
  const { route, source_protocol: source, route_preference: distance, metric, next_hop: way, ...notKept } = expected;
  facts.add(`${at}.network`, textOf(route).toLowerCase(), prefixText(own?.network));
  facts.add(`${at}.source`, source, own?.source);
  facts.add(`${at}.distance`, distance, own?.distance);
  facts.add(`${at}.metric`, metric, own?.metric);
  const hops: unknown[] = Object.keys(objectAt(way, "outgoing_interface")).map((name) => ({ interface: name }));
  for (const [, { next_hop: nextHop, outgoing_interface: name, ...more }] of objectsIn(
    objectAt(way, "next_hop_list"),
  )) {
    hops.push({ nextHop, interface: name });
    facts.skip(more);
  }
  facts.add(`${at}.via`, hops, hopsOf(own?.via));
  facts.skip(notKept);
}
