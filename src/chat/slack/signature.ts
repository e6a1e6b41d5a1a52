/** Whether a request is Slack's own: signed with our secret, and signed now. */
import { isValidSlackRequest } from "@slack/bolt";

/** Seconds; Slack's own advice. A stamp from the future could be replayed for longer, so it is refused as well. */
const MOST_OFF = 300;

export function isFromSlack(headers: Headers, body: string, signingSecret: string, nowMs: number): boolean {
  const stamp = headers.get("x-slack-request-timestamp") ?? "";
  const signature = headers.get("x-slack-signature") ?? "";
  if (!/^\d{1,12}$/.test(stamp) || !signature.startsWith("v0=")) return false;
  if (Math.abs(nowMs / 1000 - Number(stamp)) > MOST_OFF) return false;
  return isValidSlackRequest({
    signingSecret,
    body,
    headers: { "x-slack-request-timestamp": Number(stamp), "x-slack-signature": signature },
    nowMilliseconds: nowMs,
  });
}
