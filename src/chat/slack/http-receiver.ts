/** What Slack posts to us over HTTP: checked, handed on, and answered when it is committed. */
import type { App, Receiver } from "@slack/bolt";
import { createDeliveries, type Deliveries } from "./deliver-once.ts";
import { isFromSlack } from "./signature.ts";

export const HTTP_PATH = "/slack/events";
/** Bolt's own limit is 4 MB; an event with 40,000 characters of text is far below 1 MB. */
const MOST_BYTES = 1024 * 1024;

export interface HttpReceiver extends Receiver {
  handle(request: Request): Promise<Response>;
}

export interface HttpReceiverTools {
  readonly signingSecret: string;
  readonly now: () => number;
  readonly failed: (error: unknown) => void;
  readonly refused: (why: string) => void;
}

export function createHttpReceiver({ signingSecret, now, failed, refused }: HttpReceiverTools): HttpReceiver {
  let deliveries: Deliveries | undefined;

  async function handle(request: Request): Promise<Response> {
    if (request.method !== "POST")
      return new Response("Slack posts here.\n", { status: 405, headers: { allow: "POST" } });
    const text = await readBody(request);
    if (text === undefined) return new Response("too large\n", { status: 413 });
    if (!isFromSlack(request.headers, text, signingSecret, now())) {
      refused("not signed by Slack with our signing secret, or not now");
      return new Response("not signed\n", { status: 401 });
    }
    const body = bodyOf(text, request.headers.get("content-type") ?? "");
    if (body === undefined) return new Response("not understood\n", { status: 400 });
    if (body["type"] === "url_verification") return Response.json({ challenge: String(body["challenge"] ?? "") });
    if (body["ssl_check"] !== undefined) return new Response();
    if (deliveries === undefined || deliveries.isStopped()) return new Response("stopping\n", { status: 503 });
    return body["type"] === "event_callback"
      ? answerEvent(deliveries, body, request.headers)
      : answer(deliveries, body);
  }

  return {
    init(app: App) {
      deliveries = createDeliveries(app, failed);
    },
    async start() {},
    async stop() {
      await deliveries?.stop();
    },
    handle,
  };
}

async function answerEvent(deliveries: Deliveries, body: SlackBody, headers: Headers): Promise<Response> {
  const number = Number(headers.get("x-slack-retry-num") ?? Number.NaN);
  const outcome = await deliveries.event(body, {
    retryNum: Number.isInteger(number) ? number : undefined,
    retryReason: headers.get("x-slack-retry-reason") ?? undefined,
  });
  return outcome === "kept" ? new Response() : new Response("not kept; please send it again\n", { status: 503 });
}

async function answer(deliveries: Deliveries, body: SlackBody): Promise<Response> {
  const answered = await deliveries.interaction(body);
  if (answered === undefined) return body["command"] === undefined ? new Response() : Response.json(TOO_SLOW);
  return answered.answer === undefined || answered.answer === "" ? new Response() : Response.json(answered.answer);
}

export const TOO_SLOW = {
  response_type: "ephemeral",
  text: "I could not do that just now. Nothing is lost that was said before; please try it again in a minute.",
} as const;

type SlackBody = Record<string, unknown>;

function bodyOf(text: string, type: string): SlackBody | undefined {
  try {
    if (type.startsWith("application/json")) return record(JSON.parse(text));
    const form = Object.fromEntries(new URLSearchParams(text));
    return form["payload"] === undefined ? form : record(JSON.parse(form["payload"]));
  } catch {
    return undefined;
  }
}

function record(value: unknown): SlackBody | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as SlackBody) : undefined;
}

async function readBody(request: Request): Promise<string | undefined> {
  const declared = Number(request.headers.get("content-length") ?? Number.NaN);
  if (declared > MOST_BYTES) return undefined;
  // As long as it says, and no longer; without streams, which cost more than all else that is done with an event here.
  if (declared >= 0) return request.text();
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of request.body ?? []) {
    length += part.length;
    if (length > MOST_BYTES) return undefined;
    parts.push(part);
  }
  return Buffer.concat(parts).toString("utf8");
}
