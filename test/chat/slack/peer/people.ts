/** What people do in Slack, and what they see there. */
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { WebSocket } from "ws";
import type { Deliveries } from "./deliveries.ts";
import { ask } from "./exchange.ts";
import { BOT_TOKEN, TEAM } from "./local-slack.ts";
import type { WebApi } from "./web-api.ts";

export interface Seen {
  readonly ts: string;
  readonly thread_ts?: string;
  readonly user?: string;
  readonly text: string;
  readonly blocks?: readonly Record<string, unknown>[];
  readonly subtype?: string;
  readonly ephemeral_to?: string;
  readonly files?: readonly { readonly name: string; readonly url_private: string }[];
}

export interface People {
  say(channel: string, user: string, text: string, thread?: string): Promise<string>;
  /** A file in a message, as a client uploads it. */
  upload(channel: string, user: string, name: string, text: string, thread?: string): Promise<void>;
  edit(channel: string, user: string, ts: string, text: string): Promise<void>;
  remove(channel: string, user: string, ts: string): Promise<void>;
  command(channel: string, user: string, text: string): Promise<void>;
  /** Presses the newest button or menu entry of that label in the channel, or in the thread. */
  press(channel: string, user: string, label: string, thread?: string): Promise<void>;
  /** Fills in the form that is open. @returns the errors it shows */
  submit(user: string, values: Record<string, unknown>): Promise<Record<string, string> | undefined>;
  /** "Read this output", which local-slack has not. */
  shortcut(channel: string, user: string, message: Seen): Promise<void>;
  openHome(user: string): Promise<void>;
  messages(channel: string): Promise<readonly Seen[]>;
  /** What is in the files of a message. */
  filesOf(message: Seen): Promise<string>;
  /** Waits for a message that holds these words. */
  sees(
    channel: string,
    words: string | RegExp,
    options?: { readonly thread?: string; readonly within?: number },
  ): Promise<Seen>;
  /** The form that is open, as it was opened. */
  form(): Record<string, unknown> | undefined;
  /** What App Home shows. */
  home(): string;
  close(): void;
}

