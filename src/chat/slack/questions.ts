/** Questions in messages: once one is answered, or the case has moved on, nothing of it can be pressed any more. */
import type { webApi } from "@slack/bolt";
import { paragraph, type SlackBlock, userName, words } from "./block-kit.ts";
import { isQuestion, labelIn } from "./choices.ts";
import { refusalIn } from "./failures.ts";
import type { Thread } from "./place.ts";
import type { SlackTools } from "./settings.ts";

/** A message of ours, as it stands there. */
export interface Shown {
  readonly channel: string;
  readonly ts: string;
  readonly text: string;
  readonly blocks: readonly SlackBlock[];
}

export interface Questions {
  /** A message went out; where it asks, the question before it is over. */
  sent(caseId: string, thread: Thread, message: Shown): void;
  /** A choice of a message's question was pressed: it stands there instead of the buttons. @param by undefined: it came too late */
  pressed(message: Shown, choice: string, by: string | undefined): void;
  /** The case is closed, or has left that thread. */
  over(caseId: string, thread?: Thread): void;
  stop(): void;
}

/** Milliseconds; looked at so often, and one at a time: nobody waits for it. */
const EACH_MS = 1_500;
/** Cases whose question is remembered, and messages that wait; what is beyond that keeps its buttons, which then say that it is over. */
const MOST_CASES = 1_000;
const MOST_WAITING = 200;

interface Asked extends Shown {
  readonly root: string;
}

export interface QuestionTools {
  readonly client: Pick<webApi.WebClient, "chat">;
  /** Spends one of the updates that Slack allows, where nothing that is more urgent needs it. */
  readonly spare: () => boolean;
  readonly log: SlackTools["log"];
}

export function createQuestions({ client, spare, log }: QuestionTools): Questions {
  const open = new Map<string, Asked>();
  const waiting = new Map<string, Shown>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isStopped = false;

  function lookLater(): void {
    if (isStopped || waiting.size === 0) return;
    timer ??= setTimeout(() => {
      timer = undefined;
      void goOn();
    }, EACH_MS).unref();
  }

  async function goOn(): Promise<void> {
    const [first] = waiting;
    if (first !== undefined && spare()) {
      const [key, message] = first;
      waiting.delete(key);
      await show(message, withoutQuestions(message.blocks));
    }
    lookLater();
  }

  async function show({ channel, ts, text }: Shown, blocks: readonly SlackBlock[]): Promise<void> {
    try {
      await client.chat.update({ channel, ts, text, blocks: [...blocks] });
    } catch (error) {
      // Its buttons then say that the question is over when they are pressed.
      log.info({ chat: "slack", refusal: refusalIn(error) }, "an answered question keeps its buttons");
    }
  }

  function retire(message: Asked | undefined): void {
    if (message === undefined) return;
    waiting.set(keyOf(message), message);
    const [oldest] = waiting.keys();
    if (waiting.size > MOST_WAITING && oldest !== undefined) waiting.delete(oldest);
    lookLater();
  }

  return {
    sent(caseId, { channel, root }, message) {
      if (!message.blocks.some(isQuestion)) return;
      retire(open.get(caseId));
      open.delete(caseId);
      open.set(caseId, { ...message, channel, root });
      const [oldest] = open.keys();
      if (open.size > MOST_CASES && oldest !== undefined) open.delete(oldest);
    },
    pressed(message, choice, by) {
      const answered = withAnswer(message.blocks, choice, by);
      if (answered === undefined) return;
      waiting.delete(keyOf(message));
      for (const [caseId, asked] of open) if (keyOf(asked) === keyOf(message)) open.delete(caseId);
      void show(message, answered);
    },
    over(caseId, thread) {
      const asked = open.get(caseId);
      if (asked === undefined) return;
      if (thread !== undefined && (asked.channel !== thread.channel || asked.root !== thread.root)) return;
      open.delete(caseId);
      retire(asked);
    },
    stop() {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}

function keyOf({ channel, ts }: Shown): string {
  return `${channel}/${ts}`;
}

function withoutQuestions(blocks: readonly SlackBlock[]): SlackBlock[] {
  return blocks.filter((block) => !isQuestion(block));
}

/** @returns undefined where no question of the message offers that choice */
function withAnswer(blocks: readonly SlackBlock[], choice: string, by: string | undefined): SlackBlock[] | undefined {
  const label = blocks.map((block) => labelIn(block, choice)).find((found) => found !== undefined);
  if (label === undefined) return undefined;
  if (by === undefined) return withoutQuestions(blocks);
  return blocks.flatMap((block) => {
    if (labelIn(block, choice) !== undefined) return [paragraph(words(`✓ ${label}  ·  `), userName(by))];
    return isQuestion(block) ? [] : [block];
  });
}
