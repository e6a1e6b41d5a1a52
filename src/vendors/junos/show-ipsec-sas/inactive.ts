/** The table of `show security ipsec inactive-tunnels`: a row a tunnel, with the reason that it gives for being down. */
import { canonicalAddress } from "../../../domain/network.ts";
import type { IpsecFlow } from "../../../domain/readings/ipsec.ts";
import type { LogMessage } from "../../../negotiations/message.ts";

const ROW =
  /^\s*(?<id>\d{3,10})\s{1,12}(?<port>\d{1,5})\s{1,12}\d{1,9}\s{1,12}\d{1,9}\s{1,12}(?:0x)?[0-9a-f]{1,10}\s{1,12}(?<peer>[0-9a-fA-F.:]{2,45})\s{1,20}(?<reason>\S.{1,200})$/;

export function readInactiveRow(text: string, line: number): { flow: IpsecFlow; reason: LogMessage } | undefined {
  const groups = ROW.exec(text)?.groups;
  const peer = canonicalAddress(groups?.["peer"] ?? "");
  if (!groups || peer === undefined) return undefined;
  return {
    flow: {
      line,
      peer,
      peerPort: Number(groups["port"]),
      remoteEndpoint: peer,
      flags: [],
      counters: {},
      outboundSpi: "0x0",
      sas: [],
      at: { outboundSpi: line, peer: line },
    },
    reason: { line, text: `Tunnel Down Reason: ${groups["reason"]?.trim()}`, peer },
  };
}
