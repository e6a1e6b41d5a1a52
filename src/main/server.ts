/** The one HTTP port: health, figures, the web chat, and what chats hear over HTTP. */
import type { AddressInfo } from "node:net";
import { type ServerType, serve } from "@hono/node-server";
import { Hono } from "hono";
import type { Chat } from "../domain/chat.ts";
import type { Metrics } from "./metrics.ts";

export interface ServerTools {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  readonly metrics: Metrics;
  /** @throws Error while messages can't be taken */
  readonly ready: () => Promise<void>;
  readonly web: Hono;
  readonly chats: readonly Chat[];
}

export interface Server {
  readonly url: string;
  /** Takes no new connection; ends those that are idle now, and all after `withinMs`. */
  stop(withinMs: number): Promise<void>;
}

/** @throws Error with one line that says what to change, where it cannot listen */
export async function startServer({ host, port, metrics, ready, web, chats }: ServerTools): Promise<Server> {
  const app = new Hono();
  app.get("/healthz", (c) => c.text("ok\n"));
  app.get("/readyz", async (c) => {
    try {
      await ready();
      return c.text("ready\n");
    } catch {
      return c.text("not ready: messages can't be stored now; the log says why\n", 503);
    }
  });
  app.get("/metrics", async (c) => {
    const { text, type } = await metrics.text();
    return c.body(text, 200, { "content-type": type });
  });
  for (const { http } of chats) if (http) app.all(http.path, (c) => http.handle(c.req.raw));
  app.route("/", web);
  const server = await listen(app, host, port);
  const address = server.address() as AddressInfo;
  const name = address.address.includes(":") ? `[${address.address}]` : address.address;
  return { url: `http://${name}:${address.port}`, stop: (withinMs) => stop(server, withinMs) };
}

function listen(app: Hono, hostname: string, port: number): Promise<ServerType> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, hostname, port }, () => resolve(server));
    server.once("error", (error: NodeJS.ErrnoException) => reject(new Error(remedyOf(error, hostname, port))));
  });
}

function remedyOf({ code }: NodeJS.ErrnoException, host: string, port: number): string {
  if (code === "EADDRINUSE") return `PORT ${port} is taken on ${host}; stop what listens there, or set another PORT`;
  if (code === "EACCES") return `PORT ${port} needs more rights; set one above 1023`;
  if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND") return `HOST ${host} is no address of this machine`;
  return `cannot listen on ${host} port ${port} (${code ?? "unknown error"})`;
}

function stop(server: ServerType, withinMs: number): Promise<void> {
  return new Promise((resolve) => {
    const end = setTimeout(() => "closeAllConnections" in server && server.closeAllConnections(), withinMs);
    server.close(() => {
      clearTimeout(end);
      resolve();
    });
    if ("closeIdleConnections" in server) server.closeIdleConnections();
  });
}
