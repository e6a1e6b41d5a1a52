/**
 * `ip xfrm state`, with `-s` also its counters: the SAs that the kernel holds, whoever made them. Keys in it are taken out
 * before it is read.
 * Source: iproute2 (ip/ipxfrm.c), and what it prints.
 */
import { canonicalAddress } from "../../domain/network.ts";
import type { Command, Line, Output, Parsed } from "../../domain/output.ts";
import type { IpsecFlow, IpsecSa } from "../../domain/readings/ipsec.ts";

const HEAD = /^src (?<src>[0-9a-fA-F.:]{2,45}) dst (?<dst>[0-9a-fA-F.:]{2,45})$/;
/** Further in it stands below a policy's template. */
const PROTO =
  /^(?:\t| {1,8})proto (?<protocol>esp|ah|comp) spi 0x(?<spi>[0-9a-f]{1,8})(?:\(\d{1,10}\))? reqid (?<reqid>\d{1,10})(?:\(0x[0-9a-f]{1,8}\))? mode (?<mode>tunnel|transport|beet|\w{1,20})/;
const WINDOW = /^\s+replay-window (?<window>\d{1,6})\b/;
const ANTI_REPLAY =
  /^\s+anti-replay (?:esn )?context: seq(?:-hi)? 0x(?<seq>[0-9a-f]{1,8}),(?: seq 0x[0-9a-f]{1,8},)? oseq(?:-hi)? 0x(?<oseq>[0-9a-f]{1,8})/;
const ESN =
  /^\s+seq-hi 0x[0-9a-f]{1,8}, seq 0x(?<seq>[0-9a-f]{1,8}), oseq-hi 0x[0-9a-f]{1,8}, oseq 0x(?<oseq>[0-9a-f]{1,8})/;
const CURRENT = /^\s+(?<bytes>\d{1,18})\(bytes\), (?<packets>\d{1,18})\(packets\)/;
const STATS = /^\s+replay-window (?<window>\d{1,10}) replay (?<replay>\d{1,10}) failed (?<failed>\d{1,10})/;
const DIR = /^\s+dir (?<dir>in|out)\b/;
const ENCAP = /^\s+encap type espinudp/;
/** What says nothing of the tunnel's state. */
const ASIDE =
  /^[ \t]{1,40}(?:replay-window|auth|auth-trunc|enc|aead|comp|sel|mark|output-mark|if_id|offload|tfcpad|coa|encap|flag|lifetime config|lifetime current|limit:|expire |add |stats:|lastused|security context|config:|crypto offload|anti-replay|seq-hi|replay_window|dir|\d{1,18}\(bytes\)|[0-9a-f]{1,8}(?: [0-9a-f]{1,8}){0,9} ?$)/;

interface Draft {
  readonly line: number;
  readonly src: string;
  readonly dst: string;
  protocol: "esp" | "ah";
  spi: string;
  reqid: string;
  mode: "tunnel" | "transport";
  window: number | undefined;
  seq: number;
  oseq: number;
  packets: number | undefined;
  packetsLine: number | undefined;
  replay: number | undefined;
  failed: number | undefined;
  statsLine: number | undefined;
  dir: string | undefined;
  inUdp: boolean;
}

export const ipXfrmState: Command = {
  run: "ip [-s] [-d] xfrm state",
  alsoRun: ["ip xfrm state [show] [list]", "ip -s xfrm state [show] [list]", "ip -s -s xfrm state", "ip x s"],
  looksLike: [HEAD, PROTO],
  parse(output: Output): Parsed {
    const unread: Line[] = [];
    const states: Draft[] = [];
    let open: Draft | undefined;
    let isInStats = false;
    for (const { text, number } of output.lines) {
      const head = HEAD.exec(text)?.groups;
      if (head) {
        open = begin(head, number);
        if (open) states.push(open);
        isInStats = false;
      } else if (open && /^\s+stats:/.test(text)) isInStats = true;
      else if (open && read(open, text, number, isInStats)) continue;
      else if (text.trim() !== "" && !(open && ASIDE.test(text))) unread.push({ text, number });
    }
    const made = states.filter(({ spi }) => spi !== "");
    if (made.length === 0 && (unread.length > 0 || output.isOpenEnded === true)) return { values: [], unread };
    const flows = flowsOf(made, sends);
    if (made.length === 0 || flows.length > 0) return { values: [{ kind: "ipsec-sas", flows, detail: true }], unread };
    // Nothing tells which way an SA goes: nothing is said of either end before its own address is known.
    const seenFrom = [...new Set(made.flatMap(({ src, dst }) => [src, dst]))].flatMap((own) => {
      const flows = flowsOf(made, (out) => out.src === own);
      return flows.length > 0 ? { own, flows } : [];
    });
    if (seenFrom.length === 0) return { values: [], unread };
    return { values: [{ kind: "ipsec-sas", flows, seenFrom, detail: true }], unread };
  },
};

