/** Names of the address books, for policies and NAT rules that use them. */
import { ANY_IPV4, type Network, networkFromText } from "../../../domain/network.ts";
import type { Statement } from "../../../domain/set-lines.ts";

export type AddressBook = (name: string) => readonly Network[] | undefined;

/** Looks up a name of any address book: its networks; undefined where it is not known, or is none (a DNS name, a range). */
export function addressBook(statements: readonly Statement[]): AddressBook {
  const addresses = new Map<string, string>();
  const sets = new Map<string, string[]>();
  for (const { words } of statements) {
    const at = words.indexOf("address-book");
    if (words[0] !== "security" || at < 1) continue;
    // "address-book NAME address …" below security, "address-book address …" below a zone.
    const [kind, name = "", ...rest] = words.slice(words[1] === "address-book" ? at + 2 : at + 1);
    if (kind === "address" && rest.length > 0) addresses.set(name, rest[0] ?? "");
    if (kind === "address-set" && rest.length > 1) sets.set(name, [...(sets.get(name) ?? []), rest[1] ?? ""]);
  }
  const find = (name: string, depth: number): readonly Network[] | undefined => {
    if (name === "any" || name === "any-ipv4") return [ANY_IPV4];
    const members = sets.get(name);
    if (members && depth < 5) {
      const found = members.map((member) => find(member, depth + 1));
      return found.some((networks) => networks === undefined) ? undefined : found.flatMap((networks) => networks ?? []);
    }
    const network = networkFromText(addresses.get(name) ?? "");
    return network && [network];
  };
  return (name) => find(name, 0);
}
