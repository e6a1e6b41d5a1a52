import { NOT_KEPT } from "../facts.ts";
import { objectAt, objectsIn } from "../json.ts";
import { type Mapping, readingsOf } from "../mapping.ts";

export const showIpInterfaceBrief: Mapping = {
  command: "show ip interface brief",
  folders: /^show_ip_interface_brief(?:_|$)/,
  facts(facts, { expected }, read) {
    const ours = readingsOf(read, "interfaces").flatMap((value) => value.interfaces);
    const rows = objectsIn(objectAt(expected, "interface"));
    facts.add("interfaces", rows.length, ours.length);
    for (const [name, row] of rows) {
      const own = ours.find((one) => one.name === name);
      facts.record(name, row, {
        ip_address: own?.address ?? "unassigned",
        interface_status: own?.status,
        protocol_status: own?.protocol,
        interface_ok: NOT_KEPT,
        method: NOT_KEPT,
      });
    }
  },
};
