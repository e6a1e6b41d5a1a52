/** An IKE SA of `swanctl --list-sas`, line by line. */
import { canonicalAddress } from "../../../domain/network.ts";
import type { IkeSa, NegotiationProgress } from "../../../domain/readings/ike.ts";
import type { Negotiated, PrintedAlgorithms } from "../proposals.ts";

export interface IkeDraft {
  readonly line: number;
  readonly version: 1 | 2;
  readonly id: number;
  readonly name?: string | undefined;
  readonly state: string;
  readonly isInitiator: boolean;
  /** The responder has answered. */
  readonly isAnswered: boolean;
  local?: Endpoint;
  remote?: Endpoint;
  algorithms?: Negotiated;
  secondsLeft?: number;
  inUdp?: boolean;
  readonly at: Record<string, number>;
}
export interface Endpoint {
  readonly address?: string | undefined;
  readonly port?: number | undefined;
}

// A hub prints ten thousand of each: groups have no names, since those take long to collect.
const ENDPOINT = /^ {2}(?:local|remote) {1,2}'[^']{0,250}' @ ([^\s[]{2,60})(?:\[(\d{1,5})\])?/;
const ALGORITHMS = /^ {2}([A-Z][A-Z0-9_]{2,30}(?:-\d{1,4})?(?:\/[A-Z0-9_]{3,40}){1,6})$/;
const ESTABLISHED =
  /^ {2}established \d{1,10}s ago(?:, (?:rekeying in (\d{1,10})s|[a-z ]{1,40}(?:in )?-?\d{1,10}s(?: ago)?)){0,4}/;
const TASKS = /^ {2}(?:queued|active|passive):/;
const ASIDE = /^ {2}(?:local |remote |EAP|XAuth|mode config|redirected)/i;
const NO_SPI = "0000000000000000";

/** @param match of the line's pattern: 1 its number, 2 the state, 3 the version, 4 "*" for ours, 5 the responder's SPI */
export function openIkeSa(match: RegExpExecArray, line: number): IkeDraft {
  return {
    line,
    name: nameBefore(match.input, 0),
    version: match[3] === "1" ? 1 : 2,
    id: Number(match[1]),
    state: match[2] ?? "",
    isInitiator: match[4] === "*",
    isAnswered: match[5] !== NO_SPI,
    at: {},
  };
}

/** What stands before ": #7", the number of the SA. */
export function nameBefore(text: string, from: number): string | undefined {
  const end = text.indexOf(": #", from);
  return end <= from || text.startsWith("(unnamed)", from) ? undefined : text.slice(from, end);
}

export function readIkeLine(draft: IkeDraft, text: string, line: number, printed: PrintedAlgorithms): boolean {
  const first = text.charAt(2);
  if ((first === "l" || first === "r") && readEndpoint(draft, text, line)) return true;
  if (first === "e") return readEstablished(draft, text);
  const algorithms = ALGORITHMS.exec(text)?.[1];
  if (algorithms === undefined) return TASKS.test(text) || ASIDE.test(text);
  draft.algorithms = printed.negotiated(algorithms);
  draft.at["encryption"] = line;
  return true;
}

function readEndpoint(draft: IkeDraft, text: string, line: number): boolean {
  const match = ENDPOINT.exec(text);
  if (!match) return false;
  const side = text.startsWith("l", 2) ? "local" : "remote";
  draft[side] = {
    address: canonicalAddress(match[1] ?? ""),
    port: match[2] === undefined ? undefined : Number(match[2]),
  };
  draft.at[side] = line;
  return true;
}

function readEstablished(draft: IkeDraft, text: string): boolean {
  const match = ESTABLISHED.exec(text);
  if (!match) return ASIDE.test(text);
  if (match[1] !== undefined) draft.secondsLeft = Number(match[1]);
  return true;
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
    names: draft.name === undefined ? undefined : { connection: draft.name },
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
