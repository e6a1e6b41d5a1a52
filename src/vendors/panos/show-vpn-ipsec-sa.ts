/**
 * `show vpn ipsec-sa [tunnel NAME]`: one row a tunnel or proxy ID with its SPIs and what is left of its life; no counters.
 * Source: PAN-OS administrator's guide, "Test VPN Connectivity"; knowledge base articles on troubleshooting IPsec.
 */
import { canonicalAddress } from "../../domain/network.ts";
import type { Command, Line, Output, Parsed } from "../../domain/output.ts";
import type { IpsecFlow, IpsecSa } from "../../domain/readings/ipsec.ts";
import type { TunnelNames } from "../../domain/readings/names.ts";
import { panosCipher, panosHash } from "./algorithms.ts";

const NONE = /^\s*There is no IPSec SA found/i;
const COLUMNS = /^\s*GwID\/client IP\s.*\sTunnel\(Gateway\)/;
const TOTAL = /^\s*Show IPSec SA: Total \d{1,9} tunnels found/i;
const RULER = /^[\s-]*$/;
const ROW =
  /^\s{0,4}\d{1,9}\s{1,20}\d{1,9}\s{1,20}(?<peer>[0-9a-fA-F.:]{3,45})\s{1,60}(?<tunnel>[\w.:-]{1,127}(?:\([\w.-]{0,63}\)?)?)\s{1,60}(?<protocol>ESP|AH)\/(?<first>[\w-]{0,20})\/ {0,2}(?<second>[\w-]{0,20})\s{1,20}(?<in>[0-9A-F]{8})\s{1,4}(?<out>[0-9A-F]{8})(?<life>\s.{0,60})?$/;

export const showVpnIpsecSa: Command = {
  run: "show vpn ipsec-sa [tunnel NAME] [summary]",
  looksLike: [NONE, COLUMNS, TOTAL, ROW],
  parse(output: Output): Parsed {
    const flows: IpsecFlow[] = [];
    const unread: Line[] = [];
    let saysNone = false;
    for (const line of output.lines) {
      const flow = readRow(line);
      if (flow) flows.push(flow);
      else if (NONE.test(line.text)) saysNone = true;
      else if (![COLUMNS, TOTAL, RULER].some((pattern) => pattern.test(line.text))) unread.push(line);
    }
    if (flows.length === 0 && !saysNone) return { values: [], unread };
    const name = / tunnel (\S{1,130})/.exec(output.command)?.[1];
    const asked = name !== undefined ? `tunnel ${name}` : output.command.includes("|") ? "a filter" : undefined;
    return { values: [{ kind: "ipsec-sas", flows, asked, detail: false }], unread };
  },
};

function readRow({ number, text }: Line): IpsecFlow | undefined {
  const groups = ROW.exec(text)?.groups;
  if (!groups) return undefined;
  const protocol = groups["protocol"] === "AH" ? "ah" : "esp";
  const encryption = panosCipher(groups["first"] ?? "");
  const hash = panosHash(groups["second"] ?? "");
  const transform =
    protocol === "ah"
      ? { ah: hash ?? panosHash(groups["first"] ?? "") }
      : { encryption, integrity: encryption.includes("gcm") ? "none" : hash };
  // "3600/Unlimited 3412": the life, then what is left of it; old releases print only what is left.
  const numbers = (groups["life"] ?? "").trim().split(/\s+/);
  const left = /^(\d{1,9})/.exec(numbers.at(-1) ?? "")?.[1];
  const sa = (direction: IpsecSa["direction"], spi: string): IpsecSa => ({
    line: number,
    direction,
    protocol,
    spi: `0x${spi.toLowerCase()}`,
    transform,
    settings: [],
    secondsLeft: left === undefined ? undefined : Number(left),
  });
  const peer = canonicalAddress(groups["peer"] ?? "");
  const isUp = !/^0+$/.test(groups["out"] ?? "");
  return {
    line: number,
    peer,
    remoteEndpoint: peer,
    flags: [],
    counters: {},
    outboundSpi: `0x${(groups["out"] ?? "").toLowerCase()}`,
    sas: isUp ? [sa("inbound", groups["in"] ?? ""), sa("outbound", groups["out"] ?? "")] : [],
    names: namesIn(groups["tunnel"] ?? ""),
    at: { outboundSpi: number },
  };
}

/** "TUN-BR:lan(GW-BR)"; a long one is cut short. */
function namesIn(text: string): TunnelNames | undefined {
  const groups = /^(?<child>[^()]{1,127})\((?<gateway>[^()]{1,63})\)$/.exec(text)?.groups;
  return groups && { connection: groups["gateway"], child: groups["child"] };
}
