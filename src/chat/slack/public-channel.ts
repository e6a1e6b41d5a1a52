/** Channels that everybody of the workspace can see. */
import type { webApi } from "@slack/bolt";

/** @returns false also where Slack does not tell */
export async function isPublic(
  { conversations }: Pick<webApi.WebClient, "conversations">,
  channel: string,
): Promise<boolean> {
  try {
    const { channel: info } = await conversations.info({ channel });
    return info !== undefined && info.is_private !== true && info.is_im !== true && info.is_mpim !== true;
  } catch {
    return false;
  }
}
