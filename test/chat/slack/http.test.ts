import { describe, expect, it } from "vitest";
import { createHttpReceiver } from "../../../src/chat/slack/http-receiver.ts";
import { isFromSlack } from "../../../src/chat/slack/signature.ts";
import { StoreUnavailable } from "../../../src/domain/chat.ts";
import { SIGNING_SECRET } from "./peer/local-slack.ts";
import { signed } from "./peer/slack-peer.ts";

const NOW = 1_733_000_000;
const BODY = JSON.stringify({ type: "event_callback", event_id: "Ev1", event: { type: "message" } });

describe("a request is Slack's", () => {
  const check = (headers: Record<string, string>, body = BODY) =>
    isFromSlack(new Headers(headers), body, SIGNING_SECRET, NOW * 1000);

  it("when it is signed with our secret, within five minutes before and after", () => {
    for (const off of [0, -299, 299]) expect(check(signed(BODY, NOW + off))).toBe(true);
  });

  it("and not otherwise", () => {
    const right = signed(BODY, NOW);
    expect(check({})).toBe(false);
    expect(check({ ...right, "x-slack-signature": "" })).toBe(false);
    expect(check({ "x-slack-signature": right["x-slack-signature"] ?? "" })).toBe(false);
    expect(check(right, `${BODY} `)).toBe(false);
    expect(check(signed(BODY, NOW - 301))).toBe(false);
    expect(check(signed(BODY, NOW + 301))).toBe(false);
    expect(check(signed(BODY, NOW + 315_360_000))).toBe(false);
    expect(check(signed(BODY, NOW, "another secret of theirs"))).toBe(false);
    expect(check({ ...right, "x-slack-request-timestamp": "NaN" })).toBe(false);
    expect(check({ ...right, "x-slack-request-timestamp": `${NOW}.0` })).toBe(false);
    expect(check({ ...right, "x-slack-signature": right["x-slack-signature"]?.replace("v0", "v1") ?? "" })).toBe(false);
  });
});

describe("the endpoint", () => {
  function endpoint(
    processEvent: (event: { body: unknown; ack: (answer?: unknown) => Promise<void> }) => Promise<void>,
  ) {
    const receiver = createHttpReceiver({
      signingSecret: SIGNING_SECRET,
      now: Date.now,
      failed: () => {},
      refused: () => {},
    });
    receiver.init({ processEvent } as never);
    return receiver;
  }
  const post = (body: string, headers: Record<string, string> = {}) =>
    new Request("http://127.0.0.1/slack/events", {
      method: "POST",
      headers: { "content-type": "application/json", ...signed(body), ...headers },
      body,
    });
  const form = (fields: Record<string, string>) => {
    const body = new URLSearchParams(fields).toString();
    return post(body, { "content-type": "application/x-www-form-urlencoded" });
  };

  it("acknowledges an event when what it brought is done, and not before", async () => {
    let done = false;
    const { handle } = endpoint(async ({ ack }) => {
      // Bolt acknowledges here.
      await ack();
      await new Promise((resolve) => setTimeout(resolve, 100));
      done = true;
    });
    expect((await handle(post(BODY))).status).toBe(200);
    expect(done).toBe(true);
  });

  it("does not acknowledge an event that was not kept, so that Slack sends it again", async () => {
    const { handle } = endpoint(async () => {
      throw new StoreUnavailable("disk full");
    });
    const response = await handle(post(BODY));
    expect(response.status).toBe(503);
    expect(response.headers.get("x-slack-no-retry")).toBeNull();
    expect(await response.text()).not.toContain("disk");
  });

  it("does not acknowledge in time what is not kept in time", { timeout: 10_000 }, async () => {
    const { handle } = endpoint(() => new Promise((resolve) => setTimeout(resolve, 4_000)));
    const from = Date.now();
    expect((await handle(post(BODY))).status).toBe(503);
    expect(Date.now() - from).toBeLessThan(3_000);
  });

  it("answers a command that nobody answers with a sentence, within three seconds", { timeout: 10_000 }, async () => {
    const { handle } = endpoint(() => new Promise((resolve) => setTimeout(resolve, 4_000)));
    const from = Date.now();
    const response = await handle(form({ command: "/ipsec", text: "x" }));
    expect(Date.now() - from).toBeLessThan(3_000);
    expect(await response.json()).toMatchObject({
      response_type: "ephemeral",
      text: expect.stringContaining("try it again"),
    });
  });

  it("gives a form's listener's answer", async () => {
    const { handle } = endpoint(({ ack }) => ack({ response_action: "errors", errors: { peer: "no" } }));
    const response = await handle(form({ payload: JSON.stringify({ type: "view_submission" }) }));
    expect(await response.json()).toEqual({ response_action: "errors", errors: { peer: "no" } });
  });

  it("answers Slack's check of the URL, signed as everything", async () => {
    const { handle } = endpoint(async () => {});
    const body = JSON.stringify({ type: "url_verification", challenge: "abc" });
    expect(await (await handle(post(body))).json()).toEqual({ challenge: "abc" });
    expect((await handle(new Request("http://127.0.0.1/slack/events", { method: "POST", body }))).status).toBe(401);
  });

  it("refuses what is too large, no JSON, or no POST", async () => {
    const { handle } = endpoint(async () => {});
    expect((await handle(post("x".repeat(2 * 1024 * 1024)))).status).toBe(413);
    expect((await handle(post("{"))).status).toBe(400);
    expect((await handle(post("[]"))).status).toBe(400);
    expect((await handle(new Request("http://127.0.0.1/slack/events"))).status).toBe(405);
  });

  it("takes nothing more once it stops, and stops when what it took is done", async () => {
    let finish = () => {};
    const receiver = endpoint(() => new Promise((resolve) => (finish = resolve)));
    const taken = receiver.handle(post(BODY));
    await new Promise((resolve) => setTimeout(resolve, 20));
    const stopped = receiver.stop();
    expect((await receiver.handle(post(BODY))).status).toBe(503);
    finish();
    expect((await taken).status).toBe(200);
    await stopped;
  });
});
