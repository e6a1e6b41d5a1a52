/** What Bolt's client of the Web API is promised by what it is given in place of fetch. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { webApi } from "@slack/bolt";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createWebFetch } from "../../../src/chat/slack/web-fetch.ts";

const web = createWebFetch();
const connections = new Set<unknown>();
let bodies: string[] = [];
let server: Server;
let client: webApi.WebClient;
beforeAll(async () => {
  server = createServer((request, response) => {
    connections.add(request.socket);
    const parts: Buffer[] = [];
    request.on("data", (part) => parts.push(part));
    request.on("end", () => {
      const body = Buffer.concat(parts).toString();
      bodies.push(body);
      const channel = new URLSearchParams(body).get("channel");
      if (channel === "SLOW") return;
      if (channel === "HALF") return void response.writeHead(200, { "content-length": "100" }).write("{");
      if (channel === "CUT") return void request.socket.destroy();
      if (channel === "LIMITED") return void response.writeHead(429, { "retry-after": "7" }).end();
      if (channel === "AWAY") return void response.writeHead(302, { location: `${request.url}/else` }).end();
      response.setHeader("content-type", "application/json; charset=utf-8");
      response.end(JSON.stringify({ ok: channel !== "NO", error: "channel_not_found", ts: "1.2", says: "é ⇄" }));
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  client = new webApi.WebClient("xoxb-1", {
    slackApiUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/`,
    fetch: web.fetch,
    timeout: 200,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logLevel: webApi.LogLevel.ERROR,
  });
});
afterAll(() => {
  web.close();
  server.closeAllConnections();
  server.close();
});

const post = (channel: string) => client.chat.postMessage({ channel, text: "ü" });

it("calls go over one connection, with their words and answers whole", async () => {
  connections.clear();
  bodies = [];
  for (let time = 0; time < 3; time += 1) expect(await post("C1")).toMatchObject({ ts: "1.2", says: "é ⇄" });
  expect(new URLSearchParams(bodies[0]).get("text")).toBe("ü");
  expect(connections.size).toBe(1);
});

it("refusals, limits and faults are told apart", async () => {
  await expect(post("NO")).rejects.toMatchObject({ data: { error: "channel_not_found" } });
  await expect(post("LIMITED")).rejects.toMatchObject({ code: "slack_webapi_rate_limited_error", retryAfter: 7 });
  await expect(post("CUT")).rejects.toMatchObject({ code: "slack_webapi_request_error" });
});

it.each(["SLOW", "HALF"])("what does not answer is given up in time: %s", async (channel) => {
  await expect(post(channel)).rejects.toMatchObject({ code: "slack_webapi_request_error" });
});

it("the token follows nobody elsewhere", async () => {
  bodies = [];
  await expect(post("AWAY")).rejects.toMatchObject({ code: "slack_webapi_http_error", statusCode: 302 });
  expect(bodies).toHaveLength(1);
});
