/** Sends what the outbox holds for Slack: replies into the case's thread, hand-offs into their channel, the status in place. */
import type { webApi } from "@slack/bolt";
import { CannotSend, type Outgoing, type Sender } from "../../domain/chat.ts";
import type { Reply } from "../../domain/reply.ts";
import { picturePng } from "../../pictures/png.ts";
import type { StoredTurn } from "../../store/store.ts";
import { button, linkToThread, paragraph, type SlackBlock, userName, words, written } from "./block-kit.ts";
import { CHOOSE, carry, type OfCase, REOPEN } from "./choices.ts";
import { forOutbox, isOfBlocks, refusalIn, retryAfterIn } from "./failures.ts";
import type { LeftThreads } from "./left-threads.ts";
import type { Pace } from "./pace.ts";
import { isDirect, type Thread, threadOf } from "./place.ts";
import { isPublic } from "./public-channel.ts";
import type { Questions } from "./questions.ts";
import { type Rendered, type RenderedFile, renderReply } from "./render.ts";
import { adviceFor } from "./secret-advice.ts";
import type { StatusSender } from "./send-status.ts";
import { EVENT_TYPE, type SentBefore, sentBefore } from "./sent-before.ts";
import type { SlackTools } from "./settings.ts";
import { type UploadedFile, upload } from "./upload.ts";
import { shortened } from "./words.ts";

export interface SendTools extends Pick<SlackTools, "cases" | "settings" | "log"> {
  readonly client: webApi.WebClient;
  readonly pace: Pace;
  readonly status: StatusSender;
  readonly questions?: Questions | undefined;
  readonly leftThreads?: LeftThreads | undefined;
  /** The workspace's URL, once it is known. */
  readonly workspaceUrl: () => string | undefined;
}

