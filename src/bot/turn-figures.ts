/** A committed turn in figures and ids, for metrics and logs: nothing that was said. */
import type { Situation } from "../case/case.ts";
import type { CaseEvent } from "../case/events.ts";
import type { Inbound } from "../domain/inbound.ts";
import type { ReadPaste } from "../domain/output.ts";

export interface CommittedTurn {
  readonly chat: string;
  readonly caseId: string;
  readonly turn: number;
  readonly content: Inbound["content"]["type"];
  readonly verdict: string;
  readonly cause: string | undefined;
  readonly secretsRemoved: number;
  readonly unreadLines: number;
  readonly inOutbox: boolean;
}

/** @param events what the turn added */
export function figuresOf(
  events: readonly CaseEvent[],
  { diagnosis: { verdict } }: Situation,
): Pick<CommittedTurn, "verdict" | "cause" | "secretsRemoved" | "unreadLines"> {
  const outputs = pastesIn(events).flatMap((paste) => paste.outputs);
  return {
    verdict: verdict.verdict,
    cause: verdict.verdict === "found" ? verdict.findings[0]?.id : undefined,
    secretsRemoved: secretsRemovedBy(events),
    unreadLines: outputs.reduce((sum, { unread }) => sum + unread.length, 0),
  };
}

/** How many keys were removed from the pastes that a turn added. */
export function secretsRemovedBy(events: readonly CaseEvent[]): number {
  return pastesIn(events).reduce((sum, { secretsRemoved }) => sum + secretsRemoved, 0);
}

function pastesIn(events: readonly CaseEvent[]): readonly ReadPaste[] {
  return events.flatMap((event) => (event.type === "pasted" || event.type === "pasted-anew" ? [event.paste] : []));
}
