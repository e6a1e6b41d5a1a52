/** A Slack on loopback with the few methods that are needed, and somebody in it who says things and waits for the answer. */
import { createHmac } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export const SECRET = "0123456789abcdef0123456789abcdef";

export interface Peer {
  readonly apiUrl: string;
  /** @returns milliseconds from handing the event over to its answer's arrival here */
  say(url: string, thread: string, text: string): Promise<number>;
  close(): void;
}

export async function startPeer(): Promise<Peer> {
  const waiting = new Map<string, (at: number) => void>();
  let posts = 0;
  let events = 0;
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part) => parts.push(part));
    request.on("end", () => {
      const at = performance.now();
      posts += 1;
      const form = new URLSearchParams(Buffer.concat(parts).toString());
      if (request.url === "/api/chat.postMessage" && !(form.get("text") ?? "").startsWith("Case "))
        waiting.get(form.get("thread_ts") ?? "")?.(at);
      const answer = {
        ok: true,
        ts: `1700000000.${String(posts).padStart(6, "0")}`,
        channel: form.get("channel"),
        team_id: "T0",
        user_id: "UBOT",
        bot_id: "BBOT",
        url: "https://acme.slack.com/",
      };
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify(answer));
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", () => resolve());
  });

  function answerIn(thread: string): Promise<number> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`no answer in ${thread} within ten seconds`)), 10_000);
      waiting.set(thread, (at) => {
        clearTimeout(timer);
        resolve(at);
      });
    });
  }

  return {
    apiUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/`,
    async say(url, thread, text) {
      events += 1;
      const [channel = ""] = thread.split("-");
      const event = {
        type: "message",
        channel,
        user: `U${events % 2}`,
        text,
        ts: `${1_700_000_000 + events}.000100`,
        thread_ts: thread,
      };
      const body = JSON.stringify({ type: "event_callback", team_id: "T0", event_id: `Ev${events}`, event });
      const stamp = Math.floor(Date.now() / 1000);
      const signature = createHmac("sha256", SECRET).update(`v0:${stamp}:${body}`).digest("hex");
      const headers = {
        "content-type": "application/json",
        "x-slack-request-timestamp": String(stamp),
        "x-slack-signature": `v0=${signature}`,
      };
      const answered = answerIn(thread);
      const from = performance.now();
      const response = await fetch(url, { method: "POST", headers, body });
      if (response.status !== 200) throw new Error(`not acknowledged: ${response.status}`);
      return (await answered) - from;
    },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
