/** Socket Mode: the bot's connections, each envelope to one of them. */
import { randomUUID } from "node:crypto";
import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import type { DeliverOnce } from "./deliveries.ts";

const ACK_WITHIN_MS = 3_000;
/** An eleventh connection is refused. */
const MOST_CONNECTIONS = 10;

export interface SocketMode {
  readonly once: DeliverOnce;
  connections(): number;
  /** How many were ever made. */
  made(): number;
  /** Says good-bye to a connection, as Slack does when it moves it elsewhere. */
  disconnect(reason: "refresh_requested" | "warning"): void;
  /** Breaks all connections without a word. */
  cut(): void;
  close(): void;
}

export const LINK = "/link/";

export function createSocketMode(server: Server): SocketMode {
  const sockets = new WebSocketServer({ noServer: true });
  const open: WebSocket[] = [];
  const waiting = new Map<string, (answer: { readonly answer: unknown } | undefined) => void>();
  let next = 0;
  let made = 0;

  server.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    if (!request.url?.startsWith(LINK) || open.length >= MOST_CONNECTIONS) {
      socket.destroy();
      return;
    }
    sockets.handleUpgrade(request, socket, head, (connected) => {
      open.push(connected);
      made += 1;
      connected.on("close", () => open.splice(open.indexOf(connected), 1));
      connected.on("message", (data) => {
        const { envelope_id, payload } = JSON.parse(String(data)) as { envelope_id?: string; payload?: object };
        const answer = payload === undefined || Object.keys(payload).length === 0 ? undefined : payload;
        waiting.get(envelope_id ?? "")?.({ answer });
      });
      connected.send(
        JSON.stringify({
          type: "hello",
          num_connections: open.length,
          connection_info: { app_id: "A0TM" },
          debug_info: { host: randomUUID() },
        }),
      );
    });
  });

  return {
    async once({ id, type, payload }, { attempt, reason }) {
      next += 1;
      const connected = open[next % Math.max(1, open.length)];
      if (connected === undefined) return undefined;
      const accepts = type !== "events_api";
      const retries = type === "events_api" ? { retry_attempt: attempt, retry_reason: reason ?? "" } : {};
      const acknowledged = new Promise<{ readonly answer: unknown } | undefined>((resolve) => {
        const timer = setTimeout(() => resolve(undefined), ACK_WITHIN_MS);
        const done = (answer: { readonly answer: unknown } | undefined) => {
          clearTimeout(timer);
          resolve(answer);
        };
        waiting.set(id, done);
        connected.once("close", () => setTimeout(() => done(undefined), 50));
      }).finally(() => waiting.delete(id));
      connected.send(JSON.stringify({ envelope_id: id, type, payload, accepts_response_payload: accepts, ...retries }));
      return acknowledged;
    },
    connections: () => open.length,
    made: () => made,
    disconnect(reason) {
      open[0]?.send(JSON.stringify({ type: "disconnect", reason, debug_info: {} }));
    },
    cut() {
      for (const each of open) each.terminate();
    },
    close() {
      for (const each of open) each.terminate();
      sockets.close();
    },
  };
}
