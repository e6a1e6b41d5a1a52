/** Slack's Web API as the bot sees it: local-slack's, with what that lacks, what Slack refuses, and faults to order. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { faultsOfMessage, faultsOfView } from "../limits-of-slack.ts";
import { type Answer, ask, bodyOf, headersOf, json, reply } from "./exchange.ts";
import { INSIDE_ORIGIN } from "./local-slack.ts";
import { LINK } from "./socket-mode.ts";

export interface Call {
  readonly method: string;
  readonly args: Readonly<Record<string, string>>;
  readonly at: number;
}

/** What happens to a call instead of, or beside, what should. */
export type Fault =
  | { readonly type: "limited"; readonly retryAfter: number }
  | { readonly type: "refused"; readonly error: string }
  | { readonly type: "status"; readonly status: number }
  | { readonly type: "slow"; readonly ms: number }
  /** Done, but the connection breaks before the answer. */
  | { readonly type: "lost-answer" }
  | { readonly type: "page" }
  | { readonly type: "redirect"; readonly to: string };

export interface WebApi {
  /** In order; each rule that gives a fault is asked again for the next call. */
  readonly rules: ((call: Call) => Fault | undefined)[];
  readonly calls: Call[];
  /** Messages and views that Slack would have refused. */
  readonly refusals: string[];
  /** Members of user groups, which local-slack knows nothing of. */
  readonly groups: Map<string, readonly string[]>;
  /** Channels that the bot is not in. */
  readonly outside: Set<string>;
  /** A trigger that was given out. */
  trigger(id: string): void;
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
}

const TRIGGER_LIVES_MS = 3_000;
const WITH_BLOCKS = ["chat.postMessage", "chat.update", "chat.postEphemeral"];

/** @param origin of the proxy, which stands in local-slack's stead in every URL */
export function createWebApi(socketPath: string, origin: () => string): WebApi {
  const rules: WebApi["rules"] = [];
  const calls: Call[] = [];
  const refusals: string[] = [];
  const groups = new Map<string, readonly string[]>();
  const outside = new Set<string>();
  const metadata = new Map<string, unknown>();
  const triggers = new Map<string, number>();

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(request);
    const path = request.url ?? "/";
    const call = callOf(path, body, headersOf(request));
    calls.push(call);
    const fault = firstFault(call);
    const answer = fault === undefined ? undefined : await faulty(fault);
    if (answer !== undefined) return reply(response, answer);
    const forwarded = answeredHere(call) ?? (await forward(request, path, body));
    const kept = remember(call, forwarded);
    if (fault?.type === "lost-answer") {
      response.socket?.destroy();
      return;
    }
    reply(response, kept);
  }

  function firstFault(call: Call): Fault | undefined {
    for (const rule of rules) {
      const fault = rule(call);
      if (fault !== undefined) return fault;
    }
    return undefined;
  }

  /** What local-slack can't do, or takes where Slack does not. */
  function answeredHere({ method, args }: Call): Answer | undefined {
    // Socket Mode ends at the proxy: local-slack would send each envelope to every connection.
    if (method === "apps.connections.open")
      return json({ ok: true, url: `${origin().replace("http", "ws")}${LINK}?ticket=1` });
    if (method === "usergroups.users.list") return json({ ok: true, users: groups.get(args["usergroup"] ?? "") ?? [] });
    if (outside.has(args["channel"] ?? "")) {
      if (method === "conversations.info")
        return json({ ok: true, channel: { id: args["channel"], is_member: false, is_private: false } });
      if (method.startsWith("chat.")) return json({ ok: false, error: "not_in_channel" });
    }
    const wrong = refusedAsSlackWould(method, args);
    if (wrong.length > 0) {
      refusals.push(`${method}: ${wrong.join("; ")}`);
      return json({ ok: false, error: method.startsWith("views.") ? "invalid_arguments" : "invalid_blocks" });
    }
    if (method === "views.open") {
      const given = triggers.get(args["trigger_id"] ?? "");
      if (given === undefined) return json({ ok: false, error: "exchanged_trigger_id" });
      triggers.delete(args["trigger_id"] ?? "");
      if (Date.now() - given > TRIGGER_LIVES_MS) return json({ ok: false, error: "expired_trigger_id" });
    }
    return undefined;
  }

  async function forward(request: IncomingMessage, path: string, body: Buffer): Promise<Answer> {
    const headers = { ...headersOf(request), "content-length": String(body.length) };
    const answer = await ask({ socketPath, method: request.method ?? "GET", path, headers, body });
    return withOrigin(answer, origin());
  }

  /** local-slack forgets a message's metadata, and tells the app of what it said to one person only. */
  function remember({ method, args }: Call, answer: Answer): Answer {
    if (method === "chat.postMessage" && args["metadata"] !== undefined) {
      const { ts, channel } = JSON.parse(answer.body.toString()) as { ts?: string; channel?: string };
      if (ts !== undefined) metadata.set(`${channel}/${ts}`, JSON.parse(args["metadata"]));
    }
    if (method !== "conversations.replies") return answer;
    const read = JSON.parse(answer.body.toString()) as { messages?: { ts: string; subtype?: string }[] };
    const kept = read.messages?.filter(({ subtype }) => subtype !== "ephemeral");
    const messages = kept?.map((message) => ({
      ...message,
      metadata: metadata.get(`${args["channel"]}/${message.ts}`),
    }));
    return json({ ...read, ...(messages !== undefined && { messages }) });
  }

  return {
    rules,
    calls,
    refusals,
    groups,
    outside,
    trigger(id) {
      triggers.set(id, Date.now());
    },
    handle,
  };
}

