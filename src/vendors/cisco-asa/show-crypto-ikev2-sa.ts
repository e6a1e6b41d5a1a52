/** `show crypto ikev2 sa [detail]` of the ASA: sessions, IKE SAs and their child SAs. */

import { canonicalAddress } from "../../domain/network.ts";
import type { Command, Line, Output, Parsed } from "../../domain/output.ts";
import type { IkeSa, NegotiationProgress } from "../../domain/readings/ike.ts";
import type { Selector } from "../../domain/readings/ipsec.ts";
import type { CryptoSession, SessionFlow } from "../../domain/readings/session.ts";
import { isFiller } from "../cisco-ios/ike-output.ts";
import { networkFromRange } from "./address-range.ts";
import { asaAuth, asaEncryption, asaIntegrity } from "./asa-words.ts";

const NONE = /^\s*There are no IKEv2 SAs/;
const SESSION =
  /^\s*Session-id:\s?(?<id>\d{1,9}), Status:\s?(?<status>[A-Z-]{2,24}), IKE count:\s?\d{1,6}, CHILD count:\s?(?<children>\d{1,6})/;
const COLUMNS = /^\s*Tunnel-id\s{1,60}Local\s{1,60}Remote\s{1,60}(?:fvrf\/ivrf\s{1,40})?Status\s{1,40}Role/;
const ROW =
  /^\s*(?<id>\d{1,12})\s{1,40}(?<local>[0-9a-fA-F.:]{2,45})\/(?<localPort>\d{1,5})\s{1,60}(?<remote>[0-9a-fA-F.:]{2,45})\/(?<remotePort>\d{1,5})\s{1,60}(?:\S{1,60}\/\S{1,60}\s{1,40})?(?<status>[A-Z][A-Z_-]{2,20})\s{1,40}(?<role>INITIATOR|RESPONDER)/;
const SUITE =
  /^\s*Encr: (?<encryption>[A-Za-z0-9-]{2,20})(?:, keysize: (?<size>\d{1,4}))?(?:, PRF: (?<prf>[A-Za-z0-9_]{2,16}))?, Hash: (?<hash>[A-Za-z0-9/-]{2,16}), DH Grp:\s?(?<group>\d{1,2})(?:, Auth sign: (?<sign>[\w-]{2,24}))?(?:, Auth verify: (?<verify>[\w-]{2,24}))?/;
const LIFE = /^\s*Life\/(?:Active|Remaining) Time: (?<life>\d{1,10})\/(?<active>\d{1,10}) sec/;
const CHILD_LOCAL = /^\s*(?:Child sa:\s{1,4})?local selector\s{1,4}(?<range>\S{2,60} - \S{2,60})/;
const CHILD_REMOTE = /^\s*remote selector\s{1,4}(?<range>\S{2,60} - \S{2,60})/;
const SPIS = /^\s*ESP spi in\/out: (?<in>0x[0-9a-fA-F]{1,8})\/(?<out>0x[0-9a-fA-F]{1,8})/;
const DESCRIPTION = /^\s*Status Description: (?<words>.{1,120})/;
const DPD = /^\s*DPD configured for (?<seconds>\d{1,6}) seconds, retry \d/;
const NAT = /^\s*NAT-T is (?<not>not )?detected/;
const ASIDE =
  /^\s*(?:IKEv2 SAs:|Session-id: \d|Local (?:spi|id|req|next|window)|Remote (?:spi|id|req|next|window)|(?:AH|CPI) spi in\/out|CPI in\/out|Encr: Unknown|Encr: .*esp_hmac|ah_hmac:|IKEv2 Fragmentation|Fragmentation|Parent SA|Extended Authentication|Tunnel-id|Assigned host addr|Dynamic Route|Quantum|PEER TYPE|Initiator of SA)/;

interface Draft {
  readonly sas: IkeSa[];
  readonly sessions: (CryptoSession & { readonly flows: SessionFlow[] })[];
  status?: { readonly words: string; readonly children: number; readonly line: number } | undefined;
  isDetail: boolean;
}

export const showCryptoIkev2Sa: Command = {
  run: "show crypto ikev2 sa [detail]",
  looksLike: [NONE, COLUMNS, ROW, /^\s*IKEv2 SAs:/],
  mayStartWith: [SESSION],
  parse(output: Output): Parsed {
    const draft: Draft = { sas: [], sessions: [], isDetail: false };
    const unread: Line[] = [];
    let isNone = false;
    for (const line of output.lines) {
      if (NONE.test(line.text)) isNone = true;
      else if (!isFiller(line.text) && !takeLine(draft, line)) unread.push(line);
    }
    if (draft.sas.length === 0 && !isNone) return { values: [], unread };
    const { sas, sessions, isDetail } = draft;
    const restrictedTo = output.command.includes("|") ? output.command.slice(output.command.indexOf("|")) : undefined;
    const command = isDetail && !output.command.includes("detail") ? `${output.command} detail` : undefined;
    return {
      values: [
        { kind: "ike-sas", version: 2, sas, restrictedTo },
        ...(sessions.length === 0 ? [] : [{ kind: "crypto-sessions" as const, sessions, restrictedTo, detail: false }]),
      ],
      unread,
      command,
    };
  },
};

