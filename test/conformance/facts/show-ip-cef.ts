import type { ForwardingEntry } from "../../../src/domain/readings/path.ts";
import type { Facts } from "../facts.ts";
import { type Json, type JsonObject, listOf, objectAt, objectsIn, rowsOf, textOf } from "../json.ts";
import { type Mapping, readingsOf } from "../mapping.ts";
import { hopsOf, prefixText } from "../networks.ts";

/** genie: `prefix.<prefix>.nexthop.<hop or word>.outgoing_interface.<if>`; ntc-templates: one row a prefix. */
export const showIpCef: Mapping = {
  command: "show ip cef",
  folders: /^show_ip(?:v6)?_cef(?:_PREFIX|_detail)?$/,
  facts(facts, { shape, expected }, read) {
    const tables = readingsOf(read, "forwarding");
    if (shape === "textfsm") {
      const rows = rowsOf(objectAt(expected)["parsed_sample"]);
      const entries = tables.flatMap((table) => table.entries);
      facts.add("rows", rows.length, entries.length);
      for (const [index, row] of rows.entries()) {
        const prefix = `${textOf(row["ip_address"])}/${textOf(row["prefix_length"])}`;
        compareEntry(facts, prefix, pairs(row["nexthop"], row["interface"]), entries[index]);
      }
      return;
    }
    for (const [vrf, families] of objectsIn(objectAt(expected, "vrf")))
      for (const [, family] of objectsIn(objectAt(families, "address_family"))) {
        const prefixes = objectsIn(objectAt(family, "prefix"));
        const ours = tables.flatMap((table) => ((table.vrf ?? "default") === vrf ? table.entries : []));
        facts.add(`${vrf}.prefixes`, prefixes.length, ours.length);
        for (const [index, [prefix, entry]] of prefixes.entries()) {
          facts.skip(entry);
          compareEntry(facts, prefix, hopsBelow(entry), ours[index]);
        }
      }
  },
};

interface Hop {
  readonly hop: string;
  readonly interface: string | undefined;
}

function hopsBelow(entry: JsonObject): Hop[] {
  const found: Hop[] = [];
  for (const [hop, way] of objectsIn(entry["nexthop"])) {
    // Labels and repair paths are below the interface.
    const names = Object.keys(objectAt(way, "outgoing_interface"));
    for (const name of names.length > 0 ? names : [undefined]) found.push({ hop, interface: name });
  }
  return found;
}

function pairs(hops: Json | undefined, names: Json | undefined): Hop[] {
  return listOf(hops).map((hop, index) => ({ hop: textOf(hop), interface: textOf(listOf(names)[index]) || undefined }));
}

const DROPS = /^(?:drop|discard|no route|unusable)/;

/** Ours has next hops only, and says where packets are dropped; "receive" is neither. */
function compareEntry(facts: Facts, prefix: string, hops: readonly Hop[], own: ForwardingEntry | undefined): void {
  facts.add(`${prefix}.network`, prefix.toLowerCase(), prefixText(own?.network));
  const dropped =
    hops.find(({ hop }) => DROPS.test(hop))?.hop ?? hops.find((one) => one.interface === "Null0")?.interface;
  facts.add(`${prefix}.drops`, dropped, own?.drops);
  const sent = hops.filter(({ hop }) => hop !== "receive" && !DROPS.test(hop));
  facts.add(
    `${prefix}.next_hops`,
    sent.map(({ hop, interface: name }) => ({
      nextHop: hop === "attached" || hop === "0.0.0.0" ? undefined : hop,
      interface: name,
    })),
    hopsOf(own?.nextHops),
  );
}
