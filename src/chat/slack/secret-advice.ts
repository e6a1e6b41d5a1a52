/** What is said below a reply to a message that held keys: Slack still has it. */
import { secretsRemovedFrom } from "../../case/event-schema.ts";
import type { StoredTurn } from "../../store/store.ts";
import { button, type SlackBlock, smallPrint } from "./block-kit.ts";
import { CHOOSE, carry, DELETE_PASTE, type OfCase } from "./choices.ts";

/** A message's timestamp; what came by a form is in no channel. */
const TIMESTAMP = /^\d{1,12}\.\d{1,9}$/;

export function adviceFor(turn: StoredTurn, of: OfCase): SlackBlock[] {
  const removed = secretsRemovedFrom(turn.events).reduce((sum, each) => sum + each, 0);
  if (removed === 0 || turn.message === undefined || !TIMESTAMP.test(turn.message)) return [];
  const them = removed === 1 ? "the key" : `the ${removed} keys`;
  return [
    smallPrint(`Slack still has your message with ${them}: delete it, and change what was shared.`),
    {
      type: "actions",
      elements: [
        button(
          "Delete my paste",
          `${CHOOSE}:delete`,
          carry({ ...of, choice: `${DELETE_PASTE}:${turn.message}` }),
          "danger",
        ),
      ],
    },
  ];
}
