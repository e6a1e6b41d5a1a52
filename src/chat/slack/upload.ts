/** A file into a thread. The SDK's own helper sends a picture's words under a name that Slack does not read. */
import type { webApi } from "@slack/bolt";

export interface Upload {
  readonly channel: string;
  /** Absent: in the channel itself. */
  readonly thread?: string | undefined;
  readonly name: string;
  readonly content: Uint8Array;
  /** What a picture shows, for those who can't see it. */
  readonly altText?: string | undefined;
}

/** Slack's limit for such words. */
const MOST_WORDS = 1_000;
const PATIENCE_MS = 30_000;

/** @throws what the Web API throws; an Error where the content did not get there */
export async function upload(client: webApi.WebClient, { channel, thread, name, content, altText }: Upload) {
  const asked = {
    filename: name,
    length: content.byteLength,
    ...(altText !== undefined && { alt_txt: altText.slice(0, MOST_WORDS) }),
  };
  const { upload_url: url, file_id: id } = await client.files.getUploadURLExternal(asked);
  if (url === undefined || id === undefined) throw new Error("Slack gave no place to upload to");
  const answer = await fetch(url, {
    method: "POST",
    body: Buffer.from(content),
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  if (!answer.ok) throw new Error(`Slack took the content of a file with ${answer.status}`);
  await client.files.completeUploadExternal({
    files: [{ id, title: name }],
    channel_id: channel,
    ...(thread !== undefined && { thread_ts: thread }),
  } as webApi.FilesCompleteUploadExternalArguments);
}
