import type { InterfaceState } from "../../../src/domain/readings/path.ts";
import { type Facts, NOT_KEPT } from "../facts.ts";
import { countLeaves, isObject, type JsonObject, listOf, objectAt, objectsIn, textOf } from "../json.ts";
import { type Mapping, readingsOf } from "../mapping.ts";
import { rawConfiguration } from "./show-running-config-raw.ts";
import { configurationRows } from "./show-running-config-rows.ts";

/** genie's interfaces, ntc-templates' access lists, batfish's whole configurations without expected values. */
export const showRunningConfig: Mapping = {
  command: "show running-config",
  folders: /^show_running-config(?:_interface_INTERFACE|_section_interface|_partition_access-list)?$/,
  facts(facts, { shape, expected, text }, read) {
    if (shape === "raw-only") return rawConfiguration(facts, text, read);
    if (shape === "textfsm") return configurationRows(facts, expected, readingsOf(read, "access-lists"));
    const ours = readingsOf(read, "interfaces").flatMap((value) => value.interfaces);
    const interfaces = objectsIn(objectAt(expected, "interfaces"));
    facts.add("interfaces", interfaces.length, ours.length);
    for (const [name, row] of interfaces)
      compareInterface(
        facts,
        name,
        row,
        ours.find((one) => one.name === name),
      );
  },
};

/** Most of an interface's settings (VLANs, policies, OSPF) are no concern of tunnels. */
function compareInterface(facts: Facts, name: string, row: JsonObject, own: InterfaceState | undefined): void {
  facts.add(`${name}.name`, name, own?.name);
  const { ipv4, ipv6, shutdown, vrf, acl, ...rest } = row;
  // Our model keeps one address: the IPv4 one, where there is one.
  const [ip6, length] = textOf(listOf(ipv6)[0]).split("/");
  if (isObject(ipv4)) facts.record(`${name}.ipv4`, ipv4, { ip: own?.address, netmask: own?.mask });
  else facts.add(`${name}.ipv6`, [ip6, ip6 === "" ? undefined : own?.mask && length], [own?.address, own?.mask]);
  facts.add(`${name}.vrf`, vrf, own?.vrf);
  facts.add(`${name}.shutdown`, shutdown ?? false, own?.shutdown ?? false);
  const inbound = objectAt(acl, "inbound");
  const outbound = objectAt(acl, "outbound");
  facts.add(`${name}.acl.in`, textOf(inbound["acl_name"]), own?.accessGroupIn);
  facts.add(`${name}.acl.out`, textOf(outbound["acl_name"]), own?.accessGroupOut);
  facts.record(`${name}`, {}, { cryptoMap: own?.cryptoMap, tunnelProtection: own?.tunnelProtection, nat: NOT_KEPT });
  facts.notKept += countLeaves(rest);
}
