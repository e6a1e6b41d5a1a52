/** Between which interfaces NAT translates, and whether a flow of the tunnel crosses them. */
import { type Network, networkFromNetmask, overlaps, prefixLengthOf } from "../../domain/network.ts";
import type { InterfaceState, NatRule } from "../../domain/readings/path.ts";
import type { Held } from "../known.ts";
import type { EndView } from "../view.ts";
import { interfaceTowards, isSameInterface } from "./endpoints.ts";
import { cryptoInterfaces } from "./map-entry.ts";
import type { ProtectedFlow } from "./protected-flows.ts";

/** Without an outside interface nothing is translated, nor what leaves by another one; brief listings do not tell. */
export function natCanHappen(end: EndView): boolean {
  const items = end.interfaces?.items ?? [];
  if (end.interfaces?.complete !== true || items.some(({ item }) => item.status !== undefined)) return true;
  const names = cryptoInterfaces(end);
  const exits = items.filter(({ item }) => names.some((name) => isSameInterface(name, item.name)));
  return (exits.length > 0 ? exits : items).some(({ item }) => item.nat === "outside");
}

/**
 * Whether a rule sees a flow at all: NAT takes what comes in on an inside interface, in the rule's VRF. Undefined where the
 * flow's own interface is not known; where no configuration of an interface was read, nothing speaks against it.
 */
export function natReaches(end: EndView, rule: NatRule, flow: ProtectedFlow): boolean | undefined {
  const configured = (end.interfaces?.items ?? []).filter(({ item }) => item.status === undefined);
  if (configured.length === 0) return true;
  const vrf = /\svrf (\S+)/.exec(rule.text)?.[1];
  const takes = ({ item }: Held<InterfaceState>) => item.nat === "inside" && item.vrf === vrf;
  const entrances = entrancesOf(end, flow.source);
  if (entrances.length > 0) return entrances.every(takes) ? true : entrances.some(takes) ? undefined : false;
  const names = cryptoInterfaces(end);
  const others = configured.filter(
    ({ item }) =>
      item.address !== undefined && !/^lo/i.test(item.name) && !names.some((name) => isSameInterface(name, item.name)),
  );
  return others.length > 0 && others.every(takes) ? true : undefined;
}

/** The interfaces on which a network comes in: those on it, else those towards which static routes lead to it. */
function entrancesOf(end: EndView, network: Network): Held<InterfaceState>[] {
  const configured = (end.interfaces?.items ?? []).filter(({ item }) => item.status === undefined);
  const on = configured.filter(({ item }) => {
    const subnet = networkFromNetmask(item.address ?? "", item.mask ?? "");
    return subnet !== undefined && overlaps(subnet, network);
  });
  if (on.length > 0) return on;
  const routes = (end.staticRoutes?.items ?? []).filter(
    ({ item }) => overlaps(item.network, network) && (prefixLengthOf(item.network) ?? 0) > 0,
  );
  const exits = routes.map(({ item }) =>
    item.interface === undefined
      ? interfaceTowards(end, item.nextHop ?? "")
      : configured.find((held) => isSameInterface(held.item.name, item.interface ?? "")),
  );
  return exits.includes(undefined) ? [] : exits.flatMap((exit) => exit ?? []);
}
