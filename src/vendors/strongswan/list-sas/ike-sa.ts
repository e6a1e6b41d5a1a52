/** An IKE SA of `swanctl --list-sas`, line by line. */
import { canonicalAddress } from "../../../domain/network.ts";
import type { IkeSa, NegotiationProgress } from "../../../domain/readings/ike.ts";
import { negotiated } from "../proposals.ts";

export interface IkeDraft {
  readonly line: number;
  readonly version: 1 | 2;
  readonly id: number;
  readonly state: string;
  readonly isInitiator: boolean;
  /** The responder has answered. */
  readonly isAnswered: boolean;
  local?: Endpoint;
  remote?: Endpoint;
  algorithms?: ReturnType<typeof negotiated>;
  secondsLeft?: number;
  inUdp?: boolean;
  readonly at: Record<string, number>;
}
export interface Endpoint {
  readonly address?: string | undefined;
  readonly port?: number | undefined;
}

const ENDPOINT =
  /^ {2}(?<side>local|remote) {1,2}'(?<id>[^']{0,250})' @ (?<address>[^\s[]{2,60})(?:\[(?<port>\d{1,5})\])?/;
const ALGORITHMS = /^ {2}(?<algorithms>[A-Z][A-Z0-9_]{2,30}(?:-\d{1,4})?(?:\/[A-Z0-9_]{3,40}){1,6})$/;
const ESTABLISHED =
  /^ {2}established \d{1,10}s ago(?:, (?:rekeying in (?<rekey>\d{1,10})s|[a-z ]{1,40}(?:in )?-?\d{1,10}s(?: ago)?)){0,4}/;
const TASKS = /^ {2}(?:queued|active|passive):/;
const ASIDE = /^ {2}(?:local |remote |EAP|XAuth|mode config|redirected)/i;

export function openIkeSa(groups: Readonly<Record<string, string | undefined>>, line: number): IkeDraft {
  return {
    line,
    version: groups["version"] === "1" ? 1 : 2,
    id: Number(groups["id"]),
    state: groups["state"] ?? "",
    isInitiator: groups["mine"] === "*",
    isAnswered: !/^0+$/.test(groups["spiR"] ?? "0"),
    at: {},
  };
}

export function readIkeLine(draft: IkeDraft, text: string, line: number): boolean {
  const endpoint = ENDPOINT.exec(text)?.groups;
  if (endpoint) {
    const side = endpoint["side"] === "local" ? "local" : "remote";
    const port = endpoint["port"];
    draft[side] = {
      address: canonicalAddress(endpoint["address"] ?? ""),
      port: port === undefined ? undefined : Number(port),
    };
    draft.at[side] = line;
    return true;
  }
  const algorithms = ALGORITHMS.exec(text)?.groups?.["algorithms"];
  if (algorithms !== undefined) {
    draft.algorithms = negotiated(algorithms);
    draft.at["encryption"] = line;
    return true;
  }
  const established = ESTABLISHED.exec(text);
  if (established) {
    const rekey = established.groups?.["rekey"];
    if (rekey !== undefined) draft.secondsLeft = Number(rekey);
    return true;
  }
  return TASKS.test(text) || ASIDE.test(text);
}

export function finishIkeSa(draft: IkeDraft): IkeSa {
  const { local, remote, algorithms, isInitiator } = draft;
  const standing = standingOf(draft.state);
  return {
    version: draft.version,
    line: draft.line,
    initiator: isInitiator ? local?.address : remote?.address,
    responder: isInitiator ? remote?.address : local?.address,
    local: local?.address,
    remote: remote?.address,
    localPort: local?.port,
    remotePort: remote?.port,
    state: draft.state,
    standing,
    progress: standing === "negotiating" ? progressOf(draft) : undefined,
    connectionId: draft.id,
    encryption: algorithms?.encryption,
    integrity: algorithms?.integrity,
    prf: algorithms?.prf,
    dhGroup: algorithms?.group,
    lifetimeSecondsLeft: draft.secondsLeft,
    natTraversal: draft.inUdp,
    at: draft.at,
  };
}

function standingOf(state: string): IkeSa["standing"] {
  if (state === "CREATED" || state === "CONNECTING") return "negotiating";
  return state === "DELETING" || state === "DESTROYING" ? "deleted" : "up";
}

/** IKEv2 agrees and exchanges keys at once; IKEv1 first agrees, and moves to port 4500 when keys were exchanged. */
function progressOf({ version, algorithms, isAnswered, local }: IkeDraft): NegotiationProgress {
  if (!algorithms && !isAnswered) return "begun";
  if (version === 2) return algorithms ? "keyed" : "begun";
  return local?.port === 4500 ? "keyed" : "agreed";
}
