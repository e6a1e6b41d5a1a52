/** Questions in messages: once the case asks something newer, is closed or has left, nothing of an older one can be pressed. */
import { type APIMessage, ComponentType, type REST, Routes } from "discord.js";
import { answersItsQuestion } from "../../case/messages.ts";
import { editMessage, meaningOf } from "./api.ts";
import type { Row } from "./choices.ts";
import { type Action, readCustomId } from "./custom-id.ts";
import { CHAT } from "./place.ts";
import type { ChatLog } from "./settings.ts";

export interface Questions {
  /** A message went out, as "channel/message"; where it asks, the question before it is over. */
  sent(caseId: string, at: string, rows: readonly Row[]): void;
  /** The case is closed, or has left that channel: resolves when its questions there are without buttons. */
  over(caseId: string, channelId: string): Promise<void>;
  stop(): void;
}

/** Milliseconds; looked at so often, and one at a time: nobody waits for it, and replies go first. */
const EACH_MS = 1_500;
/** Cases whose question is remembered, and messages that wait; what is beyond that keeps its buttons, which then say that it is over. */
const MOST_CASES = 1_000;
const MOST_WAITING = 200;

export function createQuestions(
  rest: REST,
  log: ChatLog,
  /** For tests. */
  eachMs = EACH_MS,
): Questions {
  const open = new Map<string, string>();
  const waiting = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isStopped = false;

  function lookLater(): void {
    if (isStopped || waiting.size === 0) return;
    timer ??= setTimeout(() => void goOn(), eachMs).unref();
  }

  async function goOn(): Promise<void> {
    const [first] = waiting;
    if (first !== undefined) await retire(first);
    timer = undefined;
    lookLater();
  }

  /** As it stands there now: somebody may have answered it meanwhile, which stays. */
  async function retire(at: string): Promise<void> {
    waiting.delete(at);
    const [channelId = "", messageId = ""] = at.split("/");
    try {
      const message = (await rest.get(Routes.channelMessage(channelId, messageId))) as APIMessage;
      const left = withoutQuestions(message);
      if (left !== undefined) await editMessage(rest, channelId, messageId, { components: left });
    } catch (error) {
      // Its buttons then say that the question is over when they are pressed.
      log.info({ chat: CHAT, meaning: meaningOf(error) }, "an answered question keeps its buttons");
    }
  }

  return {
    sent(caseId, at, rows) {
      if (!rows.some(asks)) return;
      const before = open.get(caseId);
      if (before !== undefined && before !== at) waiting.add(before);
      open.delete(caseId);
      open.set(caseId, at);
      const [oldest] = open.keys();
      if (open.size > MOST_CASES && oldest !== undefined) open.delete(oldest);
      const [longest] = waiting;
      if (waiting.size > MOST_WAITING && longest !== undefined) waiting.delete(longest);
      lookLater();
    },
    async over(caseId, channelId) {
      const asked = open.get(caseId);
      const isThere = (at: string) => at.startsWith(`${channelId}/`);
      if (asked !== undefined && isThere(asked)) {
        open.delete(caseId);
        waiting.add(asked);
      }
      for (const at of [...waiting].filter(isThere)) await retire(at);
    },
    stop() {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}

/** What is about the case as it was then; what deletes a key, gives the case away or opens it again stays. */
const PASSING: readonly Action["type"][] = ["choose", "paste"];

/** @returns undefined where nothing changes */
function withoutQuestions({ components = [] }: APIMessage): Row[] | undefined {
  const rows = components.flatMap((row) => (row.type === ComponentType.ActionRow ? [row as Row] : []));
  let isChanged = false;
  const left = rows.map((row): Row => {
    const kept = row.components.filter((one) => !PASSING.some((type) => actionOf(one)?.type === type));
    isChanged ||= kept.length < row.components.length;
    return { ...row, components: kept };
  });
  return isChanged ? left.filter((row) => row.components.length > 0) : undefined;
}

/** It asks, or tells what came of an output: what was asked before is answered then. */
function asks({ components }: Row): boolean {
  return components.some((one) => {
    if (one.type === ComponentType.StringSelect) return one.options.some(({ value }) => answersItsQuestion(value));
    const action = actionOf(one);
    if (action?.type !== "choose" || action.choice === undefined) return false;
    return answersItsQuestion(action.choice) || OF_AN_OUTPUT.includes(action.choice);
  });
}
const OF_AN_OUTPUT: readonly string[] = ["other-end", "undo"];

function actionOf(one: Row["components"][number]): Action | undefined {
  return "custom_id" in one ? readCustomId(one.custom_id) : undefined;
}
