/**
 * `get vpn ipsec tunnel details [NAME]`: tunnels with their selectors and SAs.
 * Source: FortiOS Administration Guide, "VPN IPsec troubleshooting".
 */
import type { Command, Line, Output, Parsed } from "../../domain/output.ts";
import type { IpsecFlow } from "../../domain/readings/ipsec.ts";
import { closePhase2, type Details, readDetail } from "./tunnel-details/detail.ts";

const GATEWAY = /^gateway$/;

export const tunnelDetails: Command = {
  run: "get vpn ipsec tunnel details [NAME]",
  alsoRun: ["get vpn ipsec tunnel name NAME"],
  looksLike: [
    GATEWAY,
    /^\s{1,4}(?:local|remote)-gateway: [0-9a-fA-F.:]{2,45}:\d{1,5} \((?:static|dynamic|ddns)\)/,
    /^\s{1,8}tx-esp-seq: [0-9a-f]{1,16}$/,
  ],
  parse(output: Output): Parsed {
    const unread: Line[] = [];
    const flows: IpsecFlow[] = [];
    let details: Details | undefined;
    for (const line of output.lines) {
      if (GATEWAY.test(line.text)) {
        if (details) closePhase2(details, flows);
        details = { local: undefined, remote: undefined, remotePort: undefined, inUdp: false, name: "", tunnelAt: {} };
      } else if (!(details && readDetail(details, line, flows)) && line.text.trim() !== "") unread.push(line);
    }
    if (details) closePhase2(details, flows);
    if (!details && (unread.length > 0 || output.isOpenEnded === true)) return { values: [], unread };
    const name = /\bdetails (\S{1,60})/.exec(output.typed ?? "")?.[1];
    const asked = name === undefined ? undefined : `name ${name}`;
    return { values: [{ kind: "ipsec-sas", flows, asked, detail: false }], unread };
  },
};
