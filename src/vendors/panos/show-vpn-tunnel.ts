/**
 * `show vpn tunnel [name NAME]`: tunnels with their proxy IDs and what they propose. Which peer they are for only their
 * gateway's name tells: read where all of them are of one gateway.
 * Source: knowledge base articles on PAN-OS VPN commands.
 */
import { networkFromText } from "../../domain/network.ts";
import type { Command, Line, Output, Parsed } from "../../domain/output.ts";
import type { ConnectionChild } from "../../domain/readings/connection.ts";
import type { Selector } from "../../domain/readings/ipsec.ts";
import { bracketed, lifetimeIn } from "./bracketed.ts";

const COLUMNS = /^\s*TnID\s{1,20}Name ?\(Gateway\)\s{1,60}Local Proxy IP/;
const RULER = /^[\s-]*$/;
const TOTAL = /^\s*Total \d{1,9} tunnels found/i;
const ROW =
  /^\s{0,4}\d{1,9}\s{1,20}(?<name>[\w.:-]{1,127})\((?<gateway>[\w.-]{0,63})\)?\s{1,60}(?<local>[0-9a-fA-F.:]{2,45}(?:\/\d{1,3})?)\s{1,40}(?<protocol>\d{1,3}):(?<localPort>\d{1,5})\s{1,40}(?<remote>[0-9a-fA-F.:]{2,45}(?:\/\d{1,3})?)\s{1,40}\d{1,3}:(?<remotePort>\d{1,5})\s{1,40}(?<kind>ESP|AH)\s{1,4}(?<mode>tunl|trns|tran)\s{1,4}(?<proposals>\[.{1,300})$/;

interface Row {
  readonly gateway: string;
  readonly child: ConnectionChild;
}

export const showVpnTunnel: Command = {
  run: "show vpn tunnel [name NAME]",
  looksLike: [COLUMNS, ROW, TOTAL],
  parse(output: Output): Parsed {
    const rows: Row[] = [];
    const unread: Line[] = [];
    for (const line of output.lines) {
      const row = readRow(line);
      if (row) rows.push(row);
      else if (![COLUMNS, RULER, TOTAL].some((pattern) => pattern.test(line.text))) unread.push(line);
    }
    const [first] = rows;
    if (!first || rows.some(({ gateway }) => gateway !== first.gateway)) return { values: [], unread };
    return {
      values: [
        {
          kind: "connections",
          connections: [
            {
              name: `tunnels of ${first.gateway}`,
              line: first.child.line,
              local: [],
              remote: [],
              localAuth: {},
              remoteAuth: {},
              ikeProposals: [],
              children: rows.map(({ child }) => child),
              at: {},
            },
          ],
          complete: false,
        },
      ],
      unread,
    };
  },
};

function readRow({ number, text }: Line): Row | undefined {
  const groups = ROW.exec(text)?.groups;
  if (!groups) return undefined;
  const { name = "", gateway = "", protocol = "0", proposals = "" } = groups;
  const local = selector(groups["local"], protocol, groups["localPort"]);
  const remote = selector(groups["remote"], protocol, groups["remotePort"]);
  if (!local || !remote) return undefined;
  const { encryption, integrity, dhGroups } = bracketed(proposals);
  return {
    gateway,
    child: {
      name,
      line: number,
      mode: groups["mode"] === "tunl" ? "tunnel" : "transport",
      local: [local],
      remote: [remote],
      proposals: [
        {
          line: number,
          protocol: groups["kind"] === "AH" ? "ah" : "esp",
          encryption,
          integrity,
          pfsGroups: dhGroups,
        },
      ],
      lifetimeSeconds: lifetimeIn(proposals),
      at: { local: number, remote: number, proposals: number, pfs: number },
    },
  };
}

function selector(text: string | undefined, protocol: string, port: string | undefined): Selector | undefined {
  const network = networkFromText(text ?? "");
  return network && { network, protocol: Number(protocol), port: Number(port ?? 0) };
}
