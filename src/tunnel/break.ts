/** What came between two readings of a flow's counters, so that a difference of them would be false. */
import type { Break } from "../domain/change.ts";
import type { Evidence } from "../domain/verdict.ts";
import type { Sample, SampledLook } from "./counter-samples.ts";
import type { Tunnel } from "./tunnel.ts";
import type { EndView } from "./view.ts";

export interface Broken {
  readonly why: Break;
  readonly evidence: readonly Evidence[];
}

/** A sample with the output that it is from. */
export interface Reading {
  readonly look: SampledLook;
  readonly sample: Sample;
}

/** @returns undefined where the two readings of one flow can be subtracted */
export function breakBetween(tunnel: Tunnel, end: EndView, before: Reading, after: Reading): Broken | undefined {
  const cleared = end.typed.findLast(
    ({ item, order }) =>
      item.clears !== undefined &&
      order >= before.look.order &&
      order < after.look.order &&
      (item.peer === undefined || end.peer === undefined || item.peer === end.peer),
  );
  if (cleared)
    return {
      why: cleared.item.clears === "counters" ? "counters-cleared" : "sas-cleared",
      evidence: [tunnel.lines.evidence(cleared.paste, cleared.item.line)],
    };
  const spis = [before, after].map(({ sample }) => tunnel.lines.evidence(sample.held.paste, sample.spiLine));
  const isOtherSa = before.sample.spi !== after.sample.spi;
  const isYounger =
    before.sample.upFor !== undefined && after.sample.upFor !== undefined && after.sample.upFor < before.sample.upFor;
  if (!isOtherSa && !isYounger && !wentBack(before.sample, after.sample)) return undefined;
  const restart = restartBetween(tunnel, end, before.look, after.look);
  if (restart) return { why: "restarted", evidence: [restart] };
  return { why: isOtherSa || isYounger ? "rekeyed" : "went-back", evidence: spis };
}

function wentBack({ counts: before }: Sample, { counts: after }: Sample): boolean {
  return Object.entries(before).some(([name, value]) => {
    const now = after[name];
    return value !== undefined && now !== undefined && now < value;
  });
}

/** The line that shows that the box restarted between two looks: a log line, or an uptime that is too short. */
function restartBetween(tunnel: Tunnel, end: EndView, before: SampledLook, after: SampledLook): Evidence | undefined {
  const logged = end.events.findLast(
    // A log that is pasted behind the table tells of what was before it.
    ({ item, order }) => item.signature === "restarted" && order > before.order && order < after.order + 1,
  );
  if (logged) return tunnel.lines.evidence(logged.paste, logged.item.line);
  for (const [index, { item, paste, order }] of end.uptimes.entries()) {
    if (order < before.order) continue;
    const earlier = end.uptimes[index - 1];
    const passed = secondsBetweenPastes(tunnel, before.paste, paste);
    const isShort = passed !== undefined && item.seconds < passed - CLOCKS_DIFFER;
    if (isShort || (earlier !== undefined && item.seconds < earlier.item.seconds))
      return tunnel.lines.evidence(paste, item.line);
  }
  return undefined;
}

/** Uptimes are printed in minutes. */
const CLOCKS_DIFFER = 60;

/** By when they were sent; undefined where one of them has no time, or both are one. */
export function secondsBetweenPastes({ known }: Tunnel, one: string, other: string): number | undefined {
  const at = (name: string) => known.pastes.find(({ paste }) => paste.name === name)?.at;
  const [from, to] = [at(one), at(other)];
  return one === other || from === undefined || to === undefined ? undefined : (to - from) / 1000;
}
