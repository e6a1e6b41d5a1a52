/** What can be done with a reply beside choosing from it: paste privately, say whose paste it was, delete a key. */
import { secretsRemovedFrom } from "../../case/event-schema.ts";
import type { Reply } from "../../domain/reply.ts";
import type { CaseHead, StoredTurn } from "../../store/store.ts";
import { type Control, personRow, type Row } from "./choices.ts";
import { isDirect } from "./place.ts";

export interface Extras {
  readonly controls: readonly Control[];
  readonly more: readonly Row[];
  /** Said below the reply. */
  readonly advice?: string | undefined;
}

export interface ExtrasAbout {
  readonly head: CaseHead;
  readonly turn: StoredTurn | undefined;
  readonly reply: Reply;
  readonly escalates: boolean;
}

const MESSAGE_ID = /^\d{15,20}$/;

export function extrasFor({ head, turn, reply, escalates }: ExtrasAbout): Extras {
  const choose = (choice: string) => ({ type: "choose", caseId: head.id, turn: turn?.number ?? 0, choice }) as const;
  if (head.status === "closed")
    return { controls: [{ label: "Reopen", action: { type: "reopen", caseId: head.id } }], more: [] };
  const pastes = secretsRemovedFrom(turn?.events ?? []);
  const secrets = pastes.reduce((sum, each) => sum + each, 0);
  const message = turn?.message;
  const controls: Control[] = [];
  let advice: string | undefined;
  if (secrets > 0 && message !== undefined && MESSAGE_ID.test(message)) {
    const them = secrets === 1 ? "the key" : `the ${secrets} keys`;
    advice = `Discord still has your message with ${them}: delete it.`;
    // In direct messages a bot may not delete what people wrote.
    if (!isDirect(head.place))
      controls.push({
        label: "Delete my message",
        action: { type: "delete", caseId: head.id, message },
        style: "danger",
      });
  }
  const isWriteUp = reply.blocks.some(({ type }) => type === "file");
  const asks = reply.blocks.some(({ type }) => type === "choices" || type === "code");
  if (isWriteUp && escalates) controls.push({ label: "Post it to the escalation channel", action: choose("escalate") });
  if (pastes.length > 0) {
    controls.push({ label: "Other end", action: choose("other-end") });
    controls.push({ label: "Undo", action: choose("undo") });
  }
  if (asks && !isWriteUp) controls.push({ label: "Paste privately", action: { type: "paste", caseId: head.id } });
  const more =
    isWriteUp && !isDirect(head.place) ? [personRow({ type: "give", caseId: head.id }, "Give the case to…")] : [];
  return { controls, more, advice };
}
