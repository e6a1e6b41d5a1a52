/** Messages, edits and deletions: in order within a place, again while the store is away, and never a second time. */
import { setTimeout as sleep } from "node:timers/promises";
import { rightFor } from "../../case/commands.ts";
import { intentOf } from "../../case/intent.ts";
import { StoreUnavailable } from "../../domain/chat.ts";
import type { Inbound, Place } from "../../domain/inbound.ts";
import type { CaseHead } from "../../store/store.ts";
import { meaningOf, postMessage, type Sendable } from "./api.ts";
import type { Desk } from "./desk.ts";
import type { Gateway } from "./gateway.ts";
import {
  deletionOf,
  editOf,
  heardFrom,
  isAddressed,
  isSaid,
  isWithheld,
  looksPasted,
  type SeenMessage,
  saidIn,
  wordsOf,
} from "./hear.ts";
import { Lanes } from "./lanes.ts";
import { onMention } from "./on-mention.ts";
import { overheard } from "./overheard.ts";
import { CHAT, placeInThread } from "./place.ts";
import { TIMES } from "./settings.ts";
import * as say from "./words.ts";

export interface MessageHearing {
  /** Aborted when it stops. */
  readonly stopping: AbortSignal;
  created(message: SeenMessage): void;
  /** One that was missed; resolves when it is heard. */
  missed(message: SeenMessage): Promise<void>;
  missedEdit(message: SeenMessage): Promise<void>;
  missedDeletion(messageId: string, channelId: string, guildId: string | undefined): Promise<void>;
  edited(message: SeenMessage): void;
  deleted(messageId: string, channelId: string, guildId: string | undefined): void;
  /** Work that comes before everything at these places that was not begun yet. */
  first(channelId: string, work: () => Promise<void>): void;
  /** What comes from now on waits for this. */
  waitFor(work: Promise<unknown>): void;
  /** Gives up what can't be stored; resolves when all else is heard. It is found again by the next catch-up. */
  stop(): Promise<void>;
}

