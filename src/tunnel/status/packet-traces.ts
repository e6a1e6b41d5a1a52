/** What a firewall would do with a packet of the tunnel's traffic that somebody had it trace. */
import type { PacketTrace } from "../../domain/readings/path.ts";
import { isPublic } from "../address-kinds.ts";
import { type Answer, at, NOT_KNOWN, no, type Question, yes } from "../answer.ts";
import { areOfFlows } from "../compare/flow.ts";
import { protectedFlows } from "../compare/protected-flows.ts";
import type { Held } from "../known.ts";
import { bothEnds, type Tunnel } from "../tunnel.ts";
import type { EndView } from "../view.ts";

export const PACKET_TRACE_QUESTIONS: Readonly<Record<string, Question>> = {
  "traced-packet-is-translated": (tunnel) => isTranslated(tunnel, false),
  "traced-packet-of-the-tunnel-is-translated": (tunnel) => isTranslated(tunnel, true),
  "traced-packet-meets-the-tunnel": meetsTheTunnel,
  "traced-packet-has-no-route": (tunnel) => isDroppedFor(tunnel, /^(?:no-route|no-adjacency|no-v6-route)$/),
  "traced-packet-fails-the-nat-check": failsNatCheck,
  "traced-packet-is-denied": tracedPacketIsDenied,
};

/** The last trace of each end that may be of the tunnel's traffic, and whether it surely is. */
function traces(tunnel: Tunnel): { end: EndView; held: Held<PacketTrace>; isSure: boolean }[] {
  return bothEnds(tunnel).flatMap((end) => {
    for (const held of end.packetTraces.toReversed()) {
      const isOurs = concernsTunnel(tunnel, end, held.item);
      if (isOurs !== false) return [{ end, held, isSure: isOurs === true }];
    }
    return [];
  });
}

/** By the protected networks; undefined where they, or the packet's addresses, are not known. */
function concernsTunnel(tunnel: Tunnel, end: EndView, { source, destination }: PacketTrace): boolean | undefined {
  const flows = protectedFlows(tunnel, end);
  const isOfThem = areOfFlows(flows ?? [], source, destination);
  if (isOfThem === undefined || flows) return isOfThem;
  return isPublic(destination ?? "") ? false : undefined;
}

function encryption({ phases }: PacketTrace) {
  return phases.find(({ type, subtype }) => type === "VPN" && subtype === "encrypt");
}

/** NAT changes the source, the trace ends well, and no VPN takes the packet. */
function isTranslated(tunnel: Tunnel, needsSure: boolean): Answer {
  for (const { end, held, isSure } of traces(tunnel)) {
    const phase = held.item.phases.find(({ translatesSource }) => translatesSource === true);
    if (!phase || encryption(held.item) || (needsSure && !(isSure && held.item.action === "allow"))) continue;
    return yes([at(tunnel, held, phase.detailLine ?? phase.line)], { side: end.side });
  }
  return NOT_KNOWN;
}

/** Yes: a VPN phase takes the packet, also where it drops it for want of an SA. No: the trace goes past it to its end. */
function meetsTheTunnel(tunnel: Tunnel): Answer {
  let past: Answer = NOT_KNOWN;
  for (const { end, held, isSure } of traces(tunnel)) {
    const phase = encryption(held.item);
    if (phase) return yes([at(tunnel, held, phase.line)], { side: end.side });
    if (isSure && held.item.action === "allow") past = no([at(tunnel, held, held.item.line)], { side: end.side });
  }
  return past;
}

function isDroppedFor(tunnel: Tunnel, reason: RegExp): Answer {
  for (const { end, held } of traces(tunnel)) {
    const { dropReason, dropLine } = held.item;
    if (dropReason !== undefined && dropLine !== undefined && reason.test(dropReason))
      return yes([at(tunnel, held, dropLine)], { side: end.side });
  }
  return NOT_KNOWN;
}

/** The way back would be translated otherwise than the way there. */
function failsNatCheck(tunnel: Tunnel): Answer {
  for (const { end, held } of traces(tunnel)) {
    const phase = held.item.phases.find(
      ({ type, subtype, isDropped }) => type === "NAT" && subtype === "rpf-check" && isDropped,
    );
    if (phase) return yes([at(tunnel, held, phase.line)], { side: end.side });
  }
  return isDroppedFor(tunnel, /^nat-(?:rpf|xlate)-failed$/);
}

/** A rule drops it. A VPN phase that drops it says "acl-drop" too, and means that there is no SA. */
export function tracedPacketIsDenied(tunnel: Tunnel): Answer {
  for (const { end, held } of traces(tunnel)) {
    const phase = held.item.phases.find(({ type, isDropped }) => type === "ACCESS-LIST" && isDropped);
    if (!phase) continue;
    const lines = [phase.detailLine ?? phase.line, held.item.dropLine ?? phase.line];
    return yes(
      [...new Set(lines)].map((line) => at(tunnel, held, line)),
      { side: end.side },
    );
  }
  return NOT_KNOWN;
}
