/** Whether a key's keyring serves the IKE of this tunnel at all. */
import { canonicalAddress } from "../../domain/network.ts";
import type { IkeKey } from "../../domain/readings/ike.ts";
import type { Held } from "../known.ts";
import type { Tunnel } from "../tunnel.ts";
import type { EndView } from "../view.ts";
import { isSameInterface } from "./endpoints.ts";
import { frontDoor } from "./front-door.ts";
import { mapEndpoint } from "./map-endpoint.ts";

/**
 * No: the keyring is limited to a local address other than the one that this tunnel's IKE goes out from (Cisco IOS Security
 * Command Reference, "local-address"), or it belongs to another table than the interface is in: the front-door VRF of the
 * keyring ("crypto keyring NAME vrf NAME", same place), the global table where it has none. Undefined: that address or table
 * is not known for sure.
 */
export function keyServes(tunnel: Tunnel, end: EndView, key: Held<IkeKey>): boolean | undefined {
  const byAddress = servesFrom(tunnel, end, key.item);
  const byVrf = servesIn(tunnel, end, key);
  if (byAddress === false || byVrf === false) return false;
  return byAddress === true && byVrf === true ? true : undefined;
}

function servesFrom(tunnel: Tunnel, end: EndView, { localAddress }: IkeKey): boolean | undefined {
  if (localAddress === undefined) return true;
  const named = end.interfaces?.items.find(({ item }) => isSameInterface(item.name, localAddress))?.item;
  const address = canonicalAddress(localAddress) ?? named?.address;
  const endpoint = mapEndpoint(tunnel, end);
  if (endpoint === undefined || endpoint === "hidden") return undefined;
  const isSameName =
    canonicalAddress(localAddress) === undefined &&
    end.interfaces?.items.some(
      ({ item }) => isSameInterface(item.name, localAddress) && item.address === endpoint.address,
    );
  if (isSameName || address === endpoint.address) return true;
  if (!endpoint.isSure) return undefined;
  // An interface that a whole configuration does not show has no address that could be the endpoint's.
  return address !== undefined || end.interfaces?.complete === true ? false : undefined;
}

/** A key that is written in no keyring with a VRF is for peers in the global table. */
function servesIn(tunnel: Tunnel, end: EndView, { item, paste }: Held<IkeKey>): boolean | undefined {
  const front = frontDoor(end);
  if (!front) return item.vrf === undefined ? true : undefined;
  if (front.vrf === item.vrf) return true;
  if (item.vrf !== undefined || item.keyring === "default") return false;
  // "show crypto isakmp key" does not always tell the keyring's VRF.
  return tunnel.lines.evidence(paste, item.line).text.includes("pre-shared-key") ? false : undefined;
}
