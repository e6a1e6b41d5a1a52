/** Interfaces and static routes of VyOS. */
import { canonicalAddress, maskOf, networkFromText } from "../../../domain/network.ts";
import type { InterfaceState, StaticRoute } from "../../../domain/readings/path.ts";
import type { Statement } from "../../../domain/set-lines.ts";

/**
 * "interfaces ethernet eth0 [vif 10] address '192.0.2.1/24'": the first address of each, VLANs as "eth0.10". Those out of which
 * source NAT translates are its outside, the others its inside.
 */
export function interfacesOf(statements: readonly Statement[]): InterfaceState[] {
  const found = new Map<string, InterfaceState>();
  const outside = new Set(statements.flatMap(({ words }) => exitIn(words) ?? []));
  for (const { line, words } of statements) {
    if (words[0] !== "interfaces") continue;
    const [, , base = "", ...rest] = words;
    const isVlan = rest[0] === "vif";
    const name = isVlan ? `${base}.${rest[1] ?? ""}` : base;
    const [setting, value = ""] = isVlan ? rest.slice(2) : rest;
    const network = setting === "address" ? networkFromText(value) : undefined;
    if (!network || found.has(name)) continue;
    const [address] = value.split("/");
    const nat = outside.size === 0 ? undefined : outside.has(name) ? ("outside" as const) : ("inside" as const);
    found.set(name, { line, name, address, mask: maskOf(network), nat, at: { address: line } });
  }
  return [...found.values()];
}

/** "protocols static route 10.2.0.0/16 next-hop 192.0.2.254", "… interface vti0", "… blackhole". */
export function staticRoutesOf(statements: readonly Statement[]): StaticRoute[] {
  return statements.flatMap(({ line, words }): StaticRoute[] => {
    const [protocols, kind, table, prefix = "", by, to] = words;
    if (protocols !== "protocols" || kind !== "static" || !/^(?:interface-)?route6?$/.test(table ?? "")) return [];
    const network = networkFromText(prefix);
    if (!network || words.length > 6) return [];
    if (by === "blackhole" || by === "reject") return [{ line, network, interface: "Null0" }];
    if (to === undefined) return [];
    if (by === "next-hop") return [{ line, network, nextHop: canonicalAddress(to) ?? to }];
    return by === "interface" || by === "next-hop-interface" ? [{ line, network, interface: to }] : [];
  });
}

/** "nat source rule 100 outbound-interface name 'eth0'"; up to release 1.3 without "name". */
function exitIn(words: readonly string[]): string | undefined {
  if (words[0] !== "nat" || words[1] !== "source" || words[4] !== "outbound-interface") return undefined;
  return words[5] === "name" ? words[6] : words[5];
}
