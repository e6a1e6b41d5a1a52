/**
 * Packet counters of the tunnel's flows, as differences where two readings of one SA exist. Counters are cumulative
 * (trap T9): a total alone shows that a direction worked once, and that one with zero never did.
 */
import { formatNetwork } from "../domain/network.ts";
import type { IpsecFlow, Selector } from "../domain/readings/ipsec.ts";
import type { CryptoSession, SessionFlow } from "../domain/readings/session.ts";
import type { Evidence } from "../domain/verdict.ts";
import { hasActiveSa } from "./active-sa.ts";
import type { Held } from "./known.ts";
import { otherSide, type Tunnel } from "./tunnel.ts";
import { type EndView, lineOf } from "./view.ts";

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

interface Sample {
  readonly held: Held<unknown>;
  readonly flow: string;
  readonly local?: Selector | undefined;
  readonly remote?: Selector | undefined;
  readonly spi?: string | undefined;
  readonly hasSa: boolean | undefined;
  readonly counts: Readonly<Record<string, number | undefined>>;
  readonly line: (counter: string) => number;
}

/**
 * Traffic of every flow with the peer as this end shows it last; empty where no counters were read. `from` limits it
 * to `show crypto ipsec sa`, which counts drops and errors apart.
 */
export function trafficOf(tunnel: Tunnel, end: EndView, from: "anything" | "ipsec-sas" = "anything"): FlowTraffic[] {
  const looks = end.flows.map((look) => ({ order: look.order, samples: look.items.map(flowSample) }));
  if (from === "anything")
    for (const look of end.sessions) looks.push({ order: look.order, samples: look.items.flatMap(sessionSamples) });
  looks.sort((a, b) => a.order - b.order);
  const latest = looks.findLast(({ samples }) => samples.length > 0);
  if (!latest) return [];
  return latest.samples.map((sample) => {
    const earlier = looks
      .filter(({ order }) => order < latest.order)
      .flatMap(({ samples }) => samples)
      .findLast((candidate) => isComparable(candidate, sample));
    return traffic(tunnel, end, sample, earlier);
  });
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
    encrypted: count("encaps"),
    decrypted: count("decaps"),
    isDifference: earlier !== undefined,
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

/** Two readings can be subtracted when they are of one SA and nothing was cleared in between. */
function isComparable(before: Sample, after: Sample): boolean {
  if (before.flow !== after.flow || before.spi !== after.spi) return false;
  if (Object.keys(before.counts).length !== Object.keys(after.counts).length) return false;
  return Object.entries(before.counts).every(([name, value]) => (after.counts[name] ?? 0) >= (value ?? 0));
}

function flowSample(held: Held<IpsecFlow>): Sample {
  const { item } = held;
  const { encaps, encrypt, decaps, decrypt, ...rest } = item.counters;
  return {
    held,
    flow: flowName(item.localIdent, item.remoteIdent),
    local: item.localIdent,
    remote: item.remoteIdent,
    spi: item.outboundSpi,
    hasSa: hasActiveSa(item),
    counts: { ...rest, encaps: encaps ?? encrypt, decaps: decaps ?? decrypt },
    line: (counter) => lineOf(item, item.at[counter] !== undefined ? counter : (ALSO[counter] ?? counter)),
  };
}

/** In the order in which one of them is shown. */
const ERRORS = ["recvErrors", "sendErrors", "noSaSend"] as const;

const ALSO: Readonly<Record<string, string>> = { encaps: "encrypt", decaps: "decrypt" };

function sessionSamples(held: Held<CryptoSession>): Sample[] {
  return held.item.flows
    .filter((flow) => flow.encrypted !== undefined || flow.decrypted !== undefined)
    .map((flow: SessionFlow) => ({
      held,
      flow: flowName(flow.local, flow.remote) || flow.text,
      local: flow.local,
      remote: flow.remote,
      hasSa: (flow.activeSas ?? 0) > 0,
      counts: { encaps: flow.encrypted, decaps: flow.decrypted },
      line: (counter) => lineOf(flow, counter === "encaps" ? "encrypted" : "decrypted"),
    }));
}

function flowName(local: Selector | undefined, remote: Selector | undefined): string {
  if (!local || !remote) return "";
  const name = ({ network, protocol, port }: Selector) =>
    `${formatNetwork(network)}${protocol === 0 ? "" : ` protocol ${protocol}`}${port === 0 ? "" : ` port ${port}`}`;
  return `${name(local)} → ${name(remote)}`;
}

/** What the other end shows of the same flow, if it does. */
export function mirroredFlow(tunnel: Tunnel, flow: FlowTraffic): FlowTraffic | undefined {
  const flows = trafficOf(tunnel, tunnel[otherSide(flow.end.side)]);
  const mirror = flowName(flow.remote, flow.local);
  return flows.find((other) => other.flow === mirror) ?? (flows.length === 1 ? flows[0] : undefined);
}
