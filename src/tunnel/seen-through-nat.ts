/**
 * By which address an end sees the other where a NAT stands between them: an SA whose SPIs are the other end's, crosswise,
 * is the same SA, whatever address it shows.
 */
import type { Side } from "../domain/ids.ts";
import { canonicalAddress } from "../domain/network.ts";
import type { Reading } from "../domain/readings/index.ts";

interface Sides {
  readonly local?: string | undefined;
  readonly remote?: string | undefined;
}
interface Pair {
  readonly inbound: string;
  readonly outbound: string;
  readonly peer: string;
  /** ESP in UDP, as it is where a NAT was found. */
  readonly inUdp: boolean;
}

/** For each end the address of the other by its own SAs, where that is not the one by which the other calls itself (`own`). */
export function seenThroughNat(readings: readonly Reading[], own: Sides): Sides {
  if (!readings.some(({ value, origin }) => value.kind === "ipsec-sas" && origin.side === "remote")) return {};
  const local = pairsOf(readings, "local");
  if (local.length === 0) return {};
  const remote = new Map(pairsOf(readings, "remote").map((pair) => [`${pair.outbound} ${pair.inbound}`, pair]));
  for (const mine of local.toReversed()) {
    const theirs = remote.get(`${mine.inbound} ${mine.outbound}`);
    if (!theirs || !(mine.inUdp || theirs.inUdp)) continue;
    return {
      ...(mine.peer !== own.remote && { local: mine.peer }),
      ...(theirs.peer !== own.local && { remote: theirs.peer }),
    };
  }
  return {};
}

function pairsOf(readings: readonly Reading[], side: Side): Pair[] {
  return readings.flatMap(({ value, origin }) => {
    if (value.kind !== "ipsec-sas" || origin.side !== side) return [];
    return value.flows.flatMap(({ outboundSpi, sas, remoteEndpoint, peer, peerPort }): Pair[] => {
      const inbound = spi(sas.find(({ direction }) => direction === "inbound")?.spi);
      const outbound = spi(outboundSpi ?? sas.find(({ direction }) => direction === "outbound")?.spi);
      const address = canonicalAddress(remoteEndpoint ?? peer ?? "");
      return inbound && outbound && address !== undefined
        ? [
            {
              inbound,
              outbound,
              peer: address,
              inUdp: peerPort === 4500 || sas.some(({ udpEncapsulated }) => udpEncapsulated === true),
            },
          ]
        : [];
    });
  });
}

/** In lower case without zeros before it; "" where there is none. */
function spi(text: string | undefined): string {
  return (text ?? "").toLowerCase().replace(/^0x0*/, "");
}
