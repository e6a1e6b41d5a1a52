/** What people really say, turn by turn: the recorded conversations, as messages of a chat. */
import type { Inbound } from "../../src/domain/inbound.ts";
import { pasteOf, readConversations } from "../../test/scenarios.ts";
import type { Conversations } from "./play.ts";

export function recordedConversations(): Conversations {
  return readConversations().map(({ turns, texts }, index) => {
    const thread = String(index);
    const said = turns.flatMap((turn, at): Inbound[] => {
      const text = pasteOf(turn, texts) ?? turn.says;
      if (text === undefined) return [];
      return [message(thread, at + 1, { type: "said", text, side: turn.from, message: `m${at}` })];
    });
    return [message(thread, 0, { type: "opened" }), ...said];
  });
}

function message(thread: string, number: number, content: Inbound["content"]): Inbound {
  return {
    deliveries: [`bench:${thread}:${number}`],
    place: { chat: "bench", workspace: "T1", thread },
    person: { id: "U1", name: "Asha" },
    at: 1_790_000_000_000 + number * 60_000,
    content,
  };
}
