/**
 * Packet counters of the tunnel's flows, as differences where two readings of one SA exist. Counters are cumulative
 * (trap T9): a total alone shows that a direction worked once, and that one with zero never did.
 */
import type { Selector } from "../domain/readings/ipsec.ts";
import type { Evidence } from "../domain/verdict.ts";
import { breakBetween, type Reading } from "./break.ts";
import { flowName, type Sample, sampledLooks } from "./counter-samples.ts";
import { oncePerEnd } from "./once-per-end.ts";
import { otherSide, type Tunnel } from "./tunnel.ts";
import type { EndView } from "./view.ts";

export interface FlowTraffic {
  readonly end: EndView;
  /** "3.1.1.0/24 → 4.1.1.0/24", from this end's point of view. */
  readonly flow: string;
  readonly local?: Selector | undefined;
  readonly remote?: Selector | undefined;
  /** undefined: the output was cut before it could tell. */
  readonly hasSa: boolean | undefined;
  /** Packets since the earlier reading where `isDifference`, else in all. */
  readonly encrypted?: number | undefined;
  readonly decrypted?: number | undefined;
  readonly isDifference: boolean;
  /** The device counts bytes: then the packets are the fewest that they can be. */
  readonly isOfBytes: boolean;
  readonly replayFailed?: number | undefined;
  readonly verifyFailed?: number | undefined;
  /** In the detailed form: packets for which there was no SA. */
  readonly sendErrors?: number | undefined;
  readonly recvErrors?: number | undefined;
  readonly invalidIdentity?: number | undefined;
  readonly lines: {
    readonly encrypted: Evidence;
    readonly decrypted: Evidence;
    readonly replayFailed: Evidence;
    readonly verifyFailed: Evidence;
    readonly errors: Evidence;
  };
}

/**
 * Traffic of every flow with the peer as this end shows it last; empty where no counters were read. `from` limits it
 * to `show crypto ipsec sa`, which counts drops and errors apart.
 */
export function trafficOf(
  tunnel: Tunnel,
  end: EndView,
  from: "anything" | "ipsec-sas" = "anything",
): readonly FlowTraffic[] {
  return from === "anything" ? allTraffic(tunnel, end) : ipsecTraffic(tunnel, end);
}

const allTraffic = oncePerEnd((tunnel, end) => findTraffic(tunnel, end, "anything"));
const ipsecTraffic = oncePerEnd((tunnel, end) => findTraffic(tunnel, end, "ipsec-sas"));

function findTraffic(tunnel: Tunnel, end: EndView, from: "anything" | "ipsec-sas"): FlowTraffic[] {
  const looks = sampledLooks(end, from);
  const latest = looks.findLast(({ samples }) => samples.length > 0);
  if (!latest) return [];
  return latest.samples.map((sample) => {
    const earlier = looks
      .filter(({ order }) => order < latest.order)
      .flatMap((look) => look.samples.map((each) => ({ look, sample: each })))
      .findLast((candidate) => isComparable(tunnel, end, candidate, { look: latest, sample }));
    return traffic(tunnel, end, sample, earlier?.sample);
  });
}

/** Two readings can be subtracted when they show the same counters of one SA and nothing was cleared in between. */
function isComparable(tunnel: Tunnel, end: EndView, before: Reading, after: Reading): boolean {
  if (before.sample.flow !== after.sample.flow || before.sample.spi !== after.sample.spi) return false;
  if (Object.keys(before.sample.counts).length !== Object.keys(after.sample.counts).length) return false;
  return breakBetween(tunnel, end, before, after) === undefined;
}

function traffic(tunnel: Tunnel, end: EndView, sample: Sample, earlier: Sample | undefined): FlowTraffic {
  const count = (name: string): number | undefined => {
    const now = sample.counts[name];
    const before = earlier?.counts[name];
    return now === undefined || !earlier ? now : now - (before ?? 0);
  };
  const evidence = (name: string) => tunnel.lines.evidence(sample.held.paste, sample.line(name));
  return {
    end,
    flow: sample.flow,
    local: sample.local,
    remote: sample.remote,
    hasSa: sample.hasSa,
    encrypted: count("encaps") ?? packetsOf(count("bytesOut")),
    decrypted: count("decaps") ?? packetsOf(count("bytesIn")),
    isDifference: earlier !== undefined,
    isOfBytes: sample.counts["bytesOut"] !== undefined || sample.counts["bytesIn"] !== undefined,
    replayFailed: count("replayFailed"),
    verifyFailed: count("verifyFailed"),
    sendErrors: count("sendErrors") ?? count("noSaSend"),
    recvErrors: count("recvErrors"),
    invalidIdentity: count("invalidIdentity"),
    lines: {
      encrypted: evidence("encaps"),
      decrypted: evidence("decaps"),
      replayFailed: evidence("replayFailed"),
      verifyFailed: evidence("verifyFailed"),
      errors: evidence(ERRORS.find((name) => (sample.counts[name] ?? 0) > 0) ?? "sendErrors"),
    },
  };
}

/** The MTU of Ethernet: no packet of a tunnel is larger. */
const BYTES_A_PACKET = 1500;

function packetsOf(bytes: number | undefined): number | undefined {
  return bytes === undefined ? undefined : Math.ceil(bytes / BYTES_A_PACKET);
}

/** In the order in which one of them is shown. */
const ERRORS = ["recvErrors", "sendErrors", "noSaSend", "invalidIdentity"] as const;

/** What the other end shows of the same flow, if it does. */
export function mirroredFlow(tunnel: Tunnel, flow: FlowTraffic): FlowTraffic | undefined {
  const flows = trafficOf(tunnel, tunnel[otherSide(flow.end.side)]);
  const mirror = flowName(flow.remote, flow.local);
  return flows.find((other) => other.flow === mirror) ?? (flows.length === 1 ? flows[0] : undefined);
}
