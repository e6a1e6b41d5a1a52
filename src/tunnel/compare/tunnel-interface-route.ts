/** Tunnel interfaces of IOS: is what lies behind the peer routed into them? Only a route makes a packet the tunnel's. */
import {
  canonicalAddress,
  containsNetwork,
  hostNetwork,
  type Network,
  networkFromNetmask,
} from "../../domain/network.ts";
import type { Route, Routes, RouteVia } from "../../domain/readings/path.ts";
import type { Evidence } from "../../domain/verdict.ts";
import { type Answer, at, NOT_KNOWN, no, type Question, yes } from "../answer.ts";
import type { Held } from "../known.ts";
import type { Tunnel } from "../tunnel.ts";
import type { EndView } from "../view.ts";
import { isSameInterface } from "./endpoints.ts";
import { askedOfEachEnd } from "./per-end.ts";
import { protectedVrf } from "./routes.ts";
import { tunnelInterfaceOf } from "./tunnel-interfaces.ts";

interface AskedRoute {
  readonly held: Held<Routes>;
  readonly route: Route;
}

/** The tunnel interface that carries this tunnel: as configured, else as the SAs name it. */
export function carrierOf(end: EndView): string | undefined {
  const configured = tunnelInterfaceOf(end)?.item.name;
  if (configured !== undefined || end.platform !== "cisco-ios") return configured;
  const [name, ...others] = new Set((end.flows.at(-1)?.items ?? []).map(({ item }) => item.interface));
  return others.length === 0 && name !== undefined && /^tunnel\d/i.test(name) ? name : undefined;
}

/**
 * Do packets for a network that was asked for leave past the tunnel interface, by the last look at it? That the network is
 * behind this peer is what whoever asked takes it for: nothing printed says so.
 */
function askedRouteMissesTheTunnel(tunnel: Tunnel, end: EndView): Answer {
  const carrier = carrierOf(end);
  if (carrier === undefined) return NOT_KNOWN;
  const asked = askedRoutes(end);
  const past = asked.find(({ route }) => leavesPast(end, carrier, route));
  if (past) return yes(linesOf(tunnel, past));
  const into = asked.find(({ route }) => route.via.some((via) => leavesBy(end, carrier, via)));
  return into ? no(linesOf(tunnel, into)) : NOT_KNOWN;
}

/** The routes to far networks that were asked for and lead past the tunnel interface. */
export function routesPastTheTunnel(end: EndView): Route[] {
  const carrier = carrierOf(end);
  if (carrier === undefined) return [];
  return askedRoutes(end).flatMap(({ route }) => (leavesPast(end, carrier, route) ? [route] : []));
}

/** Of each destination that was asked for the last answer; neither the peer nor what is on an interface. */
function askedRoutes(end: EndView): AskedRoute[] {
  const last = new Map<string, AskedRoute>();
  const vrf = protectedVrf(end);
  for (const held of end.routes) {
    const asked = canonicalAddress(held.item.asked ?? "");
    const host = asked === undefined || asked === end.peer ? undefined : hostNetwork(asked);
    if (asked === undefined || !host || held.item.vrf !== vrf) continue;
    const route = held.item.routes.find(({ network }) => containsNetwork(network, host));
    last.delete(asked);
    if (route && route.via.length > 0 && !/^(?:connected|local)/.test(route.source ?? ""))
      last.set(asked, { held, route });
  }
  return [...last.values()];
}

function leavesBy(end: EndView, carrier: string, { interface: name, nextHop }: RouteVia): boolean {
  if (name !== undefined) return isSameInterface(name, carrier);
  const subnet = subnetOf(end, carrier);
  const hop = hostNetwork(nextHop ?? "");
  return subnet !== undefined && hop !== undefined && containsNetwork(subnet, hop);
}

const TUNNELS = /^(?:tunnel|tu|virtual|vi)[\d-]/i;

/**
 * By an interface that is no tunnel, or by a next hop outside the tunnel's own subnet. BGP's next hops may themselves be
 * reached through the tunnel.
 */
function leavesPast(end: EndView, carrier: string, route: Route): boolean {
  return route.via.every((via) => {
    if (via.interface !== undefined) return !isSameInterface(via.interface, carrier) && !TUNNELS.test(via.interface);
    const isKnown = via.nextHop !== undefined && subnetOf(end, carrier) !== undefined;
    return isKnown && route.source?.startsWith("bgp") !== true && !leavesBy(end, carrier, via);
  });
}

function subnetOf(end: EndView, name: string): Network | undefined {
  const shown = end.interfaces?.items.find(({ item }) => isSameInterface(item.name, name))?.item;
  const { address, mask } = shown ?? {};
  return address === undefined || mask === undefined ? undefined : networkFromNetmask(address, mask);
}

function linesOf(tunnel: Tunnel, { held, route }: AskedRoute): Evidence[] {
  return [...new Set([route.line, ...route.via.map(({ line }) => line)])].map((line) => at(tunnel, held, line));
}

export const TUNNEL_ROUTE_COMPARISONS: Readonly<Record<string, Question>> = askedOfEachEnd(
  "asked-route-misses-the-tunnel",
  true,
  askedRouteMissesTheTunnel,
);