export function createSender(tools: SendTools): Sender {
  const { client, cases, settings, log, pace, status, questions } = tools;
  /** Rows of which nothing was sent: a rate limit came first. They need not be looked for. */
  const nothingSent = new Set<string>();

  async function send(outgoing: Outgoing): Promise<string | undefined> {
    switch (outgoing.body.type) {
      case "status":
        return status.send(outgoing);
      case "reply": {
        // Most hold no key and are tried once: then nothing of the turn is needed.
        const isPlain = outgoing.body.secretsRemoved === 0 && outgoing.attempt === 1;
        const turn = isPlain ? undefined : await turnOf(outgoing);
        const of = { caseId: outgoing.caseId, turn: outgoing.turn };
        const rendered = renderReply(outgoing.body.reply, of);
        const advice = turn === undefined ? [] : adviceFor(turn, of);
        const thread = threadOf(outgoing.place);
        const escalation = settings.escalationChannel === undefined ? [] : escalationFor(outgoing.body.reply, of);
        const blocks = [
          ...withBefore(rendered.blocks, [...advice, ...escalation]),
          ...(rendered.blocks.some(({ type }) => type === "actions") ? [] : await reopenFor(of)),
        ];
        const sent = await sendTo(outgoing, thread, { ...rendered, blocks }, turn);
        const ts = sent?.split("/")[1];
        if (ts !== undefined)
          questions?.sent(outgoing.caseId, thread, { channel: thread.channel, ts, text: rendered.text, blocks });
        if (outgoing.body.isFarewell === true) {
          questions?.over(outgoing.caseId, thread);
          tools.leftThreads?.left(thread, outgoing.caseId);
          await status.leave(outgoing);
        }
        return sent;
      }
      case "hand-off":
        return sendHandOff(outgoing, outgoing.body.reply);
    }
  }

  /** What closes a case asks nothing; the way back stands below it, not only in the status at the thread's top. */
  async function reopenFor(of: OfCase): Promise<SlackBlock[]> {
    const head = await cases.caseById(of.caseId);
    if (head?.status !== "closed") return [];
    return [{ type: "actions", elements: [button("Reopen", CHOOSE, carry({ ...of, choice: REOPEN }))] }];
  }

  async function turnOf({ caseId, turn }: Outgoing): Promise<StoredTurn | undefined> {
    if (turn < 1) return undefined;
    return (await cases.turns(caseId, turn - 1)).find(({ number }) => number === turn);
  }

  async function sendHandOff(outgoing: Outgoing, reply: Reply): Promise<string | undefined> {
    const channel = settings.escalationChannel;
    if (channel === undefined) throw new CannotSend("ESCALATION_CHANNEL_SLACK is not set");
    const head = await cases.caseById(outgoing.caseId);
    const rendered = renderReply(reply, undefined);
    const url = tools.workspaceUrl();
    // The write-up's first line says what it is of.
    const first = head === undefined ? [] : [paragraph(words("From "), userName(head.openedBy.id), words(":"))];
    const link = url === undefined ? [] : [linkToThread(url, threadOf(outgoing.place))];
    const text = shortened(`Hand-over of case ${outgoing.caseId}. ${rendered.text}`, 3_000);
    return sendTo(
      outgoing,
      { channel, root: "" },
      { ...rendered, text, blocks: [...first, ...rendered.blocks, ...link] },
    );
  }

  /** One message, then its files; on a further try, only what is not there yet. */
  async function sendTo(
    outgoing: Outgoing,
    thread: Thread,
    made: Rendered,
    turn?: StoredTurn,
  ): Promise<string | undefined> {
    const { id, attempt, caseId, turn: number } = outgoing;
    const { channel, root } = thread;
    const files = made.files.map((file) => ({ ...file, name: namedFor(file.name, caseId, number) }));
    if (made.blocks.length === 0 && files.length === 0) return undefined;
    const isNew = attempt === 1 || nothingSent.delete(id);
    const before: SentBefore =
      isNew || root === "" ? { ts: undefined, files: [] } : await sentBefore(client, thread, id, sinceOf(turn));
    let { ts } = before;
    try {
      if (ts === undefined && made.blocks.length > 0) {
        await pace.turn(channel);
        ts = await post(thread, made, id);
      }
    } catch (error) {
      if (retryAfterIn(error) !== undefined && before.files.length === 0) nothingSent.add(id);
      throw slowedDown(channel, error);
    }
    // In a channel of its own, the files go below the message.
    const under = root === "" ? ts : root;
    const missing = files.filter(({ name }) => !before.files.includes(name));
    if (missing.length > 0) {
      const contents = await Promise.all(missing.map(contentOf));
      try {
        await pace.turn(channel);
        await upload(client, { channel, thread: under, files: contents });
      } catch (error) {
        throw slowedDown(channel, error);
      }
    }
    return ts === undefined ? undefined : `${channel}/${ts}`;
  }

  async function post({ channel, root }: Thread, { text, blocks }: Rendered, id: string): Promise<string | undefined> {
    const message = {
      channel,
      ...(root !== "" && { thread_ts: root }),
      text: text === "" ? "…" : text,
      unfurl_links: false,
      unfurl_media: false,
      metadata: { event_type: EVENT_TYPE, event_payload: { outbox_id: id } },
    };
    try {
      return (await client.chat.postMessage({ ...message, blocks: written(blocks) })).ts;
    } catch (error) {
      if (!isOfBlocks(refusalIn(error))) throw error;
      // It must not happen, and the person must not wait for nothing.
      log.warn({ chat: "slack", refusal: refusalIn(error) }, "Slack refused a reply's blocks; its plain text was sent");
      return (await client.chat.postMessage(message)).ts;
    }
  }

  function slowedDown(channel: string, error: unknown): unknown {
    const later = retryAfterIn(error);
    if (later !== undefined) pace.wait(channel, later);
    return forOutbox(error);
  }

  return {
    chat: "slack",
    send,
    /** A channel's own cases, and those of channels that everybody can see. */
    async isOpenTo(place, at) {
      const { channel } = threadOf(place);
      return channel === threadOf(at).channel || (!isDirect(channel) && (await isPublic(client, channel)));
    },
  };
}

async function contentOf({ name, text, picture }: RenderedFile): Promise<UploadedFile> {
  return picture === undefined
    ? { name, content: Buffer.from(text) }
    : { name, content: await picturePng(picture), altText: text };
}

/** What is written up can be posted where hand-offs go. */
function escalationFor(reply: Reply, of: OfCase): SlackBlock[] {
  const isWrittenUp = reply.blocks.some((block) => block.type === "file" && block.name.startsWith("hand-off"));
  const value = carry({ ...of, choice: "escalate" });
  return isWrittenUp
    ? [{ type: "actions", elements: [button("Post to the escalation channel", `${CHOOSE}:escalate`, value)] }]
    : [];
}

/** Before the buttons, which end a message. */
function withBefore(blocks: readonly SlackBlock[], added: readonly SlackBlock[]): SlackBlock[] {
  const end = blocks.at(-1)?.type === "actions" ? blocks.length - 1 : blocks.length;
  return [...blocks.slice(0, end), ...added, ...blocks.slice(end)];
}

/** A name that no other turn's file has: by it the file is found again. "hand-off.txt" → "hand-off-7F3K-12.txt" */
function namedFor(name: string, caseId: string, turn: number): string {
  const dot = name.lastIndexOf(".");
  const [stem, end] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, ".txt"];
  return `${stem}-${caseId}-${turn}${end}`;
}

/** Slack's clock and that of the person's message are the same; a minute is more than they can be apart. */
function sinceOf(turn: StoredTurn | undefined): string | undefined {
  return turn === undefined ? undefined : Math.max(0, turn.at / 1000 - 60).toFixed(6);
}