function takeLine(draft: Draft, line: Line): boolean {
  const { text, number } = line;
  const session = SESSION.exec(text)?.groups;
  if (session) {
    draft.status = { words: session["status"] ?? "", children: Number(session["children"]), line: number };
    return true;
  }
  const row = ROW.exec(text)?.groups;
  if (row) {
    openSa(draft, row, number);
    return true;
  }
  return (
    takeSaLine(draft, text, number) || takeChildLine(draft, text, number) || COLUMNS.test(text) || ASIDE.test(text)
  );
}

function openSa(draft: Draft, row: Record<string, string | undefined>, line: number): void {
  const local = canonicalAddress(row["local"] ?? "");
  const remote = canonicalAddress(row["remote"] ?? "");
  const status = row["status"] ?? "";
  const localPort = Number(row["localPort"]);
  const remotePort = Number(row["remotePort"]);
  draft.sas.push({
    version: 2,
    line,
    local,
    remote,
    localPort,
    remotePort,
    role: row["role"] === "INITIATOR" ? "initiator" : "responder",
    state: status,
    standing: status === "READY" ? "up" : /^DEL/.test(status) ? "deleted" : "negotiating",
    connectionId: Number(row["id"]),
    ...((localPort === 4500 || remotePort === 4500) && { natTraversal: true }),
  });
  if (draft.status === undefined || local === undefined || remote === undefined) return;
  const { words, line: statusLine } = draft.status;
  draft.sessions.push({
    line: statusLine,
    status: words,
    peer: remote,
    peerPort: remotePort,
    ikeSas: [{ line, version: 2, local, localPort, remote, remotePort, active: status === "READY", at: {} }],
    flows: [],
    at: { status: statusLine },
  });
  draft.status = undefined;
}

/** A line about the SA that was listed last. */
function takeSaLine(draft: Draft, text: string, line: number): boolean {
  const sa = draft.sas.at(-1);
  if (sa === undefined) return false;
  const add = (fields: Partial<IkeSa>) => {
    draft.sas[draft.sas.length - 1] = { ...sa, ...fields };
    return true;
  };
  const suite = SUITE.exec(text)?.groups;
  if (suite)
    return add({
      encryption: asaEncryption(suite["encryption"] ?? "", suite["size"]),
      integrity: asaIntegrity(suite["hash"] ?? ""),
      ...(suite["prf"] && { prf: asaIntegrity(suite["prf"]) }),
      dhGroup: Number(suite["group"]),
      ...(suite["sign"] && { auth: asaAuth(suite["sign"]) }),
    });
  const life = LIFE.exec(text)?.groups;
  if (life) return add({ lifetimeSecondsLeft: Math.max(0, Number(life["life"]) - Number(life["active"])) });
  const dpd = DPD.exec(text)?.groups?.["seconds"];
  if (dpd !== undefined) {
    draft.isDetail = true;
    return add({ dpd: dpd !== "0", at: { ...sa.at, capabilities: line } });
  }
  const nat = NAT.exec(text);
  if (nat) return add({ natTraversal: nat.groups?.["not"] === undefined });
  const words = DESCRIPTION.exec(text)?.groups?.["words"];
  if (words === undefined) return false;
  const progress = progressOf(words);
  return sa.standing === "negotiating" && progress !== undefined ? add({ progress }) : true;
}

/** "Initiator waiting for INIT response", "Responder waiting for AUTH message". */
function progressOf(words: string): NegotiationProgress | undefined {
  if (/\bAUTH\b/.test(words)) return "keyed";
  return /\bINIT\b/.test(words) ? "begun" : undefined;
}

function takeChildLine(draft: Draft, text: string, line: number): boolean {
  const flows = draft.sessions.at(-1)?.flows;
  const local = CHILD_LOCAL.exec(text)?.groups?.["range"];
  if (local !== undefined) {
    flows?.push({ line, text: local, local: selectorOf(local), at: {} });
    return true;
  }
  const open = flows?.at(-1);
  const remote = CHILD_REMOTE.exec(text)?.groups?.["range"];
  if (remote !== undefined) {
    if (flows && open)
      flows[flows.length - 1] = { ...open, text: `${open.text} to ${remote}`, remote: selectorOf(remote) };
    return true;
  }
  const spis = SPIS.exec(text)?.groups;
  if (spis === undefined) return false;
  if (flows && open) flows[flows.length - 1] = { ...open, activeSas: 2, at: { ...open.at, activeSas: line } };
  return true;
}

/** "10.0.0.0/0 - 10.0.0.255/65535": first address and port, last address and port. */
function selectorOf(range: string): Selector | undefined {
  const [first = "", last = ""] = range.split(" - ");
  const [from = "", port = "0"] = first.split("/");
  const [to = "", lastPort = "0"] = last.split("/");
  const network = networkFromRange(from, to);
  return network && { network, protocol: 0, port: port === lastPort ? Number(port) : 0 };
}
