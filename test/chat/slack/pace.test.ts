import { expect, it } from "vitest";
import { createPace } from "../../../src/chat/slack/pace.ts";
import { SendLater } from "../../../src/domain/chat.ts";

it("lets a burst go at once, then a message a second; another channel does not wait", async () => {
  let now = 1_000_000;
  const pace = createPace(() => now);
  for (let sent = 0; sent < 4; sent += 1) await pace.turn("C1");
  const from = Date.now();
  await pace.turn("C2");
  expect(Date.now() - from).toBeLessThan(900);
  await pace.turn("C1");
  expect(Date.now() - from).toBeGreaterThan(900);
  await expect(pace.turn("C1")).rejects.toBeInstanceOf(SendLater);
  now += 4_000;
  await pace.turn("C1");
});

it("waits as long as Slack said, in that channel", async () => {
  let now = 1_000_000;
  const pace = createPace(() => now);
  pace.wait("C1", 30_000);
  await expect(pace.turn("C1")).rejects.toMatchObject({ afterMs: 30_000 });
  await pace.turn("C2");
  now += 30_000;
  await pace.turn("C1");
});
