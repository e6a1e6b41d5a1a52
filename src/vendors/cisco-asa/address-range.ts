/** Networks written by their first and last address. */
import { type Network, networkFromPrefix, networkFromWildcard } from "../../domain/network.ts";

/** The network that begins and ends there; undefined where the two are no whole network's. */
export function networkFromRange(first: string, last: string): Network | undefined {
  if (first === last) return networkFromPrefix(first, first.includes(":") ? 128 : 32);
  const from = octetsOf(first);
  const to = octetsOf(last);
  if (!from || !to) return undefined;
  const wildcard = from.map((octet, index) => octet ^ (to[index] ?? 0));
  const bits = wildcard.reduce((all, octet) => all * 256 + octet, 0);
  // All bits behind the first that differs have to go from 0 to 1.
  const isWhole =
    Number.isInteger(Math.log2(bits + 1)) && from.every((octet, index) => (octet & (wildcard[index] ?? 0)) === 0);
  return isWhole ? networkFromWildcard(first, wildcard.join(".")) : undefined;
}

function octetsOf(address: string): number[] | undefined {
  const octets = address.split(".").map(Number);
  return octets.length === 4 && octets.every((octet) => octet >= 0 && octet < 256) ? octets : undefined;
}
