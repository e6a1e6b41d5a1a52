/** A case's place in Slack: a thread of a channel. */
import type { Place } from "../../domain/inbound.ts";

export interface Thread {
  readonly channel: string;
  /** The timestamp of the message that the thread hangs on. */
  readonly root: string;
}

export function placeOf(workspace: string, { channel, root }: Thread): Place {
  return { chat: "slack", workspace, thread: `${channel}/${root}` };
}

export function threadOf({ thread }: Pick<Place, "thread">): Thread {
  const [channel = "", root = ""] = thread.split("/");
  return { channel, root };
}

/** Direct messages with us have ids of their own kind. */
export function isDirect(channel: string): boolean {
  return channel.startsWith("D");
}

/** A link to a message that needs no call; `base` is the workspace's URL as auth.test tells it. */
export function linkToMessage(base: string, { channel, root }: Thread, ts = root): string {
  const link = new URL(`archives/${channel}/p${ts.replace(".", "")}`, base);
  if (ts !== root) link.search = new URLSearchParams({ thread_ts: root, cid: channel }).toString();
  return link.href;
}

/** "1733000000.000100" → milliseconds since 1970. */
export function timeOf(ts: string): number {
  return Math.floor(Number(ts) * 1000);
}
