/** What is said in a case's thread by somebody who may be talking to somebody else: they alone are asked, with a button. */
import { z } from "zod";
import { anotherSpokeLast, ifOverheard, LEFT_ALONE, TALK_LASTS_S, TURNS_LOOKED_AT } from "../../case/overheard.ts";
import type { CaseHead } from "../../store/store.ts";
import { button } from "./block-kit.ts";
import { CHOOSE, CLOSE, carry } from "./choices.ts";
import { type Desk, sentence, type Telling } from "./desk.ts";
import type { Message } from "./hear.ts";

type Said = Extract<Message, { type: "said" }>;

const RepliesSchema = z.object({
  messages: z
    .array(z.object({ ts: z.string(), user: z.string().optional(), bot_id: z.string().nullish() }))
    .default([]),
});

/**
 * @returns what to ask the person, "talk" where it is none of ours, undefined where it is said to us or changes nothing.
 * It is talk where it names somebody else, or where another person spoke last.
 */
export async function overheard(desk: Desk, message: Said, head: CaseHead): Promise<Telling | "talk" | undefined> {
  const does = message.files.length > 0 ? undefined : ifOverheard(message.text);
  if (does === undefined) return undefined;
  if (!message.namesOthers && !(await isBehindAnother(desk, message, head))) return undefined;
  if (does === "small talk" || head.status === "closed") return "talk";
  const { choice = CLOSE, label } = does;
  return sentence(LEFT_ALONE, {
    type: "actions",
    elements: [button(label, CHOOSE, carry({ caseId: head.id, turn: head.version, choice }))],
  });
}

/** Whether the message before, in its thread, is another person's that was not for us. */
async function isBehindAnother(desk: Desk, { thread, person, ts }: Said, head: CaseHead): Promise<boolean> {
  try {
    const answer = RepliesSchema.parse(
      await desk.client.conversations.replies({
        channel: thread.channel,
        ts: thread.root,
        oldest: Math.max(0, Number(ts) - TALK_LASTS_S).toFixed(6),
        latest: ts,
        limit: 200,
      }),
    );
    const before = answer.messages.filter(
      (each) => Number(each.ts) < Number(ts) && Number(each.ts) > Number(ts) - TALK_LASTS_S && each.user !== person.id,
    );
    const turns = await desk.tools.cases.turns(head.id, Math.max(0, head.version - TURNS_LOOKED_AT));
    const spoken = before.map(({ ts: id, user, bot_id }) => ({
      person: bot_id != null || user === desk.self.userId ? undefined : user,
      toUs: turns.some(({ message }) => message === id),
    }));
    return anotherSpokeLast(spoken, person.id);
  } catch {
    // Slack does not say who spoke; whoever means us must not wait for nothing.
    return false;
  }
}
