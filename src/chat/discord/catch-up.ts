/** After a fresh start: what was said, edited or deleted in open cases meanwhile is fetched and heard, once and in order. */
import { setTimeout as sleep } from "node:timers/promises";
import { type APIMessage, type REST, Routes } from "discord.js";
import type { CaseHead, StoredTurn } from "../../store/store.ts";
import { meaningOf } from "./api.ts";
import { changedMeanwhile, messagesIn } from "./changed-meanwhile.ts";
import type { SeenMessage } from "./hear.ts";
import type { MessageHearing } from "./on-message.ts";
import { CHAT, channelOf, isDirect } from "./place.ts";
import type { DiscordTools } from "./settings.ts";

/** Messages of one request (resources/message). */
const PAGE = 100;
/** More than this was said in nobody's case while we were away. */
const MOST_PAGES = 10;
const MOST_CASES = 1_000;
/** Turns that are looked through for the last message. */
const LAST_TURNS = 30;

/** So often a fetch is tried, with longer and longer waits: half a minute in all. */
const MOST_TRIES = 6;
const FIRST_WAIT_MS = 500;

export interface CatchUpTools extends Pick<DiscordTools, "cases" | "log"> {
  readonly rest: REST;
  readonly hearing: Pick<MessageHearing, "first" | "missed" | "missedEdit" | "missedDeletion" | "waitFor" | "stopping">;
}

/** @param covers whether a server is one of those that were away */
export function catchUp(
  { cases, log, rest, hearing }: CatchUpTools,
  covers: (guildId: string | undefined) => boolean,
): void {
  const { stopping } = hearing;
  // Everything that comes from now on waits until what was missed is in front of it.
  hearing.waitFor(
    openCases().then((heads) => {
      for (const head of heads)
        if (covers(isDirect(head.place) ? undefined : head.place.workspace))
          hearing.first(channelOf(head.place), () => fetchMissed(head));
    }),
  );

  /** As long as the store is away, nothing that comes could be stored either. */
  async function openCases(): Promise<readonly CaseHead[]> {
    for (let tried = 1; !stopping.aborted; tried += 1) {
      try {
        return await cases.cases({ chat: CHAT, status: "open", limit: MOST_CASES });
      } catch {
        log.warn({ chat: CHAT, tried }, "store away: what was said meanwhile is fetched later");
        await wait(tried);
      }
    }
    return [];
  }

  async function fetchMissed(head: CaseHead): Promise<void> {
    const channelId = channelOf(head.place);
    const guildId = isDirect(head.place) ? undefined : head.place.workspace;
    for (let tried = 1; !stopping.aborted; tried += 1) {
      try {
        const turns = await cases.turns(head.id, Math.max(0, head.version - LAST_TURNS));
        await fetchChanged(head, guildId, turns);
        return await fetchPages(channelId, guildId, lastSeen(head, turns));
      } catch (error) {
        const meaning = meaningOf(error);
        log.warn({ chat: CHAT, case: head.id, meaning, tried }, "what was said meanwhile can't be fetched");
        if (meaning !== undefined || tried >= MOST_TRIES) return;
        await wait(tried);
      }
    }
  }

  async function fetchChanged(
    head: CaseHead,
    guildId: string | undefined,
    turns: readonly StoredTurn[],
  ): Promise<void> {
    const { edited, deleted } = await changedMeanwhile(rest, head, turns);
    // What is gone first: what is read anew is then judged without it.
    for (const { id, channelId } of deleted) await hearing.missedDeletion(id, channelId, guildId);
    for (const message of edited) await hearing.missedEdit({ ...message, guild_id: guildId } as SeenMessage);
  }

  async function fetchPages(channelId: string, guildId: string | undefined, from: string): Promise<void> {
    let after = from;
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const query = new URLSearchParams({ after, limit: String(PAGE) });
      const found = (await rest.get(Routes.channelMessages(channelId), { query })) as APIMessage[];
      const inOrder = found.toSorted((one, other) => (BigInt(one.id) < BigInt(other.id) ? -1 : 1));
      for (const message of inOrder) await hearing.missed({ ...message, guild_id: guildId } as SeenMessage);
      after = inOrder.at(-1)?.id ?? after;
      if (found.length < PAGE) return;
    }
  }

  function wait(tried: number): Promise<void> {
    return sleep(FIRST_WAIT_MS * 2 ** Math.min(6, tried), undefined, { signal: stopping }).catch(() => undefined);
  }

  /** The last message that did something; what came after it and did nothing is known as a repeat. */
  function lastSeen(head: CaseHead, turns: readonly StoredTurn[]): string {
    const begun = isDirect(head.place) ? (head.place.thread.split("/")[1] ?? "0") : channelOf(head.place);
    return [...messagesIn(turns), begun].reduce((last, id) => (BigInt(id) > BigInt(last) ? id : last), "0");
  }
}
