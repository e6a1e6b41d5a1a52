/** The keys of the gateways as a list by peer, in the form of devices with crypto maps. */
import { canonicalAddress } from "../../../domain/network.ts";
import type { Connection } from "../../../domain/readings/connection.ts";
import type { IkeKey } from "../../../domain/readings/ike.ts";

export function keysOf(connections: readonly Connection[]): IkeKey[] {
  return connections.flatMap(({ remote, localAuth, ikePolicy = "default", version }) => {
    const { secret } = localAuth;
    const line = localAuth.at?.["secret"];
    if (!secret || line === undefined) return [];
    const use = { line, keyring: ikePolicy, secret, ...(version === 2 && { version }) };
    return remote.map((peer): IkeKey => {
      if (peer === "%any") return { ...use, address: "0.0.0.0", mask: "0.0.0.0" };
      const address = canonicalAddress(peer);
      if (address === undefined) return { ...use, hostname: peer };
      return { ...use, address, mask: address.includes(":") ? undefined : "255.255.255.255" };
    });
  });
}
