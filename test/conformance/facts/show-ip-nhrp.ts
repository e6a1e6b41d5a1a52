import { NOT_KEPT } from "../facts.ts";
import { type JsonObject, objectAt, objectsIn, textOf } from "../json.ts";
import { type Mapping, readingsOf } from "../mapping.ts";

/** genie: `<network>.via.<address>`, with a VRF `entries.<network>`, whose `via` is the address itself. */
export const showIpNhrp: Mapping = {
  command: "show ip nhrp",
  folders: /^show_ip_nhrp(?:_detail|_vrf_VRF_IP)?$/,
  facts(facts, { expected }, read) {
    const mappings = readingsOf(read, "nhrp-mappings").flatMap((reading) => reading.mappings);
    const rows = objectsIn(objectAt(expected, "entries"));
    const all = rows.length > 0 ? rows.map(([network, row]) => flat(network, row)) : objectsIn(expected).flatMap(below);
    facts.add("mappings", all.length, mappings.length);
    for (const [index, { network, tunnel: name, ...row }] of all.entries()) {
      const own = mappings[index];
      facts.record(`${network}`, row, {
        via: own?.tunnel,
        nbma_address: own?.nbma,
        type: own?.type,
        created: NOT_KEPT,
        expire: NOT_KEPT,
        flags: NOT_KEPT,
        preference: NOT_KEPT,
        requester: NOT_KEPT,
        request_id: NOT_KEPT,
        group: NOT_KEPT,
      });
      facts.add(`${network}.interface`, name, own?.interface);
    }
  },
};

function flat(network: string, row: JsonObject): JsonObject {
  return { ...row, network, tunnel: `Tunnel${textOf(row["tunnel"])}` };
}

function below([network, row]: readonly [string, JsonObject]): JsonObject[] {
  return objectsIn(row["via"]).map(([via, { tunnel, ...fields }]) => {
    const { tunnel_name: name = "", ...times } = objectAt(tunnel);
    return { ...fields, ...times, network, via, tunnel: name };
  });
}
