/**
 * Socket Mode by Bolt's receivers, several of them: what one misses while it connects again reaches another. An event is
 * acknowledged when it is committed, which Bolt's own order does not allow; the rest is Bolt's.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { type App, type Logger, type Receiver, type ReceiverEvent, SocketModeReceiver } from "@slack/bolt";
import { createDeliveries, type Deliveries, within } from "./deliver-once.ts";
import { TOO_SLOW } from "./http-receiver.ts";

export interface SocketReceiverTools {
  readonly appToken: string;
  readonly apiUrl: string;
  readonly connections: number;
  readonly logger: Logger;
  readonly failed: (error: unknown) => void;
  /** Told of each connection that is lost; it is made again at once. */
  readonly lost: () => void;
}

/** Milliseconds; doubled for each failure in a row. */
const FIRST_RETRY = 250;
const LONGEST_RETRY = 15_000;

export function createSocketReceiver(tools: SocketReceiverTools): Receiver {
  const receivers = Array.from({ length: tools.connections }, () => receiverOf(tools));
  const stopping = new AbortController();
  let deliveries: Deliveries | undefined;

  return {
    init(app: App) {
      const made = createDeliveries(app, tools.failed);
      deliveries = made;
      // All that Bolt's receiver does with an app is to hand it what comes.
      for (const receiver of receivers)
        receiver.init({ processEvent: (event: ReceiverEvent) => take(event, made) } as unknown as App);
    },
    /** Resolves with the first connection; the others follow. @throws Error where Slack refuses the first */
    async start() {
      const [first, ...others] = receivers.map(connectionOf);
      if (first === undefined) return;
      await first.connect();
      void goneAgain(first, stopping.signal, tools.lost).then(() => keepConnected(first, tools, stopping.signal));
      for (const connection of others) void keepConnected(connection, tools, stopping.signal);
    },
    async stop() {
      await deliveries?.stop();
      stopping.abort();
      await Promise.all(receivers.map(({ client }) => client.disconnect().catch(() => {})));
    },
  };
}

function receiverOf({ appToken, apiUrl, logger }: SocketReceiverTools): SocketModeReceiver {
  return new SocketModeReceiver({
    appToken,
    logger,
    // Its own way back waits five seconds and ends the process when Slack can't be reached.
    autoReconnectEnabled: false,
    installerOptions: { clientOptions: { slackApiUrl: apiUrl, retryConfig: { retries: 0 }, timeout: 10_000 } },
  });
}

async function take(event: ReceiverEvent, deliveries: Deliveries): Promise<void> {
  if (deliveries.isStopped()) return;
  const { body, ack, retryNum, retryReason } = event;
  if (body["type"] === "event_callback") {
    if ((await deliveries.event(body, { retryNum, retryReason })) === "kept") await ack().catch(() => {});
    return;
  }
  const answered = await deliveries.interaction(body);
  const answer = answered === undefined && body["command"] !== undefined ? TOO_SLOW : answered?.answer;
  await ack(answer).catch(() => {});
}

/** Milliseconds until a connection that is not greeted is given up. */
const GREETED_WITHIN = 15_000;

/** A client whose connection can be waited for, and its end. */
interface Connection {
  /** @throws Error where Slack refuses, or does not greet us */
  connect(): Promise<void>;
  /** Resolves when the connection that was made last is gone. */
  gone(): Promise<void>;
}

function connectionOf({ client }: SocketModeReceiver): Connection {
  let end: () => void = () => {};
  let ended = Promise.resolve();
  client.on("disconnected", () => end());
  return {
    async connect() {
      ended = new Promise((resolve) => {
        end = resolve;
      });
      const greeted = await within(
        client.start().then(() => true),
        GREETED_WITHIN,
        false,
      );
      if (greeted) return;
      void client.disconnect().catch(() => {});
      throw new Error("Slack did not greet the connection");
    },
    gone: () => ended,
  };
}

async function keepConnected(
  connection: Connection,
  { failed, lost }: SocketReceiverTools,
  stopping: AbortSignal,
): Promise<void> {
  let wait = FIRST_RETRY;
  while (!stopping.aborted) {
    try {
      await connection.connect();
      wait = FIRST_RETRY;
      await goneAgain(connection, stopping, lost);
    } catch (error) {
      if (stopping.aborted) return;
      failed(error);
      await sleep(wait, undefined, { signal: stopping, ref: false }).catch(() => {});
      wait = Math.min(LONGEST_RETRY, wait * 2);
    }
  }
}

async function goneAgain(connection: Connection, stopping: AbortSignal, lost: () => void): Promise<void> {
  await connection.gone();
  if (!stopping.aborted) lost();
}
