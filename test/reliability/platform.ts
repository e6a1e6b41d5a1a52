/** The platform that replicas send to: takes each message once by its idempotency key, and remembers every arrival. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { z } from "zod";

const Message = z.object({
  /** The outbox's id: the idempotency key. */
  id: z.string(),
  caseId: z.string(),
  turn: z.number(),
  type: z.enum(["reply", "status", "hand-off"]),
  /** The replica that sent it. */
  from: z.string(),
});
export type Arrival = z.infer<typeof Message>;

export interface Platform {
  readonly url: string;
  /** Every one, in order, with those that the key made the platform drop. */
  readonly arrivals: readonly Arrival[];
  /** What people see: each key's first arrival. */
  seen(): readonly Arrival[];
  close(): void;
}

/** @param refuses whether to refuse this one, as a busy platform does */
export async function startPlatform(refuses: () => boolean = () => false): Promise<Platform> {
  const arrivals: Arrival[] = [];
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += String(chunk);
    if (refuses()) {
      response.statusCode = 500;
      response.end();
      return;
    }
    arrivals.push(Message.parse(JSON.parse(body)));
    response.end(`m${arrivals.length}`);
  });
  // Senders that are killed leave half a request.
  server.on("clientError", (_, socket) => socket.destroy());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    arrivals,
    seen: () => arrivals.filter(({ id }, index) => arrivals.findIndex((one) => one.id === id) === index),
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
