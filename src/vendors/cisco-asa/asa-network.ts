/** A network as the ASA writes it: with a netmask. */
import { type Network, prefixLengthOf } from "../../domain/network.ts";

/** "host A", "any4", "A M", for IPv6 "A/64". */
export function asaNetwork(network: Network): string {
  const length = prefixLengthOf(network);
  if (network.family === 6)
    return length === 0 ? "any6" : length === 128 ? `host ${network.address}` : `${network.address}/${length}`;
  if (length === 0) return "any4";
  if (length === 32) return `host ${network.address}`;
  const mask = network.wildcard
    .split(".")
    .map((octet) => 255 - Number(octet))
    .join(".");
  return `${network.address} ${mask}`;
}
