/** Cases that are looked for, figures, and what a word means: pages of words and links. */

import type { Reference } from "../../domain/explanation.ts";
import type { Reply } from "../../domain/reply.ts";
import type { CasesListed } from "../../looking-back/list.ts";
import { type Html, html } from "./markup.ts";
import { renderCaseList } from "./page.ts";
import { renderReply } from "./reply.ts";

export function casesHref(words: string): string {
  return words === "" ? "/cases" : `/cases?q=${encodeURIComponent(words)}`;
}

export function explainHref(words: string): string {
  return `/explain?words=${encodeURIComponent(words)}`;
}

/** The box that looks for cases, wherever it stands. */
export function renderLookFor(words: string): Html {
  return html`<form class="look-for" method="get" action="/cases" role="search"><label class="unseen" for="look-for">Look for cases</label><input id="look-for" name="q" type="search" value="${words}" maxlength="200" placeholder="Pune, 198.51.100.7, since 7d" autocomplete="off" spellcheck="false"><button class="plain">Look</button></form>`;
}

export function renderCasesPage(words: string, listed: CasesListed, known: readonly Reference[]): Html {
  const [first = "", ...rest] = listed.title;
  return html`<main class="past"><h1>Cases</h1>${renderLookFor(words)}<p class="filters"><a href="/cases?q=open">Open</a> <a href="/cases?q=closed">Closed</a> <a href="/cases?q=mine">Mine</a> <a href="/cases?q=all">All</a> <a href="/cases/stats">Figures</a></p>${
    listed.heads.length === 0
      ? html`<p>There is no ${listed.title}. <a href="/cases?q=all">All cases</a> · <a href="/">Start one</a></p>`
      : html`<h2>${first.toUpperCase()}${rest.join("")}</h2>${listed.isNearest && html`<p class="quiet">None has all of these words; these come nearest.</p>`}${renderCaseList(listed.heads, undefined)}`
  }${listed.next !== undefined && html`<p><a class="more" href="${casesHref(listed.next)}" rel="next">Older ones</a></p>`}${
    known.length > 0 &&
    html`<section class="reply" aria-labelledby="known"><h2 id="known">What I can explain</h2><ul class="items">${known.map(
      ({ id, title }) => html`<li><a href="${explainHref(id)}">${title}</a></li>`,
    )}</ul></section>`
  }</main>`;
}

export function renderFiguresPage(reply: Reply): Html {
  return html`<main class="past"><h1>What became of the cases</h1><p class="filters"><a href="/cases/stats?since=7d">7 days</a> <a href="/cases/stats?since=30d">30 days</a> <a href="/cases/stats">All</a> <a href="/cases">Cases</a></p><h2 class="unseen">Added up</h2><article class="reply">${renderReply(reply)}</article></main>`;
}

/** @param isKnown whether something can be explained by that id: then it is a link */
export function renderExplainPage(reply: Reply, isKnown: (id: string) => boolean): Html {
  const item = (text: string) => {
    const id = / \(([a-z0-9-]{1,80})\)$/.exec(text)?.[1];
    return id !== undefined && isKnown(id) ? explainHref(id) : undefined;
  };
  return html`<main class="past"><h1>What it means</h1><h2 class="unseen">Explained</h2><article class="reply">${renderReply(reply, { item })}</article><p><a class="more" href="/cases">Look for something else</a></p></main>`;
}
