/** Blanks of firewalls that think in zones: those of the tunnel, of the inside and of the outside; and PAN-OS' tunnel of a child. */
import type { Side } from "../../domain/ids.ts";
import { connectionForPeer } from "../../tunnel/compare/connection.ts";
import { zonesOf } from "../../tunnel/compare/firewall-zones.ts";
import { shownNames } from "../../tunnel/shown-names.ts";
import type { Tunnel } from "../../tunnel/tunnel.ts";
import type { EndView } from "../../tunnel/view.ts";
import type { Blanks } from "../fill.ts";
import { pathBlanks } from "./path.ts";

export function firewallBlanks(tunnel: Tunnel, side: Side): Blanks {
  const end = tunnel[side];
  const connection = connectionForPeer(end)?.item;
  const configured = (connection?.children ?? []).map(({ name }) => name);
  const names = configured.length > 0 ? configured : [shownNames(end).child ?? ""].filter((shown) => shown !== "");
  const [name, ...others] = new Set(names.map((child) => child.split(":")[0]));
  const [child, ...more] = names;
  return {
    "tunnel-name": others.length > 0 ? undefined : name,
    "proxy-name": more.length > 0 ? undefined : child?.split(":")[1],
    "policy-into-tunnel": policyOf(end, "to"),
    "policy-from-tunnel": policyOf(end, "from"),
    "tunnel-unit": /^st0\.(\d{1,5})$/.exec(connection?.tunnelInterface ?? "")?.[1],
    // The name that PAN-OS gives the first one.
    "virtual-router": connection?.virtualRouter ?? "default",
    "tunnel-zone": zoneOf(end, connection?.tunnelInterface ?? shownNames(end).tunnelInterface) ?? emptyZone(end),
    "outside-zone": zoneOf(end, connection?.interface),
    "inside-zone": zoneOf(end, pathBlanks(tunnel, side)["inside-interface"]),
  };
}

/** The only zone without an interface, of all the zones: the one that somebody made for a tunnel interface. */
function emptyZone(end: EndView): string | undefined {
  if (end.zones?.item.complete !== true) return undefined;
  const [zone, ...others] = end.zones.item.zones.filter(({ interfaces }) => interfaces.length === 0);
  return others.length > 0 ? undefined : zone?.name;
}

/** The zone of an interface, where it is in one alone. */
function zoneOf(end: EndView, name: string | undefined): string | undefined {
  const [zone, ...others] = name === undefined ? [] : zonesOf(end, name);
  return others.length > 0 ? undefined : zone?.name;
}

/** The policy that lets this end's traffic into the tunnel, or the peer's out of it; of several the one that translates, else none. */
function policyOf(end: EndView, way: "from" | "to"): string | undefined {
  const name = connectionForPeer(end)?.item.tunnelInterface;
  if (name === undefined) return undefined;
  const names = new Set([name, ...zonesOf(end, name).map((zone) => zone.name)]);
  const ours = (end.securityPolicies?.item.policies ?? []).filter(
    (policy) => policy.action === "permit" && policy[way].some((item) => names.has(item)),
  );
  const translating = ours.filter(({ translates }) => translates === true);
  const [policy, ...others] = translating.length > 0 ? translating : ours;
  return others.length > 0 ? undefined : policy?.name;
}
