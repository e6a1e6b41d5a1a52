/** From what a case knows to the tunnel as both ends show it. */
import type { PlatformId, Side } from "../domain/ids.ts";
import type { ReadingKind } from "../domain/readings/index.ts";
import { noClues } from "./clues.ts";
import { type Ends, findEnds } from "./ends.ts";
import { type Focus, findFocus } from "./focus.ts";
import { type Known, type LineSource, lineSource, type OrderedReading } from "./known.ts";
import { seenFromHere } from "./seen-from-here.ts";
import { seenThroughNat } from "./seen-through-nat.ts";
import { type DatedReadings, withoutUndatedLogs } from "./undated-logs.ts";
import type { EndView } from "./view.ts";
import { viewEnd } from "./view-end.ts";

export interface Tunnel {
  readonly known: Known;
  readonly ends: Ends;
  readonly focus: Focus;
  readonly local: EndView;
  readonly remote: EndView;
  readonly lines: LineSource;
}

export function viewTunnel(known: Known): Tunnel {
  const ends = findEnds(known.pastes, known);
  return viewBetween(known, ends, orderedReadings(known, ends));
}

/** The same tunnel as if nothing of its far end had been shown. */
export function withoutFarEnd({ known, ends }: Tunnel): Tunnel {
  const readings = orderedReadings(known, ends).filter(({ origin }) => origin.side !== "remote");
  return viewBetween(known, { ...ends, remote: noClues() }, readings);
}

function viewBetween(known: Known, ends: Ends, all: readonly OrderedReading[]): Tunnel {
  const focus = findFocus(all, ends, known.peer);
  const undatedOutputs = undatedIn(known);
  const { readings, undated } = withoutUndatedLogs(all, { local: focus.remote, remote: focus.local }, ({ origin }) =>
    undatedOutputs.has(`${origin.paste}\n${origin.firstLine}`),
  );
  return build(known, ends, focus, readings, undated);
}

/** The same tunnel by its configurations alone, as if nothing had been seen of how it runs. */
export function asConfigured({ known, ends, focus }: Tunnel): Tunnel {
  const readings = orderedReadings(known, ends).filter(({ value }) => IS_CONFIGURED.has(value.kind));
  return build(known, ends, focus, readings, {});
}

const IS_CONFIGURED: ReadonlySet<ReadingKind> = new Set([
  "ike-policies",
  "ike-proposals",
  "connections",
  "ike-keys",
  "ike-profiles",
  "ike-settings",
  "transform-sets",
  "access-lists",
  "crypto-maps",
  "interfaces",
  "nat-rules",
  "static-routes",
  "security-zones",
  "security-policies",
  "device",
]);

function build(
  known: Known,
  ends: Ends,
  focus: Focus,
  readings: readonly OrderedReading[],
  undated: DatedReadings["undated"],
): Tunnel {
  const seen = seenThroughNat(readings, focus);
  const end = (side: Side): EndView =>
    viewEnd({
      side,
      platform: platformOf(side, known, ends),
      host: hostOf(side, readings),
      own: focus[side],
      peer: seen[side] ?? focus[otherSide(side)],
      readings: readings.filter((reading) => reading.origin.side === side),
      undatedLog: undated[side],
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
      const own = origin.side && ends[origin.side].own;
      for (const printed of output.values) {
        const value = seenFromHere(printed, own);
        if (value) readings.push({ value, origin, order: isBuffer ? first - 0.9 : order } as OrderedReading);
      }
      order += 1;
    }
  }
  return readings;
}

/** Outputs that may be older than what was pasted before them: log buffers, and logs in a paste in which no debug was begun. */
function undatedIn(known: Known): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { paste } of known.pastes) {
    const isLive = paste.outputs.some(({ values }) =>
      values.some((value) => value.kind === "typed" && /^(?:do )?deb/.test(value.command)),
    );
    for (const { typed, firstLine } of paste.outputs)
      if (typed?.startsWith("show logging") || (typed === undefined && !isLive))
        found.add(`${paste.name}\n${firstLine}`);
  }
  return found;
}

/**
 * The platform by the format of what it printed, else what was said (trap T11: formats do not lie). What several
 * platforms print alike says it only where nothing else does; an output that was recognised, and of which nothing was
 * read, comes last.
 */
function platformOf(side: Side, known: Known, ends: Ends): PlatformId | "unknown" {
  const recognised = known.pastes.flatMap(({ paste }) =>
    paste.outputs.filter((output) => ends.sideOf.get(output) === side && output.platform !== "unknown"),
  );
  const printed = recognised.filter(({ values }) => values.length > 0);
  const sure = printed.findLast(({ alsoOf }) => alsoOf === undefined);
  const platform = sure?.platform ?? known.platforms[side] ?? printed.at(-1)?.platform;
  return platform ?? recognised.findLast(({ alsoOf }) => alsoOf === undefined)?.platform ?? "unknown";
}

function hostOf(side: Side, readings: readonly OrderedReading[]): string | undefined {
  const own = readings.filter(({ origin }) => origin.side === side);
  for (const { value } of own.toReversed())
    if (value.kind === "device" && value.hostname !== undefined) return value.hostname;
  return own.findLast(({ origin }) => origin.host !== undefined)?.origin.host;
}
