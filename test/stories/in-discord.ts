/** Stories in Discord: said in threads, asked by commands, read off messages, attachments and their descriptions. */
import { setTimeout as sleep } from "node:timers/promises";
import type { APIMessage } from "discord.js";
import { casesAsked } from "../../src/case/cases-asked.ts";
import type { Store } from "../../src/store/store.ts";
import type { DiscordPeer } from "../chat/discord/peer/peer.ts";
import type { OptionValues, Person } from "../chat/discord/peer/people.ts";
import { quiet, readable, saidBy, threadAfter } from "../chat/discord/running.ts";
import { until } from "../chat/discord/until.ts";
import type { Room, StoryChat, Told } from "./story.ts";

export function storiesInDiscord(
  peer: DiscordPeer,
  { store, people: [asha, ben] }: { readonly store: Store; readonly people: readonly [Person, Person] },
  common: Omit<StoryChat, "name" | "begin" | "ask" | "takeAlong">,
): StoryChat {
  async function newIn(thread: string, before: number): Promise<readonly APIMessage[]> {
    await until(() => saidBy(peer, thread).length > before, 8_000);
    await quiet(store);
    return saidBy(peer, thread).slice(before);
  }

  async function seen(messages: readonly APIMessage[]): Promise<Told> {
    const files = messages.flatMap(({ attachments }) => attachments);
    const texts = files.filter(({ filename }) => !filename.endsWith(".png"));
    const read = await Promise.all(texts.map(async ({ url }) => (await fetch(url)).text()));
    const pictures = files.filter(({ filename }) => filename.endsWith(".png"));
    for (const { url } of pictures)
      if (Buffer.from(await (await fetch(url)).arrayBuffer()).toString("latin1", 1, 4) !== "PNG")
        throw new Error("a picture is none");
    return {
      words: [...messages.map(readable), ...read].join("\n"),
      pictures: pictures.map(({ description }) => description ?? ""),
    };
  }

  async function roomAt(caseId: string, thread: string): Promise<Room> {
    let looked = saidBy(peer, thread).length;
    const news = async () => {
      const messages = await newIn(thread, looked);
      looked += messages.length;
      return seen(messages);
    };
    return {
      caseId,
      give(text, isPaste) {
        asha.say(thread, isPaste ? text : `<@${peer.world.bot.id}> ${text}`);
        return news();
      },
      news,
    };
  }

  return {
    ...common,
    name: "discord",
    async begin() {
      const begun = peer.world.threadMembers.size;
      await asha.command(peer.channel.id, "ipsec", "start").answered;
      const thread = await threadAfter(peer, begun);
      await newIn(thread, 0);
      const head = await store.caseAt({ chat: "discord", workspace: peer.guild.id, thread });
      return roomAt(head?.id ?? "", thread);
    },
    async ask(words) {
      const [sub = "", ...rest] = words.split(" ");
      const asked = asha.command(peer.channel.id, "ipsec", sub, optionsFor(sub, rest));
      await asked.answered;
      await until(() => asked.text() !== "", 8_000);
      // Nothing tells when all parts of an answer are there.
      for (let before = ""; before !== asked.text(); await sleep(150)) before = asked.text();
      const attached = [asked.message, ...asked.followUps].filter((each) => each !== undefined);
      const { words: told, pictures } = await seen(attached);
      return { words: told, pictures };
    },
    async takeAlong(code) {
      const begun = peer.world.threadMembers.size;
      await ben.command(peer.channel.id, "ipsec", "resume", { case: code }).answered;
      const thread = await threadAfter(peer, begun);
      const messages = await newIn(thread, 0);
      return { room: await roomAt(code.split("-")[0] ?? "", thread), told: await seen(messages) };
    },
  };
}

/** The words, as the command's options have them. */
function optionsFor(sub: string, rest: readonly string[]): OptionValues {
  const words = rest.join(" ");
  if (sub === "explain") return { word: words };
  if (sub === "search") return { words };
  const asked = casesAsked(rest);
  if ("remedy" in asked) throw new Error(asked.remedy);
  const { status, peer, cause, since, words: others } = asked;
  const given = { status, peer, cause, since, words: others };
  return Object.fromEntries(
    Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
