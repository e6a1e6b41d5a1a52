/** Hand-offs to a webhook, against a real HTTP server: signed, tried again, given up. */
import { createHmac } from "node:crypto";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { afterEach, expect, it } from "vitest";
import { type Deliverer, startDelivering } from "../../src/bot/deliver.ts";
import { conversationTools } from "../../src/case/conversation-tools.ts";
import { createWebhookSender } from "../../src/chat/webhook/send.ts";
import { HandOffSchema } from "../../src/domain/hand-off.ts";
import { loadKnowledge } from "../../src/knowledge/load.ts";
import { createSecretTagger } from "../../src/paste/redact.ts";
import { type Assembled, assemble, inbound } from "../bot/assembled.ts";

const SECRET = "a secret of the webhook";
const place = { chat: "web", workspace: "", thread: "page-1" };
const knowledge = await loadKnowledge();

interface Came {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}
const running: { server?: Server; deliverer?: Deliverer; here?: Assembled } = {};
afterEach(async () => {
  await running.deliverer?.stop(1_000);
  running.server?.close();
  await running.here?.close();
});

/** A case is pasted, written up and sent on, to a receiver that answers with these statuses, one after the other. */
async function sendOn(...statuses: readonly number[]) {
  const came: Came[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      const status = statuses[Math.min(came.length, statuses.length - 1)] ?? 200;
      came.push({ headers: request.headers, body: Buffer.concat(parts).toString("utf8") });
      response.writeHead(status, { location: "/elsewhere" }).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
  const here = await assemble({
    toolsFor: () => ({ ...conversationTools(knowledge, createSecretTagger()), sendsOn: true }),
  });
  const deliverer = startDelivering({
    store: here.store,
    senders: [createWebhookSender({ url, secret: SECRET, now: Date.now })],
    owner: "me",
    times: { poll: 20, firstRetry: 10, longestRetry: 40, giveUpAfter: 400 },
  });
  Object.assign(running, { server, deliverer, here });
  await here.bot.hear(inbound(place, { type: "opened", symptom: "tunnel-down" }));
  await here.bot.hear(
    inbound(place, {
      type: "said",
      text: "R1#show run | i key\ncrypto isakmp key Pl4ntedKey! address 198.51.100.7\nR1#\n",
    }),
  );
  await here.bot.hear(inbound(place, { type: "chose", choice: "hand-over" }));
  expect((await here.store.outbox()).waiting).toBe(0);
  await here.bot.hear(inbound(place, { type: "chose", choice: "send-on" }));
  const end = Date.now() + 5_000;
  while ((await here.store.outbox()).waiting > 0 && Date.now() < end) await pause(10);
  return { came, outbox: await here.store.outbox() };
}

it("sends the document by its schema, signed over time and body, when somebody sends it on", async () => {
  const { came, outbox } = await sendOn(200);
  expect(outbox).toMatchObject({ waiting: 0, dead: 0 });
  expect(came.length).toBe(1);
  const { headers, body } = came[0] ?? { headers: {}, body: "" };
  expect(HandOffSchema.parse(JSON.parse(body))).toMatchObject({
    template: "next-shift",
    reported: { symptom: "tunnel-down" },
  });
  const time = headers["x-tunnelmedic-timestamp"];
  expect(Math.abs(Date.now() / 1_000 - Number(time))).toBeLessThan(30);
  const expected = createHmac("sha256", SECRET)
    .update(`${String(time)}.${body}`)
    .digest("hex");
  expect(headers["x-tunnelmedic-signature"]).toBe(`v1=${expected}`);
  expect(headers["x-tunnelmedic-delivery"]).toMatch(/^[0-9A-Z]{4,7}\.\d+$/);
  expect(body).not.toContain("Pl4ntedKey");
});

it("is tried again until the receiver takes it, under the same delivery, and follows no redirect", async () => {
  const { came, outbox } = await sendOn(503, 302, 200);
  expect(outbox).toMatchObject({ waiting: 0, dead: 0 });
  expect(new Set(came.map(({ headers }) => headers["x-tunnelmedic-delivery"])).size).toBe(1);
  expect(came.length).toBe(3);
});

it("is given up where the receiver refuses this very document", async () => {
  const { came, outbox } = await sendOn(422);
  expect(outbox).toMatchObject({ waiting: 0, dead: 1 });
  expect(came.length).toBe(1);
});
