/** Files that came along: fetched at once, from Discord only, as text. */
import { type APIAttachment, type APIMessage, type REST, Routes } from "discord.js";
import type { NamedText } from "../../domain/inbound.ts";
import { MOST_READ_BYTES } from "./limits.ts";
import { escapedLine, shortened } from "./markdown.ts";

export type Downloaded = { readonly file: NamedText } | { readonly problem: string };

export interface DownloadTools {
  readonly rest: REST;
  /** Where files may come from beside Discord's own hosts: another API base. */
  readonly apiUrl: string | undefined;
}

const HOSTS: readonly string[] = ["cdn.discordapp.com", "media.discordapp.net"];
const DOWNLOAD_MS = 20_000;
const PICTURE = /^(?:image|video|audio)\//;
const PACKED = /\.(?:zip|gz|tgz|7z|rar|xz|bz2|pdf|docx?|xlsx?)$/i;

export type Attached = Pick<APIAttachment, "id" | "filename" | "url" | "size" | "content_type">;

/** @param message where the file can be asked for again, should its URL have run out */
export async function download(
  file: Attached,
  { rest, apiUrl }: DownloadTools,
  message?: { readonly channelId: string; readonly id: string } | undefined,
): Promise<Downloaded> {
  const name = `\`${escapedLine(shortened(file.filename, 60)).replaceAll("\\", "")}\``;
  if (PICTURE.test(file.content_type ?? ""))
    return { problem: `${name} is a picture; I read text only. Paste or attach what the device prints, as text.` };
  if (PACKED.test(file.filename))
    return { problem: `${name} is packed; I read plain text only. Attach the text file itself.` };
  if (file.size > MOST_READ_BYTES)
    return {
      problem: `${name} is too large; I read up to ${MOST_READ_BYTES / 1_048_576} MB. Send the part about this tunnel.`,
    };
  try {
    const bytes = (await fetched(file.url, apiUrl)) ?? (message && (await fetchedAnew(file.id, rest, apiUrl, message)));
    if (bytes) return { file: { name: file.filename, text: decoded(bytes) } };
  } catch {
    // What went wrong on the way is said below; the error may hold the signed URL.
  }
  return { problem: `I could not fetch ${name} from Discord. Attach it again, please.` };
}

/** @returns undefined where the URL has run out */
async function fetched(url: string, apiUrl: string | undefined): Promise<Uint8Array | undefined> {
  const { protocol, hostname, host } = new URL(url);
  const isOther = apiUrl !== undefined && host === new URL(apiUrl).host;
  if (!isOther && (protocol !== "https:" || !HOSTS.includes(hostname))) throw new Error("not Discord's");
  const response = await fetch(url, { redirect: "error", signal: AbortSignal.timeout(DOWNLOAD_MS) });
  if (response.status === 404 || response.status === 403) {
    await response.body?.cancel();
    return undefined;
  }
  if (!response.ok || !response.body) throw new Error(`status ${response.status}`);
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body) {
    size += part.length;
    if (size > MOST_READ_BYTES) throw new Error("larger than it said");
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/** A message that is fetched has URLs that live again. */
async function fetchedAnew(
  fileId: string,
  rest: REST,
  apiUrl: string | undefined,
  { channelId, id }: { readonly channelId: string; readonly id: string },
): Promise<Uint8Array | undefined> {
  const message = (await rest.get(Routes.channelMessage(channelId, id))) as APIMessage;
  const url = message.attachments.find((one) => one.id === fileId)?.url;
  return url === undefined ? undefined : fetched(url, apiUrl);
}

/** UTF-8, or UTF-16 as Windows' terminals save it. */
function decoded(bytes: Uint8Array): string {
  const isUtf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  return new TextDecoder(isUtf16 ? (bytes[0] === 0xff ? "utf-16le" : "utf-16be") : "utf-8").decode(bytes);
}
