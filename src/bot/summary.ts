/** Where a case stands after a turn, for lists, figures and looking back. */
import type { Situation } from "../case/case.ts";
import type { CaseEvent } from "../case/events.ts";
import type { NamedEnds } from "../domain/named-ends.ts";
import type { Finding } from "../domain/verdict.ts";
import { nameOf } from "../speech/names.ts";
import type { CaseSummary } from "../store/store.ts";

/** As long as a line of a list. In characters. */
const LONGEST_FIX = 120;

/**
 * @param events what this turn added
 * @param before the summary of the turn before it
 * @param at milliseconds since 1970
 */
export function summaryOf(
  situation: Situation,
  events: readonly CaseEvent[],
  before: CaseSummary,
  at: number,
): CaseSummary {
  const { verdict, tunnel } = situation.diagnosis;
  // What was concluded from something that was taken back is concluded anew, or not at all.
  const known = events.some(takesBack) ? {} : before;
  const [best] = verdict.verdict === "found" ? verdict.findings : [];
  const isHealthy = verdict.verdict === "healthy";
  const cause = best?.id ?? (isHealthy ? (situation.check?.finding ?? known.cause) : undefined);
  return {
    symptom: tunnel.known.symptom,
    peer: tunnel.known.peer ?? tunnel.focus.remote,
    own: tunnel.focus.local,
    verdict: verdict.verdict,
    cause,
    title: best?.title ?? (cause === known.cause ? known.title : undefined) ?? titleOf(situation, cause),
    fix: fixOf(situation, best, events) ?? (situation.fixTried ? known.fix : undefined),
    asked: askedIn(situation),
    foundAt: known.foundAt ?? (verdict.verdict === "need-more" ? undefined : at),
    fixedAt: isHealthy && cause !== undefined ? (known.fixedAt ?? at) : undefined,
  };
}

function takesBack({ type }: CaseEvent): boolean {
  return type === "forgotten" || type === "undone" || type === "started-over" || type === "pasted-anew";
}

function titleOf({ diagnosis }: Situation, cause: string | undefined): string | undefined {
  return cause === undefined ? undefined : (diagnosis.titles.get(cause) ?? cause);
}

/** The fix that was put in with this turn. */
function fixOf({ diagnosis }: Situation, best: Finding | undefined, events: readonly CaseEvent[]): string | undefined {
  const tried = events.findLast((event) => event.type === "fix-tried");
  return tried === undefined || tried.finding !== best?.id ? undefined : fixWords(best, diagnosis.ends);
}

/** "PUNE: crypto isakmp policy 15"; of several steps, the ends they are for. */
function fixWords({ fix }: Finding, ends: NamedEnds): string | undefined {
  const [first, ...others] = fix;
  if (first === undefined) return undefined;
  const names = [...new Set(fix.map(({ side }) => nameOf(side, ends)))].join(" and ");
  const words = others.length > 0 ? names : `${names}: ${first.commands.map((line) => line.trim()).join("; ")}`;
  return words.length > LONGEST_FIX ? `${words.slice(0, LONGEST_FIX)}…` : words;
}

/** The command that the case waits for, without the addresses in it: equal asks are counted together. */
function askedIn({ waiting, check, diagnosis }: Situation): string | undefined {
  if (waiting.for === "verification") return withoutAddresses(check?.missing[0]?.command);
  return waiting.for === "output" ? withoutAddresses(diagnosis.verdict.asks[0]?.command) : undefined;
}

/** "show crypto ipsec sa peer ADDRESS", in one line. */
export function withoutAddresses(command: string | undefined): string | undefined {
  return command
    ?.split("\n")
    .join("; ")
    .replace(/\b\d{1,3}(?:\.\d{1,3}){3}\b/g, "ADDRESS")
    .replace(/(?<![\w:])[\da-f]{0,4}(?::[\da-f]{0,4}){2,7}(?![\w:])/gi, "ADDRESS");
}
