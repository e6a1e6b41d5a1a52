/** Which end began the negotiation, and which one answers it: the one that answers knows why it refuses (trap T4). */
import type { Side } from "../../domain/ids.ts";
import { canonicalAddress } from "../../domain/network.ts";
import type { IkeSa } from "../../domain/readings/ike.ts";
import { bothEnds, otherSide, type Tunnel } from "../tunnel.ts";
import type { EndView } from "../view.ts";
import { decidingAttempt, REFUSED_BY_PEER } from "./attempts.ts";

/** The end that refused the other without saying why: the other end's negotiation ended in its notify. */
export function refusingEnd(tunnel: Tunnel): Side | undefined {
  const refused = bothEnds(tunnel).find((end) =>
    decidingAttempt(end)?.item.events.some(({ signature }) => REFUSED_BY_PEER.has(signature)),
  );
  return refused && otherSide(refused.side);
}

/** The end that knows why the negotiation failed: the one that refused, else the one that answered, where that shows. */
export function knowingEnd(tunnel: Tunnel): Side | undefined {
  return refusingEnd(tunnel) ?? responderOf(tunnel);
}

/** The end that answered the last negotiation; undefined where nothing tells the roles. */
export function responderOf(tunnel: Tunnel): Side | undefined {
  for (const end of bothEnds(tunnel)) {
    const role = decidingAttempt(end)?.item.role;
    if (role !== undefined) return role === "responder" ? end.side : otherSide(end.side);
  }
  for (const end of bothEnds(tunnel)) {
    for (const { item } of end.ikeSas.at(-1)?.items ?? []) {
      const role = roleIn(item, end);
      if (role !== undefined) return role === "responder" ? end.side : otherSide(end.side);
    }
  }
  return undefined;
}

/** What this end is in an SA of its own table, where the table tells (IOS: src began, dst answers; ASA: a word). */
export function roleIn(sa: IkeSa, end: EndView): "initiator" | "responder" | undefined {
  if (sa.role !== undefined) return sa.role;
  const initiator = canonicalAddress(sa.initiator ?? "");
  const responder = canonicalAddress(sa.responder ?? "");
  if (initiator === undefined || responder === undefined) return undefined;
  if (initiator === end.own || responder === end.peer) return "initiator";
  if (responder === end.own || initiator === end.peer) return "responder";
  return undefined;
}
