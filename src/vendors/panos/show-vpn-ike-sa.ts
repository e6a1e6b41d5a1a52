/**
 * `show vpn ike-sa [gateway NAME]`: IKE SAs of both versions, and the IPsec SAs that they made. The peer is named, this
 * end's address is not. Source: PAN-OS administrator's guide, "Interpret VPN Error Messages" and "Test VPN Connectivity".
 */
import type { Command, Line, Output, Parsed } from "../../domain/output.ts";
import type { IkeSa } from "../../domain/readings/ike.ts";
import type { IpsecFlow } from "../../domain/readings/ipsec.ts";
import { asChildFlow, type ChildRow, isInUse, readChildRow } from "./show-vpn-ike-sa/child.ts";
import { readIkeRow } from "./show-vpn-ike-sa/row.ts";

const NONE = /^\s*There is no (?:IKEv(?<version>[12]) )?(?<what>phase-1 SA|phase-2 SA|SA) found/;
const TITLE = /^\s*(?:(?:IKEv[12] )?phase-[12] SAs|IKEv2 SAs|IKEv2 IPSec Child SAs)(?:\s{0,2}:)?\s*$/i;
const COLUMNS =
  /^\s*(?:GwID\/client IP\s[A-Za-z -]{1,40}\sGateway Name\s[A-Za-z -]{1,40}\sRole|Gateway ID\s[A-Za-z -]{1,60}\sGateway Name\s|Gateway Name\s{1,40}TnID\s{1,40}Tunnel\s)/;
const TOTAL = /^\s*Show IKEv[12] (?:IKE |phase2 )?SA: Total \d{1,9} gateways found/;
const RULER = /^[\s-]*$/;

export const showVpnIkeSa: Command = {
  run: "show vpn ike-sa [gateway NAME] [match NAME]",
  looksLike: [NONE, TITLE, COLUMNS, TOTAL],
  parse(output: Output): Parsed {
    const sas: IkeSa[] = [];
    const children: ChildRow[] = [];
    const peers = new Map<string, string>();
    const unread: Line[] = [];
    const none = { ike: new Set<1 | 2>(), children: false };
    for (const line of output.lines) {
      const absent = NONE.exec(line.text)?.groups;
      if (absent) {
        if (absent["what"] === "phase-2 SA") none.children = true;
        else none.ike.add(absent["version"] === "2" ? 2 : 1);
        continue;
      }
      const row = readIkeRow(line);
      if (row) {
        sas.push(row.sa);
        if (row.sa.remote !== undefined) peers.set(row.gateway, row.sa.remote);
        continue;
      }
      const child = readChildRow(line);
      if (child) children.push(child);
      else if (![TITLE, COLUMNS, TOTAL, RULER].some((pattern) => pattern.test(line.text))) unread.push(line);
    }
    if (sas.length === 0 && children.length === 0 && none.ike.size === 0) return { values: [], unread };
    const name = / gateway (\S{1,80})/.exec(output.command)?.[1];
    const asked = name !== undefined ? `gateway ${name}` : output.command.includes("|") ? "a filter" : undefined;
    const version = sas.length === 0 && none.ike.size === 1 ? [...none.ike][0] : undefined;
    const flows = flowsOf(children, peers, sas, none.children);
    return {
      values: [
        { kind: "ike-sas", sas, version, restrictedTo: asked },
        ...(flows ? [{ kind: "ipsec-sas" as const, flows, asked, detail: false }] : []),
      ],
      unread,
    };
  },
};

/** The IPsec SAs; undefined where the output was cut before it could tell. */
function flowsOf(
  children: readonly ChildRow[],
  peers: ReadonlyMap<string, string>,
  sas: readonly IkeSa[],
  saysNone: boolean,
): IpsecFlow[] | undefined {
  if (children.length > 0) return children.filter(isInUse).map((child) => asChildFlow(child, peers.get(child.gateway)));
  return saysNone && !sas.some(({ version, standing }) => version === 2 && standing === "up") ? [] : undefined;
}
