/** From what a case knows to the tunnel as both ends show it. */
import type { PlatformId, Side } from "../domain/ids.ts";
import { type Ends, findEnds } from "./ends.ts";
import { type Focus, findFocus } from "./focus.ts";
import { type Known, type LineSource, lineSource, type OrderedReading } from "./known.ts";
import { type EndView, viewEnd } from "./view.ts";

export interface Tunnel {
  readonly known: Known;
  readonly ends: Ends;
  readonly focus: Focus;
  readonly local: EndView;
  readonly remote: EndView;
  readonly lines: LineSource;
}

export function viewTunnel(known: Known): Tunnel {
  const ends = findEnds(known.pastes, known.peer);
  const readings = orderedReadings(known, ends);
  const focus = findFocus(readings, ends, known.peer);
  const end = (side: Side): EndView =>
    viewEnd({
      side,
      platform: platformOf(side, readings, known),
      host: hostOf(side, readings),
      own: focus[side],
      peer: focus[side === "local" ? "remote" : "local"],
      readings: readings.filter((reading) => reading.origin.side === side),
    });
  return { known, ends, focus, local: end("local"), remote: end("remote"), lines: lineSource(known.pastes) };
}

/** Both ends, the local one first. */
export function bothEnds(tunnel: Tunnel): readonly [EndView, EndView] {
  return [tunnel.local, tunnel.remote];
}

export function otherSide(side: Side): Side {
  return side === "local" ? "remote" : "local";
}

function orderedReadings(known: Known, ends: Ends): OrderedReading[] {
  const readings: OrderedReading[] = [];
  let order = 0;
  for (const { paste } of known.pastes) {
    const first = order;
    for (const output of paste.outputs) {
      // A log buffer tells of what was before the commands beside it were run, wherever it stands among them.
      const isBuffer = output.typed?.startsWith("show logging") === true;
      const origin = {
        paste: paste.name,
        side: ends.sideOf.get(output),
        host: output.host,
        platform: output.platform,
        command: output.command,
        firstLine: output.firstLine,
        lastLine: output.lastLine,
      };
      for (const value of output.values)
        readings.push({ value, origin, order: isBuffer ? first - 0.9 : order } as OrderedReading);
      order += 1;
    }
  }
  return readings;
}

/** The platform by the format of what it printed, else what was said (trap T11: formats do not lie). */
function platformOf(side: Side, readings: readonly OrderedReading[], known: Known): PlatformId | "unknown" {
  const printed = readings.findLast(({ origin }) => origin.side === side && origin.platform !== "unknown");
  return printed && printed.origin.platform !== "unknown"
    ? printed.origin.platform
    : (known.platforms[side] ?? "unknown");
}

function hostOf(side: Side, readings: readonly OrderedReading[]): string | undefined {
  const own = readings.filter(({ origin }) => origin.side === side);
  for (const { value } of own.toReversed())
    if (value.kind === "device" && value.hostname !== undefined) return value.hostname;
  return own.findLast(({ origin }) => origin.host !== undefined)?.origin.host;
}
