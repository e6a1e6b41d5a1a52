/** Addresses and ports of access-list entries as the sources write them. */
import type { AclAddress } from "../../src/domain/readings/ipsec.ts";

export interface PlainNetwork {
  readonly address: string;
  readonly wildcard: string;
}

const ANY: PlainNetwork = { address: "0.0.0.0", wildcard: "255.255.255.255" };

/** "any", "host A", "A W", "A/length" or a lone address, read without the help of the product's code. */
export function plainNetwork(text: string): PlainNetwork | undefined {
  const [first = "", second] = text.trim().split(/\s+/);
  if (first === "" || first === "any") return first === "" ? undefined : ANY;
  if (first === "host") return { address: second ?? "", wildcard: "0.0.0.0" };
  if (first.includes(":")) {
    const [address = "", length = "128"] = first.split("/");
    return { address, wildcard: length };
  }
  return { address: first, wildcard: second ?? "0.0.0.0" };
}

/** Ours in the same form; IPv6's "any" counts as "any". */
export function ownNetwork(address: AclAddress | undefined): PlainNetwork | undefined {
  const network = address?.network;
  if (network === undefined) return undefined;
  if (network.family === 4) return { address: network.address, wildcard: network.wildcard };
  return network.prefixLength === 0 ? ANY : { address: network.address, wildcard: String(network.prefixLength) };
}

/** Port names that IOS prints and genie turns into numbers. */
const PORTS: Readonly<Record<string, string>> = { www: "80" };

/** "eq www" → operator and port; "range 46 48" → both ends. */
export function portWords(port: string | undefined): readonly string[] {
  return (port ?? "").split(" ").filter((word) => word !== "");
}

export function portNumber(name: string | undefined): string | undefined {
  return name === undefined ? undefined : (PORTS[name] ?? name);
}
