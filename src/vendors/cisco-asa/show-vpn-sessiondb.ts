/** `show vpn-sessiondb [detail] l2l`: the sessions with other sites, in detail with their tunnels and counters. */
import { canonicalAddress, networkFromNetmask } from "../../domain/network.ts";
import type { Command, Line, Output, Parsed } from "../../domain/output.ts";
import type { Selector } from "../../domain/readings/ipsec.ts";
import type { CryptoSession, SessionFlow, SessionIkeSa } from "../../domain/readings/session.ts";
import { isFiller } from "../cisco-ios/ike-output.ts";
import { valuesIn } from "./asa-words.ts";

const NONE = /^\s*INFO: There are presently no active sessions/i;
const TITLE = /^\s*Session Type: (?:LAN-to-LAN|Site-to-Site)/i;
const CONNECTION = /^\s*Connection\s{1,8}: ?(?<group>\S{1,128})/;
const SECTION = /^\s*(?<name>IKEv[12]|IPsec(?:OverNatT|OverTCP|OverUDP)?|NAC):\s*$/;
const LABELS =
  /(?:^|\s)(?<label>Index|IP Addr|Protocol|Encryption|Hashing|Bytes Tx|Bytes Rx|Login Time|Duration|Tunnel Zone|Group Policy|Tunnel Group|Local Addr|Remote Addr|UDP Src Port|UDP Dst Port|Rem Auth Mode|Loc Auth Mode|Auth Mode|IKE Neg Mode|D\/H Group|PFS Group|Encapsulation|Rekey Int \([TD]\)|Rekey Left\([TD]\)|Idle Time Out|Idle TO Left|Pkts Tx Drop|Pkts Rx Drop|Pkts Tx|Pkts Rx|Tunnel ID|Filter Name|Reval Int \(T\)|Assigned IP|Public IP|Username|Conn Time Out|Conn TO Left|PRF|Hold Left \(T\)|Posture Token|Redirect URL|SQ Int \(T\)|EoU Age\(T\)|Security Grp|Audt Sess ID|VLAN|VLAN Mapping)\s{0,8}:/g;
const ASIDE =
  /^\s*(?:IKEv[12] Tunnels: |IPsec(?:OverNatT)? Tunnels: |Filter Name|Client OS|NAC:|IKE Tunnels: |Tunnel ID)/;

interface Draft {
  readonly line: number;
  readonly group: string;
  peer: string | undefined;
  protocol: string;
  protocolLine: number;
  section: string | undefined;
  readonly ikeSas: SessionIkeSa[];
  readonly flows: SessionFlow[];
  uptime: string | undefined;
  /** Of all the session's flows together. */
  all: Partial<SessionFlow>;
}

export const showVpnSessiondb: Command = {
  run: "show vpn-sessiondb l2l [detail] [filter KIND VALUE] [sort KIND]",
  alsoRun: ["show vpn-sessiondb detail l2l [filter KIND VALUE] [sort KIND]"],
  looksLike: [TITLE, NONE, CONNECTION, SECTION],
  parse(output: Output): Parsed {
    const sessions: Draft[] = [];
    const unread: Line[] = [];
    let isNone = false;
    for (const line of output.lines) {
      if (isFiller(line.text) || TITLE.test(line.text)) continue;
      if (NONE.test(line.text)) isNone = true;
      else if (!takeLine(sessions, line)) unread.push(line);
    }
    if (sessions.length === 0 && !isNone) return { values: [], unread };
    const asked = canonicalAddress(/ filter ipaddress (\S{2,45})/.exec(output.command)?.[1] ?? "");
    const others = asked === undefined ? /(?: filter |\|).{1,100}/.exec(output.command)?.[0]?.trim() : undefined;
    const detail = output.lines.some(({ text }) => SECTION.test(text));
    return {
      values: [
        { kind: "crypto-sessions", sessions: sessions.map(finished), peer: asked, restrictedTo: others, detail },
      ],
      unread,
    };
  },
};

