/**
 * `diagnose vpn tunnel list [name X]`: the tunnels with their phase 2 selectors, IPsec SAs and counters. Made for a hub's
 * thousands of them. Source: FortiOS Administration Guide, "VPN IPsec troubleshooting", and what FortiOS 6.0 to 7.4 prints.
 */
import type { Command, Line, Output, Parsed } from "../../domain/output.ts";
import type { IpsecFlow } from "../../domain/readings/ipsec.ts";
import { readTunnelHead } from "./tunnel-list/head.ts";
import { flowsOf, openSelectors, type Phase2, readPhase2Line, type TunnelHead } from "./tunnel-list/phase2.ts";

const TUNNEL =
  /^name=(?<name>\S{1,60}) ver=(?<version>[12]) serial=[0-9a-f]{1,8} (?<local>[0-9a-fA-F.:]{2,45}):(?<localPort>\d{1,5})->(?<remote>[0-9a-fA-F.:]{2,45}):(?<remotePort>\d{1,5})(?: .{0,300})?$/;
const PROXY = /^proxyid=(?<name>\S{1,60}) proto=(?<protocol>\d{1,3}) sa=(?<sas>\d{1,3})\b/;
const ASIDE =
  /^(?:list (?:all )?ipsec tunnel|list ipsec tunnel by names|-{10,}$|={10,}$|bound_if=|proxyid_num=|stat: |dpd: |fec: |fec-\w{1,8}: |parent=|run_tally=|tun_id=|egress|traffic|mr \w)/;
const ASKED = /\bname (?<name>\S{1,60})/;

export const tunnelList: Command = {
  run: "diagnose vpn tunnel list [name NAME] [number]",
  alsoRun: ["diagnose vpn tunnel list name NAME"],
  looksLike: [/^list (?:all )?ipsec tunnel (?:in vd|by names in vd) \d/, TUNNEL, PROXY, /^proxyid_num=\d/],
  continues: isOwnLine,
  parse(output: Output): Parsed {
    const unread: Line[] = [];
    const flows: IpsecFlow[] = [];
    let tunnel: TunnelHead | undefined;
    let phase2: Phase2 | undefined;
    const close = () => {
      if (phase2 && tunnel) flows.push(...flowsOf(phase2, tunnel));
      phase2 = undefined;
    };
    for (const { text, number } of output.lines) {
      const head = text.startsWith("name=") ? TUNNEL.exec(text)?.groups : undefined;
      const selectors = tunnel && text.startsWith("proxyid=") ? PROXY.exec(text)?.groups : undefined;
      if (head || selectors) close();
      if (tunnel && text.startsWith("stat: rxp=0 txp=0 ")) tunnel.neverUsedLine = number;
      if (head) tunnel = readTunnelHead(head, number);
      else if (selectors) phase2 = openSelectors(selectors, number);
      else if (!(phase2 && readPhase2Line(phase2, text, number)) && !isAside(tunnel, text) && text.trim() !== "")
        unread.push({ number, text });
    }
    close();
    const knowsNothing =
      flows.length === 0 &&
      !tunnel &&
      (unread.length > 0 || output.isOpenEnded === true || output.command.includes("|"));
    if (knowsNothing) return { values: [], unread };
    const name = ASKED.exec(output.typed ?? "")?.groups?.["name"];
    const asked = name === undefined ? undefined : `name ${name}`;
    return { values: [{ kind: "ipsec-sas", flows, asked, detail: false }], unread };
  },
};

/** A tunnel's own lines; `natt:` tells whether UDP is used, `tun=` whether there is a tunnel interface. */
function isAside(tunnel: TunnelHead | undefined, text: string): boolean {
  if (tunnel && text.startsWith("natt: ")) {
    tunnel.inUdp = !text.startsWith("natt: mode=none");
    return true;
  }
  if (tunnel && / tun=intf /.test(text)) tunnel.isInterface = true;
  if (tunnel && text.startsWith("parent=")) tunnel.parent = /^parent=(\S{1,60})/.exec(text)?.[1];
  return ASIDE.test(text);
}

/** Lines below a proxyid, which are most of a hub's. */
function isOwnLine(text: string): boolean {
  return /^(?: {2,12}(?:src: |dst: |SA: |seqno=|life: |dec: |enc: |ah=|npu_|dec:pkts)|stat: |dpd: |natt: |bound_if=)/.test(
    text,
  );
}
