/** Stories in Slack: said in threads, asked by the command, read off messages, files and what is told to one person. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Store } from "../../src/store/store.ts";
import { BOT_USER } from "../chat/slack/peer/local-slack.ts";
import { type Seen, shown } from "../chat/slack/peer/people.ts";
import type { SlackPeer } from "../chat/slack/peer/slack-peer.ts";
import type { Room, StoryChat, Told } from "./story.ts";

export function storiesInSlack(
  { people, web }: SlackPeer,
  { store, users, newRoom }: { readonly store: Store; readonly users: readonly [string, string]; newRoom(): string },
  common: Omit<StoryChat, "name" | "begin" | "ask" | "takeAlong">,
): StoryChat {
  const [asha, ben] = users;

  /** Once something is said, and nothing more is on its way. */
  async function newIn(room: string, before: number): Promise<readonly Seen[]> {
    const end = performance.now() + 8_000;
    for (;;) {
      const all = (await people.messages(room)).filter(({ user }) => user === BOT_USER);
      if (all.length > before && (await store.outbox()).waiting === 0) return all.slice(before);
      if (performance.now() > end)
        throw new Error(`no answer; there is\n${all.map(shown).join("\n---\n").slice(-2_000)}`);
      await sleep(10);
    }
  }

  async function seen(messages: readonly Seen[], calls: number): Promise<Told> {
    const files = messages.flatMap((message) => message.files ?? []).map(({ name }) => name);
    const texts = await Promise.all(
      messages.map((message) =>
        people.filesOf({ ...message, files: (message.files ?? []).filter(({ name }) => !name.endsWith(".png")) }),
      ),
    );
    const uploads = web.calls.slice(calls).filter(({ method }) => method === "files.getUploadURLExternal");
    const pictures = uploads
      .filter(({ args }) => files.includes(args["filename"] ?? "") && args["filename"]?.endsWith(".png") === true)
      .map(({ args }) => args["alt_txt"] ?? "");
    return { words: [...messages.map(shown), ...texts].join("\n"), pictures };
  }

  function roomAt(caseId: string, channel: string, thread: string, before: number, callsBefore: number): Room {
    let looked = before;
    let calls = callsBefore;
    const news = async () => {
      const messages = await newIn(channel, looked);
      looked += messages.length;
      const told = await seen(messages, calls);
      calls = web.calls.length;
      return told;
    };
    return {
      caseId,
      async give(text, isPaste) {
        await people.say(channel, asha, isPaste ? text : `<@${BOT_USER}> ${text}`, thread);
        return news();
      },
      news,
    };
  }

  async function placeOf(caseId: string): Promise<{ channel: string; thread: string }> {
    const [channel = "", thread = ""] = (await store.caseById(caseId))?.place.thread.split("/") ?? [];
    return { channel, thread };
  }

  return {
    ...common,
    name: "slack",
    async begin() {
      const channel = newRoom();
      const thread = await people.say(channel, asha, `<@${BOT_USER}>`);
      const said = await newIn(channel, 0);
      const place = { chat: "slack", workspace: "T0ACME", thread: `${channel}/${thread}` };
      const head = await store.caseAt(place);
      return roomAt(head?.id ?? "", channel, thread, said.length, web.calls.length);
    },
    async ask(words, { caseId }) {
      // As in the channel: commands can't be given in threads.
      const { channel } = await placeOf(caseId);
      const before = (await people.messages(channel)).filter(({ user }) => user === BOT_USER).length;
      const calls = web.calls.length;
      await people.command(channel, asha, words);
      return seen(await newIn(channel, before), calls);
    },
    async takeAlong(code) {
      const channel = newRoom();
      const calls = web.calls.length;
      await people.command(channel, ben, `resume ${code}`);
      const messages = await newIn(channel, 0);
      const caseId = code.split("-")[0] ?? "";
      const { thread } = await placeOf(caseId);
      const room = roomAt(caseId, channel, thread, messages.length, web.calls.length);
      return { room, told: await seen(messages, calls) };
    },
  };
}
