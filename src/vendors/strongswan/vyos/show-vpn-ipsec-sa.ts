/** VyOS's `show vpn ipsec sa`: a row for each child SA, up or down, with its counters. Source: VyOS documentation, "Site-to-Site". */
import { canonicalAddress } from "../../../domain/network.ts";
import type { Command, Line, Output, Parsed } from "../../../domain/output.ts";
import type { IpsecFlow } from "../../../domain/readings/ipsec.ts";

const COLUMNS = /^Connection {2,60}State {2,12}Uptime {2,20}Bytes In\/Out/;
const RULER = /^[\s-]*$/;
const ROW =
  /^(?<name>\S{1,120}) {2,60}(?<state>up|down) {2,20}(?<uptime>\S{1,20}) {2,30}(?<bytes>\S{1,40}) {2,30}(?<packets>\S{1,40}) {2,40}(?<peer>\S{1,60}) {2,60}(?<id>\S{1,120}) {2,60}(?<proposal>\S{1,120})\s*$/;

export const vyosIpsecSa: Command = {
  run: "show vpn ipsec sa",
  looksLike: [COLUMNS],
  parse(output: Output): Parsed {
    const flows: IpsecFlow[] = [];
    const unread: Line[] = [];
    for (const line of output.lines) {
      const groups = ROW.exec(line.text)?.groups;
      if (groups) flows.push(flowOf(groups, line.number));
      else if (!COLUMNS.test(line.text) && !RULER.test(line.text)) unread.push(line);
    }
    // A row that is down names no peer: beside others it can't be told whose it is.
    const told = flows.length > 1 ? flows.filter(({ peer }) => peer !== undefined) : flows;
    const saysNothing =
      flows.length === 0 && (unread.length > 0 || output.isOpenEnded === true || output.command.includes("|"));
    if (saysNothing || told.length < Math.min(1, flows.length)) return { values: [], unread };
    return { values: [{ kind: "ipsec-sas", flows: told, detail: false }], unread };
  },
};

function flowOf(groups: Readonly<Record<string, string>>, line: number): IpsecFlow {
  const isUp = groups["state"] === "up";
  const peer = canonicalAddress(groups["peer"] ?? "") ?? peerInName(groups["name"] ?? "");
  const packets = /^(?<in>\d{1,15}(?:\.\d{1,3})?[KMG]?)\/(?<out>\d{1,15}(?:\.\d{1,3})?[KMG]?)$/.exec(
    groups["packets"] ?? "",
  )?.groups;
  const [decaps, encaps] = [countOf(packets?.["in"]), countOf(packets?.["out"])];
  const sa = { line, protocol: "esp" as const, settings: [], status: groups["state"] };
  return {
    line,
    ...(peer !== undefined && { peer, remoteEndpoint: peer }),
    flags: [],
    counters: isUp && decaps !== undefined && encaps !== undefined ? { decaps, encaps } : {},
    outboundSpi: isUp ? undefined : "0x0",
    sas: isUp
      ? [
          { ...sa, direction: "inbound" },
          { ...sa, direction: "outbound" },
        ]
      : [],
    at: { decaps: line, encaps: line, outboundSpi: line },
  };
}

/** "peer_203-0-113-2_tunnel_0", the name of a connection whose peer is named by its address. */
function peerInName(name: string): string | undefined {
  return canonicalAddress((/^peer[_-](\d{1,3}(?:-\d{1,3}){3})[_-]/.exec(name)?.[1] ?? "").replaceAll("-", "."));
}

/** "812", "13K": large ones are rounded, and still show that there are some. */
function countOf(text: string | undefined): number | undefined {
  const groups = /^(?<number>[\d.]{1,19})(?<unit>[KMG]?)$/.exec(text ?? "")?.groups;
  if (!groups) return undefined;
  const unit = { K: 1000, M: 1_000_000, G: 1_000_000_000 }[groups["unit"] ?? ""] ?? 1;
  return Math.round(Number(groups["number"]) * unit);
}
