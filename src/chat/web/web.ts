/** What all routes of the page share. */
import type { Context } from "hono";
import type { Engine } from "../../api/engine.ts";
import type { CaseLook } from "../../case/look.ts";
import type { Bot } from "../../domain/chat.ts";
import type { Reference } from "../../domain/explanation.ts";
import type { HandOffTemplate } from "../../domain/hand-off.ts";
import type { Reply } from "../../domain/reply.ts";
import type { Store } from "../../store/store.ts";
import { loadAssets } from "./assets.ts";
import type { Refusal } from "./guard.ts";
import { createLive } from "./live.ts";
import { type Html, html } from "./markup.ts";
import { renderPage, renderProblem } from "./page.ts";
import { isApi, problemJson } from "./problem-json.ts";
import type { Session } from "./session.ts";

export interface WebTools {
  readonly bot: Bot;
  readonly cases: Pick<Store, "caseAt" | "caseById" | "cases" | "figures" | "search" | "turns" | "watch">;
  /** A case as it stands; undefined where there is none of that id. */
  readonly look: (caseId: string) => Promise<CaseLook | undefined>;
  /** For programs; see routes-api.ts. */
  readonly engine: Engine;
  /** What a word means, whole. */
  readonly explain: (words: string) => Reply;
  /** What can be explained and comes near to words. */
  readonly known: (words: string) => readonly Reference[];
  /** A case's hand-off as a file. */
  readonly handOff: (
    look: CaseLook,
    as: { readonly template: HandOffTemplate; readonly format: "html" | "md" | "json" },
  ) => { readonly name: string; readonly text: string };
  /** WEB_TOKEN: who does not show it sees the login only. */
  readonly token?: string | undefined;
  /** Served on this machine only; then it answers to no name but this machine's. */
  readonly isLoopback: boolean;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Told of each request that was refused; nothing that was sent. */
  readonly refused?: ((reason: Refusal) => void) | undefined;
  /** Told of a fault of our own that broke a request. */
  readonly failed?: ((error: unknown) => void) | undefined;
  /** Ends the open streams when the server is leaving, so that it can. */
  readonly stopping?: AbortSignal | undefined;
}

export interface WebEnv {
  readonly Variables: { session: Session };
}

/** What all routes share. */
export interface Web {
  readonly tools: WebTools;
  readonly assets: ReturnType<typeof loadAssets>;
  readonly live: ReturnType<typeof createLive>;
  page(
    c: Context<WebEnv>,
    status: 200 | 400 | 401 | 403 | 404 | 409 | 413 | 429 | 500 | 503,
    frame: PageFrame,
  ): Response | Promise<Response>;
  /** Says no, as a page or as JSON, whatever was asked for. */
  refuse(
    c: Context<WebEnv>,
    status: 400 | 401 | 403 | 413 | 429,
    reason: Refusal,
    words: string,
  ): Response | Promise<Response>;
  /** There is no such page, or none that may be seen. */
  missing(c: Context<WebEnv>): Response | Promise<Response>;
  problem(
    c: Context<WebEnv>,
    status: 400 | 404 | 409 | 500 | 503,
    title: string,
    words: string,
  ): Response | Promise<Response>;
}

export interface PageFrame {
  readonly title: string;
  readonly body: Html;
  readonly bar?: Html;
  readonly data?: Html;
  readonly kind?: "case" | "plain";
}

export function createWeb(tools: WebTools): Web {
  const assets = loadAssets();
  const web: Web = {
    tools,
    assets,
    live: createLive(tools),
    page(c, status, { title, body, bar = html``, data = html``, kind = "plain" }) {
      c.header("Cache-Control", "no-store");
      return c.html(String(renderPage({ assets, title, body, bar, data, kind })), status);
    },
    refuse(c, status, reason, words) {
      tools.refused?.(reason);
      if (isApi(c)) return problemJson(c, status, "Refused", words);
      if (wantsJson(c)) return c.json({ problem: words }, status);
      return web.page(c, status, { title: "TunnelMedic", body: renderProblem("That was refused", words) });
    },
    missing(c) {
      return web.problem(c, 404, "Nothing here", "There is no such page, or no longer.");
    },
    problem(c, status, title, words) {
      if (isApi(c)) return problemJson(c, status, title, words);
      if (wantsJson(c)) return c.json({ problem: words }, status);
      return web.page(c, status, { title: `${title} · TunnelMedic`, body: renderProblem(title, words) });
    },
  };
  return web;
}

/** Our script and other programs ask for JSON; a browser's own requests ask for a page. */
export function wantsJson(c: Context): boolean {
  return c.req.header("accept")?.startsWith("application/json") === true;
}
