/** A block of `show security ipsec security-associations detail` or `show security ipsec inactive-tunnels detail`. */
import { canonicalAddress } from "../../../domain/network.ts";
import type { IpsecFlow, IpsecSa, Selector } from "../../../domain/readings/ipsec.ts";
import { encryptionName, groupNumber, integrityName } from "../algorithms.ts";
import { readIdentity } from "../identity.ts";

type SaDraft = { -readonly [K in keyof IpsecSa]: IpsecSa[K] };

export interface DetailDraft {
  readonly line: number;
  readonly id: string;
  local?: string | undefined;
  remote?: string | undefined;
  port?: number;
  version?: 1 | 2;
  interface?: string;
  name?: string | undefined;
  pfsGroup?: number | undefined;
  localIdent?: Selector | undefined;
  remoteIdent?: Selector | undefined;
  reason?: { readonly line: number; readonly text: string };
  /** The tunnel's own lines are over: what follows is the history of its events. */
  isInEvents?: boolean;
  readonly sas: SaDraft[];
  readonly at: Record<string, number>;
}

export function openDetail(id: string, text: string, line: number): DetailDraft {
  const draft: DetailDraft = { line, id, sas: [], at: { tunnel: line } };
  readVersion(draft, text);
  draft.name = /VPN Name: (\S{1,80})/.exec(text)?.[1];
  return draft;
}

const GATEWAYS = /^\s*Local Gateway: (?<local>[0-9a-fA-F.:]{2,45}), Remote Gateway: (?<remote>[0-9a-fA-F.:]{2,45})/i;
const IDENTITY = /^\s*(?<side>Local|Remote) Identity: (?<identity>\S.{0,200})$/i;
const VERSION = /Version: IKEv(?<version>[12])/;
const BIND = /Bind-interface: (?<name>[\w./-]{2,40})/;
const PORT = /^\s*Port: (?<port>\d{1,5}), Nego#/;
const PFS = /PFS group: (?<group>\S{1,30})/;
const REASON = /^\s*(?:Last )?Tunnel Down Reason: (?<reason>\S.{1,200})$/;
const DIRECTION = /^\s*Direction: (?<direction>inbound|outbound), SPI: (?:0x)?(?<spi>[0-9a-f]{1,8})/i;
const HARD = /^\s*Hard lifetime: Expires in (?<seconds>\d{1,9}) seconds/;
const SIZE = /^\s*Lifesize Remaining:\s{1,4}(?<kilobytes>\d{1,20}) kilobytes/;
const MODE = /^\s*Mode: (?<mode>Tunnel|Transport).{0,60}?, State: (?<state>\w{2,20})/i;
const PROTOCOL =
  /^\s*Protocol: (?<protocol>ESP|AH), Authentication: (?<hash>[^,\s]{2,40})(?:, Encryption: (?<cipher>[\w-]{2,20}(?: \(\d{1,4} bits\))?))?/i;
const REPLAY =
  /^\s*Anti-replay service: (?:counter-based )?(?<state>enabled|disabled)(?:, Replay window size: (?<window>\d{1,6}))?/i;
const EVENTS = /^\s*Tunnel events:/;
const EVENT = /^\s*[A-Z][a-z]{2} [A-Z][a-z]{2} {1,2}\d{1,2} \d{4} [\d:]{8}(?: ?[+-]\d{4})?: /;
const PASSED_OVER =
  /^\s*(?:Traffic Selector Name:|Term:|Match Direction|Version:|Quantum|DF-bit:|Copy-Outer|Multi-sa|FC Name|TS Type|Location:|Anchorship|Distribution|Soft lifetime:|Hard lifetime:|Lifesize|Extended-Sequence|tunnel-establishment|IKE SA Index:|, VPN Monitoring|VPN Monitoring|Negotiation type|Interface:|Tunnel Down Reason|Last Tunnel|Passive mode|Bind-interface|SRG ID|Node |Vpn ESP|Flag:|Anti-replay)/i;

export function readDetailLine(draft: DetailDraft, text: string, line: number): boolean {
  if (EVENTS.test(text)) {
    draft.isInEvents = true;
    return true;
  }
  if (EVENT.test(text)) return true;
  const isRead = readTunnel(draft, text, line) || readSa(draft, text, line) || PASSED_OVER.test(text);
  // An event whose line was wrapped.
  return isRead || (draft.isInEvents === true && /^\s{2,}[a-z]/i.test(text) && draft.sas.length === 0);
}