async function faulty(fault: Fault): Promise<Answer | undefined> {
  switch (fault.type) {
    case "limited":
      return json({ ok: false, error: "ratelimited" }, 429, { "retry-after": String(fault.retryAfter) });
    case "refused":
      return json({ ok: false, error: fault.error });
    case "status":
      return json({}, fault.status);
    case "page":
      return {
        status: 200,
        headers: { "content-type": "text/html; charset=utf-8" },
        body: Buffer.from("<!DOCTYPE html><html><title>Sign in</title>"),
      };
    case "redirect":
      return { status: 302, headers: { location: fault.to }, body: Buffer.alloc(0) };
    case "slow":
      await sleep(fault.ms);
      return undefined;
    case "lost-answer":
      return undefined;
  }
}

function refusedAsSlackWould(method: string, args: Call["args"]): string[] {
  if (WITH_BLOCKS.includes(method)) {
    const blocks = args["blocks"] === undefined ? [] : (JSON.parse(args["blocks"]) as unknown[]);
    return faultsOfMessage({ text: args["text"] ?? "", blocks });
  }
  return method.startsWith("views.") && args["view"] !== undefined ? faultsOfView(JSON.parse(args["view"])) : [];
}

function callOf(path: string, body: Buffer, headers: Readonly<Record<string, string>>): Call {
  const url = new URL(path, INSIDE_ORIGIN);
  const method = url.pathname.startsWith("/api/") ? url.pathname.slice(5) : url.pathname;
  const type = headers["content-type"] ?? "";
  const form = type.startsWith("application/x-www-form-urlencoded")
    ? Object.fromEntries(new URLSearchParams(body.toString()))
    : {};
  const token = headers["authorization"];
  return { method, args: { ...form, ...(token !== undefined && { authorization: token }) }, at: Date.now() };
}

function withOrigin(answer: Answer, origin: string): Answer {
  if (!(answer.headers["content-type"] ?? "").includes("json")) return answer;
  const text = answer.body.toString().replaceAll(INSIDE_ORIGIN, origin);
  return { ...answer, body: Buffer.from(text) };
}
