/** The page of a case: the conversation, and the case as it stands. */
import { createHash } from "node:crypto";
import type { CaseLook } from "../../case/look.ts";
import { type CaseView, viewCase } from "../../case/view.ts";
import { hadBeforeInParts } from "../../speech/looking-back.ts";
import type { CaseHead, StoredTurn } from "../../store/store.ts";
import { renderCaseParts } from "./case-parts.ts";
import { renderCaseComposer } from "./composer.ts";
import { renderTurns } from "./conversation.ts";
import { caseHref } from "./links.ts";
import { type Html, html, NOTHING } from "./markup.ts";
import { renderCaseList } from "./page.ts";

export interface CaseShown {
  readonly head: CaseHead;
  /** All of them, or those that a page does not have yet. */
  readonly turns: readonly StoredTurn[];
  readonly look: CaseLook;
  readonly others: readonly CaseHead[];
  /** What this peer had before. */
  readonly earlier?: CaseHead | undefined;
  readonly viewer: string;
  readonly hidden: Html;
}

/** A part of the page that is replaced by itself; `key` changes when what it shows does. */
export interface PagePart {
  readonly key: string;
  readonly markup: Html;
}

/** What changes while a case goes on: its turns, as far as they are given, and each part by its name. */
export function partsOf(shown: CaseShown): { turns: Html; parts: Record<string, PagePart> } {
  const { head, turns, look, others, viewer, hidden } = shown;
  const view = viewCase(look);
  const isOpen = head.status === "open";
  const pastes = new Set(view.pastes.map(({ name }) => name));
  const parts: Record<string, PagePart> = {};
  for (const [name, markup] of Object.entries(renderCaseParts(head.id, view))) parts[name] = keyed(markup);
  parts["earlier"] = keyed(shown.earlier === undefined ? NOTHING : renderEarlier(shown.earlier));
  parts["cases"] = keyed(
    html`<h2>Cases</h2>${renderCaseList(others, head.id)}<p><a class="more" href="/">Start another case</a></p>`,
  );
  parts["bar"] = { key: barKey(head, view), markup: renderBar(head, view, hidden) };
  parts["composer"] = { key: head.status, markup: renderCaseComposer(head.id, isOpen, hidden) };
  return { turns: renderTurns(turns, { caseId: head.id, viewer, pastes, hidden, isOpen }), parts };
}

/** The body of the page. */
export function renderCasePage(shown: CaseShown): { body: Html; bar: Html; title: string; data: Html } {
  const { turns, parts } = partsOf(shown);
  const { head } = shown;
  const last = shown.turns.at(-1)?.number ?? 0;
  const part = (name: string) =>
    html`<div class="part part-${name}" data-part="${name}" data-key="${parts[name]?.key}">${parts[name]?.markup}</div>`;
  const body = html`<nav class="views" aria-label="Views"><a href="#conversation" data-view="conversation" aria-current="true">Conversation</a><a href="#case" data-view="case">The case</a></nav><main class="columns"><section id="conversation" aria-labelledby="conversation-name" tabindex="-1"><h2 class="unseen" id="conversation-name">Conversation</h2><div class="log" role="log" aria-label="Conversation" data-log tabindex="0"><ol class="turns" data-turns>${turns}</ol></div><p class="state" role="status" data-state></p>${part("composer")}</section><aside id="case" aria-label="The case as it stands" tabindex="-1">${CASE_PARTS.map(part)}${renderKeys()}</aside></main><dialog class="paste" data-paste aria-labelledby="paste-name"><div class="top"><h2 id="paste-name"></h2><a data-paste-page href="${caseHref(head.id)}">Open as a page</a><button type="button" data-close>Close</button></div><div data-paste-body></div></dialog><div class="drop" data-drop hidden><p>Drop the files here</p></div>`;
  return {
    body,
    bar: part("bar"),
    title: `${head.id}: ${head.summary.title ?? "case"} · TunnelMedic`,
    data: html` data-case="${caseHref(head.id)}" data-version="${head.version}-${head.status}" data-last="${last}"`,
  };
}

/** The order in which the parts of the case stand. */
const CASE_PARTS = ["standing", "earlier", "ends", "findings", "compared", "tree", "read", "handoff", "cases"] as const;

function renderBar({ id, status }: CaseHead, { ends }: CaseView, hidden: Html): Html {
  const [local = "", remote = ""] = ends.map(({ name }) => name);
  return html`<h1><span class="id">${id}</span> <span class="between"><bdi>${local}</bdi> <span aria-hidden="true">⇄</span><span class="unseen">and</span> <bdi>${remote}</bdi></span></h1>${
    status === "open"
      ? html`<form method="post" action="${caseHref(id)}/close" data-act>${hidden}<button class="plain">Close<span class="unseen"> the case</span></button></form>`
      : html`<span class="badge">closed</span>`
  }`;
}

function barKey({ status }: CaseHead, { ends }: CaseView): string {
  return keyOf(JSON.stringify([status, ends.map(({ name }) => name)]));
}

function renderEarlier(head: CaseHead): Html {
  const { before, after } = hadBeforeInParts(head);
  return html`<p class="earlier-case">${before}<a href="${caseHref(head.id)}">${head.id}</a>${after}</p>`;
}

/** Keys and words that do something, said where they can be found. */
function renderKeys(): Html {
  return html`<details class="keys" id="keys"><summary>Keys and words</summary><dl><dt><kbd>Enter</kbd></dt><dd>send; <kbd>Shift</kbd>+<kbd>Enter</kbd> begins a new line</dd><dt><kbd>Alt</kbd>+<kbd>1</kbd>…<kbd>9</kbd></dt><dd>take the choice of that number; typing the number does the same</dd><dt><kbd>F2</kbd></dt><dd>go between the conversation and the case</dd><dt><kbd>Esc</kbd></dt><dd>close the paste; else back to the message box</dd></dl><p class="quiet">Words: help · so far · why · compare · undo · the other end · explain MM_NO_STATE · done · hand over</p></details>`;
}

function keyed(markup: Html): PagePart {
  return { key: keyOf(String(markup)), markup };
}

function keyOf(text: string): string {
  return createHash("sha256").update(text).digest("base64url").slice(0, 16);
}
