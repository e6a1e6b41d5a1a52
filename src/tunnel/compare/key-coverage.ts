/** Which peers a pre-shared key is for. */
import {
  ANY_IPV4,
  containsNetwork,
  hostNetwork,
  type Network,
  networkFromNetmask,
  networkFromPrefix,
  prefixLengthOf,
} from "../../domain/network.ts";
import type { IkeKey } from "../../domain/readings/ike.ts";

export interface KeyCoverage {
  /** Length of the matching prefix. */
  readonly length: number;
  /** The key is for this one address. */
  readonly isHost: boolean;
}

/** How precisely a key's address matches a peer; undefined where it does not match, or is for a host name. */
export function keyCoverage(key: IkeKey, peer: string): KeyCoverage | undefined {
  const network = networkOf(key);
  const host = hostNetwork(peer);
  if (!network || !host || !containsNetwork(network, host)) return undefined;
  const length = prefixLengthOf(network);
  return length === undefined ? undefined : { length, isHost: length === (network.family === 4 ? 32 : 128) };
}

function networkOf({ address, mask }: IkeKey): Network | undefined {
  if (address === undefined) return undefined;
  if (mask === undefined) return address === "0.0.0.0" ? ANY_IPV4 : hostNetwork(address);
  return mask.startsWith("/") ? networkFromPrefix(address, Number(mask.slice(1))) : networkFromNetmask(address, mask);
}
