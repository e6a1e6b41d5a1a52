/** Address objects of a configuration, for rules that name them. */
import { ANY_IPV4, networkFromText } from "../../../domain/network.ts";
import type { AclAddress } from "../../../domain/readings/ipsec.ts";
import { listOf, type Path } from "./paths.ts";

/** The networks of a name or an address as rules write them; a name that is not shown, or is no network, stays a name. */
export type Objects = (name: string) => readonly AclAddress[];

export function objectsOf(paths: readonly Path[]): Objects {
  const addresses = new Map<string, string>();
  const groups = new Map<string, string[]>();
  for (const { words } of paths) {
    const rest = words[0] === "shared" ? words.slice(1) : words;
    const [table, name = "", kind = "", ...values] = rest;
    if (table === "address" && /^ip-(?:netmask|range)$/.test(kind)) addresses.set(name, values[0] ?? "");
    if (table === "address-group" && kind === "static")
      groups.set(name, [...(groups.get(name) ?? []), ...listOf(values)]);
  }
  const find = (name: string, depth: number): readonly AclAddress[] => {
    if (name === "any") return [{ network: ANY_IPV4 }];
    const members = groups.get(name);
    if (members && depth < 5) return members.flatMap((member) => find(member, depth + 1));
    const network = networkFromText(addresses.get(name) ?? "") ?? networkFromText(name);
    return network ? [{ network }] : [{ objectGroup: name }];
  };
  return (name) => find(name, 0);
}
