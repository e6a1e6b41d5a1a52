/** An IPsec SA pair of pluto's with what it carried. pluto counts bytes, and no packets. */
import type { IpsecMode } from "../../domain/crypto.ts";
import type { IpsecFlow, Selector } from "../../domain/readings/ipsec.ts";

export interface Pair {
  readonly line: number;
  /** A connection of libreswan's has one child, of the same name. */
  readonly name?: string | undefined;
  readonly protocol: "esp" | "ah";
  readonly outboundSpi?: string | undefined;
  readonly inboundSpi?: string | undefined;
  readonly peer?: string | undefined;
  readonly own?: string | undefined;
  readonly mode?: IpsecMode | undefined;
  readonly local?: Selector | undefined;
  readonly remote?: Selector | undefined;
  readonly inBytes?: number | undefined;
  readonly outBytes?: number | undefined;
}

/** No packet on an ordinary line is larger: so many bytes are at least so many packets. */
const LARGEST = 1500;

function atLeast(bytes: number | undefined): number | undefined {
  return bytes === undefined ? undefined : Math.ceil(bytes / LARGEST);
}

export function flowOf({ line, name, protocol, peer, own, mode, ...pair }: Pair): IpsecFlow {
  const sa = (direction: "inbound" | "outbound", spi: string | undefined) =>
    ({ line, direction, protocol, spi, settings: [], mode }) as const;
  return {
    line,
    names: name === undefined ? undefined : { connection: name, child: name },
    localAddress: own,
    localIdent: pair.local,
    remoteIdent: pair.remote,
    peer,
    flags: [],
    counters: { encaps: atLeast(pair.outBytes), decaps: atLeast(pair.inBytes) },
    localEndpoint: own,
    remoteEndpoint: peer,
    outboundSpi: pair.outboundSpi,
    sas: [sa("inbound", pair.inboundSpi), sa("outbound", pair.outboundSpi)],
    at: { encaps: line, decaps: line, outboundSpi: line },
  };
}

const UNITS: Readonly<Record<string, number>> = {
  B: 1,
  KB: 1024,
  KiB: 1024,
  MB: 1024 ** 2,
  MiB: 1024 ** 2,
  GB: 1024 ** 3,
  GiB: 1024 ** 3,
};

const COUNTED = {
  in: /(?:ESP|AH)in=(\d{1,12})([KMG]?i?B)/,
  out: /(?:ESP|AH)out=(\d{1,12})([KMG]?i?B)/,
};

/** "ESPin=0B ESPout=1KB": bytes, rounded down. */
export function bytesIn(traffic: string, way: "in" | "out"): number | undefined {
  const match = COUNTED[way].exec(traffic);
  return match ? Number(match[1]) * (UNITS[match[2] ?? "B"] ?? 1) : undefined;
}
