/** Opens a case in a thread of its own, or takes one along into a new thread. */
import type { Heard } from "../../domain/chat.ts";
import type { Content, Person } from "../../domain/inbound.ts";
import { takesNothingAlong } from "../../speech/taking-along.ts";
import { closedCase, type Desk, refuse, sentence, type Telling } from "./desk.ts";
import { refusalIn } from "./failures.ts";
import { placeOf, type Thread } from "./place.ts";
import { openedAt } from "./send-status.ts";
import { openingMessage } from "./status.ts";

export interface Opening {
  readonly workspace: string;
  /** Undefined: in a direct message with the person. */
  readonly channel: string | undefined;
  readonly person: Person;
  /** Unique to what asked for it. */
  readonly delivery: string;
  readonly content: Extract<Content, { type: "opened" | "resumed" }>;
}

export type Opened =
  | { readonly caseId: string; readonly thread: Thread }
  /** Nothing was opened; what the person is told. */
  | { readonly refused: Telling };

/** @throws StoreUnavailable when nothing was committed; no message of it stays either. */
export async function openCase(
  desk: Desk,
  { workspace, channel, person, delivery, content }: Opening,
): Promise<Opened> {
  const { client, tools } = desk;
  if (content.type === "opened") {
    const why = await desk.may.refusal("start", person.id, channel ?? "D");
    if (why !== undefined) return { refused: refuse(desk, person.id, "start", why) };
  }
  let thread: Thread;
  try {
    thread = await newThread(desk, channel, person.id);
  } catch (error) {
    const refusal = refusalIn(error);
    if (refusal === "not_in_channel" || refusal === "channel_not_found" || refusal === "is_archived")
      return { refused: sentence(NOT_THERE) };
    tools.log.warn({ chat: "slack", refusal }, "a thread for a case could not be begun");
    return { refused: sentence("Slack did not let me begin a thread just now. Please try it again in a minute.") };
  }
  const takeBack = () =>
    client.chat.delete({ channel: thread.channel, ts: thread.root }).catch(() => {
      tools.log.warn({ chat: "slack" }, "a message of a case that was not opened could not be taken back");
    });
  try {
    const heard = await tools.bot.hear({
      deliveries: [`slack:${workspace}:${delivery}`],
      place: placeOf(workspace, thread),
      person,
      at: tools.now(),
      content,
      answerBy: openedAt(thread.root),
    });
    if (heard.outcome === "taken") return { caseId: heard.caseId, thread };
    await takeBack();
    const refused = content.type === "resumed" ? notTaken(heard, content) : undefined;
    if (refused !== undefined) return { refused };
    if (heard.outcome === "closed") return { refused: closedCase(heard.caseId) };
    return { refused: sentence(heard.outcome === "repeat" ? "That is done already." : "I don't know that case.") };
  } catch (error) {
    await takeBack();
    throw error;
  }
}

/** What to do where a code took nothing along; undefined where no code was given, or it did. */
export function notTaken(
  { outcome }: Pick<Heard, "outcome">,
  { caseId, code }: { readonly caseId: string; readonly code?: string | undefined },
): Telling | undefined {
  return code !== undefined && outcome === "no-case" ? sentence(takesNothingAlong(caseId)) : undefined;
}

const NOT_THERE =
  "I am not in that channel. Invite me with /invite there and try again, or let it be a private case, in a direct message with me.";

async function newThread({ client }: Desk, channel: string | undefined, person: string): Promise<Thread> {
  const id = channel ?? (await client.conversations.open({ users: person })).channel?.id;
  if (id === undefined) throw new Error("Slack opened no direct message");
  const { text, blocks } = openingMessage(person);
  const { ts } = await client.chat.postMessage({ channel: id, text, blocks });
  if (ts === undefined) throw new Error("Slack named no timestamp");
  return { channel: id, root: ts };
}