function begin({ src = "", dst = "" }: Readonly<Record<string, string | undefined>>, line: number): Draft | undefined {
  const [from, to] = [canonicalAddress(src), canonicalAddress(dst)];
  if (from === undefined || to === undefined) return undefined;
  return {
    line,
    src: from,
    dst: to,
    protocol: "esp",
    spi: "",
    reqid: "0",
    mode: "tunnel",
    window: undefined,
    seq: 0,
    oseq: 0,
    packets: undefined,
    packetsLine: undefined,
    replay: undefined,
    failed: undefined,
    statsLine: undefined,
    dir: undefined,
    inUdp: false,
  };
}

function read(open: Draft, text: string, line: number, isInStats: boolean): boolean {
  const stats = isInStats ? STATS.exec(text)?.groups : undefined;
  if (stats) {
    open.replay = Number(stats["replay"]);
    open.failed = Number(stats["failed"]);
    open.statsLine = line;
    return true;
  }
  const proto = PROTO.exec(text)?.groups;
  const window = WINDOW.exec(text)?.groups?.["window"];
  const replay = (ANTI_REPLAY.exec(text) ?? ESN.exec(text))?.groups;
  const current = CURRENT.exec(text)?.groups;
  const dir = DIR.exec(text)?.groups?.["dir"];
  if (proto) {
    open.protocol = proto["protocol"] === "ah" ? "ah" : "esp";
    open.spi = `0x${proto["spi"]}`;
    open.reqid = proto["reqid"] ?? "0";
    open.mode = proto["mode"] === "transport" ? "transport" : "tunnel";
  } else if (window !== undefined) open.window = Number(window);
  else if (replay) {
    open.seq = Math.max(open.seq, Number.parseInt(replay["seq"] ?? "0", 16));
    open.oseq = Math.max(open.oseq, Number.parseInt(replay["oseq"] ?? "0", 16));
  } else if (current) {
    open.packets = Number(current["packets"]);
    open.packetsLine = line;
  } else if (dir !== undefined) open.dir = dir;
  else if (ENCAP.test(text)) open.inUdp = true;
  else return false;
  return true;
}

/** An SA that sends counts its own numbers (oseq) and has no window; the one the other way has the same ends, crosswise. */
function flowsOf(states: readonly Draft[], isOutbound: (out: Draft, back: Draft) => boolean): IpsecFlow[] {
  const flows: IpsecFlow[] = [];
  const newest = [...states].reverse();
  const done = new Set<string>();
  for (const out of newest) {
    const back = newest.find((other) => other.src === out.dst && other.dst === out.src && other.reqid === out.reqid);
    const key = [out.src, out.dst, out.reqid].join(" ");
    if (!back || done.has(key) || !isOutbound(out, back)) continue;
    done.add(key);
    flows.push(flowOf(out, back));
  }
  return flows.reverse();
}

function sends(out: Draft, back: Draft): boolean {
  if (out.dir !== undefined || back.dir !== undefined) return out.dir === "out" || back.dir === "in";
  if (out.oseq > 0 || back.seq > 0) return true;
  return out.window === 0 && (back.window ?? 0) > 0 && out.seq === 0 && back.oseq === 0;
}

function flowOf(out: Draft, back: Draft): IpsecFlow {
  const sa = (state: Draft, direction: IpsecSa["direction"]): IpsecSa => ({
    line: state.line,
    direction,
    protocol: state.protocol,
    spi: state.spi,
    settings: [],
    mode: state.mode,
    ...(state.inUdp && { udpEncapsulated: true }),
    ...(state.window !== undefined && { replayWindow: state.window }),
  });
  return {
    line: out.line,
    localAddress: out.src,
    peer: out.dst,
    flags: [],
    counters: {
      encaps: out.packets ?? (out.oseq > 0 ? out.oseq : undefined),
      decaps: back.packets,
      replayFailed: back.replay,
      verifyFailed: back.failed,
    },
    localEndpoint: out.src,
    remoteEndpoint: out.dst,
    outboundSpi: out.spi,
    sas: [sa(back, "inbound"), sa(out, "outbound")],
    at: {
      encaps: out.packetsLine ?? out.line,
      decaps: back.packetsLine ?? back.line,
      outboundSpi: out.line,
      ...(back.statsLine !== undefined && { replayFailed: back.statsLine, verifyFailed: back.statsLine }),
    },
  };
}
