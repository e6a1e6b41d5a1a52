/** What a form held that could not be stored: kept in memory only, for a quarter of an hour, for whoever typed it. */
import { randomBytes } from "node:crypto";
import type { Action } from "./custom-id.ts";

interface Draft {
  readonly person: string;
  readonly action: Action;
  readonly text: string;
  readonly until: number;
}

const KEPT_MS = 15 * 60_000;
const MOST_DRAFTS = 200;
const drafts = new Map<string, Draft>();

/** @returns the name to ask for it by */
export function keepDraft(draft: Omit<Draft, "until">, now: number): string {
  for (const [name, { until }] of drafts) if (until < now || drafts.size >= MOST_DRAFTS) drafts.delete(name);
  const name = randomBytes(9).toString("base64url");
  drafts.set(name, { ...draft, until: now + KEPT_MS });
  return name;
}

export function takeDraft(name: string, person: string, now: number): Draft | undefined {
  const draft = drafts.get(name);
  if (draft?.person !== person || draft.until < now) return undefined;
  drafts.delete(name);
  return draft;
}
