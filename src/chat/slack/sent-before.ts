/** Whether a message of the outbox reached its thread in an earlier try whose end nobody saw. */
import type { webApi } from "@slack/bolt";
import { z } from "zod";
import type { Thread } from "./place.ts";

/** Marks our messages with the row of the outbox that they came from. */
export const EVENT_TYPE = "tunnelmedic_message";

const RepliesSchema = z.object({
  messages: z
    .array(
      z.object({
        ts: z.string(),
        metadata: z.object({ event_type: z.string(), event_payload: z.record(z.string(), z.unknown()) }).optional(),
        files: z.array(z.object({ name: z.string().nullish() })).optional(),
        bot_id: z.string().optional(),
      }),
    )
    .default([]),
  response_metadata: z.object({ next_cursor: z.string().optional() }).optional(),
});

export interface SentBefore {
  readonly ts: string | undefined;
  readonly files: readonly string[];
}

/** A thread longer than this many pages of 200 is not searched to its end: a message twice is better than none. */
const MOST_PAGES = 10;

/** @param oldest a timestamp before which it can't have been sent */
export async function sentBefore(
  client: webApi.WebClient,
  { channel, root }: Thread,
  id: string,
  oldest: string | undefined,
): Promise<SentBefore> {
  let ts: string | undefined;
  const files: string[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const answer = RepliesSchema.parse(
      await client.conversations.replies({
        channel,
        ts: root,
        include_all_metadata: true,
        limit: 200,
        ...(oldest !== undefined && { oldest }),
        ...(cursor !== undefined && { cursor }),
      }),
    );
    for (const message of answer.messages) {
      const { event_type, event_payload } = message.metadata ?? {};
      if (event_type === EVENT_TYPE && event_payload?.["outbox_id"] === id) ts = message.ts;
      if (message.bot_id !== undefined) files.push(...(message.files ?? []).flatMap(({ name }) => name ?? []));
    }
    cursor = answer.response_metadata?.next_cursor;
    if (cursor === undefined || cursor === "") break;
  }
  return { ts, files };
}
