/**
 * `/ip ipsec policy print [detail]`: the pairs of networks that are protected, each with the state of its phase 2; and the
 * other tables of IPsec that are printed beside it: peers, identities, profiles, proposals.
 * Source: MikroTik RouterOS documentation, IPsec, "Policies", "Peers", "Identities", "Profiles", "Proposals".
 */
import { networkFromText } from "../../domain/network.ts";
import type { Command, Output, Parsed } from "../../domain/output.ts";
import type { ReadingValue } from "../../domain/readings/index.ts";
import type { IpsecFlow, Selector } from "../../domain/readings/ipsec.ts";
import { printedConnections } from "./printed-connections.ts";
import { type PrintedRecord, recordsOf } from "./records.ts";
import { addressIn, protocolNumber } from "./values.ts";

const LEGEND = /^\s*Flags: T - template[,;] (?:[BXDIA] - [a-z]{6,8}[,;] ){1,5}\* - default/i;
const HEADING = /^\s*# {1,24}(?:PEER {1,40})?(?:TUN(?:NEL)?) {1,40}SRC-ADDRESS/;
const RECORD =
  /^\s{0,6}\d{1,5} {1,6}[TBXDIA *]{0,10} {0,10}(?:peer=\S{1,80} |group=\S{1,80} )?(?:tunnel=(?:yes|no) )?src-address=\S{1,60} (?:src-port=\S{1,12} )?dst-address=/;
/** The other tables of IPsec, which follow one another where somebody prints them all. */
const NAMED = "^\\s{0,6}\\d{1,5} [\\sXDIRA*]{1,10}name=\\S{1,80} ";
const PEER = new RegExp(
  `${NAMED}address=\\S{1,60} (?:port=\\d{1,5} )?(?:local-address=\\S{1,60} )?(?:passive=\\w{2,3} )?(?:profile|exchange-mode)=`,
);
const IDENTITY = /^\s{0,6}\d{1,5} [\sXDI]{1,10}peer=\S{1,80} auth-method=/;
const PROFILE = new RegExp(`${NAMED}hash-algorithm=`);
const PROPOSAL = new RegExp(`${NAMED}auth-algorithms=`);
const OWN = /^\s{4,16}(?:ipsec-protocols=\S{1,12} sa-src-address=|sa-src-address=)/;
/** A pattern of its own: lines without "ph2-" need not be tried on it. */
const PHASE_2 = /^\s{4,16}.{0,200}\bph2-(?:count=\d|state=)/;

export const policy: Command = {
  run: "ip ipsec policy print [detail] [OPTIONS1] [OPTIONS2]",
  alsoRun: [
    "/ip ipsec policy print [detail] [OPTIONS1] [OPTIONS2]",
    "/ip/ipsec/policy/print [detail] [OPTIONS1] [OPTIONS2]",
    "policy print [detail] [OPTIONS1] [OPTIONS2]",
    "/ip ipsec peer print [detail] [OPTIONS1] [OPTIONS2]",
    "/ip/ipsec/peer/print [detail] [OPTIONS1] [OPTIONS2]",
    "/ip ipsec identity print [detail] [OPTIONS1] [OPTIONS2]",
    "/ip/ipsec/identity/print [detail] [OPTIONS1] [OPTIONS2]",
    "/ip ipsec profile print [detail] [OPTIONS1] [OPTIONS2]",
    "/ip/ipsec/profile/print [detail] [OPTIONS1] [OPTIONS2]",
    "/ip ipsec proposal print [detail] [OPTIONS1] [OPTIONS2]",
    "/ip/ipsec/proposal/print [detail] [OPTIONS1] [OPTIONS2]",
  ],
  looksLike: [LEGEND, HEADING, RECORD, OWN, PHASE_2, PEER, IDENTITY, PROFILE, PROPOSAL],
  mayStartWith: [/^\s*Columns: PEER, TUNNEL/],
  inPieces: true,
  parse(output: Output): Parsed {
    const { records, unread } = recordsOf(output.lines);
    const flows = records.flatMap((record) => flowOf(record) ?? []);
    const connections = printedConnections(records);
    const asked = / where | ?from=/.test(output.typed ?? "") ? "a filter" : undefined;
    const values: ReadingValue[] = [];
    if (flows.length > 0) values.push({ kind: "ipsec-sas", flows, asked, detail: false });
    if (connections.length > 0) values.push({ kind: "connections", connections, complete: false });
    return { values, unread };
  },
};

/** Undefined for templates, for those that are disabled, and for those that let traffic pass or drop it. */
function flowOf({ line, flags, fields }: PrintedRecord): IpsecFlow | undefined {
  const of = (name: string) => fields.get(name)?.value;
  const action = of("action");
  if (/[TX]/.test(flags) || (action !== undefined && action !== "encrypt")) return undefined;
  const local = selector(of("src-address"), of("protocol"), of("src-port"));
  const remote = selector(of("dst-address"), of("protocol"), of("dst-port"));
  if (!local || !remote) return undefined;
  const peer = addressIn(of("sa-dst-address"));
  const own = addressIn(of("sa-src-address"));
  const state = of("ph2-state");
  const count = of("ph2-count");
  const isUp = state === undefined ? count !== undefined && Number(count) > 0 : state === "established";
  const tells = state !== undefined || count !== undefined;
  const at: Record<string, number> = {};
  for (const [name, key] of Object.entries(LINES)) {
    const found = fields.get(key)?.line;
    if (found !== undefined) at[name] = found;
  }
  const stateLine = (fields.get("ph2-state") ?? fields.get("ph2-count"))?.line ?? line;
  at["outboundSpi"] = stateLine;
  const sa = { line: stateLine, protocol: "esp" as const, settings: [], status: state };
  return {
    line,
    localEndpoint: isNowhere(own) ? undefined : own,
    remoteEndpoint: isNowhere(peer) ? undefined : peer,
    peer: isNowhere(peer) ? undefined : peer,
    localIdent: local,
    remoteIdent: remote,
    flags: state === undefined ? [] : [state],
    counters: {},
    outboundSpi: tells && !isUp ? "0x0" : undefined,
    sas: isUp
      ? [
          { ...sa, direction: "inbound" },
          { ...sa, direction: "outbound" },
        ]
      : [],
    at,
  };
}

const LINES = { localIdent: "src-address", remoteIdent: "dst-address", remoteEndpoint: "sa-dst-address" } as const;

function isNowhere(address: string | undefined): boolean {
  return address === undefined || /^(?:0\.0\.0\.0|::)$/.test(address);
}

function selector(
  text: string | undefined,
  protocol: string | undefined,
  port: string | undefined,
): Selector | undefined {
  const network = networkFromText(text ?? "");
  return (
    network && { network, protocol: protocolNumber(protocol), port: Number(/^\d{1,5}$/.exec(port ?? "")?.[0] ?? 0) }
  );
}
