/** In which zones an end's interfaces are, and what its firewall answers there itself. */
import type { SecurityZone } from "../../domain/readings/policy.ts";
import { type Answer, at, NOT_KNOWN, no, type Question, yes } from "../answer.ts";
import type { Tunnel } from "../tunnel.ts";
import type { EndView } from "../view.ts";
import { connectionForPeer } from "./connection.ts";
import { distinct, linesOf } from "./lines.ts";
import { askedOfEachEnd } from "./per-end.ts";

const LETS_IKE_IN: ReadonlySet<string> = new Set(["ike", "all", "any-service"]);

/** The zones that an interface is in, by the last word on them. */
export function zonesOf(end: EndView, name: string): readonly SecurityZone[] {
  return (end.zones?.item.zones ?? []).filter(({ interfaces }) => interfaces.some((item) => item.name === name));
}

/** Whether a packet that a firewall tells of was at this interface: by its name, or by its zone ("zone:trust"); undefined where the zone is not known. */
export function wasAt(end: EndView, place: string | undefined, name: string): boolean | undefined {
  if (place === undefined || place === "?") return undefined;
  if (!place.startsWith("zone:")) return place === name;
  const zones = zonesOf(end, name);
  return zones.length === 0 ? undefined : zones.some((zone) => `zone:${zone.name}` === place);
}

/**
 * Does the zone of the interface towards the peer, or that interface in it, answer IKE? What stands at the interface
 * overrules the zone. "No" needs a list without IKE, or all zones of the device.
 */
function ikeIsLetIn(tunnel: Tunnel, end: EndView): Answer {
  const connection = connectionForPeer(end);
  const name = connection?.item.interface;
  const { zones } = end;
  if (!connection || name === undefined || !zones) return NOT_KNOWN;
  const [zone, ...others] = zonesOf(end, name);
  const member = zone?.interfaces.find((item) => item.name === name);
  const services = member?.services ?? zone?.services;
  if (!zone || !member || !services || others.length > 0) return NOT_KNOWN;
  const listed = member.services ? member.line : (zone.at["services"] ?? zone.line);
  const evidence = distinct([
    ...linesOf(tunnel, connection, "interface"),
    at(tunnel, zones, member.line),
    at(tunnel, zones, listed),
  ]);
  if (services.some((service) => LETS_IKE_IN.has(service))) return yes(evidence);
  return services.length > 0 || zones.item.complete ? no(evidence) : NOT_KNOWN;
}

/** Is the tunnel interface in none of all the zones, on a platform where that keeps the tunnel down, or its traffic out? */
function lacksAZone(neededFor: "tunnel" | "traffic") {
  return (tunnel: Tunnel, end: EndView): Answer => {
    const connection = connectionForPeer(end);
    const name = connection?.item.tunnelInterface;
    if (!connection || name === undefined || end.zones?.item.complete !== true) return NOT_KNOWN;
    if (end.zones.item.neededFor !== neededFor || end.zones.item.zones.length === 0) return NOT_KNOWN;
    if (zonesOf(end, name).length > 0) return NOT_KNOWN;
    return yes(linesOf(tunnel, connection, "tunnelInterface"));
  };
}

export const ZONE_COMPARISONS: Readonly<Record<string, Question>> = {
  ...askedOfEachEnd("ike-is-let-in", false, ikeIsLetIn),
  ...askedOfEachEnd("tunnel-waits-for-a-zone", true, lacksAZone("tunnel")),
  ...askedOfEachEnd("tunnel-traffic-has-no-zone", true, lacksAZone("traffic")),
};
