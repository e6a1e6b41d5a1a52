/** Whether a key's keyring serves the IKE of this tunnel at all. */
import { canonicalAddress } from "../../domain/network.ts";
import type { IkeKey } from "../../domain/readings/ike.ts";
import type { Held } from "../known.ts";
import type { Tunnel } from "../tunnel.ts";
import type { EndView } from "../view.ts";
import { isSameInterface } from "./endpoints.ts";
import { mapEndpoint } from "./map-endpoint.ts";
import { cryptoInterfaces } from "./map-entry.ts";

/**
 * No: the keyring is limited to a local address other than the one that this tunnel's IKE goes out from (Cisco IOS Security
 * Command Reference, "local-address"), or to a front-door VRF in which its interface is not. Undefined: it is limited, and
 * that address or VRF is not known for sure.
 */
export function keyServes(tunnel: Tunnel, end: EndView, key: Held<IkeKey>): boolean | undefined {
  const byAddress = servesFrom(tunnel, end, key.item);
  const byVrf = servesIn(end, key.item);
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

function servesIn(end: EndView, { vrf }: IkeKey): boolean | undefined {
  const names = cryptoInterfaces(end);
  const carriers = (end.interfaces?.items ?? []).filter(
    ({ item }) => item.status === undefined && names.some((name) => isSameInterface(name, item.name)),
  );
  const [first] = carriers;
  if (!first) return vrf === undefined ? true : undefined;
  if (!carriers.every(({ item }) => item.vrf === first.item.vrf)) return undefined;
  if (first.item.vrf === vrf) return true;
  return vrf === undefined ? undefined : false;
}
