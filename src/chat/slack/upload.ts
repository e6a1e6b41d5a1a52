/** Files into a thread, in one message. The SDK's own helper sends a picture's words under a name that Slack does not read. */
import type { webApi } from "@slack/bolt";

export interface UploadedFile {
  readonly name: string;
  readonly content: Uint8Array;
  /** What a picture shows, for those who can't see it. */
  readonly altText?: string | undefined;
}
export interface Upload {
  readonly channel: string;
  /** Absent: in the channel itself. */
  readonly thread?: string | undefined;
  readonly files: readonly UploadedFile[];
}

/** Slack's limit for such words. */
const MOST_WORDS = 1_000;
const PATIENCE_MS = 30_000;

/** @throws what the Web API throws; an Error where the content did not get there: then none of them is shown */
export async function upload(client: webApi.WebClient, { channel, thread, files }: Upload): Promise<void> {
  const placed: { id: string; title: string }[] = [];
  for (const file of files) placed.push({ id: await place(client, file), title: file.name });
  await client.files.completeUploadExternal({
    files: placed,
    channel_id: channel,
    ...(thread !== undefined && { thread_ts: thread }),
  } as webApi.FilesCompleteUploadExternalArguments);
}

/** @returns its id; nobody sees it yet */
async function place(client: webApi.WebClient, { name, content, altText }: UploadedFile): Promise<string> {
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
  return id;
}
