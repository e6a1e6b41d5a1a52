/** What an error of the Web API means for us. */
import { z } from "zod";
import { CannotSend, SendLater } from "../../domain/chat.ts";

const PlatformSchema = z.object({
  code: z.literal("slack_webapi_platform_error"),
  data: z.object({ error: z.string(), needed: z.string().optional() }),
});
const LimitedSchema = z.object({ code: z.literal("slack_webapi_rate_limited_error"), retryAfter: z.number() });

/** Slack's word for why it refused ("channel_not_found"); undefined where it did not answer, or not to us. */
export function refusalIn(error: unknown): string | undefined {
  const read = PlatformSchema.safeParse(error);
  return read.success ? read.data.data.error : undefined;
}

/** Milliseconds to wait, where Slack said so. */
export function retryAfterIn(error: unknown): number | undefined {
  const read = LimitedSchema.safeParse(error);
  return read.success ? Math.max(1, read.data.retryAfter) * 1000 : undefined;
}

/** Nothing that is tried again would change these. */
const FOR_GOOD: readonly string[] = [
  "channel_not_found",
  "not_in_channel",
  "is_archived",
  "restricted_action",
  "restricted_action_read_only_channel",
  "restricted_action_thread_only_channel",
  "restricted_action_thread_locked",
  "cannot_reply_to_message",
  "messages_tab_disabled",
  "no_permission",
  "ekm_access_denied",
  "user_not_found",
];
/** Blocks that Slack does not like; their text can still go. */
const OF_BLOCKS: readonly string[] = ["invalid_blocks", "msg_blocks_too_long", "msg_too_long", "invalid_blocks_format"];

export function isForGood(refusal: string | undefined): boolean {
  return refusal !== undefined && FOR_GOOD.includes(refusal);
}

export function isOfBlocks(refusal: string | undefined): boolean {
  return refusal !== undefined && OF_BLOCKS.includes(refusal);
}

/** The error as the outbox understands it. */
export function forOutbox(error: unknown): unknown {
  const later = retryAfterIn(error);
  if (later !== undefined) return new SendLater(later, "Slack asked to wait");
  const refusal = refusalIn(error);
  return isForGood(refusal) ? new CannotSend(`Slack refused: ${refusal}`) : error;
}

/** Slack's refusal to start with, as a line that says what to change. */
export function remedyFor(error: unknown, which: "SLACK_BOT_TOKEN" | "SLACK_APP_TOKEN"): string {
  const refusal = refusalIn(error);
  switch (refusal) {
    case "invalid_auth":
    case "not_authed":
    case "token_revoked":
    case "token_expired":
    case "account_inactive":
      return `${which}: Slack refuses it (${refusal}); copy it again from the app's pages, or install the app again`;
    case "not_allowed_token_type":
      return `${which}: it is a token of another type; ${which === "SLACK_APP_TOKEN" ? "it begins with xapp- and has the scope connections:write" : "it begins with xoxb-"}`;
    case "missing_scope":
      return `${which}: the app lacks a scope; install it again from slack-manifest.yaml`;
    case undefined:
      return `Slack can't be reached (${error instanceof Error ? error.name : "no answer"}); check the network, and SLACK_API_URL if it is set`;
    default:
      return `${which}: Slack refuses it (${refusal})`;
  }
}

/** An error for the log: names and Slack's own words, never a message, which may quote what was said. */
export function failureFields(error: unknown): { readonly error: string; readonly refusal?: string | undefined } {
  const name = error instanceof Error ? error.name : typeof error;
  const original = error instanceof Error && "original" in error ? error.original : undefined;
  const inner = original instanceof Error && original.name !== name ? ` of ${original.name}` : "";
  return { error: `${name}${inner}`, refusal: refusalIn(error) };
}
