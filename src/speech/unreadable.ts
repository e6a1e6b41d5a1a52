/** What could not be read, and why, in one sentence each. */
import type { Block } from "../domain/reply.ts";
import type { PasteReport } from "../domain/verdict.ts";

const SHOWN = 4;

/** For each paste: nothing in it, nothing recognised; and the lines that could not be read. */
export function speakUnread(pastes: readonly PasteReport[]): Block[] {
  return pastes.flatMap((paste): Block[] => {
    const why = whyUnreadable(paste);
    if (why !== undefined) return [{ type: "text", text: `${paste.name}: ${why}` }];
    const unread = paste.outputs.flatMap((output) => output.unread);
    if (unread.length === 0) return [];
    const more = unread.length > SHOWN ? [`… and ${unread.length - SHOWN} more`] : [];
    const items = [...unread.slice(0, SHOWN).map((line) => line.trim().slice(0, 120)), ...more];
    return [{ type: "list", label: `Could not read ${unread.length} of the lines in ${paste.name}`, items }];
  });
}

/** Why nothing came of a paste, as a sentence; undefined where something was read. */
export function whyUnreadable({ outputs }: PasteReport): string | undefined {
  if (outputs.some(({ platform }) => platform !== "unknown")) return undefined;
  if (outputs.length === 0) return "there is nothing in it that I recognise.";
  return "I recognise no output in it. Paste it with its prompt line, so that I see which command it is from.";
}
