/** Crypto map entries and connections that serve whoever comes. */
import type { Connection } from "../domain/readings/connection.ts";
import type { CryptoMapEntry } from "../domain/readings/ipsec.ts";

/** Whether an entry serves peers that it does not name: it is one of a dynamic map, or refers to one. */
export function takesPeersUnnamed(entry: CryptoMapEntry): boolean {
  return entry.type === "dynamic" || entry.dynamicMap !== undefined;
}

/** The same of a connection: it is for whoever comes ("%any"). */
export function takesAnybody({ remote }: Connection): boolean {
  return remote.length === 0 || remote.some((address) => address.startsWith("%any"));
}
