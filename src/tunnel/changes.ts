/** What each flow's counters did from one reading of a command to the next. */
import { COUNTERS, type Counter, type FlowChange } from "../domain/change.ts";
import { breakBetween, secondsBetweenPastes } from "./break.ts";
import { type Sample, type SampledLook, sampledLooks } from "./counter-samples.ts";
import { bothEnds, type Tunnel } from "./tunnel.ts";
import type { EndView } from "./view.ts";

/** Changes of all flows with the peer, each reading against the one before it, oldest first. */
export function changesOf(tunnel: Tunnel): FlowChange[] {
  return bothEnds(tunnel).flatMap((end) => {
    const looks = sampledLooks(end, "anything");
    return looks.flatMap((after, index) => {
      const before = looks.slice(0, index).findLast(({ kind }) => kind === after.kind);
      return before === undefined ? [] : changesBetween(tunnel, end, before, after);
    });
  });
}

function changesBetween(tunnel: Tunnel, end: EndView, before: SampledLook, after: SampledLook): FlowChange[] {
  const earlier = new Map(before.samples.map((sample) => [sample.flow, sample]));
  return after.samples.flatMap((sample): FlowChange[] => {
    const was = earlier.get(sample.flow);
    // What has no SA has nothing to count; that it went or came is told by the tree.
    if (was === undefined || was.hasSa === false || sample.hasSa === false) return [];
    const broken = breakBetween(tunnel, end, { look: before, sample: was }, { look: after, sample });
    const shown = COUNTERS.filter((name) => sample.counts[nameIn(sample, name)] !== undefined);
    return [
      {
        side: end.side,
        flow: sample.flow,
        earlier: before.paste,
        later: after.paste,
        ...elapsed(tunnel, [before, was], [after, sample], broken === undefined),
        counts: broken === undefined ? differences(was, sample, shown) : {},
        broken,
        evidence: shown
          .slice(0, 2)
          .map((name) => tunnel.lines.evidence(sample.held.paste, sample.line(nameIn(sample, name)))),
      },
    ];
  });
}

function differences(was: Sample, now: Sample, shown: readonly Counter[]): FlowChange["counts"] {
  const counts: Partial<Record<Counter, number>> = {};
  for (const name of shown) {
    const before = was.counts[nameIn(was, name)];
    const after = now.counts[nameIn(now, name)];
    if (before !== undefined && after !== undefined) counts[name] = after - before;
  }
  return counts;
}

/** The detailed form counts packets for which there was no SA apart, and no send errors. */
function nameIn({ counts }: Sample, name: Counter): string {
  return name === "sendErrors" && counts["sendErrors"] === undefined ? "noSaSend" : name;
}

/** The life that one SA lost is the device's own clock; then the time printed above the output; then the messages'. */
function elapsed(
  tunnel: Tunnel,
  [before, was]: readonly [SampledLook, Sample],
  [after, now]: readonly [SampledLook, Sample],
  isOneSa: boolean,
): Pick<FlowChange, "seconds" | "isExact"> {
  if (isOneSa && was.secondsLeft !== undefined && now.secondsLeft !== undefined && now.secondsLeft < was.secondsLeft)
    return { seconds: was.secondsLeft - now.secondsLeft, isExact: true };
  if (before.takenAtSeconds !== undefined && after.takenAtSeconds !== undefined) {
    const seconds = after.takenAtSeconds - before.takenAtSeconds;
    if (seconds > 0) return { seconds, isExact: true };
  }
  const seconds = secondsBetweenPastes(tunnel, before.paste, after.paste);
  return { seconds: seconds === undefined || seconds <= 0 ? undefined : Math.round(seconds), isExact: false };
}
