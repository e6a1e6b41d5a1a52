/**
 * How Bolt's Web API client reaches Slack: Node's own HTTP over connections that are kept. `fetch` costs several times as
 * much processor for each call, of which every answer is one.
 */
import { Agent as HttpAgent, request as httpRequest, type IncomingMessage, type RequestOptions } from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";

/** Milliseconds: an idle connection that something on the way has dropped unseen would cost a whole timeout. */
const IDLE_MS = 4_000;

export interface WebFetch {
  /** Like `fetch`, for Slack's methods; redirects are not followed. What is no text, such as a file, goes by `fetch`. */
  readonly fetch: typeof fetch;
  close(): void;
}

export function createWebFetch(): WebFetch {
  const keeping = { keepAlive: true, timeout: IDLE_MS, scheduling: "lifo" } as const;
  const plain = new HttpAgent(keeping);
  const secure = new HttpsAgent(keeping);
  return {
    async fetch(input, init) {
      const body = init?.body;
      if (typeof body !== "string") return fetch(input, init);
      const url = new URL(input instanceof Request ? input.url : input);
      const isSecure = url.protocol === "https:";
      const options = {
        method: init?.method ?? "POST",
        headers: { ...Object.fromEntries(new Headers(init?.headers)), "content-length": Buffer.byteLength(body) },
        agent: isSecure ? secure : plain,
        ...(init?.signal && { signal: init.signal }),
      };
      return post(isSecure ? httpsRequest : httpRequest, url, options, body);
    },
    close() {
      plain.destroy();
      secure.destroy();
    },
  };
}

function post(
  request: (url: URL, options: RequestOptions) => ReturnType<typeof httpRequest>,
  url: URL,
  options: RequestOptions,
  body: string,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    const sent = request(url, options);
    sent.on("error", reject);
    sent.on("response", (answer) => {
      const parts: Buffer[] = [];
      answer.on("error", reject);
      answer.on("data", (part: Buffer) => parts.push(part));
      answer.on("end", () => resolve(responseOf(answer, Buffer.concat(parts))));
    });
    sent.end(body);
  });
}

const WITHOUT_BODY = [101, 204, 205, 304];

function responseOf({ statusCode = 502, statusMessage, headers }: IncomingMessage, body: Buffer): Response {
  return new Response(WITHOUT_BODY.includes(statusCode) ? null : body.toString("utf8"), {
    status: statusCode,
    statusText: statusMessage ?? "",
    headers: Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(", ") : value] as [string, string]],
    ),
  });
}
