/** The outputs that a vendor's support asks for, each collected or missing. */
import type { HandOffDocument } from "../domain/hand-off.ts";
import { SIDES, type Side } from "../domain/ids.ts";
import type { Knowledge } from "../knowledge/assemble.ts";
import { nameOf } from "../speech/names.ts";
import { blanksFor } from "../verdict/blanks/index.ts";
import type { Diagnosis } from "../verdict/diagnose.ts";
import { fillCommands } from "../verdict/fill.ts";

export function supportOutputs(diagnosis: Diagnosis, { support }: Knowledge): HandOffDocument["support"] {
  const { ends, tunnel } = diagnosis;
  // The end that nothing is known of is left out, unless both are unknown.
  const seen = SIDES.filter((side) => ends[side].platform !== "unknown");
  return (seen.length > 0 ? seen : (["local"] as const)).flatMap((side) => {
    const { platform } = ends[side];
    const wanted = support.get(platform === "unknown" ? "cisco-ios" : platform) ?? [];
    return wanted.map(({ run, why }) => {
      const command = fillCommands(run, blanksFor(tunnel, side)).join("\n");
      return {
        side,
        on: nameOf(side, ends),
        platform,
        command,
        why,
        collected: whereCollected(side, run, diagnosis) ?? null,
      };
    });
  });
}

/** "paste 2:14" where an output of that end begins with the command's words; arguments do not count. */
function whereCollected(side: Side, run: string, { tunnel }: Diagnosis): string | undefined {
  const wanted = wordsOf(run);
  const isDetailed = / detail\b/.test(run);
  for (const { paste } of tunnel.known.pastes)
    for (const output of paste.outputs) {
      if (tunnel.ends.sideOf.get(output) !== side || output.values.length === 0) continue;
      if (isDetailed && !/ detail\b/.test(output.command)) continue;
      const read = wordsOf(output.typed ?? output.command);
      const canonical = wordsOf(output.command === "config" ? "show running-config" : output.command);
      if ([read, canonical].some((words) => wanted.every((word, index) => words[index] === word)))
        return `${paste.name}:${output.firstLine}`;
    }
  return undefined;
}

/** "show crypto ipsec sa [peer {peer}] detail" → its words up to the first argument. */
function wordsOf(command: string): string[] {
  return (/^[^[{|]*/.exec(command)?.[0] ?? "")
    .replace(/^debug:.*/, "debug")
    .replace(/ detail\b/, "")
    .trim()
    .toLowerCase()
    .split(/\s+/);
}

/** As much as somebody looks through; whoever needs more asks for the output itself. In lines. */
const MOST_OF_ONE = 120;
const MOST = 800;

/** What was read, with the lines that the case keeps of it. */
export function collectedOutputs({ tunnel }: Diagnosis): HandOffDocument["appendix"] {
  let room = MOST;
  return tunnel.known.pastes.flatMap(({ paste }) =>
    paste.outputs
      .filter(({ values }) => values.length > 0)
      .map((output) => {
        const { firstLine, lastLine, command } = output;
        const all = paste.lines.filter(({ number }) => number >= firstLine && number <= lastLine);
        const kept = all.slice(0, Math.min(MOST_OF_ONE, room));
        room -= kept.length;
        return {
          paste: paste.name,
          side: tunnel.ends.sideOf.get(output) ?? null,
          command,
          lines: kept.map(({ number, text }) => ({ line: number, text })),
          omitted: lastLine - firstLine + 1 - kept.length,
        };
      }),
  );
}
