/**
 * Source NAT towards the tunnel's zone, in the form of the other platforms: the rules from the one zone behind which the
 * protected networks are make a list by which NAT chooses. A rule without a source translation leaves alone what it matches.
 */
import { networkFromNetmask, overlaps } from "../../../domain/network.ts";
import type { Connection } from "../../../domain/readings/connection.ts";
import type { AccessList, AclEntry } from "../../../domain/readings/ipsec.ts";
import type { InterfaceState, NatRule } from "../../../domain/readings/path.ts";
import type { SecurityZone } from "../../../domain/readings/policy.ts";
import { type Objects, objectsOf } from "./objects.ts";
import type { Path } from "./paths.ts";
import { addressesOf, type Rule, rulesOf, valuesOf } from "./rules.ts";

interface Nat {
  readonly rules: readonly NatRule[];
  readonly lists: readonly AccessList[];
  readonly interfaces: readonly InterfaceState[];
}

/** Nothing where the protected networks are behind several zones, or behind none that is shown. */
export function natOf(
  paths: readonly Path[],
  zones: readonly SecurityZone[],
  connections: readonly Connection[],
  interfaces: readonly InterfaceState[],
): Nat {
  const none = { rules: [], lists: [], interfaces };
  const tunnels = new Set(connections.flatMap(({ tunnelInterface }) => tunnelInterface ?? []));
  const near = nearZones(zones, connections, interfaces);
  const far = zones.filter((zone) => zone.interfaces.some(({ name }) => tunnels.has(name))).map(({ name }) => name);
  const [zone] = near;
  if (!zone || near.length > 1 || far.length === 0 || far.includes(zone.name)) return none;
  const find = objectsOf(paths);
  const takes = (rule: Rule, side: "from" | "to", names: readonly string[]) =>
    valuesOf(rule, side).some((name) => name === "any" || names.includes(name));
  const meant = rulesOf(paths, "nat").filter((rule) => takes(rule, "from", [zone.name]) && takes(rule, "to", far));
  const entries = meant.flatMap((rule) => entriesOf(rule, find));
  const [first] = entries;
  if (!first) return none;
  const name = `NAT rules from ${zone.name}`;
  const list: AccessList = { name, line: first.line, type: "extended", entries };
  const inside = new Set(zone.interfaces.map((item) => item.name));
  const outside = new Set([...tunnels, ...connections.flatMap((item) => item.interface ?? [])]);
  return {
    rules: [{ line: first.line, text: name, type: "dynamic", aclName: name, overload: true }],
    lists: [list],
    interfaces: interfaces.map((item): InterfaceState => {
      if (inside.has(item.name)) return { ...item, nat: "inside" };
      return outside.has(item.name) ? { ...item, nat: "outside" } : item;
    }),
  };
}

/** The zones of the interfaces on which a protected network is. */
function nearZones(
  zones: readonly SecurityZone[],
  connections: readonly Connection[],
  interfaces: readonly InterfaceState[],
): SecurityZone[] {
  const networks = connections.flatMap(({ children }) =>
    children.flatMap(({ local = [] }) => local.map(({ network }) => network)),
  );
  const names = interfaces
    .filter(({ address = "", mask = "" }) => {
      const subnet = networkFromNetmask(address, mask);
      return subnet !== undefined && networks.some((network) => overlaps(subnet, network));
    })
    .map(({ name }) => name);
  return zones.filter((zone) => zone.interfaces.some(({ name }) => names.includes(name)));
}

function entriesOf(rule: Rule, find: Objects): AclEntry[] {
  const translation = rule.settings.get("source-translation");
  const services = valuesOf(rule, "service").filter((service) => service !== "any");
  const exits = valuesOf(rule, "to-interface").filter((name) => name !== "any");
  return addressesOf(rule, "source", find).flatMap((source) =>
    addressesOf(rule, "destination", find).map((destination) => ({
      line: translation?.line ?? rule.line,
      action: translation ? ("permit" as const) : ("deny" as const),
      protocol: "ip",
      source,
      destination,
      options: [...services, ...exits],
      text: `NAT rule ${rule.name}`,
    })),
  );
}
