/** The packet counters of each flow as they were read, one sample for each look at it. */
import { formatNetwork } from "../domain/network.ts";
import type { IpsecFlow, Selector } from "../domain/readings/ipsec.ts";
import type { CryptoSession, SessionFlow } from "../domain/readings/session.ts";
import { hasActiveSa } from "./active-sa.ts";
import type { Held } from "./known.ts";
import { secondsOfUptime } from "./uptime.ts";
import { type EndView, lineOf } from "./view.ts";

export interface Sample {
  readonly held: Held<unknown>;
  readonly flow: string;
  readonly local?: Selector | undefined;
  readonly remote?: Selector | undefined;
  readonly spi?: string | undefined;
  readonly hasSa: boolean | undefined;
  readonly counts: Readonly<Record<string, number | undefined>>;
  readonly line: (counter: string) => number;
  readonly spiLine: number;
  /** Seconds that the outbound SA has left. */
  readonly secondsLeft?: number | undefined;
  /** Seconds for which the session is up, where the output tells. */
  readonly upFor?: number | undefined;
}

/** One output with counters. */
export interface SampledLook {
  readonly kind: "ipsec-sas" | "crypto-sessions";
  readonly order: number;
  readonly paste: string;
  /** By the device's clock, in seconds since any fixed moment. */
  readonly takenAtSeconds?: number | undefined;
  readonly samples: readonly Sample[];
}

/** All looks of an end that showed counters, in the order in which they were given. */
export function sampledLooks(end: EndView, from: "anything" | "ipsec-sas"): SampledLook[] {
  const looks: SampledLook[] = [...end.flows, ...end.flowCounters].map(({ order, paste, takenAtSeconds, items }) => ({
    kind: "ipsec-sas",
    order,
    paste,
    takenAtSeconds: takenAtSeconds ?? clockBefore(end, paste, order),
    // A table that has no counters says nothing of traffic.
    samples: items.map(flowSample).filter(({ counts }) => Object.values(counts).some((count) => count !== undefined)),
  }));
  if (from === "anything")
    for (const { order, paste, items } of end.sessions)
      looks.push({
        kind: "crypto-sessions",
        order,
        paste,
        takenAtSeconds: clockBefore(end, paste, order),
        samples: items.flatMap(sessionSamples),
      });
  return looks.sort((a, b) => a.order - b.order);
}

/** What the device's clock showed last before an output of the same paste: people look at it right before the counters. */
function clockBefore({ clocks }: EndView, paste: string, order: number): number | undefined {
  return clocks.findLast((clock) => clock.paste === paste && clock.order < order)?.item.wallSeconds;
}

function flowSample(held: Held<IpsecFlow>): Sample {
  const { item } = held;
  const { encaps, encrypt, decaps, decrypt, ...rest } = item.counters;
  const outbound = item.sas.find(({ direction, spi }) => direction === "outbound" && spi === item.outboundSpi);
  return {
    held,
    flow: flowName(item.localIdent, item.remoteIdent),
    local: item.localIdent,
    remote: item.remoteIdent,
    spi: item.outboundSpi,
    hasSa: hasActiveSa(item),
    counts: { ...rest, encaps: encaps ?? encrypt, decaps: decaps ?? decrypt },
    line: (counter) => lineOf(item, item.at[counter] !== undefined ? counter : (ALSO[counter] ?? counter)),
    spiLine: lineOf(item, "outboundSpi"),
    secondsLeft: outbound?.secondsLeft,
  };
}

const ALSO: Readonly<Record<string, string>> = { encaps: "encrypt", decaps: "decrypt" };

function sessionSamples(held: Held<CryptoSession>): Sample[] {
  return held.item.flows
    .map((flow) => ({ flow, counts: countsOf(flow) }))
    .filter(({ counts }) => Object.values(counts).some((count) => count !== undefined))
    .map(({ flow, counts }) => ({
      held,
      flow: flowName(flow.local, flow.remote) || flow.text,
      local: flow.local,
      remote: flow.remote,
      hasSa: (flow.activeSas ?? 0) > 0,
      counts,
      line: (counter) => lineOf(flow, lineNames(flow)[counter === "encaps" ? 0 : 1]),
      spiLine: lineOf(held.item, "uptime"),
      secondsLeft: flow.outboundSecondsLeft,
      upFor: secondsOfUptime(held.item.uptime),
    }));
}

/** Packets where they are counted, else bytes. */
function countsOf({ encrypted, decrypted, bytesOut, bytesIn }: SessionFlow): Sample["counts"] {
  return encrypted !== undefined || decrypted !== undefined
    ? { encaps: encrypted, decaps: decrypted }
    : { bytesOut, bytesIn };
}

function lineNames({ encrypted, decrypted }: SessionFlow): readonly [string, string] {
  return encrypted === undefined && decrypted === undefined ? ["bytesOut", "bytesIn"] : ["encrypted", "decrypted"];
}

/** "3.1.1.0/24 → 4.1.1.0/24", or "" where an end of it is not known. */
export function flowName(local: Selector | undefined, remote: Selector | undefined): string {
  if (!local || !remote) return "";
  const name = ({ network, protocol, port }: Selector) =>
    `${formatNetwork(network)}${protocol === 0 ? "" : ` protocol ${protocol}`}${port === 0 ? "" : ` port ${port}`}`;
  return `${name(local)} → ${name(remote)}`;
}
