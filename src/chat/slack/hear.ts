/** What was said in Slack, from its events: pure, checked, and without what is not meant for us. */
import type { Person } from "../../domain/inbound.ts";
import { type EventBody, isMessage, type MessageEvent, type SlackFile, type Written } from "./events.ts";
import { isDirect, type Thread, timeOf } from "./place.ts";
import { mentionsPeople, textOfMessage, withoutMention } from "./slack-text.ts";

/** Who we are there, from auth.test. */
export interface Self {
  readonly teamId: string;
  readonly userId: string;
  readonly botId: string | undefined;
  /** The workspace's URL. */
  readonly url: string;
}

interface Common {
  readonly deliveries: readonly [string, ...string[]];
  readonly workspace: string;
  readonly thread: Thread;
  readonly person: Person;
  readonly at: number;
  /** Its timestamp, which is its id in the channel. */
  readonly ts: string;
}
export type Message =
  | (Common & {
      readonly type: "said";
      readonly text: string;
      readonly files: readonly SlackFile[];
      /** Said to us: by mention, or in a direct message. */
      readonly addressed: boolean;
      /** It mentions people, or all of the channel, beside us. */
      readonly namesOthers: boolean;
      /** In a thread, not as a message of its own. */
      readonly inThread: boolean;
      /** Its writer is of another workspace, in a channel that both share. */
      readonly isForeign: boolean;
    })
  | (Common & { readonly type: "edited"; readonly text: string; readonly withFiles: boolean })
  | (Common & { readonly type: "deleted" });

/** What people write; joins, topics, pins and the like are no messages to us. */
const WRITTEN: readonly (string | undefined)[] = [undefined, "file_share", "thread_broadcast", "me_message"];

/** @returns undefined for what nobody said to anybody: our own messages, other bots', notices, unfurled links */
export function hearMessage(body: EventBody, self: Self): Message | undefined {
  const { event } = body;
  if (!isMessage(event)) return undefined;
  const workspace = workspaceOf(body);
  if (event.subtype === "message_changed") return heardEdit(event, body.event_id, workspace, self);
  if (event.subtype === "message_deleted") return heardDeletion(event, body.event_id, workspace);
  if (!WRITTEN.includes(event.subtype) || event.user === undefined || isBots(event, self)) return undefined;
  const { mentioned, text } = withoutMention(event.text ?? "", self.userId);
  return {
    type: "said",
    // The same message comes as a message and as a mention, each with an event id of its own.
    deliveries: [deliveryOf(workspace, event.channel, event.ts), `slack:${workspace}:${body.event_id}`],
    workspace,
    thread: { channel: event.channel, root: event.thread_ts ?? event.ts },
    person: { id: event.user },
    at: timeOf(event.ts),
    ts: event.ts,
    text: textOfMessage(text),
    files: event.files ?? [],
    addressed: mentioned || event.type === "app_mention" || isDirect(event.channel),
    namesOthers: mentionsPeople(text),
    inThread: event.thread_ts !== undefined,
    isForeign: event.user_team !== undefined && event.user_team !== workspace,
  };
}

/** The workspace that we are installed in; in a shared channel an event may name another. */
export function workspaceOf({ authorizations, team_id }: EventBody): string {
  return authorizations?.[0]?.team_id ?? team_id;
}

export function deliveryOf(workspace: string, channel: string, ts: string): string {
  return `slack:${workspace}:${channel}:${ts}`;
}

function isBots({ bot_id, user }: Written, self: Self): boolean {
  return bot_id !== undefined || user === self.userId;
}

function heardEdit(event: MessageEvent, eventId: string, workspace: string, self: Self): Message | undefined {
  const { message, previous_message: before, channel } = event;
  if (message === undefined || isBots(message, self)) return undefined;
  const { user, ts } = message;
  // A deleted message that has answers stays as a tombstone.
  if (message.subtype === "tombstone") return heardDeletion({ ...event, deleted_ts: ts }, eventId, workspace);
  // Unfurled links and new answers change a message as well, but not its words.
  if (user === undefined || message.text === undefined || message.text === before?.text) return undefined;
  const editedAt = message.edited?.ts ?? event.ts;
  return {
    type: "edited",
    deliveries: [`${deliveryOf(workspace, channel, ts)}:edited:${editedAt}`, `slack:${workspace}:${eventId}`],
    workspace,
    thread: { channel, root: message.thread_ts ?? ts },
    person: { id: user },
    at: timeOf(editedAt),
    ts,
    text: textOfMessage(withoutMention(message.text, self.userId).text),
    withFiles: (message.files ?? []).length > 0,
  };
}

function heardDeletion(event: MessageEvent, eventId: string, workspace: string): Message | undefined {
  const { deleted_ts: ts, previous_message: before, channel } = event;
  if (ts === undefined) return undefined;
  return {
    type: "deleted",
    deliveries: [`${deliveryOf(workspace, channel, ts)}:deleted`, `slack:${workspace}:${eventId}`],
    workspace,
    thread: { channel, root: before?.thread_ts ?? ts },
    person: { id: before?.user ?? "unknown" },
    at: timeOf(event.ts),
    ts,
  };
}
