/**
 * `show vpn flow`, as a table or of one tunnel: whether a tunnel is up, between which addresses, and its counters.
 * Source: PAN-OS administrator's guide, "Test VPN Connectivity"; knowledge base articles on `show vpn flow`.
 */
import { canonicalAddress } from "../../domain/network.ts";
import type { Command, Line, Output, Parsed } from "../../domain/output.ts";
import type { IpsecFlow } from "../../domain/readings/ipsec.ts";
import { type FlowDraft, finishFlow, openFlow, readFlowLine } from "./show-vpn-flow/detail.ts";

const TOTALS = /^\s*total (?:tunnels configured|IPSec tunnel (?:configured|shown)):\s*\d{1,9}\s*$/i;
const FILTER = /^\s*filter - type .{1,80}$/;
const COLUMNS = /^\s*id\s{1,12}name\s{1,60}state\s{1,12}monitor\s{1,12}local-ip\s{1,60}peer-ip/;
const RULER = /^[\s-]*$/;
const ROW =
  /^\s{0,4}(?<id>\d{1,9})\s{1,12}(?<name>[\w.:-]{1,127})\s{1,60}(?<state>active|inactive|init|in-act|unknown)\s{1,12}(?<monitor>off|on|up|down)\s{1,12}(?<local>[0-9a-fA-F.:]{3,45})\s{1,60}(?<peer>[0-9a-fA-F.:]{3,45})(?:\s{1,60}(?<interface>\S{1,40}))?\s*$/;
const TUNNEL = /^\s{0,2}tunnel\s{1,8}(?<name>[\w.:-]{1,127})\s*$/;

export const showVpnFlow: Command = {
  run: "show vpn flow [name NAME] [tunnel-id NUMBER]",
  looksLike: [
    COLUMNS,
    ROW,
    /^\s*total IPSec tunnel (?:configured|shown):/,
    /^tunnel {2}[\w.:-]{1,127}\s*$/,
    /^\s{4,16}(?:en\/decap context|inner interface|anti replay check|key acquire requests|(?:encap|decap) (?:packets|bytes)):\s/,
  ],
  mayStartWith: [TUNNEL, FILTER, TOTALS],
  parse(output: Output): Parsed {
    const flows: IpsecFlow[] = [];
    const unread: Line[] = [];
    let open: FlowDraft | undefined;
    let isDetail = false;
    const close = () => {
      if (open) flows.push(finishFlow(open));
      open = undefined;
    };
    for (const line of output.lines) {
      const tunnel = TUNNEL.exec(line.text);
      const row = readRow(line);
      if (tunnel) {
        close();
        open = openFlow(line.number, tunnel.groups?.["name"]);
        isDetail = true;
      } else if (row) flows.push(row);
      else if (open === undefined || !readFlowLine(open, line))
        if (![TOTALS, FILTER, COLUMNS, RULER].some((pattern) => pattern.test(line.text))) unread.push(line);
    }
    close();
    if (flows.length === 0) return { values: [], unread };
    const name = / (?:name|tunnel-id) (\S{1,130})/.exec(output.command)?.[1];
    const asked = name !== undefined ? `tunnel ${name}` : output.command.includes("|") ? "a filter" : undefined;
    return { values: [{ kind: "ipsec-sas", flows, asked, detail: isDetail }], unread };
  },
};

/**
 * A tunnel of the table. "active" has SAs; "init" has none. "inactive" is what the tunnel monitor makes of it, which leaves
 * open whether there are any.
 */
function readRow({ number, text }: Line): IpsecFlow | undefined {
  const groups = ROW.exec(text)?.groups;
  if (!groups) return undefined;
  const peer = canonicalAddress(groups["peer"] ?? "");
  const isActive = groups["state"] === "active";
  return {
    line: number,
    localEndpoint: canonicalAddress(groups["local"] ?? ""),
    remoteEndpoint: peer,
    peer,
    interface: groups["interface"],
    flags: [groups["state"] ?? "", `monitor ${groups["monitor"]}`],
    counters: {},
    outboundSpi: groups["state"] === "init" ? "0x0" : undefined,
    sas: isActive
      ? [
          { line: number, direction: "inbound", protocol: "esp", settings: [], status: "active" },
          { line: number, direction: "outbound", protocol: "esp", settings: [], status: "active" },
        ]
      : [],
    names: { child: groups["name"], tunnelInterface: unitOf(groups["interface"]), number: groups["id"] },
    at: { outboundSpi: number },
  };
}

/** "tunnel.4": the column may show another interface. */
function unitOf(name: string | undefined): string | undefined {
  return name?.startsWith("tunnel.") ? name : undefined;
}
