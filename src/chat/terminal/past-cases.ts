/** What a terminal can be told of cases of the past, where there is a database that has some. */

import type { Situation } from "../../case/case.ts";
import { type ChatCommand, parseCommand } from "../../case/commands.ts";
import type { Block, Reply } from "../../domain/reply.ts";

export type LookingBack = Extract<ChatCommand, { type: "cases" | "stats" | "search" | "incomplete" }>;

export interface PastCases {
  tell(asked: LookingBack): Promise<Reply>;
  /** That the peer had a case before: when it becomes known, or when a cause is found that it had; nothing else. */
  earlier(now: Situation): Promise<readonly Block[]>;
}

/** Longer lines are a paste. In characters. */
const LONGEST = 120;
const WORDS = /^(?:cases|stats|search)(?: .{1,110})?$/i;
/** What stands in no output: a resolver's file has lines that begin with "search". */
const WORDS_AFTER_A_PASTE = /^(?:cases|stats)(?: .{1,110})?$/i;

/** What a line asks of the past; undefined where it asks nothing of it. */
export function lookingBackIn(line: string): LookingBack | undefined {
  if (line.length > LONGEST) return undefined;
  const words = line.trim();
  if (!WORDS.test(words)) return undefined;
  const asked = parseCommand(words, () => undefined);
  const { type } = asked;
  return type === "cases" || type === "stats" || type === "search" || type === "incomplete" ? asked : undefined;
}

/** Whether a line after a blank one asks this, and is no more of the paste. */
export function asksBackAfterPaste(line: string): boolean {
  return WORDS_AFTER_A_PASTE.test(line.trim());
}

/** As commands are typed elsewhere: "/ipsec cases" is "cases". */
export function withoutSlash(line: string): string {
  return line.replace(/^\s{0,4}\/ipsec /i, "");
}
