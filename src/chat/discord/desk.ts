/** What commands, buttons and forms have in common: whose case it is, what the bot made of it, and how that is said. */
import { type APIChannel, type APIInteraction, ChannelType, type REST } from "discord.js";
import { type Heard, StoreUnavailable } from "../../domain/chat.ts";
import type { Content, Inbound, Person, Place } from "../../domain/inbound.ts";
import { takesNothingAlong } from "../../speech/taking-along.ts";
import type { CaseHead } from "../../store/store.ts";
import { type AskerHere, askerOf, refused } from "./access.ts";
import { channelById, meaningOf, type Sendable } from "./api.ts";
import { controlRow } from "./choices.ts";
import { type Attached, download } from "./download.ts";
import { Drafts } from "./drafts.ts";
import { type Me, personOf, type SeenMessage } from "./hear.ts";
import { caseInName, LeftThreads } from "./left-threads.ts";
import { CHAT, channelOf, directWorkspace, isDirect, linkTo, placeInThread } from "./place.ts";
import type { Responder } from "./responder.ts";
import type { DiscordTools } from "./settings.ts";
import * as say from "./words.ts";

export interface DeskTools extends DiscordTools {
  readonly rest: REST;
  readonly me: Me;
}

/** Who does something, and where. */
export interface From {
  readonly person: Person;
  readonly guildId: string | undefined;
  readonly channelId: string;
  readonly isThread: boolean;
  readonly asker: AskerHere;
}

/** It did not answer in time, and may take what was asked all the same. */
class StoreSlow extends StoreUnavailable {}

/** Milliseconds after which a store that does not answer counts as away. */
const STORE_MS = 8_000;
/** Of somebody's direct messages, so many cases are looked through for the open one. */
const MOST_DIRECT = 20;

export class Desk {
  readonly tools: DeskTools;
  /** Messages that are deleted at somebody's wish: what was read of them stays. */
  readonly deletedForSomebody = new Set<string>();
  readonly drafts = new Drafts();
  readonly leftThreads = new LeftThreads();

  constructor(tools: DeskTools) {
    this.tools = tools;
  }

  from(interaction: APIInteraction): From {
    const { member, user, guild_id: guildId, channel } = interaction;
    const who = member?.user ?? user;
    if (!who || !channel) throw new Error("an interaction of nobody");
    return {
      person: personOf(who, member?.nick),
      guildId,
      channelId: channel.id,
      isThread: isThreadType(channel.type),
      asker: askerOf(interaction, who.id),
    };
  }

  /** @param isThread whether the channel is one, where that is known */
  fromMessage({ author, member, guild_id: guildId, channel_id: channelId }: SeenMessage, isThread: boolean): From {
    const places = [channelId, ...(guildId === undefined ? [] : [guildId])];
    return {
      person: personOf(author, member?.nick),
      guildId,
      channelId,
      isThread,
      asker: { personId: author.id, isDirect: guildId === undefined, places, groups: member?.roles ?? [] },
    };
  }

  /** The case of this thread, or the open one of these direct messages. */
  async caseHere({ guildId, channelId }: Pick<From, "guildId" | "channelId">): Promise<CaseHead | undefined> {
    const { cases } = this.tools;
    if (guildId !== undefined) return cases.caseAt(placeInThread(guildId, channelId));
    const all = await cases.cases({ chat: CHAT, workspace: directWorkspace(channelId), limit: MOST_DIRECT });
    return all.find(({ status }) => status === "open") ?? all[0];
  }

  /** A case by its id, if it is one of this server that this person may see. */
  async caseById(id: string, from: From): Promise<CaseHead | undefined> {
    const head = await this.tools.cases.caseById(id);
    const workspace = from.guildId ?? directWorkspace(from.channelId);
    if (head?.place.chat !== CHAT || head.place.workspace !== workspace) return undefined;
    return (await this.maySee(head, from)) ? head : undefined;
  }

  /**
   * Of a thread without a case: the one that left it, where this process saw it go, or the thread is ours and has its name.
   * @param mayAsk whether Discord may be asked for the name
   */
  async caseThatLeft({ guildId, channelId }: Pick<From, "guildId" | "channelId">, mayAsk: boolean) {
    if (guildId === undefined) return undefined;
    if (mayAsk && !this.leftThreads.knows(channelId))
      this.leftThreads.note(channelId, await this.namedAfter(channelId));
    const caseId = this.leftThreads.caseThatLeft(channelId);
    return caseId === undefined ? undefined : this.tools.cases.caseById(caseId);
  }

  private async namedAfter(channelId: string): Promise<string | undefined> {
    try {
      const channel = await channelById(this.tools.rest, channelId);
      const isOurs = isThreadType(channel.type) && "owner_id" in channel && channel.owner_id === this.tools.me.id;
      return isOurs ? caseInName(channel.name ?? "") : undefined;
    } catch (error) {
      if (meaningOf(error) === undefined) throw error;
      return undefined;
    }
  }

