/** Gathers captured packets into streams: who sent what to whom, how many, and from which line to which. */
import type { CapturedPacket, CapturedStream, Captures } from "../domain/readings/capture.ts";

type Draft = { -readonly [K in keyof CapturedStream]: CapturedStream[K] } & { since: number | undefined };

/** The reading of a capture's packets; `oneWay` where its filter shows one direction only. */
export function gatherStreams(packets: readonly CapturedPacket[], oneWay: boolean): Captures {
  const streams = new Map<string, Draft>();
  for (const { line, seconds, ...packet } of packets) {
    const { what, from, to, port, version, exchange, isResponse, error, errorPort, direction, dropReason } = packet;
    const where = packet.interface;
    const key = [
      what,
      from,
      to,
      port,
      version,
      exchange,
      isResponse,
      error,
      errorPort,
      direction,
      where,
      dropReason,
    ].join(" ");
    const known = streams.get(key);
    if (!known) {
      streams.set(key, {
        ...packet,
        packets: 1,
        line,
        lastLine: line,
        lastsSeconds: seconds === undefined ? undefined : 0,
        since: seconds,
      });
      continue;
    }
    known.packets += 1;
    known.lastLine = line;
    // Stamps that go back are of another day, or a delta from packet to packet.
    if (seconds !== undefined && known.since !== undefined && seconds >= known.since)
      known.lastsSeconds = seconds - known.since;
  }
  return {
    kind: "captures",
    streams: [...streams.values()].map(({ since: _, lastsSeconds, ...stream }) => ({
      ...stream,
      ...(lastsSeconds !== undefined && { lastsSeconds: Math.round(lastsSeconds * 1000) / 1000 }),
    })),
    packets: packets.length,
    ...(oneWay && { oneWay }),
  };
}
