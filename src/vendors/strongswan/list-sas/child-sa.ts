/** A CHILD_SA of `swanctl --list-sas`, line by line. */
import type { Transform } from "../../../domain/crypto.ts";
import type { IpsecFlow, IpsecSa } from "../../../domain/readings/ipsec.ts";
import type { PrintedAlgorithms } from "../proposals.ts";
import { readSelectors } from "../selectors.ts";
import { type IkeDraft, nameBefore } from "./ike-sa.ts";

export interface ChildDraft {
  readonly line: number;
  readonly id: number;
  readonly name?: string | undefined;
  readonly state: string;
  readonly isTunnel: boolean;
  readonly inUdp: boolean;
  readonly protocol: "esp" | "ah";
  readonly algorithms: string;
  secondsLeft?: number;
  inbound?: Direction;
  outbound?: Direction;
  local: string;
  remote: string;
  readonly at: Record<string, number>;
}
interface Direction {
  readonly line: number;
  readonly spi: string;
  readonly packets: number | undefined;
}

// A hub prints a million of these lines: groups have no names, since those take long to collect.
const SA = /^ {4}(?:in |out) ([0-9a-f]{8})(?: \([^)]{1,60}\))?, {1,20}\d{1,20} bytes, {1,8}(\d{1,20}) packets/;
const SELECTORS = /^ {4}(?:local|remote) {1,2}(\S.{0,2000})$/;
const INSTALLED = /^ {4}installed \d{1,10}s ago(?:, rekeying in (-?\d{1,10})s)?/;
/** Where the first word of such a line stands. */
const WORD = 4;

/** @param match of the line's pattern: 1 its number, 2 the state, 3 the mode, 4 "-in-UDP", 5 the protocol, 6 algorithms */
export function openChild(match: RegExpExecArray, line: number): ChildDraft {
  return {
    line,
    id: Number(match[1]),
    name: nameBefore(match.input, 2),
    state: match[2] ?? "",
    isTunnel: match[3] !== "TRANSPORT",
    inUdp: match[4] !== undefined,
    protocol: match[5] === "AH" ? "ah" : "esp",
    algorithms: match[6] ?? "",
    local: "",
    remote: "",
    at: { state: line },
  };
}

export function readChildLine(draft: ChildDraft, text: string, line: number): boolean {
  switch (text.charAt(WORD)) {
    case "i":
      return text.startsWith("in ", WORD) ? readSa(draft, text, line) : readInstalled(draft, text);
    case "o":
      return readSa(draft, text, line);
    case "l":
    case "r":
      return readSide(draft, text, line);
    default:
      return false;
  }
}

function readSa(draft: ChildDraft, text: string, line: number): boolean {
  const match = SA.exec(text);
  if (!match) return false;
  const direction: Direction = { line, spi: `0x${match[1]}`, packets: Number(match[2]) };
  if (text.startsWith("o", WORD)) {
    draft.outbound = direction;
    draft.at["outboundSpi"] = line;
    draft.at["encaps"] = line;
  } else {
    draft.inbound = direction;
    draft.at["decaps"] = line;
  }
  return true;
}

function readSide(draft: ChildDraft, text: string, line: number): boolean {
  const list = SELECTORS.exec(text)?.[1];
  if (list === undefined) return false;
  const side = text.startsWith("l", WORD) ? "local" : "remote";
  draft[side] = list;
  draft.at[side === "local" ? "localIdent" : "remoteIdent"] = line;
  return true;
}

function readInstalled(draft: ChildDraft, text: string): boolean {
  const match = INSTALLED.exec(text);
  if (!match) return false;
  if (match[1] !== undefined) draft.secondsLeft = Number(match[1]);
  return true;
}

/** States in which a CHILD_SA carries packets (strongSwan, child_sa.h); others are being made … */
const CARRIES: ReadonlySet<string> = new Set(["INSTALLED", "UPDATING", "REKEYING"]);
/** … or are on their way out, and have a successor or none: their counters say nothing of now. */
const IS_GONE: ReadonlySet<string> = new Set(["REKEYED", "DELETING", "DELETED", "DESTROYING", "ROUTED"]);

/** charon prints neither flags nor settings. */
const NONE: readonly string[] = [];

/** One flow for each pair of networks; the counters, which are of all of them together, go with the first. */
export function finishChild(draft: ChildDraft, ike: IkeDraft, printed: PrintedAlgorithms): IpsecFlow[] {
  if (IS_GONE.has(draft.state)) return [];
  const sas = CARRIES.has(draft.state) ? sasOf(draft, printed) : [];
  const { group } = printed.negotiated(draft.algorithms);
  return pairsOf(draft).map((pair, index) => flowOf(draft, ike, { pair, group, sas, isFirst: index === 0 }));
}

interface FlowParts {
  readonly pair: Pair;
  readonly group: number | undefined;
  readonly sas: IpsecSa[];
  readonly isFirst: boolean;
}

function flowOf(
  draft: ChildDraft,
  { name, local, remote }: IkeDraft,
  { pair, group, sas, isFirst }: FlowParts,
): IpsecFlow {
  const { inbound, outbound } = draft;
  return {
    line: draft.line,
    names: name === undefined ? undefined : { connection: name, child: draft.name },
    localEndpoint: local?.address,
    remoteEndpoint: remote?.address,
    peer: remote?.address,
    peerPort: remote?.port,
    flags: NONE,
    counters: isFirst ? { encaps: outbound?.packets, decaps: inbound?.packets } : {},
    outboundSpi: CARRIES.has(draft.state) ? outbound?.spi : "0x0",
    // The first CHILD_SA of an IKEv2 SA is keyed with it, without an exchange of its own.
    pfsGroup: group,
    sas,
    at: draft.at,
    localIdent: pair.localIdent,
    remoteIdent: pair.remoteIdent,
  };
}

type Pair = Pick<IpsecFlow, "localIdent" | "remoteIdent">;

/** Of more pairs than these nobody asks. */
const MOST_PAIRS = 64;

/** At least one, which is empty where nothing is known. */
function pairsOf({ local, remote }: ChildDraft): Pair[] {
  const ours = readSelectors(local) ?? [];
  const theirs = readSelectors(remote) ?? [];
  const [localIdent] = ours;
  const [remoteIdent] = theirs;
  if (!localIdent || !remoteIdent) return [{}];
  if (ours.length === 1 && theirs.length === 1) return [{ localIdent, remoteIdent }];
  return ours.flatMap((localIdent) => theirs.map((remoteIdent) => ({ localIdent, remoteIdent }))).slice(0, MOST_PAIRS);
}

function sasOf(draft: ChildDraft, printed: PrintedAlgorithms): IpsecSa[] {
  const transform = printed.transform(draft.protocol, draft.algorithms);
  const sas: IpsecSa[] = [];
  if (draft.inbound) sas.push(saOf(draft, draft.inbound, "inbound", transform));
  if (draft.outbound) sas.push(saOf(draft, draft.outbound, "outbound", transform));
  return sas;
}

function saOf(draft: ChildDraft, found: Direction, direction: IpsecSa["direction"], transform: Transform): IpsecSa {
  return {
    line: found.line,
    direction,
    protocol: draft.protocol,
    spi: found.spi,
    transform,
    settings: NONE,
    mode: draft.isTunnel ? "tunnel" : "transport",
    udpEncapsulated: draft.inUdp,
    connectionId: draft.id,
    secondsLeft: draft.secondsLeft !== undefined && draft.secondsLeft >= 0 ? draft.secondsLeft : undefined,
    status: draft.state,
  };
}
