/** What a firewall's trace of single packets shows: whether the tunnel's packets are routed, let pass and encrypted. */
import type { LogEvent } from "../../domain/readings/log.ts";
import { type Answer, NOT_KNOWN, type Question, yes } from "../answer.ts";
import { connectionForPeer } from "../compare/connection.ts";
import { wasAt } from "../compare/firewall-zones.ts";
import { areOfFlows } from "../compare/flow.ts";
import { askedOfEachEnd, type EndQuestion } from "../compare/per-end.ts";
import { protectedFlows } from "../compare/protected-flows.ts";
import type { Held } from "../known.ts";
import type { Tunnel } from "../tunnel.ts";
import type { EndView } from "../view.ts";

/** Traces by what they end in; the last one of a packet of the tunnel counts. */
const TRACED = /^packet-trace-/;

type Way = "out" | "in";

interface TracedPacket {
  readonly event: Held<LogEvent>;
  readonly way: Way;
}

/** The packets of this tunnel that were traced, in their order; a packet is known by its addresses, in either direction. */
function traced(tunnel: Tunnel, end: EndView): readonly TracedPacket[] {
  const events = end.events.filter(({ item }) => TRACED.test(item.signature));
  const flows = events.length === 0 ? [] : (protectedFlows(tunnel, end) ?? []);
  return events.flatMap((event): TracedPacket[] => {
    const { source, destination } = event.item.captures;
    if (areOfFlows(flows, source, destination) === true) return [{ event, way: "out" }];
    return areOfFlows(flows, destination, source) === true ? [{ event, way: "in" }] : [];
  });
}

/** The last trace of that direction ends in this line, and was into or out of the tunnel's interface where `atTheTunnel`. */
function lastIs(signature: string, atTheTunnel: boolean): EndQuestion {
  return (tunnel, end) => {
    const packets = traced(tunnel, end);
    const found = packets.find(
      ({ event, way }) =>
        event.item.signature === signature &&
        !packets.some((later) => isAfter(later, event) && later.way === way && isFine(later)) &&
        (!atTheTunnel || isAtTheTunnel(end, event.item, way)),
    );
    return found ? yes([tunnel.lines.evidence(found.event.paste, found.event.item.line)]) : NOT_KNOWN;
  };
}

function isAfter({ event }: TracedPacket, { order, item }: Held<LogEvent>): boolean {
  return event.order > order || (event.order === order && event.item.line > item.line);
}

function isFine({ event }: TracedPacket): boolean {
  return event.item.signature === "packet-trace-encrypted";
}

function isAtTheTunnel(end: EndView, { captures }: LogEvent, way: Way): boolean {
  const name = connectionForPeer(end)?.item.tunnelInterface;
  return name !== undefined && wasAt(end, captures[way === "out" ? "exit" : "entrance"], name) === true;
}

/** A packet for the far network is routed out of another interface than the tunnel's. */
function isRoutedElsewhere(tunnel: Tunnel, end: EndView): Answer {
  const name = connectionForPeer(end)?.item.tunnelInterface;
  const last = traced(tunnel, end).findLast(
    ({ event, way }) =>
      way === "out" && (event.item.signature === "packet-trace-routed" || isFine({ event, way }) || isHeld(event.item)),
  );
  const exit = last?.event.item.captures["exit"];
  if (!last || name === undefined || wasAt(end, exit, name) !== false) return NOT_KNOWN;
  if (last.event.item.signature !== "packet-trace-routed") return NOT_KNOWN;
  return yes([tunnel.lines.evidence(last.event.paste, last.event.item.line)]);
}

/** NAT took it out of its selectors, or changed its source on the way into the tunnel. */
function isTranslated(tunnel: Tunnel, end: EndView): Answer {
  const out = lastIs("packet-trace-translated", false)(tunnel, end);
  return out.is === true ? out : lastIs("packet-trace-leaves-translated", true)(tunnel, end);
}

function isHeld({ signature }: LogEvent): boolean {
  return signature === "packet-trace-waits-for-an-sa" || signature === "packet-trace-fits-no-selector";
}

export const TRACED_FLOW_QUESTIONS: Readonly<Record<string, Question>> = {
  ...askedOfEachEnd("traced-flow-is-denied-at-the-tunnel", true, lastIs("packet-trace-denied", true)),
  ...askedOfEachEnd("traced-flow-is-denied", true, lastIs("packet-trace-denied", false)),
  ...askedOfEachEnd("traced-flow-has-no-way-back", true, lastIs("packet-trace-has-no-way-back", true)),
  ...askedOfEachEnd("traced-flow-is-translated", true, isTranslated),
  ...askedOfEachEnd("traced-flow-fits-no-selector", true, lastIs("packet-trace-fits-no-selector", false)),
  ...askedOfEachEnd("traced-flow-is-routed-elsewhere", true, isRoutedElsewhere),
};
