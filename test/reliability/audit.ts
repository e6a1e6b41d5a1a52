/** What must hold after any number of deaths: each promise with its violations, so that a failure names them. */
import type { Store, StoredTurn } from "../../src/store/store.ts";
import type { Platform } from "./platform.ts";
import type { Told } from "./talk.ts";

export interface Violations {
  /** Acknowledged, and in no case. */
  readonly lost: string[];
  readonly handledTwice: string[];
  readonly repliesMissing: string[];
  readonly outOfOrder: string[];
  /** What people see more than once, or what was given up. */
  readonly other: string[];
}
export const NONE: Violations = { lost: [], handledTwice: [], repliesMissing: [], outOfOrder: [], other: [] };

/** @param inOrder whether the messages of a thread were told one after the other, so that their order is known */
export async function audit(
  store: Store,
  platform: Platform,
  told: readonly Told[],
  { inOrder }: { readonly inOrder: boolean },
): Promise<Violations> {
  const found: Violations = { lost: [], handledTwice: [], repliesMissing: [], outOfOrder: [], other: [] };
  const seen = platform.seen();
  for (const thread of new Set(told.map(threadOf))) {
    const messages = told.filter((one) => threadOf(one) === thread);
    const place = messages[0]?.inbound.place;
    const head = place && (await store.caseAt(place));
    const turns = head ? await store.turns(head.id) : [];
    checkTurns(messages, turns, found);
    if (!head) continue;
    const kept = turns.map(({ message }) => message);
    const inTheirOrder = messages.map(messageOf).filter((message) => kept.includes(message));
    if (inOrder && kept.join() !== inTheirOrder.join()) found.outOfOrder.push(`turns of ${thread}: ${kept.join()}`);
    if (turns.some(({ number }, index) => number !== index + 1)) found.other.push(`${thread}: turns with gaps`);
    const ofCase = seen.filter(({ caseId }) => caseId === head.id);
    const replies = ofCase.filter(({ type }) => type === "reply").map(({ turn }) => turn);
    for (const { number } of turns)
      if (!replies.includes(number)) found.repliesMissing.push(`${thread}: turn ${number}`);
    if (new Set(replies).size < replies.length) found.other.push(`${thread}: replies ${replies.join()}`);
    const numbers = ofCase.map(({ id }) => Number(id.split(".").at(-1)));
    if (!isRising(replies) || !isRising(numbers)) found.outOfOrder.push(`sent of ${thread}: ${numbers.join()}`);
  }
  const { waiting, dead } = await store.outbox();
  if (waiting + dead > 0) found.other.push(`${waiting} rows are left, ${dead} are dead`);
  return found;
}

function checkTurns(messages: readonly Told[], turns: readonly StoredTurn[], found: Violations): void {
  for (const told of messages) {
    const message = messageOf(told);
    const numbers = turns.flatMap((turn) => (turn.message === message ? [turn.number] : []));
    if (told.acknowledged.length > 0 && numbers.length === 0) found.lost.push(`${message}`);
    if (numbers.length > 1) found.handledTwice.push(`${message}: turns ${numbers.join()}`);
    const taken = told.acknowledged.filter(({ outcome }) => outcome === "taken");
    if (taken.length > 1) found.handledTwice.push(`${message}: taken ${taken.length} times`);
    for (const heard of told.acknowledged) {
      const isRight = heard.outcome === "taken" ? heard.turn === numbers[0] : heard.outcome === "repeat";
      if (!isRight) found.other.push(`${message}: acknowledged as ${JSON.stringify(heard).slice(0, 100)}`);
    }
  }
}

function threadOf({ inbound }: Told): string {
  return inbound.place.thread;
}

function messageOf({ inbound }: Told): string | undefined {
  return "message" in inbound.content ? inbound.content.message : undefined;
}

function isRising(numbers: readonly number[]): boolean {
  return numbers.every((number, index) => index === 0 || number > (numbers[index - 1] ?? 0));
}
