/** Cases of the past, in words: what a peer had before, lists, figures. */
import type { Block } from "../domain/reply.ts";

/** What is told of a case; a stored one has it. */
export interface CaseTold {
  readonly id: string;
  readonly openedAt: number;
  readonly summary: {
    readonly cause?: string | undefined;
    readonly title?: string | undefined;
    readonly fix?: string | undefined;
    readonly fixedAt?: number | undefined;
  };
}

/** One line. */
export function hadBefore({ id, openedAt, summary: { title, cause, fix, fixedAt } }: CaseTold): Block {
  const what = `This peer had a case before: ${id}, ${dayOf(openedAt)}: ${title ?? cause ?? "no cause found"}`;
  const mended =
    fixedAt === undefined
      ? "whether it was mended is not known"
      : fix === undefined
        ? `it worked again ${dayOf(fixedAt)}, what was changed was not told`
        : `what fixed it, seen to work ${dayOf(fixedAt)}: ${fix}`;
  return { type: "text", text: `${what}; ${mended}.`, tone: "quiet" };
}

/** "27 Nov 2026", in UTC. */
export function dayOf(at: number): string {
  const day = new Date(at);
  const month = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"][day.getUTCMonth()];
  return `${day.getUTCDate()} ${month} ${day.getUTCFullYear()}`;
}
