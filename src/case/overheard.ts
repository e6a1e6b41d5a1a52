/**
 * Words that would change a case, said in its thread by somebody who may be talking to somebody else: "close it", "done",
 * "write an email to them". Where a thread shows that people talk to each other, a chat asks with a button instead.
 */
import { type Intent, intentOf } from "./intent.ts";

/** What words would do. */
export interface WouldDo {
  /** The choice that does the same; undefined: closing the case. */
  readonly choice: string | undefined;
  /** Of its button. */
  readonly label: string;
}

const DOES: Partial<Readonly<Record<Intent["type"], readonly [choice: string | undefined, label: string]>>> = {
  leave: [undefined, "Close the case"],
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

/** Said beside the button. */
export const LEFT_ALONE = "I took that as said to somebody else and did nothing. If you meant me:";

/**
 * @param text a message without a file that was not said to us
 * @returns undefined for what changes nothing, and for plain orders, which always count
 */
export function ifOverheard(text: string): WouldDo | "small talk" | undefined {
  const words = text
    .trim()
    .toLowerCase()
    .replace(/[.!?\s]{1,5}$/, "");
  if (ORDER.test(words)) return undefined;
  const intent = intentOf(text)?.type;
  if (SMALL_TALK.includes(intent) || YES_OR_NO.test(words)) return "small talk";
  const does = intent === undefined ? undefined : DOES[intent];
  return does && { choice: does[0], label: does[1] };
}

/** Whether what is said to a case without being told to would have been answered: not after it is closed, for mere politeness. */
export function asksOfCase(text: string): boolean {
  const intent = intentOf(text)?.type;
  return intent !== undefined && DOES[intent] !== undefined && intent !== "works";
}

/** Seconds: somebody else's words of longer ago are no talk that goes on. */
export const TALK_LASTS_S = 900;
/** Turns that are looked at for what was for us; more than may wait for their answers to be sent. */
export const TURNS_LOOKED_AT = 10;

export interface Spoken {
  /** Undefined: a bot, ourselves or another. */
  readonly person: string | undefined;
  /** Said to us, or read by the case: our answer is behind it, or soon will be. */
  readonly toUs: boolean;
}

/**
 * Whether the last that spoke is another person, and not to us.
 * @param before what was said in the thread within TALK_LASTS_S, in order
 */
export function anotherSpokeLast(before: readonly Spoken[], person: string): boolean {
  const last = before.findLast((each) => each.person !== person);
  return last?.person !== undefined && !last.toUs;
}
