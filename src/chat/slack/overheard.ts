/**
 * Words that would change a case, said in its thread by somebody who may be talking to somebody else: "close it", "done",
 * "write an email to them". Where the thread shows that people talk to each other, the person is asked, with a button.
 */
import { z } from "zod";
import { type Intent, intentOf } from "../../case/intent.ts";
import type { CaseHead } from "../../store/store.ts";
import { button } from "./block-kit.ts";
import { CHOOSE, CLOSE, carry } from "./choices.ts";
import { type Desk, sentence, type Telling } from "./desk.ts";
import type { Message } from "./hear.ts";

type Said = Extract<Message, { type: "said" }>;

/** What changes a case, hands it on or files something of it: the choice that does the same, and its button. */
const DOES: Partial<Readonly<Record<Intent["type"], readonly [choice: string, label: string]>>> = {
  leave: [CLOSE, "Close the case"],
  undo: ["undo", "Undo"],
  "start-over": ["start-over", "Start over"],
  "other-end": ["other-end", "The last paste was from the other end"],
  cannot: ["cannot", "Can't run that"],
  "cannot-reach": ["cannot-reach", "Can't reach it"],
  done: ["done", "Done, check it"],
  works: ["done", "It works: check it"],
  "not-helped": ["not-helped", "It did not help"],
  "hand-over": ["hand-over", "Write it up"],
  escalate: ["hand-over", "Write it up"],
  "hand-over-far": ["hand-over-far", "Write it up for the far side"],
  "hand-over-vendor": ["hand-over-vendor", "Write it up for the vendor's support"],
  "send-on": ["send-on", "Send it to the webhook"],
};

/** What people say to each other all the time, and what changes nothing. */
const SMALL_TALK: readonly (Intent["type"] | undefined)[] = ["ack", "thanks", "wait"];
/** They answer a question that a person asked as well as one of ours; as short as that, they are not worth a question. */
const YES_OR_NO = /^(?:no|next|not possible|something else)$/;
/** Nobody gives somebody else such an order in one word: it is ours, whoever spoke before. */
const ORDER = /^(?:undo|close|close (?:the )?case|quit|exit|start over|hand ?-?(?:over|off)|write it up|escalate)$/;

/** Somebody else's words of longer ago are no talk that goes on. */
const TALK_LASTS_S = 900;

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
  const words = message.text
    .trim()
    .toLowerCase()
    .replace(/[.!?\s]{1,5}$/, "");
  const intent = intentOf(message.text)?.type;
  const does = intent === undefined ? undefined : DOES[intent];
  const isSmall = SMALL_TALK.includes(intent) || YES_OR_NO.test(words);
  if (message.files.length > 0 || (does === undefined && !isSmall)) return undefined;
  if (ORDER.test(words)) return undefined;
  if (!message.namesOthers && !(await anotherSpokeLast(desk, message, head))) return undefined;
  if (does === undefined || isSmall || head.status === "closed") return "talk";
  const [choice, label] = does;
  return sentence("I took that as said to somebody else and did nothing. If you meant me:", {
    type: "actions",
    elements: [button(label, CHOOSE, carry({ caseId: head.id, turn: head.version, choice }))],
  });
}

/** Whether what is said to a case without being told to would have been answered: not after it is closed, for mere politeness. */
export function asksOfCase(text: string): boolean {
  const intent = intentOf(text)?.type;
  return intent !== undefined && DOES[intent] !== undefined && intent !== "works";
}

/** Turns that are looked at; more than may wait for their answers to be sent. */
const LATEST_TURNS = 10;

/** Whether the message before, in its thread, is another person's that was not for us: those have our answer behind them, or soon will. */
async function anotherSpokeLast(desk: Desk, { thread, person, ts }: Said, head: CaseHead): Promise<boolean> {
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
    const last = before.at(-1);
    if (last === undefined || last.bot_id != null || last.user === undefined || last.user === desk.self.userId)
      return false;
    const turns = await desk.tools.cases.turns(head.id, Math.max(0, head.version - LATEST_TURNS));
    return !turns.some(({ message }) => message === last.ts);
  } catch {
    // Slack does not say who spoke; whoever means us must not wait for nothing.
    return false;
  }
}