function takeLine(sessions: Draft[], { text, number }: Line): boolean {
  const group = CONNECTION.exec(text)?.groups?.["group"];
  if (group !== undefined) {
    sessions.push({
      line: number,
      group,
      peer: canonicalAddress(group),
      protocol: "",
      protocolLine: number,
      section: undefined,
      ikeSas: [],
      flows: [],
      uptime: undefined,
      all: {},
    });
    return true;
  }
  const open = sessions.at(-1);
  if (open === undefined) return false;
  const section = SECTION.exec(text)?.groups?.["name"];
  if (section !== undefined) {
    open.section = section;
    if (section.startsWith("IPsec"))
      open.flows.push({ line: number, text: section, activeSas: 2, at: { activeSas: number } });
    return true;
  }
  const values = valuesIn(text, LABELS);
  for (const [label, value] of values) takeValue(open, label, value, number);
  return values.size > 0 || ASIDE.test(text);
}

const BYTES: Readonly<Record<string, "bytesOut" | "bytesIn">> = { "Bytes Tx": "bytesOut", "Bytes Rx": "bytesIn" };

function takeValue(open: Draft, label: string, value: string, line: number): void {
  const flow = open.flows.at(-1);
  const bytes = /^\d{1,15}$/.test(value) ? BYTES[label] : undefined;
  const change = (fields: Partial<SessionFlow>, name: string) => {
    if (flow) open.flows[open.flows.length - 1] = { ...flow, ...fields, at: { ...flow.at, [name]: line } };
  };
  if (open.section === undefined) {
    if (label === "IP Addr") open.peer = canonicalAddress(value) ?? open.peer;
    if (label === "Protocol") {
      open.protocol = value;
      open.protocolLine = line;
    }
    if (label === "Duration") open.uptime = value;
    if (bytes) open.all = { ...open.all, [bytes]: Number(value), at: { ...open.all.at, [bytes]: line } };
    return;
  }
  if (!open.section.startsWith("IPsec")) return;
  if (label === "Local Addr") change({ local: selectorOf(value), text: value }, "local");
  else if (label === "Remote Addr")
    change({ remote: selectorOf(value), text: `${flow?.text ?? ""} ${value}` }, "remote");
  else if (bytes) change({ [bytes]: Number(value) }, bytes);
  else if (/^Pkts [TR]x/.test(label) && /^\d{1,15}$/.test(value)) {
    const count = Number(value);
    if (label === "Pkts Tx") change({ encrypted: count }, "encrypted");
    else if (label === "Pkts Rx") change({ decrypted: count }, "decrypted");
    else if (label === "Pkts Tx Drop") change({ encryptDrops: count }, "encryptDrops");
    else change({ decryptDrops: count }, "decryptDrops");
  }
}

/** "10.0.0.0/255.0.0.0/0/0": address, netmask, protocol, port. */
function selectorOf(text: string): Selector | undefined {
  const [address = "", mask = "", protocol = "0", port = "0"] = text.split("/");
  const network = networkFromNetmask(address, mask);
  return network && { network, protocol: Number(protocol), port: Number(port) };
}

/** "IKEv1 IPsec", "IKEv2 IPsecOverNatT", "IKEv1" alone: what of the two stands. */
function finished(draft: Draft): CryptoSession {
  const { line, group, peer, protocol, protocolLine, uptime, all } = draft;
  const isIke = /\bIKE(?:v[12])?\b/.test(protocol);
  const isIpsec = /\bIPsec/i.test(protocol);
  const status = isIpsec ? (isIke ? "UP-ACTIVE" : "UP-NO-IKE") : isIke ? "UP-IDLE" : undefined;
  // Without the detail, what is counted is counted of all flows together.
  const isCounted = isIpsec && draft.flows.length === 0 && all.at !== undefined;
  const flows = isCounted
    ? [{ line, text: "", activeSas: 2, ...all, at: { activeSas: protocolLine, ...all.at } }]
    : draft.flows;
  const peerPort = /OverNatT/.test(protocol) ? 4500 : undefined;
  return {
    line,
    profile: group,
    peer,
    ...(status && { status }),
    ...(peerPort && { peerPort }),
    ...(uptime && { uptime }),
    ikeSas: [],
    flows,
    at: { status: protocolLine },
  };
}
