/** A paste whose message was deleted leaves the store too: its readings, its lines, and what quoted them. */
import type { Case } from "../case/case.ts";
import type { CaseEvent } from "../case/events.ts";
import { messagesOf } from "../case/messages.ts";
import type { Block, Reply } from "../domain/reply.ts";
import type { StoredTurn } from "../store/store.ts";

/**
 * @param names the pastes to forget
 * @param turns all turns of the case
 * @returns those that have to be written anew
 */
export function withoutPastes(names: readonly string[], before: Case, turns: readonly StoredTurn[]): StoredTurn[] {
  const messages = new Set(names.flatMap((name) => messagesOf(before, name)));
  const first = turns.find(({ message }) => message !== undefined && messages.has(message))?.number ?? Infinity;
  return turns.flatMap((turn) => {
    if (turn.number < first) return [];
    if (turn.message === undefined || !messages.has(turn.message))
      return [{ ...turn, reply: unquoted(turn.reply, names) }];
    return [
      { ...turn, echo: "(deleted)", reply: undefined, events: (turn.events as readonly CaseEvent[]).map(forgotten) },
    ];
  });

  function forgotten(event: CaseEvent): CaseEvent {
    const isGone = (event.type === "pasted" || event.type === "pasted-anew") && names.includes(event.paste.name);
    return isGone ? { type: "forgotten", paste: event.paste.name } : event;
  }
}

/** A later reply without the lines of the pastes, and without write-ups, which quote them. */
function unquoted(reply: Reply | undefined, names: readonly string[]): Reply | undefined {
  if (reply === undefined) return undefined;
  const blocks = reply.blocks.flatMap((block): Block[] => {
    if (block.type === "file") return [];
    if (block.type !== "evidence") return [block];
    const lines = block.lines.filter(({ paste }) => !names.includes(paste));
    return lines.length === 0 ? [] : [{ ...block, lines }];
  });
  return { blocks };
}