  /** Where a case went on that was here; undefined where none was. */
  async whereItWent(from: From): Promise<Sendable | undefined> {
    const head = await this.caseThatLeft(from, true);
    if (!head) return undefined;
    const isHere = head.place.chat === CHAT && head.place.workspace === from.guildId;
    const where = isHere && (await this.maySee(head, from)) ? `in ${linkTo(head.place)}` : undefined;
    return { content: say.wentOn(head.id, where ?? (head.place.chat === CHAT ? "elsewhere" : "in another chat")) };
  }

  /** What to say where something was meant for a case, and there is none. */
  async noCaseHere(from: From): Promise<Sendable> {
    return (await this.whereItWent(from)) ?? { content: say.NO_CASE_HERE };
  }

  /** A private thread's case is for those who are in the thread. */
  async maySee(head: CaseHead, { channelId, person }: Pick<From, "channelId" | "person">): Promise<boolean> {
    const threadId = channelOf(head.place);
    if (isDirect(head.place) || threadId === channelId || head.openedBy.id === person.id) return true;
    const { rest } = this.tools;
    try {
      const thread: APIChannel = await channelById(rest, threadId);
      if (thread.type !== ChannelType.PrivateThread) return true;
      await rest.get(`/channels/${threadId}/thread-members/${person.id}`);
      return true;
    } catch (error) {
      if (meaningOf(error) === undefined) throw error;
      // A thread that is not there any more may have been a private one.
      return false;
    }
  }

  refused(action: "start" | "hand-over" | "close", { asker }: From): string | undefined {
    return refused(this.tools.settings, action, asker, this.tools.log);
  }

  /** @throws StoreSlow where the store does not answer in time: it may have taken it all the same */
  async hear(inbound: Inbound): Promise<Heard> {
    const late = new Promise<never>((_, reject) => {
      setTimeout(() => reject(new StoreSlow("the store does not answer in time")), STORE_MS).unref();
    });
    return Promise.race([this.tools.bot.hear(inbound), late]);
  }

  inbound(id: string, place: Place, { person }: From, content: Content, answerBy?: string): Inbound {
    return { deliveries: [`discord:interaction:${id}`], place, person, at: this.tools.now(), content, answerBy };
  }

  /** What is to be said where the bot's reply does not come through the outbox; undefined where it does. */
  unanswered(heard: Heard, caseId?: string): Sendable | undefined {
    switch (heard.outcome) {
      case "taken":
        return heard.reply === undefined ? { content: "Noted." } : undefined;
      case "repeat":
        return { content: say.ALREADY_READ };
      case "closed":
        return this.closed(heard.caseId);
      case "no-case":
        return { content: caseId === undefined ? say.NO_CASE_HERE : say.notKept(caseId) };
    }
  }

  /** The same of a case that was to go on here, by its code where one was given. */
  notResumed(
    heard: Heard,
    { caseId, code }: Omit<Extract<Content, { type: "resumed" }>, "type">,
  ): Sendable | undefined {
    if (code !== undefined && heard.outcome === "no-case") return { content: takesNothingAlong(caseId) };
    return this.unanswered(heard, caseId);
  }

  closed(caseId: string): Sendable {
    const row = controlRow([{ label: "Reopen", action: { type: "reopen", caseId } }]);
    return { content: say.isClosed(caseId), components: row ? [row] : [] };
  }

  /** The files as text, and a sentence for each that could not be read. */
  async fetchAll(files: readonly Attached[], message?: { readonly channelId: string; readonly id: string }) {
    const { rest, settings } = this.tools;
    const all = await Promise.all(files.map((file) => download(file, { rest, apiUrl: settings.apiUrl }, message)));
    return {
      files: all.flatMap((one) => ("file" in one ? [one.file] : [])),
      problems: all.flatMap((one) => ("problem" in one ? [one.problem] : [])),
    };
  }

  /** Whatever breaks, the person is told, and the log gets no word of what was said. */
  async guard(responder: Responder, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      const isAway = error instanceof StoreUnavailable;
      const name = error instanceof Error ? error.name : typeof error;
      this.tools.log.warn(
        { chat: CHAT, error: name, meaning: meaningOf(error) },
        isAway ? "store away" : "interaction broke",
      );
      const message = { content: isAway ? awayWords(error) : say.BROKE };
      // What may still be taken is answered in the place of "thinking…", which has to stay for that.
      const told = error instanceof StoreSlow ? responder.tellInPlace(message) : responder.tell(message);
      await told.catch(() => undefined);
    }
  }
}

export function awayWords(error: StoreUnavailable): string {
  return error instanceof StoreSlow ? say.STORE_SLOW : say.STORE_AWAY;
}

export function isThreadType(type: ChannelType): boolean {
  return (
    type === ChannelType.PublicThread || type === ChannelType.PrivateThread || type === ChannelType.AnnouncementThread
  );
}
