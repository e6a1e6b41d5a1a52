/** The table of `show security ipsec security-associations`: two rows a tunnel, "<" inbound and ">" outbound. */
import { canonicalAddress } from "../../../domain/network.ts";
import type { IpsecFlow, IpsecSa } from "../../../domain/readings/ipsec.ts";
import { encryptionName, integrityName } from "../algorithms.ts";

export const TABLE_HEAD = /^\s*ID\s{1,12}(?:Gateway\s{1,20}Port\s{1,12})?Algorithm\s{1,20}SPI\s{1,20}Life/;

const ROW =
  /^\s*(?<way>[<>]) ?(?<id>\d{1,10})\s{1,12}(?<protocol>ESP|AH):(?<cipher>[\w-]{2,20})\/ ?(?<hash>[\w-]{2,20})\s{1,12}(?:0x)?(?<spi>[0-9a-f]{1,8})\s{1,8}(?<seconds>\d{1,9}|expir)\/ ?(?<volume>unlim|\d{1,20})\s{1,8}(?<rest>\S.{0,120})$/i;
const TAIL = /(?:^|\s)(?<port>\d{1,5})\s{1,12}(?<peer>[0-9a-fA-F.:]{2,45})\s*$/;

/** A row with its tunnel's number. */
export interface SaRow {
  readonly line: number;
  readonly tunnel: string;
  readonly peer?: string | undefined;
  readonly port?: number | undefined;
  readonly sa: IpsecSa;
}

export function readSaRow(text: string, line: number): SaRow | undefined {
  const groups = ROW.exec(text)?.groups;
  const tail = groups && TAIL.exec(groups["rest"] ?? "")?.groups;
  if (!groups || !tail) return undefined;
  const { protocol, seconds = "", volume = "" } = groups;
  const integrity = integrityName(groups["hash"] ?? "");
  const port = Number(tail["port"]);
  return {
    line,
    tunnel: groups["id"] ?? "",
    peer: canonicalAddress(tail["peer"] ?? ""),
    port,
    sa: {
      line,
      direction: groups["way"] === "<" ? "inbound" : "outbound",
      protocol: protocol?.toUpperCase() === "AH" ? "ah" : "esp",
      spi: `0x${groups["spi"]}`,
      transform:
        protocol?.toUpperCase() === "AH"
          ? { ah: integrity }
          : { encryption: encryptionName(groups["cipher"] ?? ""), integrity },
      settings: [],
      udpEncapsulated: port === 4500,
      secondsLeft: /^\d+$/.test(seconds) ? Number(seconds) : undefined,
      kilobytesLeft: /^\d+$/.test(volume) ? Number(volume) : undefined,
    },
  };
}

/** One flow a tunnel. The networks that it protects are not in the table. */
export function tunnelsOf(rows: readonly SaRow[]): IpsecFlow[] {
  const tunnels = new Map<string, SaRow[]>();
  for (const row of rows) tunnels.set(row.tunnel, [...(tunnels.get(row.tunnel) ?? []), row]);
  return [...tunnels.values()].flatMap((all) => {
    const [first] = all;
    if (!first) return [];
    // While keys are renewed there are two pairs; the last one is the new one.
    const outbound = all.findLast(({ sa }) => sa.direction === "outbound");
    const flow: IpsecFlow = {
      line: first.line,
      names: { number: first.tunnel },
      peer: first.peer,
      peerPort: first.port,
      remoteEndpoint: first.peer,
      flags: [],
      counters: {},
      outboundSpi: outbound?.sa.spi,
      sas: all.map(({ sa }) => sa),
      at: { outboundSpi: outbound?.line ?? first.line, peer: first.line },
    };
    return [flow];
  });
}
