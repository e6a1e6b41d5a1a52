/** Do packets that arrive pass their checks: anti-replay and authentication? */
import { type Answer, NOT_KNOWN, no, type Question, yes } from "../answer.ts";
import { type FlowTraffic, trafficOf } from "../traffic.ts";
import { bothEnds, type Tunnel } from "../tunnel.ts";
import { wasLoggedSinceCounters } from "./attempts.ts";

/** Below one in a thousand of the packets received, drops are noise (catalogue 3.5). */
const NOISE = 0.001;
/** From one in a hundred on, nothing else explains the counter. */
export const PLAIN = 0.01;
/** Fewer drops than this say nothing, whatever their share: a rekey or a reordering once costs as much. */
export const TOO_FEW = 10;
/** Lines of the log; each is rate-limited and stands for many packets. */
const A_FEW = 3;

/** The tree's question. Without the detailed counters, no complaint that points there and no drops logged: taken as yes. */
export function packetsPassTheirChecks(tunnel: Tunnel): Answer {
  const flows = checkedFlows(tunnel);
  const failing = flows.find(
    (flow) => share(flow, flow.replayFailed) >= NOISE || share(flow, flow.verifyFailed) >= NOISE,
  );
  if (failing) {
    const line =
      share(failing, failing.replayFailed) >= NOISE ? failing.lines.replayFailed : failing.lines.verifyFailed;
    return no([line], { side: failing.end.side });
  }
  const complaint = tunnel.known.symptom;
  // What comes and goes is not answered by one look at totals.
  if (complaint === "intermittent" && !flows.some(({ isDifference }) => isDifference)) return NOT_KNOWN;
  if (flows.some(hasRisingErrors)) return NOT_KNOWN;
  // The table may be of before: a second one tells whether they count.
  if (["replay-check-failed", "mac-verify-failed"].some((name) => wasLoggedSinceCounters(tunnel, name, A_FEW)))
    return NOT_KNOWN;
  const passing = flows.filter((flow) => flow.replayFailed !== undefined);
  if (passing.length > 0) return yes(passing.map(({ lines }) => lines.replayFailed));
  // Errors of any kind, not counted apart: the detailed form would tell which.
  if (countersWereUnread(tunnel) || flows.some((flow) => share(flow, flow.recvErrors) >= PLAIN)) return NOT_KNOWN;
  if (complaint === "intermittent" || complaint === "slow") return NOT_KNOWN;
  return { is: true, evidence: [] };
}

/** Packets that were lost between two readings, for a reason that other counters do not name. */
function hasRisingErrors(flow: FlowTraffic): boolean {
  if (!flow.isDifference) return false;
  const sent = (flow.sendErrors ?? 0) >= TOO_FEW && (flow.sendErrors ?? 0) >= PLAIN * (flow.encrypted ?? 0);
  return sent || share(flow, flow.recvErrors) >= PLAIN || share(flow, flow.invalidIdentity) >= PLAIN;
}

/** A counter that could not be read may be the one that speaks against it. */
function countersWereUnread({ known }: Tunnel): boolean {
  return known.pastes.some(({ paste }) =>
    paste.outputs.some(
      ({ values, unread }) =>
        values.some(({ kind }) => kind === "ipsec-sas") && unread.some(({ text }) => text.includes("pkts")),
    ),
  );
}

export const INTEGRITY_QUESTIONS: Readonly<Record<string, Question>> = {
  "replay-drops-are-plain": (tunnel) => drops(tunnel, "replayFailed", PLAIN),
  "replay-drops-matter": (tunnel) => drops(tunnel, "replayFailed", NOISE),
  "verify-failures-are-plain": (tunnel) => drops(tunnel, "verifyFailed", PLAIN),
  "verify-failures-matter": (tunnel) => drops(tunnel, "verifyFailed", NOISE),
  "receive-errors-are-counted": (tunnel) => {
    const flow = bothEnds(tunnel)
      .flatMap((end) => trafficOf(tunnel, end, "ipsec-sas"))
      .find(({ recvErrors }) => (recvErrors ?? 0) > 0);
    return flow ? yes([flow.lines.errors], { side: flow.end.side }) : NOT_KNOWN;
  },
};

function drops(tunnel: Tunnel, counter: "replayFailed" | "verifyFailed", least: number): Answer {
  const flows = checkedFlows(tunnel).filter((flow) => flow[counter] !== undefined);
  const dropping = flows.find((flow) => share(flow, flow[counter]) >= least);
  if (dropping) return yes([dropping.lines[counter]], { side: dropping.end.side });
  return flows.length > 0 ? no(flows.map(({ lines }) => lines[counter])) : NOT_KNOWN;
}

function checkedFlows(tunnel: Tunnel): FlowTraffic[] {
  return bothEnds(tunnel).flatMap((end) => trafficOf(tunnel, end, "ipsec-sas"));
}

/** The part of the packets received that was dropped. */
function share(flow: FlowTraffic, dropped: number | undefined): number {
  if (dropped === undefined || dropped < TOO_FEW) return 0;
  return dropped / (dropped + (flow.decrypted ?? 0));
}
