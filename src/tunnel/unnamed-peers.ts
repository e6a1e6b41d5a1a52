/** Crypto map entries that serve whoever comes. */
import type { CryptoMapEntry } from "../domain/readings/ipsec.ts";

/** Whether an entry serves peers that it does not name: it is one of a dynamic map, or refers to one. */
export function takesPeersUnnamed(entry: CryptoMapEntry): boolean {
  return entry.type === "dynamic" || entry.dynamicMap !== undefined;
}
