/** Which ends only answer, and never begin a negotiation. */
import type { Connection } from "../../domain/readings/connection.ts";
import { type Answer, NOT_KNOWN, no, type Question, yes } from "../answer.ts";
import type { Held } from "../known.ts";
import { bothEnds, type Tunnel } from "../tunnel.ts";
import { takesAnybody, takesPeersUnnamed } from "../unnamed-peers.ts";
import type { EndView } from "../view.ts";
import { childrenForPeer, connectionsForPeer } from "./connection.ts";
import { distinct, linesOf } from "./lines.ts";
import { entriesForPeer, staticEntries } from "./map-entry.ts";
import { askedOfEachEnd } from "./per-end.ts";

/**
 * Yes: each entry for the peer, or the IPsec profile of the only tunnel interface, is responder-only; or nothing but a
 * dynamic map serves the peer, which names nobody to begin with (Cisco IOS Security Command Reference, "responder-only",
 * "crypto dynamic-map"). No: an entry that names the peer was shown in full and may begin.
 */
function onlyAnswers(tunnel: Tunnel, end: EndView): Answer {
  const connections = connectionsForPeer(end);
  if (connections.length > 0) return connectionOnlyAnswers(tunnel, connections);
  const serving = servingEntries(end);
  if (serving.length > 0) {
    if (serving.every(({ item }) => item.responderOnly === true))
      return yes(serving.flatMap((entry) => linesOf(tunnel, entry, "responderOnly")));
    const free = serving.find(({ item }) => item.responderOnly === false || end.mapEntries?.complete === true);
    return free && free.item.responderOnly !== true ? no(linesOf(tunnel, free, "", "responderOnly")) : NOT_KNOWN;
  }
  const hasTunnel = (end.interfaces?.items ?? []).some(({ item }) => item.tunnelProtection !== undefined);
  if (end.mapEntries?.complete !== true || hasTunnel || staticEntries(end).length > 0) return NOT_KNOWN;
  const dynamic = end.mapEntries.items.filter(({ item }) => takesPeersUnnamed(item));
  return dynamic.length > 0 ? yes(dynamic.flatMap((entry) => linesOf(tunnel, entry))) : NOT_KNOWN;
}

/** A connection that names nobody ("%any") has nobody to begin with, unless it says that it begins (AWS prints no peer). */
function connectionOnlyAnswers(tunnel: Tunnel, connections: readonly Held<Connection>[]): Answer {
  const waits = ({ item }: Held<Connection>) =>
    item.responderOnly === true || (item.responderOnly !== false && takesAnybody(item));
  if (connections.every(waits))
    return yes(
      connections.flatMap((held) => linesOf(tunnel, held, held.item.responderOnly ? "responderOnly" : "remote")),
    );
  const free = connections.find(({ item }) => item.responderOnly === false);
  return free ? no(linesOf(tunnel, free, "responderOnly")) : NOT_KNOWN;
}

/** The entries for the peer; without any, the IPsec profile of the only tunnel interface. */
export function servingEntries(end: EndView) {
  const entries = entriesForPeer(end);
  if (entries.length > 0) return entries;
  const used = (end.interfaces?.items ?? []).flatMap(({ item }) => item.tunnelProtection ?? []);
  if (used.length !== 1 || staticEntries(end).length > 0) return [];
  return (end.mapEntries?.items ?? []).filter(({ item }) => item.type === "profile" && item.map === used[0]);
}

/** "start_action = none", "auto=add": it can be begun by hand only. */
const BY_HAND: ReadonlySet<string | undefined> = new Set(["none", "add"]);
/** "start_action = trap", "auto=ondemand": the first packet begins it. */
const BY_TRAFFIC = /^(?:trap|route|ondemand)\b/;

/** Does each end leave the beginning to somebody else: it only answers, or is begun by hand? */
function nobodyBegins(tunnel: Tunnel): Answer {
  const ends = bothEnds(tunnel).map((end) => {
    const waits = onlyAnswers(tunnel, end);
    if (waits.is === true) return waits;
    const children = childrenForPeer(end);
    const isByHand = children.length > 0 && children.every(({ item }) => BY_HAND.has(item.startAction));
    return isByHand ? yes(children.flatMap((held) => linesOf(tunnel, held, "startAction"))) : NOT_KNOWN;
  });
  if (ends.some(({ is }) => is !== true)) return NOT_KNOWN;
  return yes(distinct(ends.flatMap(({ evidence }) => evidence)), { side: "both" });
}

/** Does this end begin with the first packet that it protects, and not before? */
function waitsForTraffic(tunnel: Tunnel, end: EndView): Answer {
  const children = childrenForPeer(end);
  if (children.length === 0 || !children.every(({ item }) => BY_TRAFFIC.test(item.startAction ?? ""))) return NOT_KNOWN;
  return yes(distinct(children.flatMap((held) => linesOf(tunnel, held, "startAction"))), { side: end.side });
}

export const ROLE_COMPARISONS: Readonly<Record<string, Question>> = {
  ...askedOfEachEnd("end-only-answers", false, onlyAnswers),
  ...askedOfEachEnd("end-waits-for-traffic", true, waitsForTraffic),
  "nobody-begins-by-itself": nobodyBegins,
};
