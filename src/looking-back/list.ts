/** The cases of a place, as they are asked for, page by page; the same in every chat. */
import { type CasesAsked, isNarrowed, sinceIn, statusOf, wordsFor } from "../case/cases-asked.ts";
import { dayOf } from "../speech/looking-back.ts";
import type { CaseFilter, CaseHead, Store } from "../store/store.ts";

export type CasesStore = Pick<Store, "cases" | "search">;

/** Whose cases, and for whom. */
export interface Scope {
  /** Absent: of all chats. */
  readonly chat?: string | undefined;
  readonly workspace?: string | undefined;
  readonly person: string;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly pageSize: number;
  readonly maySee: (head: CaseHead) => boolean | Promise<boolean>;
}

export interface CasesListed {
  /** Of this page. */
  readonly heads: readonly CaseHead[];
  /** None has all the words; these have some. */
  readonly isNearest: boolean;
  /** The words that ask for the page after this one; undefined where it is the last. */
  readonly next: string | undefined;
  /** "closed cases of 198.51.100.7 since 1 Nov 2026, page 2"; one or none is a "case". */
  readonly title: string;
  /** What else to ask for, where nothing fits; sentences. */
  readonly hints: readonly string[];
}

/** Looked at, at the most: who asks for older ones narrows it down. */
const MOST = 1_000;

export async function listCases(store: CasesStore, asked: CasesAsked, scope: Scope): Promise<CasesListed> {
  const page = asked.page ?? 1;
  const { heads, isNearest } = await found(store, asked, scope);
  const wanted = page * scope.pageSize + 1;
  const seen: CaseHead[] = [];
  for (const head of heads) {
    if (seen.length >= wanted) break;
    if (await scope.maySee(head)) seen.push(head);
  }
  const shown = seen.slice((page - 1) * scope.pageSize, page * scope.pageSize);
  return {
    heads: shown,
    isNearest: isNearest && shown.length > 0,
    next: seen.length === wanted ? wordsFor({ ...asked, page: page + 1 }) : undefined,
    title: titleOf(asked, scope.now, shown.length),
    hints: shown.length > 0 ? [] : await hintsFor(store, asked, scope),
  };
}

async function found(store: CasesStore, asked: CasesAsked, scope: Scope) {
  const filter = filterOf(asked, scope);
  if (asked.words === undefined) return { heads: await store.cases(filter), isNearest: false };
  const all = await store.search(filter, asked.words);
  const whole = all.filter(({ share }) => share === 1);
  const best = whole.length > 0 ? whole : all;
  return { heads: best.map(({ head }) => head), isNearest: whole.length === 0 };
}

function filterOf(asked: CasesAsked, { chat, workspace, person, now }: Scope): CaseFilter {
  return {
    chat,
    workspace,
    status: statusOf(asked),
    openedBy: asked.mine === true ? person : undefined,
    peer: asked.peer,
    cause: asked.cause,
    openedSince: asked.since === undefined ? undefined : sinceIn(asked.since, now),
    limit: MOST,
  };
}

function titleOf(asked: CasesAsked, now: number, shown: number): string {
  const { peer, cause, mine, words, since, page = 1 } = asked;
  const sinceAt = since === undefined ? undefined : sinceIn(since, now);
  const parts = [
    `${statusOf(asked) ?? ""} ${shown < 2 && page === 1 ? "case" : "cases"}`.trim(),
    ...(mine === true ? ["of yours"] : []),
    ...(peer === undefined ? [] : [`of ${peer}`]),
    ...(cause === undefined ? [] : [`with ${cause}`]),
    ...(words === undefined ? [] : [`about “${words}”`]),
    ...(sinceAt === undefined ? [] : [`since ${dayOf(sinceAt)}`]),
  ];
  return `${parts.join(" ")}${page > 1 ? `, page ${page}` : ""}`;
}

/** What fits with less asked for, each only where it finds something. */
async function hintsFor(store: CasesStore, asked: CasesAsked, scope: Scope): Promise<string[]> {
  const wider: CasesAsked[] = [];
  if (asked.page !== undefined && asked.page > 1) wider.push({ ...asked, page: undefined });
  if (statusOf(asked) !== undefined) wider.push({ ...asked, page: undefined, status: "all" });
  if (asked.mine === true) wider.push({ ...asked, page: undefined, mine: undefined });
  if (asked.since !== undefined) wider.push({ ...asked, page: undefined, since: undefined });
  if (isNarrowed(asked)) wider.push({ status: "all" });
  for (const each of wider) {
    const { heads } = await found(store, each, scope);
    for (const head of heads.slice(0, 50))
      if (await scope.maySee(head)) return [`There are others: \`${`cases ${wordsFor(each)}`.trim()}\` lists them.`];
  }
  return [];
}