export async function createPeople(socketPath: string, deliveries: Deliveries, web: WebApi): Promise<People> {
  const ui = new WebSocket(`ws+unix://${socketPath}:/ui`);
  let errors: Record<string, string> | undefined;
  ui.on("message", (data) => {
    const frame = JSON.parse(String(data)) as { t?: string; errors?: Record<string, string> };
    if (frame.t === "view_errors") errors = frame.errors;
  });
  await new Promise((resolve, reject) => {
    ui.once("open", resolve);
    ui.once("error", reject);
  });

  async function control(path: string, body?: object): Promise<Record<string, unknown>> {
    const text = body === undefined ? undefined : JSON.stringify(body);
    const headers =
      text === undefined
        ? {}
        : { "content-type": "application/json", "content-length": String(Buffer.byteLength(text)) };
    const method = body === undefined ? "GET" : "POST";
    const answer = await ask({ socketPath, method, path: `/_control${path}`, headers, body: text });
    return JSON.parse(answer.body.toString()) as Record<string, unknown>;
  }

  async function messages(channel: string): Promise<readonly Seen[]> {
    return ((await control(`/messages/${channel}`)) as { messages?: Seen[] }).messages ?? [];
  }

  const lastCall = (methods: readonly string[]) => web.calls.findLast(({ method }) => methods.includes(method));

  return {
    messages,
    async filesOf({ files = [] }) {
      const texts: string[] = [];
      for (const { url_private } of files) {
        const path = new URL(url_private).pathname;
        const answer = await ask({
          socketPath,
          method: "GET",
          path,
          headers: { authorization: `Bearer ${BOT_TOKEN}` },
        });
        texts.push(answer.body.toString());
      }
      return texts.join("\n");
    },
    async say(channel, user, text, thread) {
      const said = await control("/message", {
        channel,
        user,
        text: escapedByClient(text),
        ...(thread !== undefined && { thread_ts: thread }),
      });
      return (said["message"] as Seen | undefined)?.ts ?? String(said["ts"]);
    },
    async upload(channel, user, name, text, thread) {
      const form = new FormData();
      form.set("channel", channel);
      form.set("user", user);
      form.set("text", "");
      if (thread !== undefined) form.set("thread_ts", thread);
      form.set("file", new File([text], name, { type: "text/plain" }));
      const request = new Request("http://local", { method: "POST", body: form });
      const body = Buffer.from(await request.arrayBuffer());
      const headers = {
        "content-type": request.headers.get("content-type") ?? "",
        "content-length": String(body.length),
      };
      await ask({ socketPath, method: "POST", path: "/_control/upload", headers, body });
    },
    async edit(channel, user, ts, text) {
      await control("/edit-message", { channel, user, ts, text: escapedByClient(text) });
    },
    async remove(channel, user, ts) {
      await control("/delete-message", { channel, user, ts });
    },
    async command(channel, user, text) {
      await control("/command", { channel, user, command: "/ipsec", text });
    },
    async press(channel, user, label, thread) {
      const found = (await messages(channel))
        .filter((message) => thread === undefined || message.thread_ts === thread || message.ts === thread)
        .toReversed()
        .flatMap((message) => {
          const element = elementOf(message.blocks ?? [], label);
          return element === undefined ? [] : [{ message, element }];
        })[0];
      if (found === undefined) throw new Error(`nobody sees a button "${label}" in ${channel}`);
      const action = { block_id: "b", action_ts: `${Date.now() / 1000}${Math.random()}`, ...found.element };
      await control("/interact", { channel, messageTs: found.message.ts, user, action });
    },
    async submit(user, values) {
      errors = undefined;
      const before = deliveries.begun;
      ui.send(JSON.stringify({ t: "view_submit", user, values }));
      await until(() => deliveries.begun > before);
      await deliveries.idle();
      if (JSON.stringify(deliveries.lastAnswer)?.includes('"errors"')) await until(() => errors !== undefined);
      else await sleep(30);
      return errors;
    },
    async shortcut(channel, user, message) {
      const trigger_id = randomUUID();
      web.trigger(trigger_id);
      await deliveries.deliver({
        type: "interactive",
        payload: {
          type: "message_action",
          callback_id: "read_output",
          team: { id: TEAM, domain: "acme" },
          user: { id: user, name: user.slice(1).toLowerCase() },
          channel: { id: channel, name: "c" },
          trigger_id,
          action_ts: `${Date.now() / 1000}`,
          message_ts: message.ts,
          response_url: "http://127.0.0.1:9/none",
          message: { type: "message", ...message },
        },
      });
    },
    async openHome(user) {
      await control("/open-home", { user });
    },
    async sees(channel, words, { thread, within = 8_000 } = {}) {
      const end = Date.now() + within;
      for (;;) {
        const seen = (await messages(channel))
          .filter((message) => thread === undefined || message.thread_ts === thread || message.ts === thread)
          .findLast((message) => matches(shown(message), words));
        if (seen !== undefined) return seen;
        if (Date.now() > end) {
          const there = (await messages(channel)).map(shown).join("\n---\n");
          throw new Error(`nobody sees ${String(words)} in ${channel}; there is:\n${there.slice(-4_000)}`);
        }
        await sleep(20);
      }
    },
    form() {
      const call = lastCall(["views.open"]);
      return call?.args["view"] === undefined ? undefined : (JSON.parse(call.args["view"]) as Record<string, unknown>);
    },
    home: () => textsIn(JSON.parse(lastCall(["views.publish"])?.args["view"] ?? "{}")).join("\n"),
    close: () => ui.close(),
  };
}

/** All that a message shows, buttons and file names with it. */
export function shown({ text, blocks = [], files = [] }: Seen): string {
  const texts = blocks.length > 0 ? textsIn(blocks) : [text];
  return [...texts, ...files.map(({ name }) => `📎 ${name}`)].join("\n");
}

function textsIn(value: unknown): string[] {
  const found: string[] = [];
  JSON.stringify(value, (key, each: unknown) => {
    if (key === "text" && typeof each === "string") found.push(each);
    return each;
  });
  return found;
}

function matches(text: string, words: string | RegExp): boolean {
  const line = text.replace(/\s+/g, " ");
  return typeof words === "string" ? line.includes(words.replace(/\s+/g, " ")) : words.test(line);
}

/** Slack's clients escape these three. */
function escapedByClient(text: string): string {
  return text
    .replace(/&/g, "&amp;")
    .replace(/<(?!@U)/g, "&lt;")
    .replace(/(?<!<@U[A-Z0-9]{1,12})>/g, "&gt;");
}

/** What is sent when the button, or the entry of a menu, of this label is pressed. */
function elementOf(blocks: readonly unknown[], label: string): Record<string, unknown> | undefined {
  for (const block of blocks as readonly { type: string; elements?: readonly Record<string, unknown>[] }[]) {
    if (block.type !== "actions") continue;
    for (const element of block.elements ?? []) {
      const { type, action_id, value, options } = element as {
        type: string;
        action_id: string;
        value?: string;
        options?: { text: { text: string } }[];
      };
      if ((element["text"] as { text?: string } | undefined)?.text === label) return { type, action_id, value };
      const option = options?.find(({ text }) => text.text === label);
      if (option !== undefined) return { type, action_id, selected_option: option };
    }
  }
  return undefined;
}

/** A busy machine takes its time. */
async function until(isSo: () => boolean): Promise<void> {
  for (let tries = 0; tries < 300 && !isSo(); tries += 1) await sleep(10);
}
