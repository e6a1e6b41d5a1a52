/** Logs that nobody can date against a table pasted before them: of a fault now, or of one long mended. */
import type { Side } from "../domain/ids.ts";
import { canonicalAddress } from "../domain/network.ts";
import type { ReadingOf } from "../domain/readings/index.ts";
import type { LogEvent } from "../domain/readings/log.ts";
import { hasActiveSa } from "./active-sa.ts";
import type { OrderedReading } from "./known.ts";

/** A log that contradicts what was shown before it. */
export interface UndatedLog {
  readonly order: number;
  readonly paste: string;
  /** The line that speaks of the fault. */
  readonly line: number;
}

export interface DatedReadings {
  readonly readings: readonly OrderedReading[];
  /** The last log that was left out of them, by the end it is from. */
  readonly undated: Partial<Readonly<Record<Side, UndatedLog>>>;
}

/**
 * Leaves out the failed negotiations of a log that came without a command line, or from the log buffer, behind a table in
 * which the SA with the peer is up, as long as no table of that end came after it: it may be older than the table. What a running
 * tunnel logs (drops, foreign packets, interfaces) stays.
 * @param isUndated whether nothing tells when the log of this reading was written
 */
export function withoutUndatedLogs(
  readings: readonly OrderedReading[],
  peers: Readonly<Record<Side, string | undefined>>,
  isUndated: (reading: OrderedReading) => boolean,
): DatedReadings {
  const undated: Partial<Record<Side, UndatedLog>> = {};
  const words = readings.flatMap((reading) => {
    const up = isUpIn(reading, reading.origin.side === undefined ? undefined : peers[reading.origin.side]);
    return up === undefined
      ? []
      : [{ side: reading.origin.side, order: reading.order, up, connections: connectionsIn(reading) }];
  });
  const kept = readings.map((reading): OrderedReading => {
    const { side, paste } = reading.origin;
    if (reading.value.kind !== "log" || side === undefined || !isUndated(reading)) return reading;
    const before = words.filter(({ order }) => order < reading.order);
    // What the other end shows later dates nothing here.
    const isLast = words.every((word) => word.order <= reading.order || word.side !== side);
    const fault = isLast && before.at(-1)?.up === true ? faultIn(reading.value, peers[side]) : undefined;
    // A fault of the very SA that the table shows came after it.
    const shown = before.flatMap(({ connections }) => connections);
    if (!fault || (fault.connection !== undefined && shown.includes(fault.connection))) return reading;
    undated[side] = { order: reading.order, paste, line: fault.line };
    return { ...reading, value: withoutNegotiations(reading.value) } as OrderedReading;
  });
  return { readings: kept, undated };
}

/** What a table says of the SAs with the peer; undefined for what is no table of them. */
function isUpIn({ value }: OrderedReading, peer: string | undefined): boolean | undefined {
  const isOurs = (...addresses: readonly (string | undefined)[]) =>
    peer === undefined || addresses.some((address) => canonicalAddress(address ?? "") === peer);
  const words: (boolean | undefined)[] = [];
  if (value.kind === "ike-sas") {
    for (const sa of value.sas) if (isOurs(sa.remote, sa.initiator, sa.responder)) words.push(sa.standing === "up");
  } else if (value.kind === "crypto-sessions") {
    for (const { peer: address, status, flows } of value.sessions)
      if (isOurs(address))
        words.push(/^UP-ACTIVE/.test(status ?? "") || flows.some((flow) => (flow.activeSas ?? 0) > 0));
  } else if (value.kind === "ipsec-sas") {
    for (const flow of value.flows) if (isOurs(flow.remoteEndpoint, flow.peer)) words.push(hasActiveSa(flow));
  } else return undefined;
  const known = words.filter((word) => word !== undefined);
  return known.length === 0 && words.length > 0 ? undefined : known.includes(true);
}

/** Connection numbers of the SAs in a table ("1004"). */
function connectionsIn({ value }: OrderedReading): string[] {
  const ids =
    value.kind === "ike-sas"
      ? value.sas.map(({ connectionId }) => connectionId)
      : value.kind === "crypto-sessions"
        ? value.sessions.flatMap(({ ikeSas }) => ikeSas.map(({ connectionId }) => connectionId))
        : [];
  return ids.flatMap((id) => (id === undefined ? [] : [String(id)]));
}

/** The last line of a failed negotiation with the peer that nothing in the log mends. */
function faultIn(log: ReadingOf<"log">, peer: string | undefined): LogEvent | undefined {
  const done = Math.max(0, ...log.attempts.map(({ phase2CompleteLine }) => phase2CompleteLine ?? 0));
  const isOurs = ({ peer: address }: LogEvent) =>
    address === undefined || peer === undefined || (canonicalAddress(address) ?? address) === peer;
  return log.events.findLast((event) => event.line > done && isOurs(event) && isFault(event));
}

function isFault({ signature, noise }: LogEvent): boolean {
  return noise !== true && !OF_A_RUNNING_TUNNEL.test(signature) && !ON_THE_WAY_UP.test(signature);
}

function withoutNegotiations(log: ReadingOf<"log">): ReadingOf<"log"> {
  return { ...log, attempts: [], events: log.events.filter(({ signature }) => OF_A_RUNNING_TUNNEL.test(signature)) };
}

/** Also its end by dead peer detection, which follows on a table in which it is up. */
const OF_A_RUNNING_TUNNEL =
  /^(?:dpd-error-counter$|peer-not-responding$|deleted-peers-alive$|peer-dead$|dpd-missed$|session-|invalid-spi$|not-ipsec-packet$|packet-outside-identity$|replay-|mac-|acl-denied$|tunnel-|interface-|route-lost$|config-changed$|restarted$|rri-)/;
const ON_THE_WAY_UP =
  /^(?:phase1-complete|quick-mode-complete|ipsec-sa-created|ipsec-sa-deleted|ike-attributes-(?:accepted|refused)|ipsec-attributes-accepted|nat-|floated-|ike-turned-on|no-matching-profile|notify-responder-lifetime|delete-payload-received|deleted-by-user|ike-(?:encryption|hash|group|key-length|auth|xauth)-refused)/;
