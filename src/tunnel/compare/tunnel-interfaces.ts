/** Tunnel interfaces of IOS (VTI, GRE over IPsec): do both ends carry the traffic in the same way? */
import { canonicalAddress } from "../../domain/network.ts";
import type { Connection } from "../../domain/readings/connection.ts";
import type { InterfaceState } from "../../domain/readings/path.ts";
import type { Evidence } from "../../domain/verdict.ts";
import { type Answer, at, NOT_KNOWN, type Question, yes } from "../answer.ts";
import type { Held } from "../known.ts";
import { decidingAttempt } from "../status/attempts.ts";
import { bothEnds, otherSide, type Tunnel } from "../tunnel.ts";
import { type EndView, lineOf } from "../view.ts";
import { connectionForPeer } from "./connection.ts";
import { flowOfSelectors, isEverything } from "./flow.ts";
import { keyCoverage } from "./key-coverage.ts";

/** How a tunnel interface carries packets: as they are, or each in a GRE packet between the endpoints. */
export type TunnelMode = "ipsec" | "gre";

interface Shown {
  readonly mode: TunnelMode;
  readonly evidence: readonly Evidence[];
}

/** The tunnel interface of an end that is this tunnel's: the one for the peer, else the only one there is. */
export function tunnelInterfaceOf(end: EndView): Held<InterfaceState> | undefined {
  const connection = connectionForPeer(end) ?? onlyTunnel(end);
  const name = connection?.item.tunnelInterface;
  if (name === undefined || end.platform !== "cisco-ios") return undefined;
  return end.interfaces?.items.find(({ item }) => item.name === name);
}

function onlyTunnel(end: EndView): Held<Connection> | undefined {
  const [only, ...others] = (end.connections?.items ?? []).filter(({ item }) => item.disabled !== true);
  return others.length === 0 ? only : undefined;
}

/**
 * Yes: one end's tunnel interface says `tunnel mode ipsec`, the other end's is GRE, or asks for GRE between the endpoints
 * in the negotiation that this end refused; or the other way round. Each then proposes networks that the other refuses:
 * anything to anything, and GRE from host to host (Cisco IOS Interface Command Reference, "tunnel mode").
 */
export function tunnelModesDiffer(tunnel: Tunnel): Answer {
  const [local, remote] = bothEnds(tunnel).map((end) => modeOf(tunnel, end) ?? askedOf(tunnel, end));
  if (!local || !remote || local.mode === remote.mode) return NOT_KNOWN;
  if (bothEnds(tunnel).every((end) => modeOf(tunnel, end) === undefined)) return NOT_KNOWN;
  return yes([...local.evidence, ...remote.evidence], {
    side: "both",
    differs: [{ attribute: "tunnel mode", local: local.mode, remote: remote.mode }],
  });
}

/** The same, where both modes are written, or the whole configuration shows that GRE is what is left: then it is sure. */
function tunnelModesSurelyDiffer(tunnel: Tunnel): Answer {
  const isWritten = bothEnds(tunnel).every((end) => {
    const carrier = tunnelInterfaceOf(end);
    return carrier !== undefined && (carrier.item.tunnelMode !== undefined || end.interfaces?.complete === true);
  });
  return isWritten ? tunnelModesDiffer(tunnel) : NOT_KNOWN;
}

/**
 * Yes: an IKE SA is up with the one host that there is a pre-shared key for, and the only tunnel interface points at
 * another, for which there is none. `side` is the end whose tunnel interface it is.
 */
export function tunnelPointsPastTheKeyedPeer(tunnel: Tunnel): Answer {
  for (const end of bothEnds(tunnel)) {
    const carrier = onlyTunnel(end) && tunnelInterfaceOf(end);
    const destination = carrier?.item.tunnelDestination;
    const keys = end.keys?.items ?? [];
    const [keyed, ...others] = new Set(keys.map(({ item }) => canonicalAddress(item.address ?? "")));
    if (!carrier || destination === undefined || keyed === undefined || others.length > 0) continue;
    const isHostKey = keys.every(({ item }) => keyCoverage(item, keyed)?.isHost === true);
    if (!isHostKey || keyed === destination || canonicalAddress(destination) === undefined) continue;
    const up = ikeSaWith(tunnel, end, keyed);
    if (up === undefined) continue;
    const [local, remote] = end.side === "local" ? [destination, keyed] : [keyed, destination];
    return yes([at(tunnel, carrier, lineOf(carrier.item, "tunnelDestination")), up], {
      side: end.side,
      differs: [{ attribute: "peer", local, remote }],
    });
  }
  return NOT_KNOWN;
}

/** Where the end's last table of IKE SAs shows one with that address up. */
function ikeSaWith({ known, ends, lines }: Tunnel, { side }: EndView, peer: string): Evidence | undefined {
  const tables = known.pastes.flatMap(({ paste }) =>
    paste.outputs
      .filter((output) => ends.sideOf.get(output) === side)
      .flatMap(({ values }) => values.flatMap((value) => (value.kind === "ike-sas" ? [{ paste, value }] : []))),
  );
  const last = tables.at(-1);
  const sa = last?.value.sas.find(
    ({ standing, remote, initiator, responder }) =>
      standing === "up" && [remote, initiator, responder].some((address) => canonicalAddress(address ?? "") === peer),
  );
  return last && sa && lines.evidence(last.paste.name, sa.line);
}

export const TUNNEL_INTERFACE_COMPARISONS: Readonly<Record<string, Question>> = {
  "tunnel-modes-differ": tunnelModesDiffer,
  "tunnel-modes-surely-differ": tunnelModesSurelyDiffer,
  "tunnel-points-past-the-keyed-peer": tunnelPointsPastTheKeyedPeer,
};

/** As configured; GRE is the default, which no line says: then the interface's own line shows it. */
function modeOf(tunnel: Tunnel, end: EndView): Shown | undefined {
  const held = tunnelInterfaceOf(end);
  if (!held) return undefined;
  const { tunnelMode } = held.item;
  if (tunnelMode !== undefined && tunnelMode !== "ipsec" && tunnelMode !== "gre") return undefined;
  return { mode: tunnelMode ?? "gre", evidence: [at(tunnel, held, lineOf(held.item, "tunnelMode"))] };
}

/** What this end asked for in the last negotiation that the other end answered and refused. */
function askedOf(tunnel: Tunnel, end: EndView): Shown | undefined {
  const attempt = decidingAttempt(tunnel[otherSide(end.side)]);
  const proxy = attempt?.item.proxies.at(-1);
  if (!attempt || !proxy || attempt.item.role === "initiator" || attempt.item.phase2CompleteLine !== undefined)
    return undefined;
  const flow = flowOfSelectors(proxy.local, proxy.remote);
  const mode = isEverything(flow) ? "ipsec" : flow.protocol === "47" || flow.protocol === "gre" ? "gre" : undefined;
  return mode && { mode, evidence: [at(tunnel, attempt, proxy.line)] };
}
