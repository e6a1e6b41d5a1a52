/** From which address the IKE of an end's crypto map goes out. */
import { canonicalAddress, containsNetwork, hostNetwork, prefixLengthOf } from "../../domain/network.ts";
import type { Connection } from "../../domain/readings/connection.ts";
import type { InterfaceState } from "../../domain/readings/path.ts";
import type { Evidence } from "../../domain/verdict.ts";
import type { Held } from "../known.ts";
import type { Tunnel } from "../tunnel.ts";
import type { EndView } from "../view.ts";
import { connectionsForPeer } from "./connection.ts";
import { interfaceTowards, isSameInterface, isSurelyOwn } from "./endpoints.ts";
import { linesOf } from "./lines.ts";
import { entriesForPeer, staticEntries } from "./map-entry.ts";

export interface MapEndpoint {
  readonly address: string;
  readonly evidence: readonly Evidence[];
  /** It can be no other: by `local-address`, or the map is where the way to the peer leads out, and all of both was read. */
  readonly isSure: boolean;
}

/**
 * The address of `crypto map … local-address`, else of the one interface with the map (Cisco IOS Security Command
 * Reference, "crypto map local-address"). "hidden": there is one, but its address was not shown (an interface that was not
 * pasted, HSRP, an unnumbered one). Undefined: nothing tells.
 */
export function mapEndpoint(tunnel: Tunnel, end: EndView): MapEndpoint | "hidden" | undefined {
  const connections = connectionsForPeer(end);
  if (connections.length > 0) return connectionEndpoint(tunnel, end, connections);
  const entries = entriesForPeer(end).length > 0 ? entriesForPeer(end) : staticEntries(end);
  const names = new Set(entries.map(({ item }) => item.map));
  const maps = (end.maps?.items ?? []).filter(({ item }) => names.has(item.name));
  const local = maps.filter(({ item }) => item.localAddress !== undefined);
  if (local.length > 0) {
    const [map, ...others] = local;
    const name = map?.item.localAddress ?? "";
    const holder = end.interfaces?.items.find(({ item }) => isSameInterface(item.name, name));
    const address = canonicalAddress(name) ?? holder?.item.address;
    if (!map || others.length > 0 || names.size > 1 || address === undefined) return "hidden";
    const evidence = [...linesOf(tunnel, map, "localAddress"), ...(holder ? linesOf(tunnel, holder, "address") : [])];
    return { address, evidence, isSure: true };
  }
  const carriers = (end.interfaces?.items ?? []).filter(
    ({ item }) => item.cryptoMap !== undefined && (names.size === 0 || names.has(item.cryptoMap)),
  );
  const [carrier, ...others] = carriers;
  if (!carrier || others.length > 0) return undefined;
  const { address, name } = carrier.item;
  if (address === undefined) return "hidden";
  const exit = end.peer === undefined ? undefined : egressTowards(end, end.peer);
  const isWhole = end.interfaces?.complete === true && end.mapEntries?.complete === true;
  const isSure = isWhole && exit !== undefined && isSameInterface(exit.item.name, name);
  return { address, evidence: linesOf(tunnel, carrier, "address"), isSure };
}

/** The address that the connections name as this end's, or that the interface has which they name. */
function connectionEndpoint(
  tunnel: Tunnel,
  end: EndView,
  connections: readonly Held<Connection>[],
): MapEndpoint | "hidden" | undefined {
  const names = new Set(connections.flatMap(({ item }) => item.local));
  const [name, ...others] = names;
  const [connection] = connections;
  if (!connection || name === undefined || others.length > 0 || name.startsWith("%")) return undefined;
  const holder = end.interfaces?.items.find(({ item }) => isSameInterface(item.name, name));
  const address = canonicalAddress(name) ?? holder?.item.address;
  if (address === undefined) return "hidden";
  const evidence = [...linesOf(tunnel, connection, "local"), ...(holder ? linesOf(tunnel, holder, "address") : [])];
  return { address, evidence, isSure: true };
}

/** This end's endpoint address, where the end itself showed it and nothing shows that its map uses another one. */
export function provenEndpoint(tunnel: Tunnel, end: EndView): string | undefined {
  const { own } = end;
  if (own === undefined || !isSurelyOwn(tunnel, end, own)) return undefined;
  const endpoint = mapEndpoint(tunnel, end);
  if (endpoint === "hidden") return undefined;
  return endpoint?.isSure === true && endpoint.address !== own ? undefined : own;
}

/** The interface out of which packets to an address leave: a connected one, or where the static routes lead. */
export function egressTowards(end: EndView, address: string): Held<InterfaceState> | undefined {
  const connected = interfaceTowards(end, address);
  const host = hostNetwork(address);
  if (connected || !host) return connected;
  const routes = (end.staticRoutes?.items ?? []).filter(
    ({ item }) => item.vrf === undefined && containsNetwork(item.network, host),
  );
  const longest = Math.max(...routes.map(({ item }) => prefixLengthOf(item.network) ?? 0));
  const exits = routes
    .filter(({ item }) => prefixLengthOf(item.network) === longest)
    .map(({ item: { interface: name, nextHop } }) =>
      name === undefined
        ? nextHop === undefined
          ? undefined
          : interfaceTowards(end, nextHop)
        : end.interfaces?.items.find(({ item }) => isSameInterface(item.name, name)),
    );
  const [first] = exits;
  return first && exits.every((exit) => exit?.item.name === first.item.name) ? first : undefined;
}
