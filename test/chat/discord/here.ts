/** Most tests begin the same way: a server, two people, a case in its thread. */
import type { APIMessage } from "discord.js";
import type { DiscordPeer, PeerOptions } from "./peer/peer.ts";
import type { Person } from "./peer/people.ts";
import { answer, quiet, type RunningBot, type RunOptions, type Stage, saidBy, threadAfter } from "./running.ts";

export interface Here {
  readonly peer: DiscordPeer;
  readonly bot: RunningBot;
  readonly asha: Person;
  readonly ravi: Person;
  /** The text channel. */
  readonly channel: string;
  /** Begins a case. @returns its thread, once the first question stands there */
  begin(by?: Person, values?: Parameters<Person["command"]>[3]): Promise<string>;
  /** What the bot says in a channel after doing something, once it holds the words. */
  after(channelId: string, words: string | RegExp, does: () => unknown): Promise<APIMessage[]>;
  caseIn(thread: string): Promise<string>;
}

export async function prepare(stage: Stage, options: { peer?: PeerOptions; bot?: RunOptions } = {}): Promise<Here> {
  const peer = await stage.peer(options.peer);
  const bot = await stage.bot(peer, options.bot);
  return hereWith(peer, bot, peer.person("Asha"), peer.person("Ravi"));
}

export function hereWith(peer: DiscordPeer, bot: RunningBot, asha: Person, ravi: Person): Here {
  const after: Here["after"] = async (channelId, words, does) => {
    const before = saidBy(peer, channelId).length;
    await does();
    return answer(peer, channelId, before, words);
  };
  return {
    peer,
    bot,
    asha,
    ravi,
    channel: peer.channel.id,
    after,
    async begin(by = asha, values = {}) {
      const count = peer.world.threadMembers.size;
      await by.command(peer.channel.id, "ipsec", "start", values).answered;
      const thread = await threadAfter(peer, count);
      await answer(peer, thread, 0);
      await quiet(bot.here.store);
      return thread;
    },
    async caseIn(thread) {
      const head = await bot.here.store.caseAt({ chat: "discord", workspace: peer.guild.id, thread });
      if (!head) throw new Error(`no case in ${thread}`);
      return head.id;
    },
  };
}

export function lastOf(messages: readonly APIMessage[]): APIMessage {
  const found = messages.at(-1);
  if (!found) throw new Error("nothing was said");
  return found;
}
