/** A phase 2 of `diagnose vpn tunnel list`, line by line. */
import type { IpsecFlow, IpsecSa, Selector } from "../../../domain/readings/ipsec.ts";
import { transformOf } from "../algorithms.ts";
import { readSelector } from "../selectors.ts";
import { namesOf } from "../tunnel-names.ts";

export interface TunnelHead {
  readonly line: number;
  readonly name: string;
  readonly local: string | undefined;
  readonly remote: string | undefined;
  readonly remotePort: number | undefined;
  inUdp: boolean;
  /** It has a tunnel interface of its own name; policy-based tunnels have none. */
  isInterface: boolean;
  /** Where it says that it never carried a packet, either way. */
  neverUsedLine?: number | undefined;
  /** The dial-up gateway that it was made from. */
  parent?: string | undefined;
}
interface SaDraft {
  readonly line: number;
  readonly direction: IpsecSa["direction"];
  readonly spi: string;
  readonly cipher: string;
  readonly keyBytes: number | undefined;
  hash?: string;
}
export interface Phase2 {
  readonly line: number;
  readonly name: string;
  readonly sas: SaDraft[];
  /** As printed: how many pairs of SAs it has. */
  readonly pairs: number;
  readonly local: (Selector | undefined)[];
  readonly remote: (Selector | undefined)[];
  inbound: number | undefined;
  outbound: number | undefined;
  mtu: number | undefined;
  replayWindow: number | undefined;
  secondsLeft: number | undefined;
  readonly at: Record<string, number>;
}

export function openSelectors(groups: Readonly<Record<string, string | undefined>>, line: number): Phase2 {
  return {
    line,
    name: groups["name"] ?? "",
    pairs: Number(groups["sas"]),
    sas: [],
    local: [],
    remote: [],
    inbound: undefined,
    outbound: undefined,
    mtu: undefined,
    replayWindow: undefined,
    secondsLeft: undefined,
    at: { outboundSpi: line },
  };
}

const SELECTOR = /^\s{0,8}(?<side>src|dst): (?<selector>\S{3,120})$/;
const SA =
  /^\s{0,8}SA: {1,3}ref=\d.{0,120}? mtu=(?<mtu>\d{1,6})(?: expire=(?<left>-?\d{1,9}))?(?:\/\S{1,12})?(?: replaywin=(?<window>\d{1,6}))?/;
const KEYED =
  /^\s{0,8}(?<way>dec|enc): spi=(?<spi>[0-9a-f]{8}) esp=(?<cipher>[\w-]{2,24})(?: key=(?<bytes>\d{1,3}))?(?: .{0,200})?$/;
const HASH = /^\s{0,12}ah=(?<hash>[\w-]{2,12})(?: .{0,300})?$/;
const COUNTED =
  /^\s{0,8}dec: ?pkts\/bytes=(?<in>\d{1,20})\/\d{1,20}, enc: ?pkts\/bytes=(?<out>\d{1,20})\/\d{1,20}(?:, .{0,80})?$/;
const ASIDE = /^\s{0,12}(?:life: type=|seqno=|npu_\w{2,12}=|replaywin_lastseq=|SA: {1,3}ref=|qat=|dst_mtu=)/;

export function readPhase2Line(phase2: Phase2, text: string, line: number): boolean {
  const selector = SELECTOR.exec(text)?.groups;
  if (selector) {
    const isLocal = selector["side"] === "src";
    (isLocal ? phase2.local : phase2.remote).push(readSelector(selector["selector"] ?? ""));
    phase2.at[isLocal ? "localIdent" : "remoteIdent"] ??= line;
    return true;
  }
  const keyed = KEYED.exec(text)?.groups;
  if (keyed) return keep(phase2, keyed, line);
  const hash = HASH.exec(text)?.groups?.["hash"];
  const open = phase2.sas.at(-1);
  if (hash !== undefined && open) {
    open.hash ??= hash;
    return true;
  }
  const counted = COUNTED.exec(text)?.groups;
  if (counted) return count(phase2, counted, line);
  const sa = SA.exec(text)?.groups;
  if (sa) {
    phase2.mtu ??= numberOf(sa["mtu"]);
    phase2.secondsLeft ??= numberOf(sa["left"]);
    phase2.replayWindow ??= numberOf(sa["window"]);
    phase2.at["plaintextMtu"] ??= line;
  }
  return sa !== undefined || ASIDE.test(text);
}

