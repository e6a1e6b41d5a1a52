/** What is shown of the way between the ends: UDP 4500, filters, NAT on the encrypting interface. */
import { canonicalAddress } from "../../domain/network.ts";
import type { InterfaceState } from "../../domain/readings/path.ts";
import { type Answer, at, NOT_KNOWN, no, type Question, yes } from "../answer.ts";
import { connectionForPeer } from "../compare/connection.ts";
import { interfaceWith, isSameInterface } from "../compare/endpoints.ts";
import { areOfFlows } from "../compare/flow.ts";
import { linesOf } from "../compare/lines.ts";
import { cryptoInterfaces, entriesForPeer } from "../compare/map-entry.ts";
import { protectedFlows } from "../compare/protected-flows.ts";
import type { Held } from "../known.ts";
import { bothEnds, otherSide, type Tunnel } from "../tunnel.ts";
import type { EndView } from "../view.ts";
import { decidingAttempt, REFUSES_AUTHENTICATION } from "./attempts.ts";

export const PATH_QUESTIONS: Readonly<Record<string, Question>> = {
  "nat-traversal-is-off": natTraversalIsOff,
  "nat-traversal-is-forced": natTraversalIsForced,
  "port-4500-does-not-arrive": port4500DoesNotArrive,
  "authentication-goes-unheard": authenticationGoesUnheard,
  "fragments-wait-in-vain": fragmentsWait,
  "filter-was-seen-dropping-ipsec": filterDropsIpsec,
  "packets-were-decrypted-after-the-drop": decryptedAfterTheDrop,
  "filter-was-seen-dropping-the-tunnels-traffic": filterDropsTheTunnelsTraffic,
  "crypto-interface-is-down": (tunnel) => cryptoInterfaceIs(tunnel, isDown),
  "crypto-interface-is-shut": (tunnel) => cryptoInterfaceIs(tunnel, isShut),
  "local-nat-is-on-the-crypto-interface": ({ local }) => natOnCryptoInterface(local),
  "remote-nat-is-on-the-crypto-interface": ({ remote }) => natOnCryptoInterface(remote),
};

function natTraversalIsOff(tunnel: Tunnel): Answer {
  for (const end of bothEnds(tunnel)) {
    const held = end.settings.findLast(({ item }) => item.natTransparency !== undefined);
    const line = held?.item.at["natTransparency"];
    if (held?.item.natTransparency === false && line !== undefined)
      return yes([at(tunnel, held, line)], { side: end.side });
    const connection = connectionForPeer(end);
    if (connection?.item.natTraversal === "off")
      return yes(linesOf(tunnel, connection, "natTraversal"), { side: end.side });
    const entry = entriesForPeer(end).find(({ item }) => item.natTraversalOff === true);
    if (entry) return yes(linesOf(tunnel, entry, "natTraversalOff"), { side: end.side });
  }
  return NOT_KNOWN;
}

/** An end puts everything into UDP port 4500, whether there is a NAT or not. */
function natTraversalIsForced(tunnel: Tunnel): Answer {
  for (const end of bothEnds(tunnel)) {
    const connection = connectionForPeer(end);
    if (connection?.item.natTraversal === "forced")
      return yes(linesOf(tunnel, connection, "natTraversal"), { side: end.side });
  }
  return NOT_KNOWN;
}

/**
 * Yes: the initiator sends its fifth message on port 4500, and the responder waits for it and never saw that port
 * (catalogue, trap T6). No: the responder got something on it.
 */
function port4500DoesNotArrive(tunnel: Tunnel): Answer {
  const attempts = bothEnds(tunnel).map((end) => ({ end, held: decidingAttempt(end) }));
  const sender = attempts.find(({ held }) => held?.item.role === "initiator");
  const waiting = attempts.find(({ held }) => held?.item.role === "responder");
  if (!sender?.held || !waiting?.held || sender.end === waiting.end) return NOT_KNOWN;
  const sent = sender.held.item.usesPort4500Line;
  const got = waiting.held.item.usesPort4500Line;
  if (sent === undefined) return NOT_KNOWN;
  if (got !== undefined) return no([at(tunnel, waiting.held, got)]);
  const { furthestState, furthestStateLine, lastLine, progress } = waiting.held.item;
  if (furthestState !== "MM_KEY_EXCH" && progress !== "keyed") return NOT_KNOWN;
  return yes([at(tunnel, sender.held, sent), at(tunnel, waiting.held, furthestStateLine ?? lastLine)], {
    side: "both",
  });
}

/**
 * The logs of both: one end's first encrypted message gets no answer, and the other end waits for it and refused nothing
 * (trap T6). What had arrived and did not fit, it would have said.
 */
function authenticationGoesUnheard(tunnel: Tunnel): Answer {
  for (const end of bothEnds(tunnel)) {
    const sent = end.events.findLast(({ item }) => item.signature === "first-encrypted-message-unanswered");
    const waiting = decidingAttempt(tunnel[otherSide(end.side)]);
    if (!sent || waiting?.item.role !== "responder" || waiting.item.progress !== "keyed") continue;
    const { events, furthestStateLine, lastLine } = waiting.item;
    if (events.some(({ signature }) => REFUSES_AUTHENTICATION.has(signature) || /garbled|malformed/.test(signature)))
      continue;
    const evidence = [at(tunnel, sent, sent.item.line), at(tunnel, waiting, furthestStateLine ?? lastLine)];
    return yes(evidence, { side: "both" });
  }
  return NOT_KNOWN;
}

