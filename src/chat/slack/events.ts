/** What Slack delivers, as far as we read it; checked before anything is believed. */
import { z } from "zod";

export const FileSchema = z.object({
  id: z.string(),
  name: z.string().nullish(),
  title: z.string().nullish(),
  mimetype: z.string().nullish(),
  size: z.number().nullish(),
  mode: z.string().nullish(),
  file_access: z.string().nullish(),
  url_private_download: z.string().nullish(),
  url_private: z.string().nullish(),
});
export type SlackFile = z.infer<typeof FileSchema>;

const WrittenSchema = z.object({
  ts: z.string(),
  user: z.string().optional(),
  text: z.string().optional(),
  thread_ts: z.string().optional(),
  subtype: z.string().optional(),
  bot_id: z.string().optional(),
  edited: z.object({ ts: z.string() }).optional(),
  files: z.array(FileSchema).optional(),
});
export type Written = z.infer<typeof WrittenSchema>;

const MessageSchema = WrittenSchema.extend({
  type: z.enum(["message", "app_mention"]),
  channel: z.string(),
  channel_type: z.string().optional(),
  user_team: z.string().optional(),
  message: WrittenSchema.optional(),
  previous_message: WrittenSchema.optional(),
  deleted_ts: z.string().optional(),
});

const HomeSchema = z.object({ type: z.literal("app_home_opened"), user: z.string(), tab: z.string().optional() });
const OtherSchema = z.object({ type: z.string() });

export const EventBodySchema = z.object({
  team_id: z.string(),
  event_id: z.string(),
  authorizations: z.array(z.object({ team_id: z.string().nullish() })).optional(),
  event: z.union([MessageSchema, HomeSchema, OtherSchema]),
});
export type EventBody = z.infer<typeof EventBodySchema>;
export type MessageEvent = z.infer<typeof MessageSchema>;

export function isMessage(event: EventBody["event"]): event is MessageEvent {
  return event.type === "message" || event.type === "app_mention";
}

export const CommandSchema = z.object({
  team_id: z.string(),
  channel_id: z.string(),
  user_id: z.string(),
  user_name: z.string().optional(),
  text: z.string().default(""),
  trigger_id: z.string(),
});
export type Command = z.infer<typeof CommandSchema>;

const TeamSchema = z.object({ id: z.string() }).nullish();
const UserSchema = z.object({
  id: z.string(),
  name: z.string().optional(),
  username: z.string().optional(),
  team_id: z.string().optional(),
});

export const ActionSchema = z.object({
  team: TeamSchema,
  user: UserSchema,
  trigger_id: z.string(),
  container: z.object({ type: z.string().optional() }).optional(),
  channel: z.object({ id: z.string() }).optional(),
  message: z
    .object({
      ts: z.string(),
      thread_ts: z.string().optional(),
      text: z.string().optional(),
      blocks: z.array(z.looseObject({ type: z.string(), block_id: z.string().optional() })).optional(),
    })
    .optional(),
  response_url: z.string().optional(),
  actions: z
    .array(
      z.object({
        action_id: z.string(),
        action_ts: z.string().optional(),
        value: z.string().optional(),
        selected_option: z.object({ value: z.string() }).nullish(),
      }),
    )
    .min(1),
});
export type Action = z.infer<typeof ActionSchema>;

export const ShortcutSchema = z.object({
  team: TeamSchema,
  user: UserSchema,
  trigger_id: z.string(),
  action_ts: z.string().optional(),
  channel: z.object({ id: z.string() }),
  message: WrittenSchema.extend({ user: z.string().optional() }),
  response_url: z.string().optional(),
});
export type Shortcut = z.infer<typeof ShortcutSchema>;

const StateValueSchema = z.object({
  value: z.string().nullish(),
  selected_option: z.object({ value: z.string() }).nullish(),
  selected_options: z.array(z.object({ value: z.string() })).nullish(),
  selected_user: z.string().nullish(),
  selected_conversation: z.string().nullish(),
  files: z.array(FileSchema).nullish(),
});

export const SubmissionSchema = z.object({
  team: TeamSchema,
  user: UserSchema,
  view: z.object({
    id: z.string(),
    hash: z.string().optional(),
    callback_id: z.string(),
    private_metadata: z.string().default(""),
    state: z.object({ values: z.record(z.string(), z.record(z.string(), StateValueSchema)) }),
  }),
});
export type Submission = z.infer<typeof SubmissionSchema>;
export type StateValue = z.infer<typeof StateValueSchema>;
