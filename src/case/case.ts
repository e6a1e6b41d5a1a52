/** A case: its events, and what follows from them. The one path from what people say to what we answer. */
import type { FixCheck } from "../domain/change.ts";
import type { Side } from "../domain/ids.ts";
import type { ReadPaste } from "../domain/output.ts";
import type { Choice } from "../domain/reply.ts";
import type { Knowledge } from "../knowledge/assemble.ts";
import { type Diagnosis, diagnose } from "../verdict/diagnose.ts";
import { checkFix, triedFixes } from "./check-fix.ts";
import { type CaseEvent, knownFrom, type Stamp, standingEvents } from "./events.ts";

export interface Case {
  readonly events: readonly CaseEvent[];
}
export const NEW_CASE: Case = { events: [] };

/** What a case waits for. */
export type Waiting =
  | { readonly for: "symptom" }
  | { readonly for: "platform" }
  | { readonly for: "side"; readonly paste: string }
  | { readonly for: "peer"; readonly candidates: readonly string[] }
  /** The two ends of the one tunnel are known, but not which of them is the far one. */
  | { readonly for: "far-address"; readonly candidates: readonly string[] }
  | { readonly for: "output" }
  | { readonly for: "verification"; readonly of: string }
  | { readonly for: "nothing" };

export interface Situation {
  readonly diagnosis: Diagnosis;
  readonly waiting: Waiting;
  /** The last paste that stands. */
  readonly lastPaste?: ReadPaste | undefined;
  readonly fixTried: boolean;
  /** What became of the fix that was tried last. */
  readonly check?: FixCheck | undefined;
}

const situations = new WeakMap<Case, { readonly knowledge: Knowledge; readonly situation: Situation }>();

/** Where a case stands; worked out once for each case as it stands. */
export function situationOf(one: Case, knowledge: Knowledge): Situation {
  const known = situations.get(one);
  if (known?.knowledge === knowledge) return known.situation;
  const situation = workOut(one, knowledge);
  situations.set(one, { knowledge, situation });
  return situation;
}

/** How every case begins, by what was said: as many as there are symptoms and platforms to say. */
const beginnings = new WeakMap<Knowledge, Map<string, Situation>>();

function workOut({ events }: Case, knowledge: Knowledge): Situation {
  const standing = standingEvents(events);
  const said = saidAtTheBeginning(standing);
  if (said === undefined) return workOutFrom(events, standing, knowledge);
  const known = beginnings.get(knowledge) ?? new Map<string, Situation>();
  beginnings.set(knowledge, known);
  const situation = known.get(said) ?? workOutFrom(events, standing, knowledge);
  known.set(said, situation);
  return situation;
}

/** All that a situation follows from, where it is only a symptom and platforms; undefined where there is more. */
function saidAtTheBeginning(standing: readonly CaseEvent[]): string | undefined {
  let symptom = "";
  const platforms = { local: "", remote: "" };
  for (const event of standing) {
    if (event.type === "symptom-said") symptom = event.symptom;
    // Not sure, where one was said before, leaves that one.
    else if (event.type === "platform-said") {
      if (event.platform !== "unknown" || platforms[event.side] === "") platforms[event.side] = event.platform;
    } else return undefined;
  }
  return [symptom, platforms.local, platforms.remote].join(" ");
}

function workOutFrom(events: readonly CaseEvent[], standing: readonly CaseEvent[], knowledge: Knowledge): Situation {
  const known = knownFrom(events);
  const diagnosis = diagnose(known, knowledge);
  const lastPaste = known.pastes.at(-1)?.paste;
  const tried = triedFixes(events);
  const last = tried.at(-1);
  const check = last && checkFix(last, tried.length - 1, diagnosis, knowledge);
  return {
    diagnosis,
    lastPaste,
    fixTried: last !== undefined,
    check,
    waiting:
      check !== undefined && check.outcome === undefined && check.missing.length > 0
        ? { for: "verification", of: check.finding }
        : waitingFor(standing, diagnosis),
  };
}

function waitingFor(standing: readonly CaseEvent[], { tunnel, verdict }: Diagnosis): Waiting {
  const [unclear] = tunnel.ends.unclear;
  if (unclear !== undefined) return { for: "side", paste: unclear };
  if (verdict.verdict === "need-more" && tunnel.focus.candidates.length > 0)
    return { for: "peer", candidates: tunnel.focus.candidates };
  if (tunnel.known.pastes.length === 0) {
    if (tunnel.known.symptom === undefined) return { for: "symptom" };
    if (!standing.some((event) => event.type === "platform-said" && event.side === "local")) return { for: "platform" };
  }
  const [ask] = verdict.asks;
  if (verdict.verdict === "healthy" || !ask) return { for: "nothing" };
  const candidates = ask.command.includes("<peer>") ? undecidedAddresses(tunnel) : [];
  return candidates.length === 2 ? { for: "far-address", candidates } : { for: "output" };
}

/** "show crypto isakmp sa" names who answered and who began, but not which of the two it was run on. */
function undecidedAddresses({ focus, local, remote }: Diagnosis["tunnel"]): string[] {
  if (focus.remote !== undefined) return [];
  const sas = [...local.ikeSas, ...remote.ikeSas].flatMap(({ items }) => items.map(({ item }) => item));
  return [...new Set(sas.flatMap(({ responder, initiator }) => [responder, initiator]))].filter(
    (item) => item !== undefined,
  );
}

/** A choice by its number, its id or its label; undefined when the words are none of them. */
export function chosen(text: string, choices: readonly Choice[]): Choice | undefined {
  const words = text.trim().toLowerCase();
  const number = /^\d{1,2}$/.test(words) ? Number(words) : 0;
  return choices[number - 1] ?? choices.find(({ id, label }) => id === words || label.toLowerCase() === words);
}

/** @param stamp who it is from and when */
export function withEvents(one: Case, stamp: Stamp | undefined, ...events: readonly CaseEvent[]): Case {
  // The same case, so that what was concluded from it is not worked out again.
  return events.length === 0 ? one : { events: [...one.events, ...events.map((event) => ({ ...event, ...stamp }))] };
}

/** The end a new paste of a case is taken for when the case just asked for that end's output. */
export function otherEnd(side: Side): Side {
  return side === "local" ? "remote" : "local";
}
