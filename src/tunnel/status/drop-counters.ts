/**
 * Counters of dropped packets that are of all tunnels of a device: only what they rise by between two looks says
 * anything, and even that never which tunnel it was.
 */
import { type Answer, at, NOT_KNOWN, type Question, yes } from "../answer.ts";
import { bothEnds, type Tunnel } from "../tunnel.ts";

/** Fewer are an accident of the moment. */
const A_FEW = 10;

/** Names of counters of the ASA ("ipsec-spoof"), of Linux ("XfrmInNoStates") and of PAN-OS ("flow_tunnel_ipsec_wrong_spi"), by what the packets were dropped for. */
const REASONS: Readonly<Record<string, RegExp>> = {
  "drops-for-replay-rise": /^XfrmInStateSeqError$/,
  "drops-for-integrity-rise": /^XfrmInStateProtoError$/,
  "drops-for-an-unknown-spi-rise": /^(?:XfrmInNoStates|bad-ipsec-spi|flow_tunnel_ipsec_wrong_spi)$/,
  "drops-for-another-network-rise": /^(?:XfrmInNoPols|ipsec-selector-failure)$/,
  "drops-of-clear-packets-rise": /^(?:XfrmInTmplMismatch|ipsec-spoof)$/,
  "drops-for-nat-rise": /^nat-rpf-failed$/,
  "drops-for-overlap-rise": /^vpn-overlap-conflict$/,
};

export const DROP_COUNTER_QUESTIONS: Readonly<Record<string, Question>> = Object.fromEntries(
  Object.entries(REASONS).map(([name, pattern]) => [name, (tunnel: Tunnel) => rises(tunnel, pattern)]),
);

/** Yes: between the last two looks, or since the one before that was not shown, the counter rose; a smaller one was set back in between. */
function rises(tunnel: Tunnel, pattern: RegExp): Answer {
  for (const end of bothEnds(tunnel)) {
    const last = end.dropCounters.at(-1);
    const risen =
      last?.item.isDelta === true
        ? last.item.counters.find(({ name, count }) => pattern.test(name) && count >= A_FEW)
        : undefined;
    if (last && risen) return yes([at(tunnel, last, risen.line)], { side: end.side });
    const [before, now] = end.dropCounters.filter(({ item }) => item.isDelta !== true).slice(-2);
    if (!before || !now) continue;
    for (const { name, count, line } of now.item.counters) {
      if (!pattern.test(name)) continue;
      const earlier = before.item.counters.find((counter) => counter.name === name);
      if (earlier && count - earlier.count >= A_FEW)
        return yes([at(tunnel, before, earlier.line), at(tunnel, now, line)], { side: end.side });
    }
  }
  return NOT_KNOWN;
}
