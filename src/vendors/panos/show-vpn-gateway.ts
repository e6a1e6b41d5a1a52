/**
 * `show vpn gateway [name NAME]`: IKE gateways with addresses, identities and what they propose.
 * Source: knowledge base articles on PAN-OS VPN commands; the wording of the columns differs between releases.
 */
import { canonicalAddress } from "../../domain/network.ts";
import type { Command, Line, Output, Parsed } from "../../domain/output.ts";
import type { Connection } from "../../domain/readings/connection.ts";
import { bracketed, lifetimeIn } from "./bracketed.ts";

const COLUMNS = /^\s*GwID\s{1,20}Name\s{1,60}Peer[- ]Address/;
const RULER = /^[\s-]*$/;
const TOTAL = /^\s*Total \d{1,9} gateways? found/i;
const ROW =
  /^\s{0,4}\d{1,9}\s{1,20}(?<name>[\w.-]{1,63})\s{1,60}(?<peer>[\w.:]{2,253})(?:\((?<peerId>[^()]{1,253})\))?\s{1,60}(?<local>[0-9a-fA-F.:]{2,45})(?:\((?<localId>[^()]{1,253})\))?\s{1,60}(?<protocol>[\w(). -]{1,40}?)\s{0,20}(?<proposals>\[(?:PSK|RSA|DSA|ECDSA|Cert)\].{1,300})$/;

export const showVpnGateway: Command = {
  run: "show vpn gateway [name NAME]",
  looksLike: [COLUMNS, ROW],
  parse(output: Output): Parsed {
    const connections: Connection[] = [];
    const unread: Line[] = [];
    for (const line of output.lines) {
      const connection = readRow(line);
      if (connection) connections.push(connection);
      else if (![COLUMNS, RULER, TOTAL].some((pattern) => pattern.test(line.text))) unread.push(line);
    }
    if (connections.length === 0) return { values: [], unread };
    return { values: [{ kind: "connections", connections, complete: false }], unread };
  },
};

function readRow({ number, text }: Line): Connection | undefined {
  const groups = ROW.exec(text)?.groups;
  if (!groups) return undefined;
  const { name = "", peer = "", local = "", protocol = "", proposals = "" } = groups;
  const { auth, encryption, integrity, dhGroups } = bracketed(proposals);
  const isDynamic = /^(?:dynamic|0\.0\.0\.0|any)$/i.test(peer);
  return {
    name,
    line: number,
    version: /ikev2-pref/i.test(protocol) ? "any" : /v2/i.test(protocol) ? 2 : /v1/i.test(protocol) ? 1 : undefined,
    exchange: /aggr/i.test(protocol) ? "aggressive" : /main/i.test(protocol) ? "main" : undefined,
    local: [canonicalAddress(local) ?? local],
    remote: [isDynamic ? "%any" : (canonicalAddress(peer) ?? peer)],
    localAuth: { method: auth, id: identity(groups["localId"]), at: { id: number } },
    remoteAuth: { method: auth, id: identity(groups["peerId"]), at: { id: number } },
    ikeProposals: [
      {
        line: number,
        encryption,
        integrity,
        dhGroups,
        lifetimeSeconds: lifetimeIn(proposals),
      },
    ],
    children: [],
    at: { remote: number, local: number, proposals: number },
  };
}

/** "ipaddr:192.0.2.10", "fqdn:gw.example.net". */
function identity(text: string | undefined): string | undefined {
  const plain = text?.replace(/^(?:ipaddr|ip|fqdn|ufqdn|keyid|dn):/i, "");
  return plain === undefined ? undefined : (canonicalAddress(plain) ?? plain);
}
