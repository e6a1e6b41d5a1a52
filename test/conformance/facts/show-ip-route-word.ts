import type { Routes } from "../../../src/domain/readings/path.ts";
import { type Facts, NOT_KEPT } from "../facts.ts";
import { type Json, objectAt, objectsIn } from "../json.ts";
import { hopsOf, prefixText } from "../networks.ts";

/** `entry.<prefix>`: the answer for one destination, with its paths. */
export function routingEntry(facts: Facts, expected: Json | undefined, tables: readonly Routes[]): void {
  const routes = tables.flatMap((table) => table.routes);
  const entries = objectsIn(objectAt(expected, "entry"));
  facts.add("entries", entries.length, routes.length);
  facts.add("vrf", objectAt(expected)["routing_table"], tables[0]?.vrf);
  for (const [index, [prefix, { paths, ...entry }]] of entries.entries()) {
    const own = routes[index];
    facts.add(`${prefix}.network`, prefix, prefixText(own?.network));
    facts.record(prefix, entry, {
      ip: own?.network.address,
      mask: prefixText(own?.network)?.split("/")[1],
      known_via: own?.source,
      distance: own?.distance,
      metric: own?.metric,
      ...NOT_KEPT_FIELDS,
    });
    const hops: unknown[] = [];
    for (const [, { nexthop, interface: name, ...more }] of objectsIn(paths)) {
      hops.push({ nextHop: nexthop, interface: name });
      facts.skip(more);
    }
    facts.add(`${prefix}.paths`, hops, hopsOf(own?.via));
  }
}

const NOT_KEPT_FIELDS = Object.fromEntries(
  [
    "type",
    "net",
    "update",
    "sr_incoming_label",
    "advertised_by",
    "redist_via",
    "redist_via_tag",
    "tag_name",
    "tag_type",
    "share_count",
    "route_count",
  ].map((field) => [field, NOT_KEPT]),
);
