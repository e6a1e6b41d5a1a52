/** Is what comes out of the tunnel held against an access list that drops it? */
import type { DecryptedFilter } from "../../domain/readings/ike.ts";
import type { Evidence } from "../../domain/verdict.ts";
import { type Answer, at, NOT_KNOWN, no, type Question, yes } from "../answer.ts";
import type { Held } from "../known.ts";
import type { Tunnel } from "../tunnel.ts";
import type { EndView } from "../view.ts";
import { decide } from "./acl-decision.ts";
import { distinct } from "./lines.ts";
import { askedOfEachEnd } from "./per-end.ts";
import { protectedFlows } from "./protected-flows.ts";
import { isWholeList, mayBeCutOff } from "./whole-list.ts";

/** Yes: such a list denies every packet of all flows from the far network. No: there are such lists, and they permit them all. */
export function decryptedTrafficIsHeldBack(tunnel: Tunnel, end: EndView): Answer {
  const held = end.settings.findLast(({ item }) => item.decryptedFilters !== undefined || item.complete);
  const flows = protectedFlows(tunnel, end);
  if (!held || !flows || flows.length === 0) return NOT_KNOWN;
  const filters = (held.item.decryptedFilters ?? []).filter(({ peer }) => peer === undefined || peer === end.peer);
  let permitted = filters.length > 0;
  for (const filter of filters) {
    const list = end.accessLists?.items.find(({ item }) => item.name === filter.aclName);
    if (!list || !isWholeList(tunnel, list, { ...list.item, heading: list.item.line })) {
      permitted = false;
      continue;
    }
    const decisions = flows.map((flow) =>
      decide(list.item.entries, { source: flow.destination, destination: flow.source, protocol: flow.protocol }),
    );
    if (decisions.some(({ action }) => action !== "permit")) permitted = false;
    const isCut = mayBeCutOff(tunnel, list, list.item.entries);
    const areDenied = decisions.every(({ action, by }) => action === "deny" && (by !== undefined || !isCut));
    if (!areDenied) continue;
    const deciding = decisions.map(({ by }) => at(tunnel, list, by?.line ?? list.item.line));
    return yes(distinct([...linesOf(tunnel, held, filter), ...deciding]));
  }
  return permitted ? no(filters.flatMap((filter) => linesOf(tunnel, held, filter))) : NOT_KNOWN;
}

function linesOf(tunnel: Tunnel, held: Held<unknown>, { line, holdsLine }: DecryptedFilter): Evidence[] {
  return [at(tunnel, held, holdsLine), at(tunnel, held, line)];
}

export const DECRYPTED_FILTER_COMPARISONS: Readonly<Record<string, Question>> = askedOfEachEnd(
  "decrypted-traffic-is-held-back",
  true,
  decryptedTrafficIsHeldBack,
);
