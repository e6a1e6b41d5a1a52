/** Do packets that arrive pass their checks: anti-replay and authentication? */
import { type Answer, NOT_KNOWN, no, type Question, yes } from "../answer.ts";
import { type FlowTraffic, trafficOf } from "../traffic.ts";
import { bothEnds, type Tunnel } from "../tunnel.ts";

/** Below one in a thousand of the packets received, drops are noise (catalogue 3.5). */
const NOISE = 0.001;
/** From one in a hundred on, nothing else explains the counter. */
const PLAIN = 0.01;

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
  const passing = flows.filter((flow) => flow.replayFailed !== undefined);
  if (passing.length > 0) return yes(passing.map(({ lines }) => lines.replayFailed));
  if (countersWereUnread(tunnel)) return NOT_KNOWN;
  const complaint = tunnel.known.symptom;
  if (complaint === "intermittent" || complaint === "slow") return NOT_KNOWN;
  return { is: true, evidence: [] };
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
  if (dropped === undefined || dropped <= 0) return 0;
  return dropped / (dropped + (flow.decrypted ?? 0));
}
