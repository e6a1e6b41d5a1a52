/** One gateway of `diagnose vpn ike gateway list`, field by field. */
import { canonicalAddress } from "../../../domain/network.ts";
import type { IkeSa } from "../../../domain/readings/ike.ts";
import { suiteOf } from "../algorithms.ts";
import { namesOf } from "../tunnel-names.ts";

interface SaDraft {
  readonly line: number;
  readonly id: number;
  readonly initiatorSpi: string;
  readonly responderSpi: string;
  direction?: "initiator" | "responder";
  status?: string;
  proposal?: string;
  secondsLeft?: number;
  peerId?: string;
  readonly at: Record<string, number>;
}
export interface Gateway {
  readonly line: number;
  readonly vdom: string | undefined;
  name?: string;
  version: 1 | 2;
  local?: string | undefined;
  localPort?: number;
  remote?: string | undefined;
  remotePort?: number;
  isBehindNat?: boolean;
  peerId?: string;
  readonly sas: SaDraft[];
  readonly at: Record<string, number>;
}

export function newGateway(vdom: string | undefined, line: number): Gateway {
  return { line, vdom, version: 1, sas: [], at: {} };
}

export function openSa(
  gateway: Gateway,
  { id, initiator = "", responder = "" }: Readonly<Record<string, string | undefined>>,
  line: number,
): void {
  gateway.sas.push({ line, id: Number(id), initiatorSpi: initiator, responderSpi: responder, at: {} });
}

const ADDRESSES =
  /^addr: (?<local>[0-9a-fA-F.:]{2,45}):(?<localPort>\d{1,5}) -> (?<remote>[0-9a-fA-F.:]{2,45}):(?<remotePort>\d{1,5})$/;
/** Facts of a gateway that nothing here is judged by. */
const ASIDE =
  /^(?:interface|tun_id|tun_id6|remote_location|network-id|transport|created|auto-discovery|peer-id-auth|virtual-interface-addr|assigned IPv[46] address|peer-SN|FEC|nat|EAP|XAUTH|user|groups?|FortiClient UID|pending-queue|fragmentation|packet-redistribution|PPK|QKD|IKE SA|IPsec SA|proposal-?\w{0,12}|vrf|local-gw|mode-cfg|azure-\w{1,20})\b/i;

/** A line above the SAs; false for one that is none of them. */
export function gatewayField(gateway: Gateway, text: string, line: number): boolean {
  const addresses = ADDRESSES.exec(text)?.groups;
  if (addresses) {
    gateway.local = canonicalAddress(addresses["local"] ?? "");
    gateway.remote = canonicalAddress(addresses["remote"] ?? "");
    gateway.localPort = Number(addresses["localPort"]);
    gateway.remotePort = Number(addresses["remotePort"]);
    gateway.at["local"] = line;
    gateway.at["remote"] = line;
    return true;
  }
  const [, name, value = ""] = /^(name|version|nat|peer-id): (\S.{0,250})$/.exec(text) ?? [];
  if (name === "name") gateway.name = value;
  else if (name === "version") gateway.version = value === "2" ? 2 : 1;
  else if (name === "nat") gateway.isBehindNat = true;
  else if (name === "peer-id") gateway.peerId = value;
  else return ASIDE.test(text);
  return true;
}

const LIFETIME = /^lifetime\/rekey: (?<life>\d{1,9})\/(?<rekey>-?\d{1,9})$/;
const KEYS = /^(?:key|SK_(?:ei|er|ai|ar|d|pi|pr))(?:[ :]|$)/;
const OTHER = /^(?:child|message-id|DPD sent|PPK|QKD|rekey|re-?auth|kmid|add\w{0,4} ke|EAP|PQC)\b/i;

/** A line of an SA; false for one that is none. */
export function saField(gateway: Gateway, text: string, line: number): boolean {
  const draft = gateway.sas.at(-1);
  if (!draft) return false;
  const [, name, value = ""] = /^(direction|status|proposal|peer-id): (\S.{0,250})$/.exec(text) ?? [];
  const left = LIFETIME.exec(text)?.groups?.["rekey"];
  if (name === "direction") draft.direction = value === "responder" ? "responder" : "initiator";
  else if (name === "status") draft.status = value;
  else if (name === "proposal") draft.proposal = value;
  else if (name === "peer-id") draft.peerId = value;
  else if (left !== undefined) draft.secondsLeft = Number(left);
  else return KEYS.test(text) || OTHER.test(text) || ASIDE.test(text);
  if (name !== undefined) draft.at[name === "proposal" ? "encryption" : name] = line;
  return true;
}

/** The SAs of the gateway. One that is there and has none is no SA that could be told of. */
export function sasOf(gateway: Gateway): IkeSa[] {
  return gateway.sas.map((draft) => toSa(gateway, draft));
}

function toSa(gateway: Gateway, draft: SaDraft): IkeSa {
  const { version, local, remote, localPort, remotePort } = gateway;
  const { direction, status = "" } = draft;
  const isUp = status.startsWith("established");
  const suite = suiteOf(draft.proposal ?? "");
  const isInitiator = direction === "initiator";
  const ends = direction === undefined ? [] : isInitiator ? [local, remote] : [remote, local];
  const isTranslated = gateway.isBehindNat === true || (localPort === 4500 && version === 1);
  return {
    version,
    line: draft.line,
    role: direction,
    initiator: ends[0],
    responder: ends[1],
    local,
    remote,
    localPort,
    remotePort,
    state: status.split(/[ ,]/, 1)[0],
    standing: isUp ? "up" : "negotiating",
    ...(!isUp && { progress: progressOf(version, draft.responderSpi) }),
    status: draft.status,
    connectionId: draft.id,
    vrf: gateway.vdom === "root" ? undefined : gateway.vdom,
    encryption: suite?.encryption,
    integrity: suite?.integrity,
    prf: suite?.prf,
    lifetimeSecondsLeft: draft.secondsLeft !== undefined && draft.secondsLeft >= 0 ? draft.secondsLeft : undefined,
    remoteId: draft.peerId ?? gateway.peerId,
    ...(direction !== undefined && {
      localSpi: isInitiator ? draft.initiatorSpi : draft.responderSpi,
      remoteSpi: isInitiator ? draft.responderSpi : draft.initiatorSpi,
    }),
    natTraversal: isTranslated ? true : undefined,
    names: namesOf(gateway.name ?? ""),
    at: { ...gateway.at, ...draft.at },
  };
}

/** Without the responder's SPI nothing came of the first message. With IKEv2 its answer also brings the keys. */
function progressOf(version: 1 | 2, responderSpi: string): IkeSa["progress"] {
  if (/^0+$/.test(responderSpi)) return "begun";
  return version === 2 ? "keyed" : "agreed";
}
