/** A Slack to test against: local-slack behind a proxy that behaves, and fails, as Slack does. All of it on loopback. */
import { createHmac } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { WebSocket } from "ws";
import { createDeliveries, type Deliveries, type DeliverOnce, type Envelope } from "./deliveries.ts";
import { ask, bodyOf, headersOf, json, reply } from "./exchange.ts";
import {
  APP_TOKEN,
  INSIDE_ORIGIN,
  type LocalSlack,
  type LocalSlackOptions,
  SIGNING_SECRET,
  startLocalSlack,
} from "./local-slack.ts";
import { createPeople, type People } from "./people.ts";
import { createSocketMode, type SocketMode } from "./socket-mode.ts";
import { createWebApi, type WebApi } from "./web-api.ts";

export interface SlackPeer extends Deliveries {
  readonly apiUrl: string;
  readonly origin: string;
  readonly web: WebApi;
  readonly people: People;
  /** Socket Mode's connections. */
  readonly sockets: SocketMode;
  /** Where the bot hears over HTTP; several share the load. */
  readonly requestUrls: string[];
  close(): Promise<void>;
}

export async function startSlackPeer(options: LocalSlackOptions): Promise<SlackPeer> {
  const local = await startLocalSlack(options);
  const requestUrls: string[] = [];
  const proxy = createServer();
  const origin = () => `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  const web = createWebApi(local.socket, origin);
  const sockets = createSocketMode(proxy);
  const deliveries = createDeliveries(options.mode === "socket" ? sockets.once : overHttp(requestUrls));
  proxy.on("request", (request, response) => {
    web.handle(request, response).catch(() => response.destroy());
  });
  await listening(proxy, { port: 0, host: "127.0.0.1" });
  const upstream = options.mode === "socket" ? await socketUpstream(local, deliveries, web, origin()) : undefined;
  const events = options.mode === "events" ? await httpUpstream(local, deliveries, web, origin()) : undefined;
  const people = await createPeople(local.socket, deliveries, web);
  return Object.assign(deliveries, {
    apiUrl: `${origin()}/api/`,
    origin: origin(),
    web,
    people,
    sockets,
    requestUrls,
    async close() {
      people.close();
      upstream?.close();
      sockets.close();
      events?.close();
      events?.closeAllConnections();
      proxy.close();
      proxy.closeAllConnections();
      await local.stop();
    },
  });
}

/** The one connection to local-slack, which is the only app that it knows. */
async function socketUpstream(
  local: LocalSlack,
  deliveries: Deliveries,
  web: WebApi,
  origin: string,
): Promise<WebSocket> {
  const opened = await ask({
    socketPath: local.socket,
    method: "POST",
    path: "/api/apps.connections.open",
    headers: { authorization: `Bearer ${APP_TOKEN}`, "content-length": "0" },
  });
  const { url } = JSON.parse(opened.body.toString()) as { url: string };
  const { pathname, search } = new URL(url);
  const upstream = new WebSocket(`ws+unix://${local.socket}:${pathname}${search}`);
  upstream.on("message", (data) => {
    const { envelope_id, type, payload } = JSON.parse(String(data).replaceAll(INSIDE_ORIGIN, origin)) as Envelope & {
      envelope_id?: string;
    };
    if (envelope_id === undefined) return;
    noteTrigger(web, payload);
    void deliveries.deliver({ type, payload }).then((answer) => {
      if (upstream.readyState === WebSocket.OPEN)
        upstream.send(JSON.stringify({ envelope_id, ...(answer !== undefined && { payload: answer }) }));
    });
  });
  await new Promise((resolve, reject) => {
    upstream.once("open", resolve);
    upstream.once("error", reject);
  });
  return upstream;
}

/** What local-slack posts to the app, taken apart so that it can be delivered again. */
async function httpUpstream(local: LocalSlack, deliveries: Deliveries, web: WebApi, origin: string): Promise<Server> {
  const server = createServer((request, response) => {
    void bodyOf(request).then(async (body) => {
      const envelope = envelopeOf(
        body.toString().replaceAll(INSIDE_ORIGIN, origin),
        headersOf(request)["content-type"] ?? "",
      );
      noteTrigger(web, envelope.payload);
      const answer = await deliveries.deliver(envelope);
      reply(response, answer === undefined ? { status: 200, headers: {}, body: Buffer.alloc(0) } : json(answer));
    });
  });
  await listening(server, { path: local.appSocket });
  return server;
}

function envelopeOf(body: string, type: string): Envelope {
  if (type.startsWith("application/json")) return { type: "events_api", payload: JSON.parse(body) };
  const form = Object.fromEntries(new URLSearchParams(body));
  return form["payload"] === undefined
    ? { type: "slash_commands", payload: form }
    : { type: "interactive", payload: JSON.parse(form["payload"]) };
}

function overHttp(requestUrls: readonly string[]): DeliverOnce {
  let next = 0;
  return async ({ type, payload }, { attempt, reason }) => {
    next += 1;
    const url = requestUrls[next % Math.max(1, requestUrls.length)];
    if (url === undefined) return undefined;
    const isEvent = type === "events_api";
    const body = isEvent
      ? JSON.stringify(payload)
      : new URLSearchParams(
          type === "slash_commands" ? (payload as Record<string, string>) : { payload: JSON.stringify(payload) },
        ).toString();
    const retries = attempt > 0 ? { "x-slack-retry-num": String(attempt), "x-slack-retry-reason": reason ?? "" } : {};
    const headers = {
      "content-type": isEvent ? "application/json" : "application/x-www-form-urlencoded",
      ...signed(body),
      ...retries,
    };
    try {
      const response = await fetch(url, { method: "POST", headers, body, signal: AbortSignal.timeout(3_000) });
      if (response.status !== 200) return undefined;
      const text = await response.text();
      return { answer: text === "" ? undefined : JSON.parse(text) };
    } catch {
      return undefined;
    }
  };
}

export function signed(
  body: string,
  at = Math.floor(Date.now() / 1000),
  secret = SIGNING_SECRET,
): Record<string, string> {
  const signature = createHmac("sha256", secret).update(`v0:${at}:${body}`).digest("hex");
  return { "x-slack-request-timestamp": String(at), "x-slack-signature": `v0=${signature}` };
}

function noteTrigger(web: WebApi, payload: Record<string, unknown>): void {
  if (typeof payload["trigger_id"] === "string") web.trigger(payload["trigger_id"]);
}

function listening(server: Server, where: object): Promise<void> {
  return new Promise((resolve) => {
    server.listen(where, () => resolve());
  });
}
