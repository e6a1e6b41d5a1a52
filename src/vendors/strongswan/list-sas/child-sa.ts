/** A CHILD_SA of `swanctl --list-sas`, line by line. */
import type { IpsecFlow, IpsecSa } from "../../../domain/readings/ipsec.ts";
import { negotiated, negotiatedTransform } from "../proposals.ts";
import { readSelectors } from "../selectors.ts";
import type { IkeDraft } from "./ike-sa.ts";

export interface ChildDraft {
  readonly line: number;
  readonly id: number;
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

const SA =
  /^ {4}(?<direction>in |out) (?<spi>[0-9a-f]{8})(?: \([^)]{1,60}\))?, {1,20}(?<bytes>\d{1,20}) bytes, {1,8}(?<packets>\d{1,20}) packets/;
const SELECTORS = /^ {4}(?<side>local|remote) {1,2}(?<list>\S.{0,2000})$/;
const INSTALLED = /^ {4}installed \d{1,10}s ago(?:, rekeying in (?<rekey>-?\d{1,10})s)?/;

export function openChild(groups: Readonly<Record<string, string | undefined>>, line: number): ChildDraft {
  return {
    line,
    id: Number(groups["id"]),
    state: groups["state"] ?? "",
    isTunnel: groups["mode"] !== "TRANSPORT",
    inUdp: groups["inUdp"] !== undefined,
    protocol: groups["protocol"] === "AH" ? "ah" : "esp",
    algorithms: groups["algorithms"] ?? "",
    local: "",
    remote: "",
    at: { state: line },
  };
}

export function readChildLine(draft: ChildDraft, text: string, line: number): boolean {
  const sa = SA.exec(text)?.groups;
  if (sa) {
    const direction: Direction = { line, spi: `0x${sa["spi"]}`, packets: Number(sa["packets"]) };
    if (sa["direction"] === "out") {
      draft.outbound = direction;
      draft.at["outboundSpi"] = line;
      draft.at["encaps"] = line;
    } else {
      draft.inbound = direction;
      draft.at["decaps"] = line;
    }
    return true;
  }
  const selectors = SELECTORS.exec(text)?.groups;
  if (selectors) {
    const side = selectors["side"] === "local" ? "local" : "remote";
    draft[side] = selectors["list"] ?? "";
    draft.at[side === "local" ? "localIdent" : "remoteIdent"] = line;
    return true;
  }
  const installed = INSTALLED.exec(text);
  if (!installed) return false;
  const rekey = installed.groups?.["rekey"];
  if (rekey !== undefined) draft.secondsLeft = Number(rekey);
  return true;
}

/** States in which a CHILD_SA carries packets (strongSwan, child_sa.h); others are being made … */
const CARRIES: ReadonlySet<string> = new Set(["INSTALLED", "UPDATING", "REKEYING"]);
/** … or are on their way out, and have a successor or none: their counters say nothing of now. */
const IS_GONE: ReadonlySet<string> = new Set(["REKEYED", "DELETING", "DELETED", "DESTROYING", "ROUTED"]);

/** One flow for each pair of networks; the counters, which are of all of them together, go with the first. */
export function finishChild(draft: ChildDraft, ike: IkeDraft): IpsecFlow[] {
  const { inbound, outbound } = draft;
  if (IS_GONE.has(draft.state)) return [];
  const carries = CARRIES.has(draft.state);
  const { group } = negotiated(draft.algorithms);
  const flow: IpsecFlow = {
    line: draft.line,
    localEndpoint: ike.local?.address,
    remoteEndpoint: ike.remote?.address,
    peer: ike.remote?.address,
    peerPort: ike.remote?.port,
    flags: [],
    counters: { encaps: outbound?.packets, decaps: inbound?.packets },
    outboundSpi: carries ? outbound?.spi : "0x0",
    // The first CHILD_SA of an IKEv2 SA is keyed with it, without an exchange of its own.
    pfsGroup: group,
    sas: carries ? [...saOf(draft, inbound, "inbound"), ...saOf(draft, outbound, "outbound")] : [],
    at: draft.at,
  };
  const pairs = pairsOf(draft);
  if (pairs.length === 0) return [flow];
  return pairs.map((pair, index) => ({ ...flow, ...pair, counters: index === 0 ? flow.counters : {} }));
}

/** Of more pairs than these nobody asks. */
const MOST_PAIRS = 64;

function pairsOf({ local, remote }: ChildDraft): Pick<IpsecFlow, "localIdent" | "remoteIdent">[] {
  const ours = readSelectors(local) ?? [];
  const theirs = readSelectors(remote) ?? [];
  return ours.flatMap((localIdent) => theirs.map((remoteIdent) => ({ localIdent, remoteIdent }))).slice(0, MOST_PAIRS);
}

function saOf(draft: ChildDraft, found: Direction | undefined, direction: IpsecSa["direction"]): IpsecSa[] {
  if (!found) return [];
  return [
    {
      line: found.line,
      direction,
      protocol: draft.protocol,
      spi: found.spi,
      transform: negotiatedTransform(draft.protocol, draft.algorithms),
      settings: [],
      mode: draft.isTunnel ? "tunnel" : "transport",
      udpEncapsulated: draft.inUdp,
      connectionId: draft.id,
      secondsLeft: draft.secondsLeft !== undefined && draft.secondsLeft >= 0 ? draft.secondsLeft : undefined,
      status: draft.state,
    },
  ];
}
