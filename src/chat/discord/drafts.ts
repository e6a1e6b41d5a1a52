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

export class Drafts {
  private readonly drafts = new Map<string, Draft>();

  /** @returns the name to ask for it by */
  keep(draft: Omit<Draft, "until">, now: number): string {
    for (const [name, { until }] of this.drafts)
      if (until < now || this.drafts.size >= MOST_DRAFTS) this.drafts.delete(name);
    const name = randomBytes(9).toString("base64url");
    this.drafts.set(name, { ...draft, until: now + KEPT_MS });
    return name;
  }

  take(name: string, person: string, now: number): Draft | undefined {
    const draft = this.drafts.get(name);
    if (draft?.person !== person || draft.until < now) return undefined;
    this.drafts.delete(name);
    return draft;
  }
}