/** Pieces of a message arrive again and again, as often as it is sent, and in the last attempt it was never whole. */
function fragmentsWait(tunnel: Tunnel): Answer {
  for (const end of bothEnds(tunnel)) {
    const attempt = decidingAttempt(end);
    const events = attempt?.item.events ?? [];
    const pieces = events.filter(({ signature }) => signature === "fragment-arrived");
    const isWhole = events.some(({ signature }) => signature === "fragments-complete");
    if (!attempt || isWhole || pieces.length < A_FEW) continue;
    return yes(
      pieces.slice(-A_FEW).map(({ line }) => at(tunnel, attempt, line)),
      { side: "both" },
    );
  }
  return NOT_KNOWN;
}

const A_FEW = 3;

/** A logged denial of the peer's UDP 500 or 4500, ESP or AH to this end's own address. */
function filterDropsIpsec(tunnel: Tunnel): Answer {
  for (const end of bothEnds(tunnel)) {
    const evidence = droppedIpsec(end)
      .slice(-3)
      .map(({ paste, item }) => tunnel.lines.evidence(paste, item.line));
    if (evidence.length > 0) return yes(evidence, { side: end.side });
  }
  return NOT_KNOWN;
}

function droppedIpsec(end: EndView): EndView["events"] {
  return end.events.filter(({ item }) => {
    if (item.signature !== "acl-denied" || end.peer === undefined) return false;
    const { source, destination, protocol = "", destinationPort } = item.captures;
    if (canonicalAddress(source ?? "") !== end.peer) return false;
    if (end.own !== undefined && canonicalAddress(destination ?? "") !== end.own) return false;
    const isIke = protocol === "udp" && (destinationPort === "500" || destinationPort === "4500");
    return isIke || /^(?:50|51|esp|ahp)$/.test(protocol);
  });
}

/**
 * A table read after the denial has packets from the peer decrypted, before it or since: the counter does not tell. What is
 * decrypted says nothing of UDP 500.
 */
function decryptedAfterTheDrop(tunnel: Tunnel): Answer {
  for (const end of bothEnds(tunnel)) {
    const dropped = droppedIpsec(end);
    const last = dropped.at(-1);
    if (!last) continue;
    if (dropped.some(({ item }) => item.captures["destinationPort"] === "500")) return no([], { side: end.side });
    const since = end.flows.findLast(({ order }) => order > last.order);
    const flow = since?.items.find(({ item }) => (item.counters.decrypt ?? item.counters.decaps ?? 0) > 0);
    if (!since || !flow) return no([], { side: end.side });
    const { at: lines, line } = flow.item;
    return yes([tunnel.lines.evidence(since.paste, lines["decrypt"] ?? lines["decaps"] ?? line)], { side: end.side });
  }
  return NOT_KNOWN;
}

/** A logged denial of packets from one protected network to the other; that the tunnel carries others is another matter. */
export function filterDropsTheTunnelsTraffic(tunnel: Tunnel): Answer {
  for (const end of bothEnds(tunnel)) {
    const denied = end.events.filter(({ item }) => item.signature === "acl-denied");
    const flows = denied.length > 0 ? protectedFlows(tunnel, end) : undefined;
    if (!flows) continue;
    const ours = denied.filter(({ item: { captures } }) => {
      const { source, destination } = captures;
      return areOfFlows(flows, source, destination) === true || areOfFlows(flows, destination, source) === true;
    });
    const evidence = ours.slice(-3).map(({ paste, item }) => tunnel.lines.evidence(paste, item.line));
    if (evidence.length > 0) return yes(evidence, { side: end.side });
  }
  return NOT_KNOWN;
}

/** Translation happens between an inside interface and an outside one; it concerns the tunnel where that is the map's. */
function natOnCryptoInterface(end: EndView): Answer {
  const names = cryptoInterfaces(end);
  const all = end.interfaces?.items ?? [];
  const isOutside = all.some(
    ({ item }) => item.nat === "outside" && names.some((name) => isSameInterface(name, item.name)),
  );
  const hasInside = all.some(({ item }) => item.nat === "inside");
  return isOutside && hasInside ? { is: true, evidence: [], side: end.side } : NOT_KNOWN;
}

/** Yes: every interface that carries the map, or the one with the endpoint address, was last seen so. */
function cryptoInterfaceIs(tunnel: Tunnel, isSo: (item: InterfaceState) => boolean): Answer {
  for (const end of bothEnds(tunnel)) {
    const states = towardsPeer(end).map((name) => lastState(end, name));
    const evidence = states.flatMap((held) => {
      if (!held || !isSo(held.item)) return [];
      const lines = new Set([held.item.line, held.item.at["shutdown"] ?? held.item.line]);
      return [...lines].map((line) => at(tunnel, held, line));
    });
    if (states.length > 0 && states.every((held) => held !== undefined && isSo(held.item)))
      return yes(evidence, { side: end.side });
  }
  return NOT_KNOWN;
}

function towardsPeer(end: EndView): readonly string[] {
  // A tunnel interface is down because its tunnel is.
  const mapped = cryptoInterfaces(end).filter((name) => !/^(?:tun|st0|vti|xfrm|ipsec)/i.test(name));
  const holder = mapped.length > 0 || end.own === undefined ? undefined : interfaceWith(end, end.own);
  return holder ? [holder.item.name] : mapped;
}

/** The later of what the configuration and the listing say of an interface. */
function lastState(end: EndView, name: string): Held<InterfaceState> | undefined {
  const all = [...(end.interfaces?.items ?? []), ...(end.interfaceStates?.items ?? [])];
  return all
    .filter(({ item }) => isSameInterface(item.name, name))
    .sort((one, other) => one.order - other.order)
    .at(-1);
}

function isShut({ shutdown, status }: InterfaceState): boolean {
  return shutdown === true || status === "administratively down";
}

function isDown(item: InterfaceState): boolean {
  return isShut(item) || item.status === "down" || item.protocol === "down";
}
