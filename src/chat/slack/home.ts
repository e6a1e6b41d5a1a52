/** App Home: the person's open cases, and those of the channels that they are in. */
import type { types } from "@slack/bolt";
import type { CaseHead } from "../../store/store.ts";
import { button, paragraph, type SlackBlock, smallPrint, words } from "./block-kit.ts";
import { caseList, MOST_LISTED } from "./case-list.ts";
import type { Desk } from "./desk.ts";
import { NEW_CASE } from "./on-press.ts";
import { isDirect, threadOf } from "./place.ts";

export async function showHome(desk: Desk, workspace: string, person: string): Promise<void> {
  const { cases, now } = desk.tools;
  const open = await cases.cases({ chat: "slack", workspace, status: "open", limit: 1_000 });
  const own = open.filter(({ openedBy }) => openedBy.id === person);
  const others = open.filter(({ openedBy }) => openedBy.id !== person);
  const channels = others.length === 0 ? new Set<string>() : await channelsOf(desk, person);
  const near = others.map((head) => ({ head, channel: threadOf(head.place).channel }));
  const seen = near.filter(({ channel }) => !isDirect(channel) && channels.has(channel)).map(({ head }) => head);
  await desk.client.views.publish({ user_id: person, view: homeView(own, seen, desk.self.url, now()) });
}

export function homeView(
  own: readonly CaseHead[],
  near: readonly CaseHead[],
  url: string,
  nowMs: number,
): types.HomeView {
  return {
    type: "home",
    blocks: [
      { type: "actions", elements: [button("Begin a case", NEW_CASE, "new", "primary")] },
      paragraph(words("Your open cases", { bold: true })),
      ...listed(own, "None. Type /ipsec in a channel, or press the button above.", url, nowMs),
      { type: "divider" },
      paragraph(words("Open cases in your channels", { bold: true })),
      ...listed(near, "None.", url, nowMs),
    ],
  };
}

function listed(heads: readonly CaseHead[], none: string, url: string, nowMs: number): SlackBlock[] {
  if (heads.length === 0) return [smallPrint(none)];
  const more = heads.length > MOST_LISTED ? [smallPrint(`${heads.length - MOST_LISTED} more: /ipsec cases`)] : [];
  return [...caseList(heads, url, nowMs), ...more];
}

/** Only what the person and we are both in: nobody learns of a private channel's case here. */
async function channelsOf({ client, tools }: Desk, person: string): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  let cursor: string | undefined;
  try {
    do {
      const answer = await client.users.conversations({
        user: person,
        types: "public_channel,private_channel",
        limit: 1_000,
        ...(cursor !== undefined && { cursor }),
      });
      for (const { id } of answer.channels ?? []) if (id !== undefined) found.add(id);
      cursor = answer.response_metadata?.next_cursor;
    } while (cursor !== undefined && cursor !== "" && found.size < 10_000);
  } catch {
    tools.log.warn({ chat: "slack" }, "a person's channels could not be listed");
  }
  return found;
}
