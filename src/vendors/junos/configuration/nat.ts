/**
 * Source NAT towards the tunnel, in the form of the other platforms: each rule set is a list by which its rules choose, and
 * the interfaces of its zones are "inside" and "outside". A rule set to another zone than the tunnel's never sees its traffic.
 */
import { type Network, networkFromText } from "../../../domain/network.ts";
import type { Connection } from "../../../domain/readings/connection.ts";
import type { AccessList, AclAddress, AclEntry } from "../../../domain/readings/ipsec.ts";
import type { InterfaceState, NatRule } from "../../../domain/readings/path.ts";
import type { Statement } from "../../../domain/set-lines.ts";
import { type Settings, settingsBelow } from "../../../domain/set-lines.ts";
import { type AddressBook, addressBook } from "./addresses.ts";
import { withUnit } from "./connections.ts";

export interface SourceNat {
  readonly rules: readonly NatRule[];
  readonly lists: readonly AccessList[];
  /** The interfaces again, with what NAT takes them for. */
  readonly interfaces: readonly InterfaceState[];
}

export function sourceNat(
  statements: readonly Statement[],
  connections: readonly Connection[],
  interfaces: readonly InterfaceState[],
): SourceNat {
  const zoneOf = zones(statements);
  const tunnels = tunnelInterfaces(statements, connections);
  const inside = new Set<string>();
  const rules: NatRule[] = [];
  const lists: AccessList[] = [];
  const find = addressBook(statements);
  for (const set of settingsBelow(statements, "security", "nat", "source", "rule-set").values()) {
    if (!leadsInto(set, tunnels, zoneOf)) continue;
    const entrances = interfaces.filter(({ name }) => comesFrom(set, name, zoneOf) && !tunnels.has(name));
    for (const { name } of entrances) inside.add(name);
    const entries = [...new Set(set.values("rule"))].flatMap((rule) => entriesOf(set, rule, find));
    const list = { name: `rule-set ${set.name}`, line: set.line, type: "extended" as const, entries };
    lists.push(list);
    rules.push({ line: set.line, text: `rule-set ${set.name}`, type: "dynamic", aclName: list.name, overload: true });
  }
  const outside = new Set([...tunnels, ...connections.flatMap(({ interface: name }) => name ?? [])]);
  const marked = interfaces.map((item): InterfaceState => {
    if (inside.has(item.name)) return { ...item, nat: "inside" };
    return rules.length > 0 && outside.has(item.name) ? { ...item, nat: "outside" } : item;
  });
  return { rules, lists, interfaces: marked };
}

function zones(statements: readonly Statement[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const { words } of statements)
    if (words[1] === "zones" && words[2] === "security-zone" && words[4] === "interfaces")
      found.set(withUnit(words[5] ?? ""), words[3] ?? "");
  return found;
}

/** The interfaces by which traffic enters tunnels: st0 units, and the external one of a VPN that policies use. */
function tunnelInterfaces(statements: readonly Statement[], connections: readonly Connection[]): ReadonlySet<string> {
  const vpns = [...settingsBelow(statements, "security", "ipsec", "vpn").values()];
  const bound = vpns.flatMap((vpn) => vpn.values("bind-interface")).map(withUnit);
  const byPolicy = vpns
    .filter((vpn) => !vpn.has("bind-interface"))
    .flatMap((vpn) => connections.find(({ name }) => name === vpn.value(["ike", "gateway"]))?.interface ?? []);
  return new Set([...bound, ...byPolicy]);
}

function leadsInto(set: Settings, tunnels: ReadonlySet<string>, zoneOf: ReadonlyMap<string, string>): boolean {
  const named = new Set(set.values("to", "zone"));
  const exits = new Set(set.values("to", "interface").map(withUnit));
  return [...tunnels].some((name) => exits.has(name) || named.has(zoneOf.get(name) ?? ""));
}

function comesFrom(set: Settings, name: string, zoneOf: ReadonlyMap<string, string>): boolean {
  const named = set.values("from", "zone");
  return named.includes(zoneOf.get(name) ?? "") || set.values("from", "interface").map(withUnit).includes(name);
}

function entriesOf(set: Settings, rule: string, find: AddressBook): AclEntry[] {
  const then = set.all("rule", rule, "then", "source-nat").at(-1);
  if (!then) return [];
  const matches = set.all("rule", rule, "match");
  const other = matches.filter(({ words }) => !/^(?:source|destination)-address(?:-name)?$/.test(words[0] ?? ""));
  const addresses = (side: "source" | "destination"): AclAddress[] => {
    const found = matches.flatMap(({ words }) => {
      if (words[0] === `${side}-address`) return addressesOf(words[1] ?? "", [networkFromText(words[1] ?? "")]);
      return words[0] === `${side}-address-name` ? addressesOf(words[1] ?? "", find(words[1] ?? "")) : [];
    });
    return found.length > 0 ? found : addressesOf("any", find("any"));
  };
  const action = then.words[0] === "off" ? "deny" : "permit";
  return addresses("source").flatMap((source) =>
    addresses("destination").map((destination) => ({
      line: then.line,
      action,
      protocol: "ip",
      source,
      destination,
      options: other.map(({ words }) => words.join(" ")),
      text: `rule ${rule} then source-nat ${then.words[0] ?? ""}`,
    })),
  );
}

/** Names that no address book here explains stay names. */
function addressesOf(name: string, networks: readonly (Network | undefined)[] | undefined): AclAddress[] {
  const known = (networks ?? []).flatMap((network) => (network ? [{ network }] : []));
  return known.length > 0 ? known : [{ objectGroup: name }];
}