function readTunnel(draft: DetailDraft, text: string, line: number): boolean {
  const gateways = GATEWAYS.exec(text)?.groups;
  if (gateways) {
    draft.local = canonicalAddress(gateways["local"] ?? "");
    draft.remote = canonicalAddress(gateways["remote"] ?? "");
    draft.at["peer"] = line;
    return true;
  }
  const identity = IDENTITY.exec(text)?.groups;
  if (identity) {
    const isLocal = identity["side"]?.toLowerCase() === "local";
    draft[isLocal ? "localIdent" : "remoteIdent"] = readIdentity(identity["identity"] ?? "");
    draft.at[isLocal ? "localIdent" : "remoteIdent"] = line;
    return true;
  }
  const reason = REASON.exec(text)?.groups?.["reason"];
  if (reason !== undefined) {
    draft.reason = { line, text: `Tunnel Down Reason: ${reason.trim()}` };
    return true;
  }
  const port = PORT.exec(text)?.groups?.["port"];
  if (port !== undefined) draft.port = Number(port);
  const bind = BIND.exec(text)?.groups?.["name"];
  if (bind !== undefined) draft.interface = bind;
  return readVersion(draft, text) || port !== undefined || bind !== undefined;
}

function readVersion(draft: DetailDraft, text: string): boolean {
  const version = VERSION.exec(text)?.groups?.["version"];
  const pfs = PFS.exec(text)?.groups?.["group"];
  if (version !== undefined) draft.version = version === "1" ? 1 : 2;
  if (pfs !== undefined) draft.pfsGroup = groupNumber(pfs);
  return version !== undefined || pfs !== undefined;
}

function readSa(draft: DetailDraft, text: string, line: number): boolean {
  const direction = DIRECTION.exec(text)?.groups;
  if (direction) {
    const isInbound = direction["direction"]?.toLowerCase() === "inbound";
    draft.sas.push({
      line,
      direction: isInbound ? "inbound" : "outbound",
      protocol: "esp",
      spi: `0x${direction["spi"]}`,
      settings: [],
      udpEncapsulated: draft.port === undefined ? undefined : draft.port === 4500,
    });
    draft.at[isInbound ? "inboundEsp" : "outboundEsp"] = line;
    if (!isInbound) draft.at["outboundSpi"] = line;
    return true;
  }
  const sa = draft.sas.at(-1);
  return sa !== undefined && readSaField(sa, text);
}

function readSaField(sa: SaDraft, text: string): boolean {
  const seconds = HARD.exec(text)?.groups?.["seconds"];
  if (seconds !== undefined) sa.secondsLeft = Number(seconds);
  const size = SIZE.exec(text)?.groups?.["kilobytes"];
  if (size !== undefined) sa.kilobytesLeft = Number(size);
  const mode = MODE.exec(text)?.groups;
  if (mode) {
    sa.mode = mode["mode"]?.toLowerCase() === "transport" ? "transport" : "tunnel";
    sa.status = mode["state"];
  }
  const protocol = PROTOCOL.exec(text)?.groups;
  if (protocol) {
    const integrity = integrityName(protocol["hash"] ?? "");
    const isAh = protocol["protocol"]?.toUpperCase() === "AH";
    sa.protocol = isAh ? "ah" : "esp";
    sa.transform = isAh ? { ah: integrity } : { encryption: encryptionName(protocol["cipher"] ?? ""), integrity };
  }
  const replay = REPLAY.exec(text)?.groups;
  if (replay) {
    sa.replayDetection = replay["state"]?.toLowerCase() === "enabled";
    if (replay["window"] !== undefined) sa.replayWindow = Number(replay["window"]);
  }
  return [seconds, size, mode, protocol, replay].some((found) => found !== undefined);
}

/** The tunnel as a flow. One of the list of inactive tunnels has no SA; another without SAs was cut. */
export function finishDetail(draft: DetailDraft, isInactive: boolean): IpsecFlow[] {
  const { sas, remote, at, line } = draft;
  if (remote === undefined) return [];
  const outbound = sas.findLast(({ direction }) => direction === "outbound");
  const isDown = sas.length === 0 && (isInactive || draft.reason !== undefined);
  const flow: IpsecFlow = {
    line,
    names: { number: draft.id, child: draft.name, tunnelInterface: draft.interface },
    interface: draft.interface,
    localEndpoint: draft.local,
    remoteEndpoint: remote,
    peer: remote,
    peerPort: draft.port,
    localIdent: draft.localIdent,
    remoteIdent: draft.remoteIdent,
    flags: [],
    counters: {},
    outboundSpi: isDown ? "0x0" : outbound?.spi,
    pfsGroup: draft.pfsGroup,
    sas,
    at: { ...at, outboundSpi: at["outboundSpi"] ?? draft.reason?.line ?? line },
  };
  return [flow];
}
