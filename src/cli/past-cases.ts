/** Looking back from the conversation in a terminal: whoever has the database may see all of it. */

import { earlierToTell } from "../bot/earlier.ts";
import { summaryOf } from "../bot/summary.ts";
import { sinceIn } from "../case/cases-asked.ts";
import type { PastCases } from "../chat/terminal/past-cases.ts";
import type { Block, Reply } from "../domain/reply.ts";
import { searchKnowledge } from "../knowledge/explain.ts";
import { earlierIn } from "../looking-back/earlier.ts";
import { listCases, type Scope } from "../looking-back/list.ts";
import { searchEverywhere } from "../looking-back/search.ts";
import { dayOf, hadBefore, speakFigures, speakKnown } from "../speech/looking-back.ts";
import type { CaseSummary, Store } from "../store/store.ts";
import { UsageError } from "./arguments.ts";
import { caseTable } from "./case-table.ts";

/** As many as a terminal shows with the question above them. */
const PAGE_SIZE = 15;
/** A database that takes longer holds no answer up. In milliseconds. */
const PATIENCE_MS = 2_000;

/** Works with the store, if there is one. @throws UsageError where there is none */
export type WithStore = <T>(work: (store: Store) => Promise<T>) => Promise<T>;

/** @param caseId the case that is talked about, where it is one of the store's */
export function pastCases(withStore: WithStore, caseId?: string): PastCases {
  let before: CaseSummary = {};
  return {
    async tell(asked) {
      try {
        return await withStore((store) => tell(store, asked));
      } catch (error) {
        if (!(error instanceof UsageError)) throw error;
        return said(`I can't look at the service's cases: ${error.message}.`);
      }
    },
    async earlier(situation) {
      const now = summaryOf(situation, [], before, Date.now());
      const last = before;
      before = now;
      if (now.peer === undefined || (now.peer === last.peer && now.cause === last.cause)) return [];
      // Nobody asked for it: where there is no store, or it does not answer, there is nothing to say.
      const told = withStore((store) => earlier(store, last, now, caseId)).catch(() => []);
      return Promise.race([told, new Promise<Block[]>((done) => setTimeout(done, PATIENCE_MS, []).unref())]);
    },
  };
}

async function earlier(store: Store, before: CaseSummary, summary: CaseSummary, caseId: string | undefined) {
  const locked = {
    head: { summary: before },
    earlier: async () => earlierIn(store, { summary, id: caseId }),
  };
  const id = await earlierToTell(locked, summary);
  const head = id === undefined ? undefined : await store.caseById(id);
  return head === undefined ? [] : [hadBefore(head)];
}

async function tell(store: Store, asked: Parameters<PastCases["tell"]>[0]): Promise<Reply> {
  const scope: Scope = { person: "", now: Date.now(), pageSize: PAGE_SIZE, maySee: () => true };
  switch (asked.type) {
    case "incomplete":
      return said(asked.remedy);
    case "cases": {
      // Nobody here opened one.
      const { mine: _, ...filter } = asked.filter;
      return { blocks: caseTable(await listCases(store, filter, scope), "cases") };
    }
    case "stats": {
      const openedSince = asked.since === undefined ? undefined : sinceIn(asked.since, scope.now);
      const figures = await store.figures({ openedSince });
      return speakFigures(figures, openedSince === undefined ? undefined : dayOf(openedSince));
    }
    case "search": {
      const { known, cases } = await searchEverywhere(store, searchKnowledge, asked.words, scope);
      return { blocks: [...speakKnown(asked.words, known), ...caseTable(cases, "cases")] };
    }
  }
}

function said(words: string): Reply {
  return { blocks: [{ type: "text", text: words }] };
}
