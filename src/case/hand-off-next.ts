/** The next three things to do: the fix that is known, what would tell more, what shows that it helped. */
import type { HandOffDocument } from "../domain/hand-off.ts";
import type { NamedEnds } from "../domain/named-ends.ts";
import type { Ask, FixStep, VerifyStep } from "../domain/verdict.ts";
import { nameOf } from "../speech/names.ts";
import type { Situation } from "./case.ts";

type NextThing = HandOffDocument["next"][number];

const MOST = 3;

export function nextThings({ diagnosis, check, waiting }: Situation): NextThing[] {
  const { verdict, ends } = diagnosis;
  const [best] = verdict.findings;
  if (waiting.for === "verification" && check !== undefined)
    return [...check.missing.map((step) => toCheck(step, ends)), ...verdict.asks.map((ask) => toLook(ask, ends))].slice(
      0,
      MOST,
    );
  const didNotHelp = check?.finding === best?.id && (check?.outcome === "same" || check?.outcome === "worse");
  const isAdvised = best !== undefined && !didNotHelp && (verdict.verdict === "found" || verdict.verdict === "healthy");
  const fixes = isAdvised ? best.fix.map((step) => toFix(step, ends)) : [];
  const checks = isAdvised ? best.verify.map((step) => toCheck(step, ends)) : [];
  // What is only likely is made sure before anything is changed.
  const looks = verdict.asks.map((ask) => toLook(ask, ends));
  const all =
    best?.certainty === "confirmed"
      ? [...fixes.slice(0, MOST - 1), ...checks, ...looks]
      : [...looks.slice(0, 1), ...fixes, ...looks.slice(1), ...checks];
  return all.slice(0, MOST);
}

function toFix({ side, commands, note, risk }: FixStep, ends: NamedEnds): NextThing {
  return { kind: "fix", side, on: nameOf(side, ends), commands: [...commands], why: note, risk };
}

/** A debug loads the box; it drops nothing. */
export function toLook({ side, command, why }: Ask, ends: NamedEnds): NextThing {
  const commands = command.split("\n");
  return {
    kind: "look",
    side,
    on: nameOf(side, ends),
    commands,
    why,
    risk: commands.some((line) => /^debug\b/.test(line)) ? "low" : "none",
  };
}

export function toCheck({ side, command, expect }: VerifyStep, ends: NamedEnds): NextThing {
  return { kind: "check", side, on: nameOf(side, ends), commands: command.split("\n"), why: expect, risk: "none" };
}