export function createMessageHearing(desk: Desk, gateway: Pick<Gateway, "readsAll" | "isThread">): MessageHearing {
  const { rest, me, settings, log, now } = desk.tools;
  const lanes = new Lanes();
  const stopping = new AbortController();
  const storeRetry = settings.times?.storeRetry ?? TIMES.storeRetry;
  /** Cases whose people were told that we can't read what does not mention us. */
  const told = new Set<string>();
  let gate: Promise<unknown> = Promise.resolve();
  let working = 0;

  /** In order within the channel; tried again while nothing can be stored. */
  function inOrder(channelId: string, work: () => Promise<void>, waitingIn?: string): void {
    working += 1;
    void gate
      .then(() => lanes.run(channelId, () => untilStored(work, waitingIn)))
      .finally(() => {
        working -= 1;
      });
  }

  /** @param waitingIn the channel where people wait for an answer */
  async function untilStored(work: () => Promise<void>, waitingIn?: string): Promise<void> {
    for (let attempt = 1; !stopping.signal.aborted; attempt += 1) {
      try {
        return await work();
      } catch (error) {
        if (!(error instanceof StoreUnavailable)) {
          const name = error instanceof Error ? error.name : typeof error;
          log.warn({ chat: CHAT, error: name, meaning: meaningOf(error) }, "a message broke");
          return;
        }
        log.warn({ chat: CHAT, attempt }, "store away; the message is kept and tried again");
        const once = `away:${Math.floor(now() / 600_000)}`;
        if (attempt === 3 && waitingIn !== undefined)
          await reply(waitingIn, undefined, { content: say.WAITING_FOR_STORE }, once);
        await sleep(Math.min(30_000, storeRetry * attempt), undefined, { signal: stopping.signal }).catch(() => {});
      }
    }
  }

  /** Best effort: where we may not write, the log of what was sent says so. */
  async function reply(channelId: string, to: string | undefined, message: Sendable, once: string): Promise<void> {
    const sent = to === undefined ? message : { ...message, replyTo: to };
    await postMessage(rest, channelId, sent, { once: `${channelId}:${once}` }).catch(() => undefined);
  }

  async function hear(message: SeenMessage, isLive: boolean): Promise<void> {
    if (!isSaid(message, me)) return;
    const addressed = isAddressed(message, me);
    // Cases are in threads: of what is said elsewhere in a busy server, the store hears nothing.
    if (!addressed && gateway.isThread(message.channel_id) === false) return;
    const head = await desk.caseHere({ guildId: message.guild_id, channelId: message.channel_id });
    if (head === undefined || (head.status === "closed" && message.guild_id === undefined)) {
      if (addressed) await onMention(desk, message, head, reply);
      else if (looksPasted(message)) await sayWhereItWent(message);
      return;
    }
    if (isWithheld(message)) {
      if (!addressed && !gateway.readsAll && isLive) await sayOnceThatWeCantRead(head, message);
      return;
    }
    if (addressed && (await onMention(desk, message, head, reply))) return;
    const isForUs = addressed || looksPasted(message);
    const question = isForUs ? undefined : await overheard(desk, message, head);
    if (question === "talk") return;
    if (question !== undefined) return reply(message.channel_id, message.id, question, `${message.id}:meant`);
    await hearIn(head, message, isForUs);
  }

  /** Output in a thread that its case has left: nobody reads it there. */
  async function sayWhereItWent(message: SeenMessage): Promise<void> {
    const gone = await desk.whereItWent(desk.fromMessage(message, true));
    if (gone !== undefined) await reply(message.channel_id, message.id, gone, `${message.id}:gone`);
  }

  async function hearIn(head: CaseHead, message: SeenMessage, addressed: boolean): Promise<void> {
    const refusal = refusalFor(message);
    if (refusal !== undefined) return reply(message.channel_id, message.id, { content: refusal }, message.id);
    const seen = { channelId: message.channel_id, id: message.id };
    const { files, problems } = await desk.fetchAll(message.attachments, seen);
    if (problems.length > 0)
      await reply(
        message.channel_id,
        message.id,
        { content: problems.join("\n").slice(0, 2_000) },
        `${message.id}:files`,
      );
    const isBare = wordsOf(message, me).trim() === "" && message.attachments.length === 0;
    if (isBare ? !addressed : wordsOf(message, me).trim() === "" && files.length === 0) return;
    // Nothing but a mention asks how far it is.
    const heard = await desk.hear(
      isBare
        ? { ...heardFrom(message, head.place), content: { type: "chose", choice: "so-far" } }
        : saidIn(message, { place: head.place, files, addressed }, me),
    );
    if (heard.outcome === "closed" && addressed)
      await reply(message.channel_id, message.id, desk.closed(heard.caseId), message.id);
  }

  function refusalFor(message: SeenMessage): string | undefined {
    const action = rightFor(intentOf(wordsOf(message, me))?.type);
    return action && desk.refused(action, desk.fromMessage(message, true));
  }

  async function sayOnceThatWeCantRead(head: CaseHead, message: SeenMessage): Promise<void> {
    if (told.has(head.id)) return;
    told.add(head.id);
    await reply(message.channel_id, message.id, { content: say.CANT_READ_HERE }, `unread:${head.id}`);
  }

  /** The case of the channel, or of the thread that was begun from that message. */
  async function placeOf(
    channelId: string,
    messageId: string,
    guildId: string | undefined,
  ): Promise<Place | undefined> {
    const here = await desk.caseHere({ guildId, channelId });
    if (here || guildId === undefined) return here?.place;
    const begun = await desk.tools.cases.caseAt(placeInThread(guildId, messageId));
    // What was read before the case left is still read anew, or forgotten.
    return (begun ?? (await desk.caseThatLeft({ guildId, channelId }, false)))?.place;
  }

  async function change(
    channelId: string,
    messageId: string,
    guildId: string | undefined,
    inboundFor: (place: Place) => Inbound | undefined,
  ): Promise<void> {
    const place = await placeOf(channelId, messageId, guildId);
    const inbound = place && inboundFor(place);
    if (inbound) await desk.hear(inbound);
  }

  /** Where somebody waits for an answer to it; chatter, in whichever thread, asks for none. */
  function awaitedIn(message: SeenMessage): string | undefined {
    const isForUs = isSaid(message, me) && (isAddressed(message, me) || looksPasted(message));
    const isElsewhere = !isAddressed(message, me) && gateway.isThread(message.channel_id) === false;
    return isForUs && !isElsewhere ? message.channel_id : undefined;
  }

  const hearEdit = async (message: SeenMessage) => {
    // Most edits are our own, of status messages.
    if (!isSaid(message, me)) return;
    await change(message.channel_id, message.id, message.guild_id, (place) => editOf(message, place, me));
  };
  const hearDeletion = (messageId: string, channelId: string, guildId: string | undefined) =>
    change(channelId, messageId, guildId, (place) => deletionOf(messageId, place, now()));

  return {
    stopping: stopping.signal,
    created: (message) => inOrder(message.channel_id, () => hear(message, true), awaitedIn(message)),
    missed: (message) => untilStored(() => hear(message, false), awaitedIn(message)),
    edited: (message) => inOrder(message.channel_id, () => hearEdit(message)),
    missedEdit: (message) => untilStored(() => hearEdit(message)),
    missedDeletion: (messageId, channelId, guildId) => untilStored(() => hearDeletion(messageId, channelId, guildId)),
    deleted(messageId, channelId, guildId) {
      if (desk.deletedForSomebody.delete(messageId)) return;
      inOrder(channelId, () => hearDeletion(messageId, channelId, guildId));
    },
    first: (channelId, work) => void lanes.run(channelId, work),
    waitFor(work) {
      gate = gate.then(() => work).catch(() => undefined);
    },
    async stop() {
      stopping.abort();
      await gate;
      while (working > 0) {
        await lanes.idle();
        await sleep(1);
      }
      await lanes.idle();
    },
  };
}