function keep(phase2: Phase2, groups: Readonly<Record<string, string | undefined>>, line: number): boolean {
  const { way, spi = "", cipher = "", bytes } = groups;
  const isFirst = !phase2.sas.some(({ direction }) => direction === "outbound");
  phase2.sas.push({
    line,
    direction: way === "dec" ? "inbound" : "outbound",
    spi: `0x${spi}`,
    cipher,
    keyBytes: numberOf(bytes),
  });
  // While an SA is renewed the new one stands first.
  if (way === "enc" && isFirst) phase2.at["outboundSpi"] = line;
  return true;
}

/** While an SA is renewed there are two pairs: the flow's packets are those of both. */
function count(phase2: Phase2, groups: Readonly<Record<string, string | undefined>>, line: number): boolean {
  phase2.inbound = (phase2.inbound ?? 0) + Number(groups["in"]);
  phase2.outbound = (phase2.outbound ?? 0) + Number(groups["out"]);
  phase2.at["decaps"] ??= line;
  phase2.at["encaps"] ??= line;
  return true;
}

function numberOf(text: string | undefined): number | undefined {
  const number = text === undefined ? undefined : Number(text);
  return number !== undefined && number >= 0 ? number : undefined;
}

/** Of more pairs than these nobody asks. */
const MOST_PAIRS = 64;

/** One flow for each pair of networks; the counters, which are of all of them together, go with the first. */
export function flowsOf(phase2: Phase2, tunnel: TunnelHead): IpsecFlow[] {
  const outbound = phase2.sas.find(({ direction }) => direction === "outbound");
  const flow: IpsecFlow = {
    line: phase2.line,
    ...(tunnel.isInterface && { interface: tunnel.name }),
    names: namesOf(tunnel.parent ?? tunnel.name, phase2.name),
    localEndpoint: tunnel.local,
    remoteEndpoint: tunnel.remote,
    peer: tunnel.remote,
    peerPort: tunnel.remotePort,
    flags: [],
    counters: countersOf(phase2, tunnel),
    plaintextMtu: phase2.mtu,
    // Where the paste lost the SAs of a pair that is said to be there, it is not known.
    outboundSpi: outbound?.spi ?? (phase2.pairs === 0 ? "0x0" : undefined),
    sas:
      phase2.sas.length > 0 || phase2.pairs === 0
        ? phase2.sas.map((draft) => saOf(phase2, draft, tunnel))
        : untold(phase2),
    at: isUnused(phase2, tunnel)
      ? { encaps: tunnel.neverUsedLine ?? phase2.line, decaps: tunnel.neverUsedLine ?? phase2.line, ...phase2.at }
      : phase2.at,
  };
  const pairs = phase2.local.flatMap((localIdent) =>
    phase2.remote.flatMap((remoteIdent) => (localIdent && remoteIdent ? [{ localIdent, remoteIdent }] : [])),
  );
  if (pairs.length === 0) return [flow];
  return pairs
    .slice(0, MOST_PAIRS)
    .map((pair, index) => ({ ...flow, ...pair, counters: index === 0 ? flow.counters : {} }));
}

/** A selector without SAs has no counters of its own: where its tunnel carried nothing, it did not either. */
function isUnused(phase2: Phase2, { neverUsedLine }: TunnelHead): boolean {
  return phase2.outbound === undefined && phase2.inbound === undefined && neverUsedLine !== undefined;
}

function countersOf(phase2: Phase2, tunnel: TunnelHead): IpsecFlow["counters"] {
  return isUnused(phase2, tunnel) ? { encaps: 0, decaps: 0 } : { encaps: phase2.outbound, decaps: phase2.inbound };
}

/** The paste lost the lines of the SAs that the selector's own line counts ("sa=1"). */
function untold({ line }: Phase2): IpsecSa[] {
  return (["inbound", "outbound"] as const).map((direction) => ({
    line,
    direction,
    protocol: "esp",
    settings: [],
    status: "active",
  }));
}

function saOf(phase2: Phase2, draft: SaDraft, tunnel: TunnelHead): IpsecSa {
  return {
    line: draft.line,
    direction: draft.direction,
    protocol: "esp",
    spi: draft.spi,
    transform: transformOf(draft.cipher, draft.keyBytes, draft.hash),
    settings: [],
    udpEncapsulated: tunnel.inUdp,
    secondsLeft: phase2.secondsLeft,
    ...(phase2.replayWindow !== undefined && {
      replayDetection: phase2.replayWindow > 0,
      ...(phase2.replayWindow > 0 && { replayWindow: phase2.replayWindow }),
    }),
  };
}
