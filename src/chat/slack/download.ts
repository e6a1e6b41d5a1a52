/** Fetches what people upload: from Slack only, with the token only there, and never a login page instead of the file. */
import type { NamedText } from "../../domain/inbound.ts";
import type { SlackFile } from "./events.ts";

export interface DownloadTools {
  readonly token: string;
  /** The Web API's base; a file may come from its host, and from Slack's. */
  readonly apiUrl: string;
  readonly fetch: typeof fetch;
  /** What Slack knows of a file; messages of channels that are shared with another workspace hold its id only. */
  readonly info?: ((id: string) => Promise<SlackFile>) | undefined;
}

/** A `show crypto ipsec sa` of ten thousand tunnels is 17 MB. */
export const MOST_BYTES = 32 * 1024 * 1024;
/** So many files of one message are read. */
export const MOST_FILES = 20;
const WITHIN_MS = 30_000;

export type Fetched =
  | { readonly ok: true; readonly file: NamedText }
  /** `why` goes to whoever posted it; `forUs`: a fault of the app's set-up, for the log. */
  | { readonly ok: false; readonly name: string; readonly why: string; readonly forUs?: string | undefined };

export async function download(file: SlackFile, tools: DownloadTools): Promise<Fetched> {
  if (file.file_access !== "check_file_info" || tools.info === undefined) return fetchFile(file, tools);
  try {
    return await fetchFile(await tools.info(file.id), tools);
  } catch (error) {
    return {
      ok: false,
      name: file.name ?? "A file",
      why: NOT_NOW,
      forUs: error instanceof Error ? error.name : "error",
    };
  }
}

async function fetchFile(file: SlackFile, tools: DownloadTools): Promise<Fetched> {
  const name = file.name ?? file.title ?? "A file";
  const failed = (why: string, forUs?: string): Fetched => ({ ok: false, name, why, forUs });
  if (/^(?:image|video|audio)\//.test(file.mimetype ?? ""))
    return failed("is a picture or a recording; I read text only. Please paste the text itself.");
  if ((file.size ?? 0) > MOST_BYTES) return failed(TOO_LARGE);
  const url = addressOf(file, tools.apiUrl);
  if (url === undefined)
    return failed("is not kept by Slack, so I can't fetch it. Please upload it or paste its text.");
  try {
    // A redirect would take the token elsewhere; Slack sends one only to a login page.
    const response = await tools.fetch(url, {
      headers: { authorization: `Bearer ${tools.token}` },
      redirect: "manual",
      signal: AbortSignal.timeout(WITHIN_MS),
    });
    if (response.status === 429 || response.status >= 500)
      return failed(NOT_NOW, `status ${response.status} for a file`);
    if (response.status !== 200) return failed(NOT_GIVEN, `status ${response.status} for a file`);
    const bytes = await readAtMost(response, MOST_BYTES);
    if (bytes === undefined) return failed(TOO_LARGE);
    if (isLoginPage(response, bytes, file))
      return failed(NOT_GIVEN, "a web page instead of a file: is files:read granted?");
    if (file.size != null && bytes.length < file.size) return failed("came only in part. Please post it again.");
    return { ok: true, file: { name, text: decode(bytes) } };
  } catch (error) {
    return failed(NOT_NOW, error instanceof Error ? error.name : "error");
  }
}

const TOO_LARGE = `is larger than ${MOST_BYTES / 1024 / 1024} MB. Please cut it down to the tunnel that it is about.`;
const NOT_NOW = "could not be fetched from Slack just now. Please post it again.";
const NOT_GIVEN =
  "is one that Slack does not give me. Please paste its text; whoever runs me finds the reason in my log.";

/** Only Slack's own hosts, over HTTPS, or the host of the Web API that was configured. */
function addressOf(file: SlackFile, apiUrl: string): URL | undefined {
  const given = file.url_private_download ?? file.url_private;
  if (given == null || !URL.canParse(given)) return undefined;
  const url = new URL(given);
  if (url.origin === new URL(apiUrl).origin) return url;
  const isSlack = url.protocol === "https:" && (url.hostname === "slack.com" || url.hostname.endsWith(".slack.com"));
  return isSlack ? url : undefined;
}

async function readAtMost(response: Response, most: number): Promise<Uint8Array | undefined> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of response.body ?? []) {
    length += part.length;
    if (length > most) {
      await response.body?.cancel().catch(() => {});
      return undefined;
    }
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/** Without the scope or the token, Slack answers 200 and a page to log in. */
function isLoginPage(response: Response, bytes: Uint8Array, { mimetype }: SlackFile): boolean {
  if (mimetype === "text/html") return false;
  const start = Buffer.from(bytes.subarray(0, 200)).toString("latin1").trimStart().toLowerCase();
  return (
    (response.headers.get("content-type") ?? "").startsWith("text/html") ||
    start.startsWith("<!doctype html") ||
    start.startsWith("<html")
  );
}

function decode(bytes: Uint8Array): string {
  const encoding =
    bytes[0] === 0xff && bytes[1] === 0xfe ? "utf-16le" : bytes[0] === 0xfe && bytes[1] === 0xff ? "utf-16be" : "utf-8";
  return new TextDecoder(encoding).decode(bytes);
}
