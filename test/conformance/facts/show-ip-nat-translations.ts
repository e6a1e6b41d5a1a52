import type { NatTranslation } from "../../../src/domain/readings/path.ts";
import { NOT_KEPT } from "../facts.ts";
import { type JsonObject, objectAt, objectsIn, rowsOf, textOf } from "../json.ts";
import { type Mapping, readingsOf } from "../mapping.ts";

/** genie: `vrf.default.index.<n>`; ntc-templates: rows with address and port apart. */
export const showIpNatTranslations: Mapping = {
  command: "show ip nat translations",
  folders: /^show_ip_nat_translations(?:_|$)/,
  facts(facts, { shape, expected }, read) {
    const ours = readingsOf(read, "nat-translations").flatMap((value) => value.translations);
    const rows =
      shape === "textfsm"
        ? rowsOf(objectAt(expected)["parsed_sample"]).map(joined)
        : objectsIn(objectAt(expected, "vrf")).flatMap(([, vrf]) => objectsIn(vrf["index"]).map(([, row]) => row));
    facts.add("rows", rows.length, ours.length);
    for (const [index, row] of rows.entries()) facts.record(`row.${index + 1}`, row, rowOf(ours[index]));
  },
};

function rowOf(own: NatTranslation | undefined): Readonly<Record<string, unknown>> {
  return {
    protocol: own?.protocol,
    inside_global: own?.insideGlobal,
    inside_local: own?.insideLocal,
    outside_local: own?.outsideLocal,
    outside_global: own?.outsideGlobal,
    details: NOT_KEPT,
  };
}

/** "inside_global_ip" and "inside_global_port" in one, as the device prints them. */
function joined(row: JsonObject): JsonObject {
  const out: Record<string, string> = { protocol: textOf(row["protocol"]) };
  for (const name of ["inside_global", "inside_local", "outside_local", "outside_global"]) {
    const port = textOf(row[`${name}_port`]);
    out[name] = textOf(row[`${name}_ip`]) + (port === "" ? "" : `:${port}`);
  }
  return out;
}
