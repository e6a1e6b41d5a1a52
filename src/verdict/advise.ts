/** The fix and its verification for this very tunnel: each end's commands, in its own words. */
import type { PlatformId, Side } from "../domain/ids.ts";
import type { FixStep, VerifyStep } from "../domain/verdict.ts";
import type { FixFile, KnownFault } from "../knowledge/finding-schema.ts";
import { dialectOf } from "../tunnel/dialect.ts";
import { guiOf } from "../tunnel/gui.ts";
import { otherSide } from "../tunnel/tunnel.ts";
import { blanksFor } from "./blanks/index.ts";
import { isInPlace, type Weighing } from "./conditions.ts";
import { fillCommands, fillText, lacksALine } from "./fill.ts";
import { changedInGui } from "./in-the-gui.ts";
import { inPlatformWords, isGuessed, platformOfWords, VYOS_WORDS } from "./platform-words.ts";
import type { WeighedFinding } from "./weigh.ts";
import { whereToFind } from "./where-to-find.ts";

export function advise(
  item: WeighedFinding,
  weighing: Weighing,
): { readonly fix: FixStep[]; readonly verify: VerifyStep[] } {
  const { tunnel } = weighing;
  const steps: (FixStep & { readonly isEmpty: boolean })[] = [];
  const verify: VerifyStep[] = [];
  // Where nothing is known of this end's device, and of the other's is, that one can be looked at.
  const isLookedAtThere = isGuessed(tunnel, "local") && tunnel.remote.platform !== "unknown";
  for (const side of ["local", "remote"] as const) {
    const { platform } = tunnel[side];
    const words = platformOfWords(tunnel, side);
    const dialect = dialectOf(tunnel, side);
    const spoken = (item.finding.fix[words] ?? []).filter((step) => step.dialect === dialect);
    // A daemon's files that another system writes are not to be changed by hand.
    const gui = guiOf(tunnel, side);
    const isPlain = isGuessed(tunnel, side) || spoken.length === 0 || gui !== undefined;
    const mended = isPlain ? undefined : spoken;
    const ways = mended ?? [remedyOf(item.finding)];
    // What is told in plain words calls algorithms by their plain names.
    const ownWords = dialect === "vyos" ? VYOS_WORDS : item.finding.words[words];
    const blanks = inPlatformWords(blanksFor(tunnel, side), mended && ownWords);
    for (const step of ways) {
      if (!concerns(step.on, side, item.side)) continue;
      if (!isInPlace(step, weighing)) continue;
      const commands = fillCommands(step.commands, blanks);
      const told = fillText(step.note, blanks).trim();
      const note = `${told}${whereToFind(words, commands, told)}${changedInGui(gui)}`.trim();
      steps.push({ side, platform, commands, risk: step.risk, note, isEmpty: lacksALine(step.commands, blanks) });
    }
    for (const check of item.finding.verify[words] ?? checksOf(item.finding, words)) {
      if (check.dialect !== dialect) continue;
      const at = isLookedAtThere && check.on === "local" ? "remote" : check.on;
      if (!concerns(at, side, item.side)) continue;
      if (!isInPlace(check, weighing)) continue;
      const command = fillCommands(check.command, blanks).join("\n");
      verify.push({ side, platform, command, expect: fillText(check.expect, blanks) });
    }
  }
  // A step whose lines are known for one end only is no step for the other; of steps that all lack theirs, one is enough.
  const full = steps.filter(({ isEmpty }) => !isEmpty);
  const first = steps.filter(({ side }, index) => steps.findIndex((step) => step.side === side) === index);
  const fix = (full.length > 0 ? full : first).map(({ isEmpty: _, ...step }): FixStep => step);
  return { fix: inOrder(fix, item.side), verify };
}

/** What to do in words of no platform: never another platform's commands. */
function remedyOf({ remedy }: KnownFault): FixFile["fix"][number] {
  return { on: "blamed", commands: "", risk: remedy.risk, note: remedy.text };
}

/** Where nothing else is told to show it: the SAs themselves. */
function checksOf({ look, stage }: KnownFault, words: PlatformId): FixFile["verify"] {
  const command = look[words];
  const expect =
    stage === "ike-sa"
      ? "An IKE SA with {peer} that is up."
      : "SAs in both directions, and counters that rise both ways.";
  return command === undefined ? [] : [{ on: "local", command, expect }];
}

function concerns(
  on: "blamed" | "other" | "both" | "local" | "remote",
  side: Side,
  blamed: Side | "both" | null,
): boolean {
  if (on === "both") return true;
  if (on === "local" || on === "remote") return on === side;
  if (blamed === null) return on === "blamed" && side === "local";
  if (blamed === "both") return on === "blamed";
  return on === "blamed" ? side === blamed : side === otherSide(blamed);
}

/** The end to blame comes first. */
function inOrder(steps: FixStep[], blamed: Side | "both" | null): FixStep[] {
  if (blamed !== "remote") return steps;
  return [...steps.filter(({ side }) => side === "remote"), ...steps.filter(({ side }) => side !== "remote")];
}
