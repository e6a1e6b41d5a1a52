/** The blank about the filter towards the peer: what it has to let in. */
import type { Side } from "../../domain/ids.ts";
import { hostNetwork } from "../../domain/network.ts";
import { decide } from "../../tunnel/compare/acl-decision.ts";
import type { Tunnel } from "../../tunnel/tunnel.ts";
import type { EndView } from "../../tunnel/view.ts";
import type { Blanks } from "../fill.ts";
import { outsideInterface } from "./interfaces.ts";
import { ownAddress } from "./path.ts";

export function filterBlanks(tunnel: Tunnel, side: Side): Blanks {
  return { "wan-acl-lines": wanLines(tunnel[side], ownAddress(tunnel, side))?.join("\n") };
}

/** What the filter on the outside interface has to pass from the peer and does not yet, to be entered before the rest. */
function wanLines(end: EndView, own: string | undefined): string[] | undefined {
  const { peer } = end;
  if (peer === undefined) return undefined;
  const outside = outsideInterface(end);
  const logged = end.events.findLast(({ item }) => item.signature === "acl-denied")?.item.captures["acl"];
  const name = outside?.accessGroupIn ?? logged;
  // A whole configuration shows that nothing filters here.
  if (name === undefined && outside !== undefined && end.interfaces?.complete === true && outside.status === undefined)
    return undefined;
  const list = end.accessLists?.items.find(({ item }) => item.name === name)?.item;
  const to = own === undefined ? "any" : `host ${own}`;
  const source = hostNetwork(peer);
  const destination = hostNetwork(own ?? "");
  const missing = NEEDED.filter(({ packet }) => {
    if (!list || !source || !destination) return true;
    return decide(list.entries, { source, destination, ...packet }).action !== "permit";
  });
  if (missing.length === 0) return undefined;
  const title = name ?? "<access list on the outside interface>";
  const lines = missing.map(({ protocol, port }) => `permit ${protocol} host ${peer} ${to}${port}`);
  // An IPv6 list writes the number as a word of its own, and can't be renumbered.
  if (peer.includes(":"))
    return [`ipv6 access-list ${title}`, ...lines.map((line, index) => ` sequence ${index + 1} ${line}`)];
  const first = list?.entries[0]?.sequence ?? 10;
  const resequence = list && first <= missing.length ? [`ip access-list resequence ${name} 10 10`] : [];
  return [...resequence, `ip access-list extended ${title}`, ...lines.map((line, index) => ` ${index + 1} ${line}`)];
}

/** IKE, IKE and ESP behind NAT, and ESP itself, which is IP protocol 50 and has no ports (RFC 3947, RFC 4303). */
const NEEDED = [
  { protocol: "udp", port: " eq isakmp", packet: { protocol: "17", sourcePort: 500, destinationPort: 500 } },
  { protocol: "udp", port: " eq non500-isakmp", packet: { protocol: "17", sourcePort: 4500, destinationPort: 4500 } },
  { protocol: "esp", port: "", packet: { protocol: "50" } },
] as const;
