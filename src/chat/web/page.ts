/** The frame of every page, and the pages beside the case's. */
import type { CaseHead } from "../../store/store.ts";
import type { Assets } from "./assets.ts";
import { renderComposer } from "./composer.ts";
import { moment } from "./conversation.ts";
import { caseHref } from "./links.ts";
import { type Html, html, NOTHING } from "./markup.ts";

export interface Frame {
  readonly assets: Assets;
  readonly title: string;
  /** What stands in the bar beside the name. */
  readonly bar?: Html;
  /** "case" gives the page two columns. */
  readonly kind: "case" | "plain";
  readonly body: Html;
  /** Where the page's own id and state stand for its script: attributes of the body. */
  readonly data?: Html;
}

export function renderPage({ assets, title, bar = NOTHING, kind, body, data = NOTHING }: Frame): Html {
  // A page without a message box has nowhere to skip to.
  const skip = String(body).includes('id="text"') && html`<a class="skip" href="#text">Skip to the message box</a>`;
  return html`<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1, interactive-widget=resizes-content"><meta name="color-scheme" content="light dark"><title>${title}</title><link rel="stylesheet" href="${assets.href("page.css")}"><link rel="icon" type="image/svg+xml" href="${assets.href("icon.svg")}">${(["case.js", "composer.js", "sending.js", "paste.js"] as const).map((name) => html`<link rel="modulepreload" href="${assets.href(name)}">`)}<script type="module" src="${assets.href("page.js")}"></script></head><body class="${kind}"${data}>${skip}<header class="bar"><a class="brand" href="/" aria-label="TunnelMedic, all cases"><svg viewBox="0 0 24 24" width="24" height="24" aria-hidden="true"><path d="M2 17v-2a10 10 0 0 1 20 0v2h-4v-2a6 6 0 0 0-12 0v2z"></path><path d="M12 12v8M8 16h8" class="cross"></path></svg><span>TunnelMedic</span></a>${bar}</header>${body}</body></html>`;
}

const SYMPTOM_ORDER = ["tunnel-down", "up-no-traffic", "one-way", "intermittent", "flapping", "slow"] as const;

export function renderHome(
  cases: readonly CaseHead[],
  hidden: Html,
  lookFor: Html,
  symptoms: Readonly<Record<(typeof SYMPTOM_ORDER)[number], string>>,
): Html {
  return html`<main class="home${cases.length === 0 && " first"}"><section class="start" aria-labelledby="start"><h1 id="start">What is wrong with your tunnel?</h1><p class="lead">Say what you see and I ask for one command at a time. Or paste everything you have, from both ends, and get the cause with the line that shows it.</p><form class="symptoms" method="post" action="/cases" data-act>${hidden}<ul>${SYMPTOM_ORDER.map(
    (id) => html`<li><button name="symptom" value="${id}">${symptoms[id]}</button></li>`,
  )}<li><button name="symptom" value="unknown">Not sure</button></li></ul></form><p class="or"><span>or</span></p>${renderComposer({ action: "/cases", hidden, send: "Start", rows: 5 })}<p class="promise">Keys and passwords are removed before anything is kept. Nothing leaves this machine.</p></section>${
    cases.length > 0 &&
    html`<section class="earlier" aria-labelledby="earlier"><h2 id="earlier">Earlier cases</h2>${lookFor}${renderCaseList(cases, undefined)}<p><a class="more" href="/cases">All cases</a> · <a class="more" href="/cases/stats">Figures</a></p></section>`
  }</main>`;
}

/** Cases, newest first: what each came to, whether it is open, and when it last changed. */
export function renderCaseList(cases: readonly CaseHead[], current: string | undefined): Html {
  if (cases.length === 0) return html`<p class="quiet">None yet.</p>`;
  return html`<ul class="cases">${cases.map(({ id, status, changedAt, summary }) => {
    const works = summary.title === undefined ? "The tunnel looks healthy" : `It works again: ${summary.title}`;
    const title = summary.verdict === "healthy" ? works : (summary.title ?? "Cause not known yet");
    const mark =
      summary.title !== undefined && summary.verdict === "found"
        ? "found"
        : summary.verdict === "healthy"
          ? "healthy"
          : "open";
    return html`<li><a href="${caseHref(id)}"${id === current && html` aria-current="page"`}><span class="id">${id}</span><span class="title ${mark}">${title}</span><span class="about">${status}${
      summary.peer !== undefined && html` · peer ${summary.peer}`
    } · ${moment(changedAt)}</span></a></li>`;
  })}</ul>`;
}

export function renderLogin(problem: string | undefined, formToken: string): Html {
  return html`<main class="login"><form method="post" action="/login"><h1>TunnelMedic</h1><input type="hidden" name="form" value="${formToken}"><label for="token">Access token</label><input id="token" name="token" type="password" autocomplete="current-password" required autofocus aria-describedby="token-help"><p id="token-help" class="quiet">It is the WEB_TOKEN that this server was started with.</p>${
    problem !== undefined && html`<p class="problem" role="alert">${problem}</p>`
  }<button class="send">Log in</button></form></main>`;
}

/** A page that says what went wrong and where to go on. */
export function renderProblem(title: string, words: string): Html {
  return html`<main class="trouble"><h1>${title}</h1><p>${words}</p><p><a href="/">To the cases</a></p></main>`;
}
