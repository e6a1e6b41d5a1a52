/** Which cases are asked for: "cases closed pune since 7d page 2". */
import { ROOT_CAUSE_IDS, type RootCauseId } from "../domain/ids.ts";
import { canonicalAddress } from "../domain/network.ts";

export interface CasesAsked {
  /** Absent: open ones, or all where something else narrows it down. */
  readonly status?: "open" | "closed" | "all" | undefined;
  /** The address of either end. */
  readonly peer?: string | undefined;
  readonly cause?: RootCauseId | undefined;
  readonly mine?: boolean | undefined;
  readonly words?: string | undefined;
  /** As it was written: "7d", "2026-11-01"; {@link sinceIn} reads it. */
  readonly since?: string | undefined;
  /** Counts from 1. */
  readonly page?: number | undefined;
}

/** Longer ones are a paste. In characters. */
const LONGEST_WORDS = 60;

/** @returns a remedy where a time can't be read */
export function casesAsked(words: readonly string[]): CasesAsked | { readonly remedy: string } {
  let asked: CasesAsked = {};
  const others: string[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const given = words[at] ?? "";
    const word = given.toLowerCase();
    const peer = canonicalAddress(word.replace(/[,;]$/, ""));
    const cause = ROOT_CAUSE_IDS.find((id) => id === word);
    if (word === "open" || word === "closed" || word === "all") asked = { ...asked, status: word };
    else if (word === "mine" || word === "my") asked = { ...asked, mine: true };
    else if (word === "since") {
      at += 1;
      const since = (words[at] ?? "").toLowerCase();
      if (sinceIn(since, 0) === undefined) return { remedy: SINCE };
      asked = { ...asked, since };
    } else if (word === "page" && /^\d{1,3}$/.test(words[at + 1] ?? "")) {
      at += 1;
      asked = { ...asked, page: Math.max(1, Number(words[at])) };
    } else if (peer !== undefined) asked = { ...asked, peer };
    else if (cause !== undefined) asked = { ...asked, cause };
    else if (!FILLERS.has(word)) others.push(given);
  }
  return others.length === 0 ? asked : { ...asked, words: others.join(" ").slice(0, LONGEST_WORDS) };
}

const SINCE = "Say since when as `since 7d`, `since 12h`, `since yesterday` or `since 2026-11-01`.";
const FILLERS: ReadonlySet<string> = new Set(["with", "for", "of", "the", "by", "about", "peer", "cause", "cases"]);

const HOUR_MS = 3_600_000;
const UNITS: Readonly<Record<string, number>> = { h: HOUR_MS, d: 24 * HOUR_MS, w: 168 * HOUR_MS };

/** @returns milliseconds since 1970, days counted in UTC; undefined where it is no time */
export function sinceIn(text: string, now: number): number | undefined {
  const ago = /^(\d{1,4})([hdw])$/.exec(text);
  if (ago) return now - Number(ago[1]) * (UNITS[ago[2] ?? ""] ?? 0);
  const today = now - (now % (24 * HOUR_MS));
  if (text === "today") return today;
  if (text === "yesterday") return today - 24 * HOUR_MS;
  const day = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return Number.isNaN(day) ? undefined : day;
}

/** What {@link casesAsked} reads as the same; for the button to the next page. */
export function wordsFor({ status, peer, cause, mine, words, since, page }: CasesAsked): string {
  const parts = [status, mine === true ? "mine" : undefined, peer, cause, words];
  return [
    ...parts,
    ...(since === undefined ? [] : ["since", since]),
    ...(page === undefined || page === 1 ? [] : ["page", String(page)]),
  ]
    .filter((part) => part !== undefined)
    .join(" ");
}

/** Whether it is more than "the open ones". */
export function isNarrowed({ peer, cause, words, since }: CasesAsked): boolean {
  return [peer, cause, words, since].some((each) => each !== undefined);
}

export function statusOf(asked: CasesAsked): "open" | "closed" | undefined {
  const status = asked.status ?? (isNarrowed(asked) ? "all" : "open");
  return status === "all" ? undefined : status;
}
