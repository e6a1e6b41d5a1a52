/** Rows of what each end answers for itself or says of the other: addresses, the map's place, the way, NAT, SPIs. */
import type { ComparedRow, ComparedValue } from "../../../domain/comparison.ts";
import type { Evidence } from "../../../domain/verdict.ts";
import { type Answer, at } from "../../answer.ts";
import { bothEnds, type Tunnel } from "../../tunnel.ts";
import { type EndView, lineOf } from "../../view.ts";
import { connectionsForPeer, namesPeer } from "../connection.ts";
import { farEnd, interfaceWith } from "../endpoints.ts";
import { linesOf } from "../lines.ts";
import { provenEndpoint } from "../map-endpoint.ts";
import { entriesForPeer, hasPeer, interfacesOfMap } from "../map-entry.ts";
import { type Spi, spisOf } from "../sas.ts";
import { linesOfSide, NOT_SHOWN, rowOf, shown } from "./row.ts";

type Ask = (question: string) => Answer;

/** What each end's entry points at, beside the other end's endpoint. */
export function peerRows(tunnel: Tunnel, ask: Ask): ComparedRow[] {
  const pointed = ask("peers-point-at-each-other");
  return bothEnds(tunnel).flatMap((end): ComparedRow[] => {
    const told = peersOf(tunnel, end, pointed);
    const real = endpointOf(tunnel, farEnd(tunnel, end));
    const isWrong = pointed.is === false && pointed.side === end.side;
    const isRight =
      real.value !== "" &&
      (entriesForPeer(end).some(({ item }) => hasPeer(item, real.value)) ||
        connectionsForPeer(end).some(({ item }) => namesPeer(item, real.value)));
    if (told.value === "") return [];
    const verdict = isWrong ? "differs" : isRight ? "same" : "unknown";
    const more = { of: end.side, note: verdict === "unknown" && real.value !== "" ? "NAT may be between" : undefined };
    const [local, remote] = end.side === "local" ? [told, real] : [real, told];
    return rowOf(["peers", "peer"], local, remote, verdict, more);
  });
}

function peersOf(tunnel: Tunnel, end: EndView, pointed: Answer): ComparedValue {
  const connections = connectionsForPeer(end).filter(({ item }) => item.remote.length > 0);
  if (connections.length > 0)
    return shown(
      [...new Set(connections.flatMap(({ item }) => item.remote))].join(", "),
      connections.flatMap((held) => linesOf(tunnel, held, "remote")),
    );
  const entries = entriesForPeer(end).filter(({ item }) => item.peers.length > 0);
  const peers = [...new Set(entries.flatMap(({ item }) => item.peers))];
  if (peers.length > 0)
    return shown(
      peers.join(", "),
      entries.flatMap((entry) => linesOf(tunnel, entry, "peers")),
    );
  // No entry is for the other end: then the one that was meant for it.
  const wrong = pointed.side === end.side ? (pointed.differs ?? [])[0]?.[end.side] : undefined;
  return wrong === undefined ? NOT_SHOWN : shown(wrong, linesOfSide(tunnel, end.side, pointed.evidence));
}

function endpointOf(tunnel: Tunnel, end: EndView): ComparedValue {
  const address = provenEndpoint(tunnel, end);
  return address === undefined ? NOT_SHOWN : shown(address, endpointLines(tunnel, end, address));
}

function endpointLines(tunnel: Tunnel, end: EndView, address: string): Evidence[] {
  const holder = interfaceWith(end, address);
  if (holder) return linesOf(tunnel, holder, "address");
  const connection = connectionsForPeer(end).find(({ item }) => item.local.includes(address));
  if (connection) return linesOf(tunnel, connection, "local");
  const flow = end.flows.at(-1)?.items.find(({ item }) => (item.localEndpoint ?? item.localAddress) === address);
  if (flow) return [at(tunnel, flow, lineOf(flow.item, "localEndpoint"))];
  const sa = end.ikeSas.at(-1)?.items.find(({ item }) => item.local === address);
  return sa ? linesOf(tunnel, sa) : [];
}

export function perEndRows(tunnel: Tunnel, ask: Ask): ComparedRow[] {
  return [
    ...perEndRow(tunnel, ask, ["crypto map", "applied on"], "map-is-applied", true, (end, is) => {
      const maps = new Set(entriesForPeer(end).map(({ item }) => item.map));
      const names = [...maps].flatMap((map) => interfacesOfMap(end, map));
      return names.length > 0 ? names.join(", ") : is === false ? "no interface" : "";
    }),
    ...perEndRow(tunnel, ask, ["data path", "route"], "route-to-protected-network-exists", true, (_, is) =>
      is === undefined ? "" : is ? "leads to the far net" : "does not lead there",
    ),
    ...perEndRow(tunnel, ask, ["data path", "NAT"], "nat-takes-the-traffic", false, (_, is) =>
      is === undefined ? "" : is ? "takes the traffic" : "leaves it alone",
    ),
  ];
}

function perEndRow(
  tunnel: Tunnel,
  ask: Ask,
  names: readonly [string, string],
  question: string,
  good: boolean,
  inWords: (end: EndView, is: boolean | undefined) => string,
): ComparedRow[] {
  const answers = bothEnds(tunnel).map(({ side }) => ask(`${side}-${question}`));
  const values = bothEnds(tunnel).map((end, index) =>
    shown(inWords(end, answers[index]?.is), answers[index]?.evidence ?? []),
  );
  const [local = NOT_SHOWN, remote = NOT_SHOWN] = values;
  const isBad = answers.some(({ is }) => is === !good);
  const isGood = answers.every(({ is }) => is === good);
  return rowOf(names, local, remote, isBad ? "differs" : isGood ? "same" : "unknown");
}

/** What each end sends with, beside what the other receives with. */
export function spiRows(tunnel: Tunnel, ask: Ask): ComparedRow[] {
  const { is } = ask("spis-cross");
  return bothEnds(tunnel).flatMap((end): ComparedRow[] => {
    const sent = spisOf(tunnel, end)?.outbound ?? [];
    const received = spisOf(tunnel, farEnd(tunnel, end))?.inbound ?? [];
    const crossing = sent.find(({ spi }) => received.some((other) => other.spi === spi));
    const out = spiValue(crossing ?? sent[0]);
    const into = spiValue(received.find(({ spi }) => spi === crossing?.spi) ?? received[0]);
    const verdict = crossing ? "same" : is === false && out.value !== "" && into.value !== "" ? "differs" : "unknown";
    const [local, remote] = end.side === "local" ? [out, into] : [into, out];
    return rowOf(["SPIs", "outbound SPI"], local, remote, verdict, { of: end.side });
  });
}

function spiValue(spi: Spi | undefined): ComparedValue {
  return spi ? shown(`0x${spi.spi.toUpperCase()}`, [spi.evidence]) : NOT_SHOWN;
}
